"""Counting the roster before anything is estimated: its people, their journeys and the rows come
in, counts go out.

These are raw counts of people: the disclosure room decides what of them may be seen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from openhiu.evaluate.cautions import reached
from openhiu.evaluate.clients import Supported
from openhiu.evaluate.roster import RosterRow
from openhiu.evaluate.rows import SEGMENTS, Cohort, Journey, Rows


def cohort(
    people: Sequence[Supported], unknown: Sequence[RosterRow], journeys: Sequence[Journey],
    rows: Sequence[Rows],
) -> Cohort:  # fmt: skip
    """The whole roster, and the part of each site.

    A person counts at every site whose roster they are on, and once in the whole; a start of
    support counts at the site of the first start alone.
    """
    named = {row.site for row in unknown} | {row.site for p in people for row in p.rows}
    followed = {site.site: site for site in rows}
    parts = {site: _at(site, people, unknown, journeys, followed.get(site))
             for site in sorted(named)}  # fmt: skip
    whole = _asked(people, unknown)
    return replace(
        whole, by_site=parts,
        **{name: sum(getattr(part, name) for part in parts.values())
           for name in ("on_list", "off_list", "deaths", "moves", "reached_w3", "reached_w12")},
    )  # fmt: skip


def _at(
    site: str, people: Sequence[Supported], unknown: Sequence[RosterRow],
    journeys: Sequence[Journey], rows: Rows | None,
) -> Cohort:  # fmt: skip
    here = [
        replace(person, rows=tuple(row for row in person.rows if row.site == site),
                started=person.started if person.site == site else None)
        for person in people if any(row.site == site for row in person.rows)
    ]  # fmt: skip
    started = [journey for journey in journeys if journey.site == site and journey.started]
    return replace(
        _asked(here, [row for row in unknown if row.site == site]),
        on_list=sum(1 for j in started if rows and _on_list(j, rows)),
        off_list=sum(1 for journey in started if journey.off_list),
        deaths=sum(1 for journey in started if journey.died),
        moves=sum(1 for journey in started if journey.moved),
        reached_w3=reached(rows, 1) if rows else 0,
        reached_w12=reached(rows, SEGMENTS) if rows else 0,
    )


def _asked(people: Sequence[Supported], unknown: Sequence[RosterRow]) -> Cohort:
    lost: Mapping[str, RosterRow] = {row.person_id: row for row in unknown}
    started = [person for person in people if person.started]
    return Cohort(
        on_roster=len(people) + len(lost),
        not_in_store=len(lost),
        offered=sum(1 for p in people if any(row.offer_date for row in p.rows) or p.started),
        said_yes=sum(1 for p in people if any(row.consent for row in p.rows) or p.started),
        started=len(started),
        restarts=sum(max(person.starts - 1, 0) for person in started),
    )


def _on_list(journey: Journey, rows: Rows) -> bool:
    return journey.started is not None and journey.started < rows.cut and not journey.off_list
