"""The documents on staffing: what stands in them, that they can be read, and that they are the same
each time.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from openhiu.errors import InputNotUsable
from openhiu.locality import Locality, StaffingSettings
from openhiu.paper.blocks import Block, Figure, Table, figures_of, tables_of
from openhiu.report.folder import Folder, contents
from openhiu.report.staffing import as_data, pictures, read_staffing, words
from openhiu.report.staffing.make import make
from openhiu.report.staffing.observed import Observed
from openhiu.report.staffing.shape import Estimate
from openhiu.report.tiers.shape import InTier, Spread
from openhiu.web.design.wording import check
from support.staffing import sample_data, sample_staffing
from support.tiers import sample_tiers

PLACE = Locality(name="Madeup Vale", staffing=StaffingSettings(horizon_months=18))
SEEN = Observed(date(2026, 4, 1), asked=100, said_yes=75, started=75, ended=60, going_on=15,
                picked_up=15, support_months_median=4.0, return_share=0.3)  # fmt: skip


@cache
def folder(publishable: bool = True) -> Folder:
    return make(sample_tiers(publishable), PLACE, SEEN)


@cache
def files() -> dict[str, bytes]:
    return contents(folder())


def said(blocks: tuple[Block, ...]) -> str:
    """Every word of them, without the drawings."""
    return "\n".join(
        f"{block.alt} {block.caption} {block.table}" if isinstance(block, Figure) else str(block)
        for block in blocks
    )


def main() -> tuple[Block, ...]:
    return folder().documents[0].document.blocks


def test_the_answer_stands_first_with_its_money() -> None:
    text = said(main())
    assert "4 leads are needed in 3 places" in text
    assert (
        "1 lead in post, for South Vale and East Vale it is not known, so up to 3 more: £180,000 a "
        "year, £360,000 over 24 months"
    ) in text
    assert "contradict each other" in text


def test_both_readings_stand_side_by_side_and_the_used_one_is_named() -> None:
    table = next(one for one in tables_of(main()) if one.sheet == "By reading")
    rows = {str(row[0]): row for row in table.rows}
    assert len(rows) == 5
    assert sum("used here" in name for name in rows) == 1
    assert any("a quarter" in name for name in rows)
    assert any("a month" in name for name in rows)


def test_what_nobody_has_said_is_listed_at_the_front() -> None:
    told = [one.what for one in folder().missing]
    assert told == [
        "How many leads are in post in South Vale", "How many leads are in post in East Vale"
    ]  # fmt: skip
    assert "Still to be said" in str(main()[0])


def test_it_says_what_it_cannot_tell_and_what_is_assumed() -> None:
    text = said(main())
    assert "Demand is taken to stay as it was" in text
    assert "the number who came into the tier is not shown" in text
    settings = next(one for one in tables_of(main()) if one.sheet == "Settings")
    sources = {str(row[0]): row[2] for row in settings.rows}
    assert sources["Share who say yes when they are asked"] == "own record"
    assert sources["Weeks of leave a year"] == "usual value"


def test_every_figure_has_words_and_data() -> None:
    for written in folder().documents:
        for figure in figures_of(written.document.blocks):
            assert len(figure.alt) > 60
            assert figure.table is not None
            assert figure.table.rows


def test_no_word_hurts() -> None:
    for written in folder().documents:
        assert check(said(written.document.blocks), written.stem) == []
    assert check(json.dumps(as_data(sample_staffing())), "staffing.json") == []


def test_it_is_the_same_to_the_byte_and_made_again_from_what_it_keeps() -> None:
    once = files()
    again = make(sample_tiers(), PLACE, SEEN)
    assert contents(again) == once
    assert {name for name in once if name.startswith("inputs/")} == {
        "inputs/tiers.json", "inputs/observed.json"
    }  # fmt: skip


def test_what_it_tells_reads_back_as_the_same() -> None:
    told = files()["staffing.json"]
    found = read_staffing(json.loads(told))
    assert as_data(found) == json.loads(told)
    assert found.places[0].with_leads(1) is not None
    assert found.total.extra == 3


def test_exact_counts_make_it_internal() -> None:
    internal = folder(publishable=False)
    assert internal.stays
    assert "internal" in " ".join(internal.documents[0].document.facts)
    assert not folder().stays
    people = next(one for one in tables_of(main()) if one.sheet == "Leads and costs")
    # North, South, East, together, and together with posts shared.
    assert [row[1] for row in people.rows] == [60, 45, 15, 120, 120]


def test_hidden_people_are_taken_as_something_and_it_is_said() -> None:
    tiers = sample_tiers()
    units = tuple(
        replace(unit, tiers={**unit.tiers,
                             "20+": replace(unit.tiers["20+"], people=Spread("*"))})
        if unit.code == "EAST" else unit for unit in tiers.units
    )  # fmt: skip
    made = make(replace(tiers, units=units), PLACE)
    found = read_staffing(made.told)
    east = found.place("EAST")
    assert east is not None
    # 120 in the area, 60 and 45 in the other places: 15 are left.
    assert (east.people, east.taken_as, east.recommended) == ("*", 15, 1)
    assert found.total.people == 120  # the area's own, shown beside the hidden one
    assert "taken as 15" in said(made.documents[0].document.blocks)


def test_a_place_of_which_nothing_is_known_is_sized_and_not_simulated() -> None:
    tiers = sample_tiers()
    bare = InTier(people=Spread(60))
    units = tuple(replace(unit, tiers={**unit.tiers, "20+": bare}) for unit in tiers.units)
    made = make(replace(tiers, units=units), PLACE)
    found = read_staffing(made.told)
    assert [one.recommended for one in found.places] == [2, 2, 2]
    assert all(not one.by_leads and "Nothing is simulated" in one.why_not for one in found.places)
    text = said(made.documents[0].document.blocks)
    assert "Not simulated" in text
    assert not list(figures_of(made.documents[0].document.blocks))
    assert contents(made)


def test_a_tier_that_was_not_counted_needs_a_person() -> None:
    tiers = sample_tiers()
    units = tuple(replace(unit, tiers={**unit.tiers, "20+": InTier()}) for unit in tiers.units)
    assert "not counted for North Vale" in make(replace(tiers, units=units), PLACE).warnings[0]


def test_the_picture_of_ten_seconds_marks_what_is_in_post_recommended_and_enough() -> None:
    figure = pictures.at_a_glance(sample_staffing())
    assert isinstance(figure, Figure)
    for words_in_it in ("North Vale", "20 weeks", "60% asked", "in post", "recommended", "2 leads"):
        assert words_in_it in figure.drawing.svg
    assert "style=" not in figure.drawing.svg
    assert pictures.at_a_glance(sample_staffing()).drawing.svg == figure.drawing.svg  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("estimate", "shown"),
    [(Estimate(7, 2, 15.2), "7 weeks (2 to 15)"), (Estimate(0.3, 0, 0.4), "under a week"),
     (Estimate(1, 1, 1), "1 week"), (Estimate(None, 40, None), "over a year (40 to over 52)")],
)  # fmt: skip
def test_weeks_are_whole_and_in_words(estimate: Estimate, shown: str) -> None:
    assert words.weeks(estimate) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0.0, "0%"), (0.004, "under 1%"), (0.819, "82%"), (0.995, "over 99%"), (1.0, "100%")],
)
def test_a_share_is_never_quite_none_or_all_where_it_is_not(value: float, shown: str) -> None:
    assert words.percent(value) == shown


def test_numbers_in_the_tables_show_no_hidden_precision() -> None:
    for table in tables_of(main()):
        for row in table.rows:
            for cell in row:
                shown = Table.shown(table, cell)
                assert not re.search(r"\d\.\d\d", shown), shown


@pytest.mark.parametrize(
    ("change", "key"),
    [({"what": "tiers"}, "what"), ({"version": 2}, "version"), ({"readings": []}, "readings"),
     ({"places": [{"kind": "place"}]}, "code"), ({"months": "many"}, "months"),
     ({"lead_cost_a_year": -1}, "lead_cost_a_year"), ({"as_of": "soon"}, "as_of"),
     ({"area": "999 000 0018"}, "NHS number")],
)  # fmt: skip
def test_a_file_that_is_not_right_is_refused_with_its_key(
    change: dict[str, object], key: str
) -> None:
    with pytest.raises(InputNotUsable, match=key):
        read_staffing({**sample_data(), **change})
