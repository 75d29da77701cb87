"""What this room tells of a person, item by item: a case and what is shared come in, lines out.

Hung into casework.presenters.shared, so that a partner's page and a meeting's say the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from django.utils import timezone

from openhiu.web.casework.models import Case
from openhiu.web.design.words import day, days_away, plural
from openhiu.web.mdt.models import AgreedPlan, Listing, Note, PlanRow
from openhiu.web.mdt.queries.minutes import actions_of
from openhiu.web.mdt.queries.plans import in_force, rows_of
from openhiu.web.mdt.seeing import ACTIVITY, MEETING, PLAN, may_read
from openhiu.web.monitoring.models import Activity, Coverage, Feed
from openhiu.web.people.queries import identities

THREE_MONTHS: Final = timedelta(days=92)
_COUNTED: Final = {
    Activity.Kind.ATTENDANCE: ("A&E attendance", "A&E attendances"),
    Activity.Kind.ADMISSION: ("admission", "admissions"),
    Activity.Kind.AMBULANCE: ("ambulance call", "ambulance calls"),
    Activity.Kind.CALL_111: ("111 call", "111 calls"),
}
NO_DATA: Final = (
    "The hospital data do not tell of them. That is no data, and not the same as no attendance."
)
_LATEST: Final = 5


def activity_lines(case: Case, since: datetime | None = None) -> list[str]:
    """How often they came or called since a moment (three months unless told), without any place.

    Where the data do not know them, or have not come, that is said and never a nought.
    """
    known = Coverage.objects.filter(service=case.service_id, person=case.person_id).first()
    if known is None or known.standing != Coverage.Standing.FOUND:
        return [NO_DATA]
    start = since or timezone.now() - THREE_MONTHS
    rows = Activity.objects.filter(
        service=case.service_id, person__in=identities(case.person), began_at__gte=start
    )
    counts = Counter(rows.values_list("kind", flat=True))
    said = [plural(counts[kind], *words) for kind, words in _COUNTED.items() if counts[kind]]
    return [f"Since {day(start)}: {', '.join(said) or 'nothing known'}.", *_up_to(case)]


def _up_to(case: Case) -> list[str]:
    feed = Feed.objects.filter(service=case.service_id).order_by("-received_at").first()
    return [f"The data reach to {day(feed.data_cut_off)}."] if feed and feed.data_cut_off else []


def meeting_lines(case: Case, items: frozenset[str]) -> list[str]:
    """Since when they are on a list, what was decided last, and what is being done."""
    rows = Listing.objects.filter(case=case, state=Listing.State.LISTED).select_related("group")
    lines = [f"On the list of {row.group.name} since {day(row.decided_at)}." for row in rows]
    lines += [f"Decided {day(one.at)}: {one.words}" for one in decided(case, items)]
    open_ones = [one for one in actions_of(case, items) if one.ended_at is None]
    return lines + [
        f"To do by {day(one.due_on)}: {one.words} ({one.owner.organisation.name})"
        for one in open_ones
    ]


def decided(case: Case, items: frozenset[str]) -> list[Note]:
    """The latest decisions about someone that may be read with these items, newest first."""
    rows = Note.objects.filter(slot__case=case, kind=Note.Kind.DECIDED, taken_out_at=None).order_by(
        "-at", "pk"
    )
    return [row for row in rows if may_read(row.items, items)][:_LATEST]


def plan_lines(case: Case, _items: frozenset[str]) -> list[str]:
    """The plan in force, with its version and last day; who does what unless they are in hiding."""
    plan = in_force(case)
    if plan is None:
        return []
    return [
        version_words(plan),
        *_texts(plan),
        *([] if case.person.restricted else [row_words(row) for row in rows_of(plan)]),
    ]


def _texts(plan: AgreedPlan) -> Iterable[str]:
    said = (
        ("Early-warning signs", plan.signs),
        ("What helps", plan.helps),
        ("Come to A&E or call 999 if", plan.come_if),
    )
    return [f"{label}: {text}" for label, text in said if text.strip()]


def version_words(plan: AgreedPlan) -> str:
    """Version 3, agreed 3 November 2026, good until 3 May 2027."""
    return (
        f"Version {plan.number}, agreed {day(plan.agreed_on)}, good until {day(plan.expires_on)}."
    )


def expiry_words(plan: AgreedPlan) -> tuple[str, str]:
    """Whether a version is good, as a tag: words and a colour."""
    if plan.state == AgreedPlan.State.AGREED:
        if plan.expires_on <= timezone.localdate():
            return ("Expired: do not use", "red")
        soon = plan.expires_on <= timezone.localdate() + timedelta(days=28)
        said = f"Ends {days_away(plan.expires_on)}"
        return (said, "orange") if soon else ("In force", "green")
    if plan.state == AgreedPlan.State.DRAFT:
        return ("Being written", "blue")
    return (plan.get_state_display(), "grey")


def row_words(row: PlanRow) -> str:
    """One row as a line."""
    said = f"{who_words(row)}: {row.does}"
    more = ", ".join(part for part in (row.call, row.hours) if part)
    return f"{said} ({more})" if more else said


def who_words(row: PlanRow) -> str:
    """Which organisation, and which part of it."""
    parts = (row.organisation.name if row.organisation else "", row.who)
    return ", ".join(part for part in parts if part)


def hang() -> None:
    """Called once when Django is ready."""
    from openhiu.web.casework.presenters.shared import also_tells

    also_tells(ACTIVITY, lambda case, _items: activity_lines(case))
    also_tells(MEETING, meeting_lines)
    also_tells(PLAN, plan_lines)
