"""The report of reach on paper: readable for five places and for two hundred hospitals, the rest in
the workbook; and the section that a business case takes from it.
"""

from __future__ import annotations

import io
import json
from pathlib import Path

import openpyxl
import pikepdf
import pytest

from openhiu.errors import ConfigurationFault
from openhiu.locality import Locality, ReachSettings
from openhiu.paper import pdf
from openhiu.paper.blocks import Block, Figure, Heading, Note, Paragraph, Table, Verdict
from openhiu.report.folder import Folder, contents
from openhiu.report.reach import reach_of, words
from openhiu.report.reach.inequalities import section
from openhiu.report.reach.make import make
from openhiu.report.reach.picture import ends, shade
from support.reach import five_places, honeycomb, many, tiers_of, unit
from support.tiers import sample_tiers


def blocks(folder: Folder) -> tuple[Block, ...]:
    return folder.documents[0].document.blocks


def headings(folder: Folder) -> list[str]:
    return [block.text for block in blocks(folder) if isinstance(block, Heading)]


def tables(folder: Folder) -> dict[str, Table]:
    return {block.caption: block for block in blocks(folder) if isinstance(block, Table)}


def test_it_answers_first_and_says_at_the_end_how_it_was_worked_out() -> None:
    folder, _ = make(sample_tiers(), Locality(), None, {})
    assert headings(folder) == [
        "In short", "Where need and leads stand", "Hospitals without a service",
        "Deprivation, need and leads", "How this was worked out",
    ]  # fmt: skip
    [answer] = [block for block in blocks(folder) if isinstance(block, Verdict)]
    assert answer.lines == (
        "1 of 2 hospitals has a service. Of 1 nobody has said; it counts here as without one.",
        (
            "About 120 people came often enough for the top tier (20 and over attendances in "
            "2025/26); 1 lead can ask about 70 a year, each in their own place: that is 50% of the "
            "tier."
        ),
        "Most people beyond reach, by place: South Vale (about 45) and East Vale (about 15).",
    )


def test_what_nobody_said_stands_at_the_front_and_needs_a_person() -> None:
    folder, _ = make(sample_tiers(), Locality(), None, {})
    first = blocks(folder)[0]
    assert isinstance(first, Note)
    assert first.warning
    assert [one.what for one in folder.missing] == [
        "Whether there is a service at South Vale Infirmary",
        "Whether there are leads in South Vale and East Vale",
    ]


@pytest.mark.parametrize("map_too", [False, True])
def test_two_hundred_hospitals_are_three_pages_and_a_workbook_with_all_of_them(
    map_too: bool, tmp_path: Path
) -> None:
    place = honeycomb(tmp_path, [f"Q{n:02d}" for n in range(42)]) if map_too else Locality()
    folder, reach = make(many(), place, None, {})
    files = contents(folder)
    with pikepdf.open(io.BytesIO(files["reach.pdf"])) as opened:
        assert 2 <= len(opened.pages) <= 4
    printed = tables(folder)["Hospitals by people beyond reach, the first 10 and the last 3 of 200"]
    assert len(printed.rows) == 13
    assert printed.rows[-1][0].startswith("200. ")  # type: ignore[union-attr]
    assert "The other 187 are in the workbook." in printed.note
    book = openpyxl.load_workbook(io.BytesIO(files["reach.xlsx"]))
    everything = book["All hospitals"]
    assert everything.max_row >= 203
    assert reach.site_count("yes") + reach.site_count("no") + reach.site_count("not said") == 200


def test_how_many_rows_are_printed_is_a_setting() -> None:
    folder, _ = make(many(), Locality(reach=ReachSettings(rows=20)), None, {})
    caption = "Hospitals by people beyond reach, the first 20 and the last 3 of 200"
    assert len(tables(folder)[caption].rows) == 23


def test_the_same_inputs_are_the_same_bytes(tmp_path: Path) -> None:
    place = honeycomb(tmp_path, ["ONE", "TWO", "THREE", "FOUR", "FIVE"])
    one, _ = make(five_places(), place, None, {"tiers.json": b"{}"})
    two, _ = make(five_places(), place, None, {"tiers.json": b"{}"})
    assert contents(one) == contents(two)
    assert json.loads(contents(one)["manifest.json"])["what"] == "reach"
    assert (
        contents(one)["inputs/boundaries.geojson"] == (tmp_path / "boundaries.geojson").read_bytes()
    )


def test_without_boundaries_dots_are_drawn_the_first_and_the_last() -> None:
    folder, reach = make(many(), Locality(), None, {})
    [figure] = [block for block in blocks(folder) if isinstance(block, Figure)]
    assert figure.caption.endswith("(12 of 200 hospitals: the first and the last)")
    assert reach.sites[0].name in figure.alt
    shown = ends(reach.sites, 12)
    assert [one.rank for one in shown] == [*range(1, 9), *range(197, 201)]


def test_a_map_is_drawn_where_boundaries_are_given(tmp_path: Path) -> None:
    codes = ["ONE", "TWO", "THREE", "FOUR", "FIVE"]
    folder, _ = make(five_places(), honeycomb(tmp_path, codes), None, {})
    [figure] = [block for block in blocks(folder) if isinstance(block, Figure)]
    assert figure.alt.startswith("A map of 5 areas")
    assert "all within a year: 5" in figure.alt
    assert folder.warnings == ()


def test_places_without_an_outline_are_told(tmp_path: Path) -> None:
    folder, _ = make(five_places(), honeycomb(tmp_path, ["ONE", "TWO"]), None, {})
    assert folder.warnings == ("boundaries.geojson has no outline of 3 of 5, such as Five.",)


