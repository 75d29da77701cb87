"""GP practices that may receive letters: a lead asks for one, a supervisor adds one."""

from __future__ import annotations

from datetime import date
from typing import Final

from django.db import transaction
from django.urls import reverse

from openhiu.web.access.actions.agreements import draft_agreement
from openhiu.web.access.actor import Actor
from openhiu.web.access.announce import settle, tell_supervisors
from openhiu.web.access.audit import Did, Purpose, record
from openhiu.web.access.gate import NotAllowed
from openhiu.web.access.models import Announcement, Organisation
from openhiu.web.access.permissions import Permission
from openhiu.web.letters import policies
from openhiu.web.letters.actions.setting import change_place
from openhiu.web.letters.kinds import KINDS, For
from openhiu.web.letters.models import PostalAddress
from openhiu.web.letters.permitted import recipients

_ASK: Final = "A letter to a GP practice waits: no practice can receive letters. Please add one."
_GP: Final = [kind for kind in KINDS.values() if kind.reader is For.PRACTICE]
# Everything a letter to a practice can hold; which of it one client agrees to, they say.
ITEMS: Final = list(dict.fromkeys(item for kind in _GP for item in kind.record))


@transaction.atomic
def ask_for_a_practice(*, by: Actor) -> int:
    """Ask whoever supervises to add a GP practice; the number asked now.

    Nothing says for whom: the practice of one client tells where they live. Asked once until seen.
    """
    policies.must_hold(by, Permission.WRITE_LETTER)
    if practice_asked(by) or recipients(by.service_id, _GP[0]):
        return 0
    return tell_supervisors(by, _ASK, reverse("letters:places"))


def practice_asked(actor: Actor) -> bool:
    """Whether a supervisor has been asked for a practice and has not seen it yet."""
    asked = Announcement.objects.filter(service=actor.service, words=_ASK, seen_at=None)
    return bool(asked.exists())


@transaction.atomic
def add_practice(
    *, by: Actor, name: str, address: str, purpose: str, starts_on: date, ends_on: date
) -> Organisation:
    """A GP practice with a draft of its sharing agreement and its postal address, in one go.

    Letters can go there once the agreement is agreed by a second person and signed.

    Raises:
        NotAllowed: an organisation of that name receives letters already.
    """
    policies.must_hold(by, Permission.MANAGE_AGREEMENTS)
    practice = Organisation.objects.filter(name__iexact=name.strip()).first()
    if practice is None:
        practice = Organisation.objects.create(name=name.strip(), kind=Organisation.Kind.PARTNER)
        record(by, Did.ADDED, about=practice, purpose=Purpose.SERVICE_MANAGEMENT)
    known = PostalAddress.objects.filter(service=by.service, organisation=practice)
    if known.exists() or practice.pk == by.service.provider_id:
        raise NotAllowed("An organisation of that name is known already. Change it in the list.")
    draft_agreement(by=by, organisation=practice, purpose=purpose, items=ITEMS,
                    starts_on=starts_on, ends_on=ends_on)  # fmt: skip
    change_place(by=by, organisation=practice, version=0, address=address, is_practice=True)
    settle(by, reverse("letters:places"))
    return practice
