"""Signs of overload: their owner reads all of them; who looks after them, one general sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.models import Membership
from openhiu.web.design.words import as_day, days_away, plural
from openhiu.web.team import overload
from openhiu.web.team.models import BusySpell, Talk
from openhiu.web.team.overload import Sign
from openhiu.web.team.queries.care import settings_of

_SUPERVISION: Final = (Talk.Kind.SUPERVISION, Talk.Kind.CLINICAL)


@dataclass(frozen=True)
class OwnSigns:
    """What somebody sees of themselves: the signs of today, and the spell they belong to."""

    signs: list[Sign]
    spell: BusySpell | None


def own_signs(actor: Actor) -> OwnSigns:
    """One's own signs, worked out now from the record; never anybody else's."""
    return OwnSigns(signs_of(actor.membership), spell_of(actor.membership))


def signs_of(member: Membership) -> list[Sign]:
    """The signs of one member today. For their own page, and for the clock."""
    thresholds = overload.numbers(settings_of(member.service).thresholds)
    return overload.gather(member, timezone.localdate(), thresholds)


def spell_of(member: Membership) -> BusySpell | None:
    """The spell that goes on now, if any."""
    found: BusySpell | None = BusySpell.objects.filter(
        service=member.service_id, member=member, ended_on=None
    ).first()
    return found


def told_of(actor: Actor, members: Iterable[Membership]) -> dict[object, BusySpell]:
    """Whose spell those who look after them may know of by now, by membership."""
    found = BusySpell.objects.filter(
        service=actor.service_id, member__in=list(members), ended_on=None, told_at__isnull=False
    )
    return {spell.member_id: spell for spell in found}


def in_general(name: str) -> str:
    """All that anybody else reads: no figure, no list."""
    return f"There are signs that {name} has a lot on. Please ask."


def supervision_signs(
    member: Membership, today: date, thresholds: Mapping[str, int]
) -> Iterable[Sign]:
    """This room's own sign: weeks without supervision."""
    talks = Talk.objects.filter(
        service=member.service_id, member__user=member.user_id, kind__in=_SUPERVISION, error_at=None
    )
    last = talks.order_by("-on").values_list("on", flat=True).first()
    since = last or as_day(member.granted_at)
    weeks = (today - since) // timedelta(weeks=1)
    if weeks < thresholds["without_supervision"]:
        return
    said = f"The last was {days_away(last)}" if last else "None is noted yet"
    yield Sign(
        "without_supervision",
        f"{plural(weeks, 'week')} without supervision. {said}.",
        (last,) if last else (),
    )
