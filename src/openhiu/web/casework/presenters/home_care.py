"""The morning page's lines about looking after oneself, and for who looks after others."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from django.urls import reverse

from openhiu.web.access.actor import Actor
from openhiu.web.access.models import Membership
from openhiu.web.access.permissions import Permission, may
from openhiu.web.casework.home import NEEDS, Line, Section
from openhiu.web.design.words import days_away
from openhiu.web.team.presenters.care import due_words, labels, never_noted
from openhiu.web.team.queries import busy, care
from openhiu.web.team.queries.care import DBS, Due
from openhiu.web.team.queries.staff import looked_after

# A manager reads of a check from here on: the worker has had a month before.
_CHECK_DAYS: Final = 30


def sections(actor: Actor) -> Iterable[Section]:
    """What comes round for oneself; for who manages the team, wishes, spells and checks."""
    if may(actor.role, Permission.OWN_WORK):
        yield Section(NEEDS, tuple(_own(actor)))
    if may(actor.role, Permission.MANAGE_TEAM):
        yield Section(NEEDS, tuple(_team(actor)))


def _own(actor: Actor) -> Iterable[Line]:
    """A line for each that is due; what was never noted, a long list at first, is one line."""
    found = care.pressing(care.due_of(actor.membership))
    missing = never_noted(found)
    for due in found:
        if due not in missing:
            late = due.overdue and due.last_on is not None
            yield Line(
                due_words(due),
                reverse("team:care"),
                when=due.due_on,
                tag=("Overdue", "red") if late else ("", ""),
            )
    if missing:
        yield Line(
            "Note what you have had already", reverse("team:care"),
            detail=f"Not noted yet: {labels(missing)}",
        )  # fmt: skip


def _team(actor: Actor) -> Iterable[Line]:
    """In the order of names within each kind; nothing that is somebody's own."""
    members = list(looked_after(actor))
    for wish in care.wishes(actor, members):
        yield Line(
            f"{wish.member.user.name} would like a talk.",
            _page(wish.member_id),
            detail=f"Asked {days_away(wish.at)}",
            when=wish.at,
            tag=("Please ask", "purple"),
        )
    told = busy.told_of(actor, members)
    for member in members:
        if member.pk in told:
            words = busy.in_general(member.user.name)
            yield Line(words, _page(member.pk), tag=("Please ask", "purple"))
    yield from _checks(members, care.due_for(members, care.settings_of(actor.service)))


def _checks(members: list[Membership], found: dict[Any, list[Due]]) -> Iterable[Line]:
    """A line for each DBS check that comes due; those never noted, a new team's all, are one."""
    near = [
        (member, due)
        for member in members
        for due in found[member.pk]
        if due.what == DBS and due.days_left is not None and due.days_left <= _CHECK_DAYS
    ]
    unknown = [member for member, due in near if due.last_on is None]
    for member, due in near:
        if due.last_on is not None or len(unknown) == 1:
            yield Line(
                f"{member.user.name}: {due_words(due)}",
                _page(member.pk),
                when=due.due_on,
                tag=("Overdue", "red") if due.overdue else ("", ""),
            )
    if len(unknown) > 1:
        names = ", ".join(member.user.name for member in unknown)
        yield Line(
            f"No DBS check is noted for {len(unknown)} people",
            reverse("team:looking_after"),
            detail=names,
            tag=("Not noted", "red"),
        )


def _page(member_id: object) -> str:
    return reverse("team:care_of", args=[member_id])
