"""Whatever the attendances, the list is what a plain reading of the rules gives."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

import pyarrow as pa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from openhiu.engines.duckdb import DuckDBEngine
from support.listing import criteria, make_list, top

START = datetime(2025, 3, 20)
WINDOW = (datetime(2026, 1, 1), datetime(2026, 4, 1))
YEAR_START = datetime(2025, 4, 1)

Visit = tuple[str, str, datetime]
VISITS = st.lists(
    st.tuples(
        st.sampled_from(["a", "b", "B", "c", "10", "9"]),
        st.sampled_from(["RXX01", "RXX02"]),
        # Half hours over a year: the same minute, month ends and both bounds all come up.
        st.integers(0, 2 * 24 * 380).map(lambda half: START + timedelta(minutes=30 * half)),
    ),
    max_size=60,
)


def plain_list(visits: list[Visit], n: int, month: int, year: int) -> set[tuple[str, int, str]]:
    """The list by loops: (list, rank, person) of the top n, the month rule and the year rule."""
    counted = {v for v in visits if YEAR_START <= v[2] < WINDOW[1]}  # a minute counts once
    lists = {site: [v for v in counted if v[1] == site] for _, site, _ in counted}
    if len(lists) > 1:
        lists["ALL"] = list(counted)
    listed = set()
    for name, of_list in lists.items():
        in_window = Counter(p for p, _, t in of_list if WINDOW[0] <= t)
        in_year = Counter(p for p, _, _ in of_list)
        months = Counter((p, t.month) for p, _, t in of_list if WINDOW[0] <= t)
        last = {p: max(t for q, _, t in of_list if q == p) for p in in_year}
        order = sorted(in_year, key=lambda p: p.encode())
        order.sort(key=lambda p: (in_window[p], last[p]), reverse=True)
        # Both sorts are stable, but reversing the second would reverse the first: sort once more.
        order = sorted(in_year, key=lambda p: (-in_window[p], -last[p].timestamp(), p.encode()))
        for place, person in enumerate(order, start=1):
            busy = any(months[person, m] > month for m in (1, 2, 3))
            if (in_window[person] and place <= n) or busy or in_year[person] > year:
                listed.add((name, place, person))
    return listed


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(VISITS, st.integers(1, 5), st.integers(1, 4), st.integers(2, 9))
def test_the_list_is_the_plain_one(visits: list[Visit], n: int, month: int, year: int) -> None:
    table = pa.table(
        {
            "person_id": pa.array([v[0] for v in visits], pa.string()),
            "site_code": pa.array([v[1] for v in visits], pa.string()),
            "arrival_datetime": pa.array([v[2] for v in visits], pa.timestamp("us")),
        }
    )
    wanted = criteria(
        top(n), {"kind": "month", "more_than": month}, {"kind": "year", "more_than": year}
    )
    with DuckDBEngine() as engine:
        found = make_list(engine, table, wanted, "2026-04-01")
    listed = {(row.list_id, row.rank, row.person_id) for row in found.listed}
    assert listed == plain_list(visits, n, month, year)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(VISITS.filter(len), st.randoms(use_true_random=False), st.integers(0, 200))
def test_the_order_and_repetition_of_rows_do_not_matter_and_more_visits_never_lower_a_person(
    visits: list[Visit], random: object, extra: int
) -> None:
    shuffled = [*visits, *visits[::2]]
    random.shuffle(shuffled)  # type: ignore[attr-defined]

    def ranks(of: list[Visit]) -> dict[tuple[str, str], int]:
        names = ("person_id", "site_code", "arrival_datetime")
        table = pa.table(dict(zip(names, map(list, zip(*of, strict=True)), strict=True)))
        with DuckDBEngine() as engine:
            rows = make_list(engine, table, criteria(top(999)), "2026-04-01").listed
        return {(row.list_id, row.person_id): row.rank for row in rows}

    before = ranks(visits)
    assert ranks(shuffled) == before
    person, site, _ = visits[0]
    after = ranks([*visits, (person, site, datetime(2026, 3, 31, 23, extra % 60))])
    for (list_id, who), rank in after.items():
        if who == person and (list_id, who) in before:
            assert rank <= before[list_id, who]
