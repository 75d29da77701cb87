"""The active list: who asks and how they filter come in, the clients with their signals go out.

Filters are short words of ours, never personal, so that they may stand in an address.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from django.db.models import BooleanField, Count, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.expressions import ExpressionWrapper
from django.db.models.functions import Coalesce, Concat, Lower, NullIf
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.models import SavedView
from openhiu.web.casework import models
from openhiu.web.casework.lifecycle import PHASES
from openhiu.web.casework.queries.cases import cases
from openhiu.web.casework.queries.standing import DIED, STOPPED, SUPPORTED, with_standing
from openhiu.web.people.models import Notice

_KEY: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
PAGE: Final = "active_list"
PER_PAGE: Final = 50
REVIEW_WITHIN_DAYS: Final = 28
SUPPORT_PHASES: Final = tuple(key for key, phase in PHASES.items() if phase.rhythm_days)
SIGNALS: Final = {
    "overdue": "Contact overdue",
    "unplanned": "No next contact set",
    "attended": "Attended since you last spoke",
    "review": "Consent review due",
    "notice": "Safety notice",
}
SHOWN: Final = {
    **{key: PHASES[key].label for key in SUPPORT_PHASES},
    STOPPED: "Asked us to stop",
    DIED: "Died",
}
SORTS: Final = {
    "next": F("next_contact_on").asc(nulls_first=True),
    "-next": F("next_contact_on").desc(nulls_last=True),
    "last": F("last_contact_at").asc(nulls_first=True),
    "-last": F("last_contact_at").desc(nulls_last=True),
    "attended": F("last_attendance_at").asc(nulls_last=True),
    "-attended": F("last_attendance_at").desc(nulls_last=True),
    "name": F("sort_name").asc(),
    "-name": F("sort_name").desc(),
    "phase": F("phase").asc(),
    "-phase": F("phase").desc(),
}


@dataclass(frozen=True)
class Filters:
    """What to show: a key of SHOWN, a key of SIGNALS, whose (a membership's key), the order."""

    phase: str = ""
    signal: str = ""
    lead: str = ""
    sort: str = "next"

    @classmethod
    def read(cls, given: Any) -> Filters:
        """From a query string or a saved view; what is not known is left out."""
        phase, signal = str(given.get("phase", "")), str(given.get("signal", ""))
        sort, lead = str(given.get("sort", "next")), str(given.get("lead", ""))
        return cls(
            phase if phase in SHOWN else "",
            signal if signal in SIGNALS else "",
            lead if _KEY.fullmatch(lead) else "",
            sort if sort in SORTS else "next",
        )

    def kept(self) -> dict[str, str]:
        """As saved and as an address: only what differs from the plain list."""
        said = {"phase": self.phase, "signal": self.signal, "lead": self.lead, "sort": self.sort}
        return {name: value for name, value in said.items() if value and value != "next"}


def active(actor: Actor, filters: Filters) -> QuerySet[models.Case]:
    """The clients an actor works with, as filtered and sorted; signals are in the same query.

    Without a phase: everyone supported now. Those who died or asked us to stop have their own
    filter, so that nobody vanishes.
    """
    found = with_signals(with_standing(cases(actor)))
    stands = filters.phase if filters.phase in (STOPPED, DIED) else SUPPORTED
    found = found.filter(stands=stands)
    if filters.phase in SUPPORT_PHASES:
        found = found.filter(phase=filters.phase)
    if filters.signal:
        found = found.filter(**{filters.signal: True})
    if filters.lead:
        found = found.filter(lead__pk=filters.lead)
    return found.order_by(SORTS[filters.sort], "sort_name", "pk")


def came_since_spoken() -> Q:
    """Came to A&E after the last time they were spoken with; a try that reached nobody is none."""
    return Q(last_attendance_at__isnull=False) & (
        Q(last_reached_at=None) | Q(last_attendance_at__gt=F("last_reached_at"))
    )


def with_signals(found: QuerySet[models.Case]) -> QuerySet[models.Case]:
    """Cases with `overdue`, `unplanned`, `attended`, `review`, `notice` and `sort_name`."""
    today = timezone.localdate()
    notices = Notice.objects.filter(
        person=OuterRef("person"), agreed_at__isnull=False, ended_at=None, ends_on__gte=today
    )
    first = Coalesce(NullIf("person__preferred_name", Value("")), "person__given_name")
    return found.annotate(
        overdue=_true(Q(next_contact_on__lt=today)),
        unplanned=_true(Q(next_contact_on=None)),
        attended=_true(came_since_spoken()),
        review=Exists(_reviews_due()),
        notice=Exists(notices),
        sort_name=Lower(Concat(first, Value(" "), "person__family_name")),
    )


def counts(actor: Actor, lead: str = "") -> dict[str, int]:
    """How many clients stand in each phase, or died, or asked us to stop: keys of SHOWN."""
    found = with_standing(cases(actor).select_related(None))
    if lead:
        found = found.filter(lead__pk=lead)
    rows = found.values("stands", "phase").annotate(people=Count("pk")).order_by()
    by_key = dict.fromkeys(SHOWN, 0)
    for row in rows:
        key = row["phase"] if row["stands"] == SUPPORTED else row["stands"]
        by_key[key] = by_key.get(key, 0) + row["people"]
    return by_key


def saved_views(actor: Actor) -> QuerySet[SavedView]:
    """One's own saved views of this list, by name."""
    return SavedView.objects.filter(service=actor.service_id, user=actor.user, page=PAGE).order_by(
        "name"
    )


def _reviews_due() -> QuerySet[models.Consent]:
    """Answers in force of a case's person whose review is due; the newest to each question."""
    until = timezone.localdate() + timedelta(days=REVIEW_WITHIN_DAYS)
    newer = models.Consent.objects.filter(
        Q(organisation=OuterRef("organisation")) | Q(organisation=None),
        person=OuterRef("person"),
        kind=OuterRef("kind"),
        purpose=OuterRef("purpose"),
        recorded_at__gt=OuterRef("recorded_at"),
    )
    return models.Consent.objects.filter(
        ~Exists(newer),
        person=OuterRef("person"),
        given=True,
        withdrawn_at=None,
        review_on__lte=until,
    )


def _true(condition: Q) -> Any:
    """A condition as a plain true or false: an unknown is false."""
    return Coalesce(ExpressionWrapper(condition, output_field=BooleanField()), Value(False))
