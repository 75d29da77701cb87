"""Words for activity: rows come in; a sentence, a story to draw and rows of a table go out.

Counts are told as they are. Nothing here says that something worked: no shares, no comparisons.
"""

from __future__ import annotations

import calendar
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from openhiu.web.casework import lifecycle
from openhiu.web.casework.models import Contact
from openhiu.web.design import words
from openhiu.web.monitoring.models import Activity, Coverage, Feed
from openhiu.web.monitoring.picture import Story
from openhiu.web.monitoring.queries import Freshness

KINDS: Final = {
    "attendance": "A&E visit",
    "admission": "Hospital stay",
    "ambulance": "Ambulance",
    "call_111": "NHS 111 call",
    "contact": "Contact",
    "phase": "Phase",
}
_YEARS: Final = 2
_LONGER_WORDS: Final = {
    Coverage.Standing.NOT_FOUND: "The hospital's data do not know this client, so nothing can be "
    "said. It does not mean that they did not come. Check the NHS number.",
    Coverage.Standing.SHARED: "Two clients here have the same number, so the activity was left "
    "out for both. Check the NHS number, or propose that the two records are one.",
}
STALE: Final = "Someone may have come to A&E since."
NEVER_NAMED: Final = (
    "No activity feed has covered this client yet. It does not mean that nothing happened."
)


@dataclass(frozen=True)
class Line:
    """One row of the table: when, what, where and how it went."""

    at: datetime
    kind: str
    label: str
    where: str
    details: str


