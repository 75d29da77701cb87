"""Who may do what with letters: sentences that are also a button's reason."""

from __future__ import annotations

from openhiu.web.access.actor import Actor
from openhiu.web.access.gate import Missing, NotAllowed
from openhiu.web.access.permissions import Permission, may
from openhiu.web.casework import policies as casework
from openhiu.web.casework.models import Case
from openhiu.web.letters.models import Letter


def must_write(by: Actor, case: Case) -> None:
    """Refuse someone else's client, and roles that write no letters."""
    casework.must_be_theirs(by, case, Permission.WRITE_LETTER)


def must_tend(by: Actor, case: Case) -> None:
    """Refuse whoever has nothing to do with a client's outbox."""
    casework.must_be_theirs(by, case, Permission.SEE_OUTBOX)


def must_hold(by: Actor, permission: Permission) -> None:
    """Refuse a role that may not do this kind of thing at all."""
    if not may(by.role, permission):
        raise NotAllowed(f"Your role here cannot {permission}.")


def must_be_open(by: Actor, letter: Letter) -> None:
    """Refuse to change what has left or was put away."""
    if letter.service_id != by.service_id:
        raise Missing
    if letter.state == Letter.State.CLOSED:
        raise NotAllowed("This letter is in the outbox. Cancel it there to change it.")
    if letter.state == Letter.State.PUT_AWAY:
        raise NotAllowed("This letter was put away. Write a new one.")
