"""What is wrong with what was delivered, as the service can tell: its feeds and its clients'
activity come in; faults in words go out.

Whether a hospital's data halved only the store can tell: that clients come half as often is what a
service hopes for. So that comes from `hiu monitor` with the feed (openhiu.monitor.health).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any, Final

from openhiu.tables.handover import ACTIVITY_KINDS
from openhiu.web.design import words
from openhiu.web.monitoring.clock import By
from openhiu.web.monitoring.models import Activity, Feed, FeedFault
from openhiu.web.monitoring.queries.activity import hospitals, latest_feed, local, stale_after
from openhiu.web.monitoring.rhythm import expected

ATTENDANCES: Final = ACTIVITY_KINDS["attendance"]
_FEWEST: Final = 5  # attendances of clients in a month at a hospital that can repeat another
_Kind: Any = FeedFault.Kind


@dataclass(frozen=True)
class Fault:
    """One fault, as models.FeedFault keeps it."""

    kind: str
    dataset: str
    site_code: str
    words: str
    since: date | None

    @property
    def key(self) -> tuple[str, str, str]:
        """What makes it the same fault tomorrow."""
        return (self.kind, self.dataset, self.site_code)


def faults(by: By) -> list[Fault]:
    """Everything that is wrong now; what the feed itself says of a part comes first."""
    feed = latest_feed(by)
    if feed is None:
        return []
    names = hospitals(by)
    found: dict[tuple[str, str, str], Fault] = {}
    told = [*_told_by(feed), *_late(by), *_silent(feed, names)]
    for fault in [*told, *_repeated(by, names)]:
        found.setdefault(fault.key, fault)
    return list(found.values())


def _told_by(feed: Feed) -> Iterator[Fault]:
    """What `hiu monitor` found at the source."""
    for one in feed.health:
        kind, dataset = str(one.get("kind", "")), str(one.get("dataset", ""))[:20]
        if kind in _Kind.values and one.get("words"):
            since = _day(one.get("since"))
            yield Fault(
                kind, dataset, str(one.get("site", ""))[:10], str(one["words"])[:300], since
            )


def _late(by: By) -> Iterator[Fault]:
    """Nothing newer came by the day it was due and one working day more."""
    more = expected(by)
    if more is not None and words.today() >= more.late:
        upto = words.day(more.known_until) or "an unknown day"
        said = (
            f"No newer activity data have come since {words.day(more.came)}; they were due on "
            f"{words.day(more.due)}. A&E is known up to {upto}."
        )
        since = words.as_day(more.known_until) if more.known_until else more.came
        yield Fault(_Kind.LATE, "feed", "", said, since)


def _silent(feed: Feed, names: dict[str, str]) -> Iterator[Fault]:
    """A hospital of which nothing came any more, while others go on."""
    newest = feed.data_cut_off
    for code, name in sorted(names.items()) if newest else ():
        last = local(feed.site_cut_offs.get(code))
        if last is not None and newest is not None and newest - last > stale_after():
            said = f"{name} has sent no A&E attendances after {words.day(last)}, while others did."
            yield Fault(_Kind.STOPPED, ATTENDANCES, code, said, words.as_day(last))


def _repeated(by: By, names: dict[str, str]) -> Iterator[Fault]:
    """A month that holds the visits of the month before, person by person, under new dates."""
    today = words.today()
    months = [_months_back(today, back) for back in (2, 1, 0)]
    rows = Activity.objects.filter(
        service=by.service_id, kind=Activity.Kind.ATTENDANCE,
        began_at__date__gte=months[0],
    ).values_list("site_code", "person", "began_at")  # fmt: skip
    held: dict[tuple[str, date], Counter[Any]] = {}
    for site, person, at in rows:
        day = words.as_day(at)
        what = (person, day.day, words.clock(at))
        held.setdefault((site, day.replace(day=1)), Counter())[what] += 1
    for site in sorted({site for site, _ in held}):
        for before, month in pairwise(months):
            if _same(held.get((site, before)), held.get((site, month))):
                said = (
                    f"{names.get(site, site)}: {month:%B %Y} holds the same visits as "
                    f"{before:%B %Y}. The same content seems to have come again."
                )
                yield Fault(_Kind.REPEATED, ATTENDANCES, site, said, month)


def _same(before: Counter[Any] | None, now: Counter[Any] | None) -> bool:
    """Whether a month, as far as it goes, holds exactly what the one before held."""
    if before is None or now is None or sum(now.values()) < _FEWEST:
        return False
    last = max(day for _, day, _ in now)
    return now == Counter({what: n for what, n in before.items() if what[1] <= last})


def _months_back(day: date, back: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 - back, 12)
    return date(year, month + 1, 1)


def _day(text: Any) -> date | None:
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        return None


def by_key(rows: Iterable[FeedFault]) -> dict[tuple[str, str, str], FeedFault]:
    """Kept faults by what makes them the same."""
    return {(one.kind, one.dataset, one.site_code): one for one in rows}