def test_the_shade_is_the_share_that_leads_can_begin_with() -> None:
    reach = reach_of(tiers_of(
        unit("site", "A", (1, 1, 200), leads=0.0), unit("site", "B", (1, 1, 200), leads=1.0),
        unit("site", "C", (1, 1, 120), leads=1.0), unit("site", "D", (1, 1, 60), leads=1.0),
        unit("site", "E", (1, 1, 60)), unit("site", "F", (1, 1, "*"), leads=1.0),
        unit("site", "G", (1, 1, 60), service="none"),
    ))  # fmt: skip
    # 0%; 60 of 200 is 30%; 50%; 100%; not said; hidden; said to be none.
    shades = {one.code: shade(one) for one in reach.sites}
    assert shades == {"A": 0, "B": 1, "C": 2, "D": 3, "E": None, "F": None, "G": 0}


@pytest.mark.parametrize(
    ("text", "fault"),
    [("{", "not JSON"), ("[]", "no features"), ('{"features": [{}]}', "without properties"),
     ('{"features": [{"properties": {"name": "x"}}]}', "no property code"),
     ('{"features": [{"properties": {"code": "x"}, "geometry": {"type": "Point"}}]}',
      "no polygon"),
     (('{"features": [{"properties": {"code": "x"}, "geometry": {"type": "Polygon", '
      '"coordinates": [[["a", 1]]]}}]}'), "pairs of numbers"),
     (('{"features": [{"properties": {"code": "x"}, "geometry": {"type": "Polygon", '
      '"coordinates": [[[NaN, 1]]]}}]}'), "pairs of numbers")],
)  # fmt: skip
def test_a_file_of_boundaries_that_is_none_is_told_by_its_name(
    text: str, fault: str, tmp_path: Path
) -> None:
    path = tmp_path / "ours.geojson"
    path.write_text(text, "utf-8")
    with pytest.raises(ConfigurationFault, match=fault) as raised:
        make(five_places(), Locality(reach=ReachSettings(path)), None, {})
    assert raised.value.file == "ours.geojson"


def test_a_file_of_boundaries_that_is_not_there_is_told(tmp_path: Path) -> None:
    place = Locality(reach=ReachSettings(tmp_path / "none.geojson"))
    with pytest.raises(ConfigurationFault, match="cannot be read"):
        make(five_places(), place, None, {})


def test_the_section_of_a_business_case_can_be_told_from_tiers_alone() -> None:
    made = section(sample_tiers())
    assert [(one.text, one.level) for one in made if isinstance(one, Heading)] == [
        ("Inequalities", 2), ("Hospitals without a service", 3),
    ]  # fmt: skip
    first = next(one for one in made if isinstance(one, Paragraph))
    assert first.text.startswith(
        "Of the people in the tiers whose neighbourhood is known, 46% live in the most deprived "
        "fifth of England's neighbourhoods and 6% in the least deprived fifth."
    )
    assert any(
        isinstance(one, Paragraph) and "About 30 people of the top tier" in one.text for one in made
    )
    lower = section(sample_tiers(), reach_of(sample_tiers()), level=3)
    assert [one.level for one in lower if isinstance(one, Heading)] == [3, 4]


def test_an_area_without_hospitals_or_deprivation_is_still_a_document() -> None:
    folder, _ = make(tiers_of(unit("area", "ALL", (0, 0, 0))), Locality(), None, {})
    assert pdf.make(folder.documents[0].document).startswith(b"%PDF-")
    assert "Hospitals without a service" not in headings(folder)


def test_an_area_of_which_everything_is_hidden_is_still_a_document() -> None:
    hidden = ("*", "*", "*")
    tiers = tiers_of(unit("area", "ALL", hidden, fifths=("*",) * 5),
                     unit("site", "A", hidden, leads=1.0, fifths=("*",) * 5))  # fmt: skip
    folder, reach = make(tiers, Locality(), None, {})
    assert reach.sites[0].leads_per_1000 is None
    assert not [block for block in blocks(folder) if isinstance(block, Figure)]
    assert pdf.make(folder.documents[0].document).startswith(b"%PDF-")


def test_places_whose_people_are_hidden_are_drawn_in_words_and_none_is_a_dot() -> None:
    reach_tiers = tiers_of(
        unit("area", "ALL", (300, 40, 30), name="Handmade"),
        unit("place", "NORTH", (100, 20, 20), name="North", leads=4.0),
        unit("place", "SOUTH", (100, 20, "*"), name="South", leads=0.0),
    )
    folder, _ = make(reach_tiers, Locality(), None, {})
    [figure] = [block for block in blocks(folder) if isinstance(block, Figure)]
    assert "how many is hidden, no lead" in figure.drawing.svg
    assert "South: how many is hidden, no lead" in figure.alt
    table = tables(folder)["Places by people beyond reach"]
    assert [(row[0], row[6], row[7]) for row in table.rows] == [
        ("1. South", "0%", "all of *"), ("2. North", "100%", 0)
    ]  # fmt: skip


def test_a_hidden_place_of_a_few_is_drawn_as_its_band() -> None:
    area = unit("area", "ALL", (300, 40, 30), name="Handmade")
    north = unit("place", "NORTH", (100, 20, 20), name="North", leads=4.0)
    south = unit("place", "SOUTH", (100, 20, "*"), name="South", leads=0.0)
    south["tiers"]["20+"]["stars"] = {"people.total": "0 to 7"}
    folder, reach = make(tiers_of(area, north, south), Locality(), None, {})
    [figure] = [block for block in blocks(folder) if isinstance(block, Figure)]
    assert "up to 7 people, no lead" in figure.drawing.svg
    # Drawn to 20, the people of the north, and not to the 280 that 4 leads could ask.
    assert ">280<" not in figure.drawing.svg
    assert [one.few for one in reach.places] == [True, False]
    assert "beyond reach, up to 7 people." in words.beyond(reach)
