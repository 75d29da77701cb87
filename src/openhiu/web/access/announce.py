"""A quiet word to a member: who it is for and what it says come in, a line on their page goes out.

Words carry references only, never a person's data.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Final

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from openhiu.web.access import resting
from openhiu.web.access.actor import Actor
from openhiu.web.access.models import Announcement, Membership, Role

# Ways to reach a member who is not looking at a page; rooms above add theirs (apps.py). What they
# carry says that something waits, and nothing of what it is.
ALSO_REACH: Final[list[Callable[[Membership], None]]] = []


def announce(*, to: Membership, words: str, link: str = "", urgent: bool = False) -> Announcement:
    """Tell one member something; `words` at most 300 characters, `link` an address of ours.

    What is urgent also goes by every other way there is, once it is certain: after the commit,
    so that a slow mail server holds nothing up.
    """
    told = Announcement.objects.create(service_id=to.service_id, to=to, words=words, link=link)
    if urgent:
        for reach in ALSO_REACH:
            transaction.on_commit(partial(reach, to), robust=True)
    return told


def tell_supervisors(actor: Actor, words: str, link: str = "") -> int:
    """Tell everyone who supervises in the actor's service; the number told.

    Someone who supervises is not told of their own act.
    """
    told = Membership.objects.filter(
        service=actor.service, role=Role.SUPERVISOR, ended_at=None, user__is_active=True
    ).exclude(user=actor.user)
    return len([announce(to=one, words=words, link=link) for one in resting.to_tell(told)])


def settle(actor: Actor, link: str) -> None:
    """What waited behind an address is decided: nobody is asked for it any more."""
    waiting = Announcement.objects.filter(service=actor.service, link=link, seen_at=None)
    waiting.update(seen_at=timezone.now())


def unseen(actor: Actor) -> QuerySet[Announcement]:
    """What this member has been told and has not yet put aside, newest first."""
    return Announcement.objects.filter(
        service=actor.service, to=actor.membership, seen_at=None
    ).order_by("-at")


@dataclass(frozen=True)
class Joined:
    """What a member was told in the same words, once or several times, newest first."""

    times: list[Announcement]

    @property
    def newest(self) -> Announcement:
        """The one they are put aside by."""
        return self.times[0]


def joined(told: Iterable[Announcement]) -> list[Joined]:
    """Identical words become one line, where the newest of them stood."""
    same: dict[str, list[Announcement]] = {}
    for one in told:
        same.setdefault(one.words, []).append(one)
    return [Joined(times) for times in same.values()]


def put_aside(actor: Actor, announcement_id: object) -> None:
    """Note that a member has seen something, and what was said before it in the same words.

    What came in between drawing the page and the press is newer, and stays.
    """
    now = unseen(actor)
    chosen = now.filter(pk=announcement_id).first()
    if chosen is not None:
        now.filter(words=chosen.words, at__lte=chosen.at).update(seen_at=timezone.now())