def months_before(day: date, months: int) -> date:
    """The same day so many calendar months earlier, clipped at the month's end."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def first_day(today: date) -> date:
    """Where the picture begins: two years ago, at the beginning of that month."""
    return months_before(today, 12 * _YEARS).replace(day=1)


def summary(events: Sequence[Mapping[str, Any]], fresh: Freshness, started: date) -> str:
    """One sentence: A&E visits in the 3 months before the start, and in the latest 3 known.

    Both windows are 3 calendar months; the second ends with the cut-off's day. Where they would
    overlap, the second counts from the start. Nothing where no A&E data are known.
    """
    if fresh.feed is None or fresh.cut_off is None:
        return ""
    cut_off, known_from = words.as_day(fresh.cut_off), fresh.feed.since
    days = [words.as_day(e["began_at"]) for e in events if e["kind"] == "attendance"]
    up_to = f"(data to {cut_off.day} {cut_off:%B})"
    after_cut_off = cut_off + timedelta(days=1)
    if started > cut_off:
        count = _within(days, months_before(after_cut_off, 3), after_cut_off)
        return f"{_visits(count)} in the last 3 months {up_to}. The data end before you started."
    before = months_before(started, 3)
    count = _within(days, max(before, known_from), started)
    first = f"{_visits(count)} in the 3 months before you started"
    if known_from >= started:
        first = "What came before you started is not in the data"
    elif known_from > before:
        first = f"{_visits(count)} from {words.day(known_from)} until you started"
    recent = months_before(after_cut_off, 3)
    if recent < started:
        return f"{first}; {_within(days, started, after_cut_off)} since then {up_to}."
    return f"{first}; {_within(days, recent, after_cut_off)} in the last 3 months {up_to}."


def why_nothing(coverage: Coverage | None, fresh: Freshness) -> str:
    """Why there is nothing to show, or nothing: no data is not the same as nobody came."""
    if fresh.feed is None:
        return "No activity feed has arrived yet, so nothing can be said about A&E or ambulances."
    if coverage is None:
        return NEVER_NAMED
    return _LONGER_WORDS.get(Coverage.Standing(coverage.standing), "")


def late(coverage: Coverage | None, fresh: Freshness) -> str:
    """What to know when the newest feed left this client out although an earlier one had them."""
    if coverage is None or fresh.feed is None or coverage.feed_id == fresh.feed.pk:
        return ""
    day = words.day(coverage.feed.received_at)
    return f"The newest feed does not cover this client; what is shown is from the one of {day}."


def up_to_when(fresh: Freshness) -> str:
    """The cut-off as a line for every page that shows activity."""
    if fresh.feed is None:
        return "No activity data yet."
    if fresh.cut_off is None:
        return f"No A&E data. Feed received {words.day(fresh.feed.received_at)}."
    return (
        f"A&E data to {words.day(fresh.cut_off)}, {words.clock(fresh.cut_off)}. "
        f"Received {words.day(fresh.feed.received_at)}."
    )


def warnings(fresh: Freshness) -> list[str]:
    """What to keep in mind: old data, a hospital that fell silent, kinds nobody sends."""
    told = []
    if fresh.feed is not None and fresh.is_stale:
        since = words.days_away(fresh.cut_off)
        told.append(
            f"These data are old: A&E is known up to {words.day(fresh.cut_off)}, {since}. "
            "Someone may have come since."
            if fresh.cut_off
            else "There are no A&E data. Someone may have come all the same."
        )
    for name, at in fresh.silent:
        known = f"known only up to {words.day(at)}" if at else "not in the data at all"
        told.append(f"{name} is {known}. Someone may have come there since.")
    absent = [words.initial_lower(_plural(kind)) for kind in fresh.missing if kind != "attendance"]
    if absent:
        told.append(f"There are no data about {' or '.join(absent)}: none shown is not none made.")
    return told


def story(
    events: Sequence[Mapping[str, Any]], contacts: Sequence[Mapping[str, Any]],
    phases: Sequence[tuple[str, datetime]], fresh: Freshness, today: date, started: date,
) -> Story:  # fmt: skip
    """What the picture draws."""
    feed = fresh.feed
    return Story(
        first=first_day(today),
        last=today,
        events=events,
        contacts=contacts,
        phases=[(key, _phase(key), words.as_day(at)) for key, at in phases],
        cut_off=words.as_day(fresh.cut_off) if fresh.cut_off else None,
        known_from=feed.since if feed else first_day(today),
        started=started,
        missing=frozenset(fresh.missing) if feed else frozenset(Activity.Kind.values),
    )


def lines(
    events: Sequence[Mapping[str, Any]], contacts: Sequence[Mapping[str, Any]],
    phases: Sequence[tuple[str, datetime]], sites: Mapping[str, str], *, restricted: bool,
) -> list[Line]:  # fmt: skip
    """Everything in the picture as rows, newest first."""
    found = [_event_line(event, sites, restricted=restricted) for event in events]
    found += [
        Line(one["at"], "contact", KINDS["contact"], "",
             f"{Contact.How(one['how']).label}: {Contact.Reached(one['reached']).label}")
        for one in contacts
    ]  # fmt: skip
    found += [Line(at, "phase", KINDS["phase"], "", _phase(key)) for key, at in phases]
    return sorted(found, key=lambda line: line.at, reverse=True)


def counts(found: Sequence[Line]) -> list[tuple[str, str, int]]:
    """How many rows there are of each kind: key, words, number."""
    kinds = [line.kind for line in found]
    return [(kind, _plural(kind), kinds.count(kind)) for kind in KINDS]


def received(feed: Feed) -> str:
    """What became of a delivery, in one sentence."""
    parts = [
        f"{words.number(feed.new_rows)} new",
        f"{words.number(feed.changed_rows)} corrected",
        f"{words.number(feed.gone_rows)} taken back",
    ]
    said = f"Feed taken in for {words.plural(feed.people, 'client')}: {', '.join(parts)}."
    if feed.people_skipped:
        said += (
            f" {words.plural(feed.people_skipped, 'person', 'people')} in it passed over: not a "
            "client who takes part. Nothing about them was stored."
        )
    return said


def counted(kind: str, count: int) -> str:
    """2 A&E visits, 1 NHS 111 call."""
    one = KINDS[kind] if kind != "ambulance" else "ambulance call-out"
    return words.plural(count, words.initial_lower(one))


def _event_line(event: Mapping[str, Any], sites: Mapping[str, str], *, restricted: bool) -> Line:
    outcome = event["outcome"]
    # Of someone whose whereabouts are protected, nothing beyond the hospital's name.
    if restricted and outcome.startswith("went on to"):
        outcome = ""
    parts = [
        event["complaint"],
        "came by ambulance" if event["by_ambulance"] else "",
        outcome,
    ]
    kind = event["kind"]
    where = sites.get(event["site_code"], event["site_code"])
    details = ", ".join(part for part in parts if part)
    return Line(event["began_at"], kind, KINDS[kind], where, details[:1].upper() + details[1:])


def _phase(key: str) -> str:
    known = lifecycle.PHASES.get(key)
    return known.label if known else key


def _plural(kind: str) -> str:
    return {"call_111": "NHS 111 calls", "ambulance": "Ambulance call-outs"}.get(
        kind, f"{KINDS[kind]}s"
    )


def _within(days: Sequence[date], first: date, end: date) -> int:
    return sum(1 for day in days if first <= day < end)


def _visits(count: int) -> str:
    return words.plural(count, "A&E visit") if count else "No A&E visits"
