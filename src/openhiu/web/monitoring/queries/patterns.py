"""What goes before a return: the record and the activity of everybody supported come in; protected
numbers and sentences (openhiu.monitor.patterns) go out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.utils import timezone

from openhiu.monitor.patterns import Followed, patterns
from openhiu.web.access.actor import Actor
from openhiu.web.casework import lifecycle
from openhiu.web.casework.models import Case, Contact, Handover, Need, Outcome, PhaseChange
from openhiu.web.design import words
from openhiu.web.monitoring.models import Activity, Anniversary
from openhiu.web.monitoring.queries.activity import latest_feed

STEADY: Final = (lifecycle.WALKING_BACKWARDS.key, lifecycle.AT_A_DISTANCE.key)
_HOUSING_NEEDS: Final = ("housing", "homelessness")
_HOUSING_OUTCOMES: Final = ("tenancy", "repair")
_LEAP: Final = 2024
_YEARS: Final = 2
_LEAST: Final = timedelta(days=1)


@dataclass
class _Days:
    """What is gathered of one case, by kind."""

    returns: list[datetime] = field(default_factory=list)
    contacts: list[date] = field(default_factory=list)
    leads: list[date] = field(default_factory=list)
    housing: list[date] = field(default_factory=list)
    hard: list[date] = field(default_factory=list)
    phases: list[tuple[date, str]] = field(default_factory=list)


def before_a_return(actor: Actor) -> dict[str, Any]:
    """Over the whole service, up to where the data reach: what openhiu.monitor.patterns shows.

    A return is an attendance while walking backwards or open at a distance; people who died or
    withdrew count up to then. Nothing is known where there is no feed.
    """
    feed = latest_feed(actor)
    if feed is None or feed.data_cut_off is None:
        return {"enough": False, "tables": [], "sentences": [], "note": "", "no_data": True}
    until = words.as_day(feed.data_cut_off) + _LEAST
    since = max(feed.since, until - timedelta(days=365 * _YEARS))
    return patterns(followed(actor, until), since, until) | {"no_data": False}


def followed(actor: Actor, until: date) -> list[Followed]:
    """Everybody who was ever steady, in a fixed number of queries."""
    cases = dict(
        Case.objects.filter(service=actor.service_id, person__merged_into=None).values_list(
            "person", "pk"
        )
    )
    days = _gathered(actor, cases)
    return [_followed(str(case), days[case], until) for case in cases.values() if days[case].phases]


def _followed(ref: str, days: _Days, until: date) -> Followed:
    return Followed(
        ref=ref,
        spans=tuple(_spans(days.phases, until)),
        returns=tuple(days.returns),
        contacts=tuple(days.contacts),
        stepped_back=tuple(_steps_back(days.phases)),
        lead_changes=tuple(days.leads),
        housing=tuple(days.housing),
        anniversaries=tuple(days.hard),
        phases=tuple(days.phases),
    )


def _spans(phases: list[tuple[date, str]], until: date) -> Iterable[tuple[date, date]]:
    """The days spent steady, each from the day it began to the day another phase began."""
    ends = [*(day for day, _ in phases[1:]), until]
    for (start, phase), end in zip(phases, ends, strict=True):
        if phase in STEADY and end > start:
            # The day of picking up again belongs to it: they came that day, or the night before.
            yield start, min(end + _LEAST, until)


def _steps_back(phases: list[tuple[date, str]]) -> Iterable[date]:
    was = ""
    for day, phase in phases:
        if phase in STEADY and was != phase:
            yield day
        was = phase


def _gathered(actor: Actor, cases: Mapping[Any, Any]) -> dict[Any, _Days]:
    found: dict[Any, _Days] = defaultdict(_Days)
    own = {"service": actor.service_id}
    for case, to, at in (
        PhaseChange.objects.filter(**own).order_by("at").values_list("case", "to_phase", "at")
    ):
        found[case].phases.append((words.as_day(at), to))
    came = Activity.objects.filter(**own, kind=Activity.Kind.ATTENDANCE, person__in=list(cases))
    for person, at in came.values_list("person", "began_at"):
        found[cases[person]].returns.append(timezone.localtime(at).replace(tzinfo=None))
    spoke = Contact.objects.filter(
        **own, who=Contact.Who.CLIENT, reached=Contact.Reached.YES, error_at=None
    )
    for case, at in spoke.values_list("case", "at"):
        found[case].contacts.append(words.as_day(at))
    lost = Handover.objects.filter(**own, until=None)
    for case, at in lost.values_list("case", "at"):
        found[case].leads.append(words.as_day(at))
    _gather_housing(own, found)
    hard = Anniversary.objects.filter(**own, ended_at=None)
    for case, month, day in hard.values_list("case", "month", "day"):
        found[case].hard.append(date(_LEAP, month, day))
    return found


def _gather_housing(own: dict[str, Any], found: dict[Any, _Days]) -> None:
    needs = Need.objects.filter(**own, category__in=_HOUSING_NEEDS, taken_away_on=None)
    for case, at in needs.values_list("case", "noted_at"):
        found[case].housing.append(words.as_day(at))
    changed = Outcome.objects.filter(**own, category__in=_HOUSING_OUTCOMES)
    for case, day in changed.values_list("case", "happened_on"):
        found[case].housing.append(day)
