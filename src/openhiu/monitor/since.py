"""What each client has done since somebody last spoke with them: events come in; one line of counts
for each client goes out, with nothing said of those whom the data do not know.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from openhiu.monitor.caseload import Row
from openhiu.monitor.events import Event

RECENT: Final = timedelta(days=28)


@dataclass(frozen=True)
class Since:
    """One client, in the order of CLIENTS_COLUMNS. Counts are None where the data do not know them:
    that is not the same as 0. `since` is the day after the last contact, or four weeks back.
    """

    person_ref: str
    standing: str
    since: date
    attendances: int | None
    admissions: int | None
    came_home: int | None
    in_hospital: bool | None
    ambulances: int | None
    calls_111: int | None
    last_attended_on: date | None

    @property
    def anything(self) -> bool:
        """Whether there is anything to tell of them."""
        counts = (self.attendances, self.admissions, self.came_home, self.ambulances)
        return any(counts) or bool(self.calls_111) or bool(self.in_hospital)


def each(
    clients: Mapping[str, Row], coverage: Mapping[str, str], events: Iterable[Event], as_of: date
) -> list[Since]:
    """A line for every client of the caseload, by reference."""
    theirs: dict[str, list[Event]] = {}
    for event in events:
        theirs.setdefault(event.person_ref, []).append(event)
    return [
        _line(clients[ref], standing, theirs.get(ref, []), as_of)
        for ref, standing in sorted(coverage.items())
    ]


def _line(client: Row, standing: str, events: Sequence[Event], as_of: date) -> Since:
    spoken = client.last_contact_on
    since = spoken + timedelta(days=1) if spoken else as_of - RECENT
    if standing != "found":
        return Since(client.person_ref, standing, since, *[None] * 7)
    new = [event for event in events if event.began_at.date() >= since]
    kinds = [event.kind for event in new]
    stays = [event for event in events if event.kind == "admission"]
    home = [
        stay for stay in stays
        if stay.ended_at and stay.ended_at.date() >= since and "died" not in (stay.outcome or "")
    ]  # fmt: skip
    came = [event.began_at.date() for event in events if event.kind == "attendance"]
    return Since(
        client.person_ref, standing, since, kinds.count("attendance"), kinds.count("admission"),
        len(home), any(stay.ended_at is None for stay in stays), kinds.count("ambulance"),
        kinds.count("call_111"), max(came, default=None),
    )  # fmt: skip
