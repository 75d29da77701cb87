"""The two pages say what the result lets them say, in every standing, and fit on two pages."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

import openpyxl
import pikepdf
import pytest

from openhiu.evaluate import workbook
from openhiu.evaluate.document import document, leading
from openhiu.evaluate.figures import figures
from openhiu.evaluate.make import evaluate
from openhiu.evaluate.outcomes import OUTCOMES
from openhiu.evaluate.rows import Cohort, Prepared
from openhiu.locality import Locality, Site
from openhiu.paper import pdf, webpage, word
from openhiu.paper.blocks import Block, Figure, Paragraph, Table, Verdict
from support.made_rows import made_site

AS_OF = date(2026, 1, 1)
PLACE = Locality(name="Larkham", sites=(Site("RXX01", "Kestrel General"),))


def prepared(clients: int, *, comparison: int = 600, **more: Any) -> Prepared:
    """Clients alternate between 1 and 3 attendances a segment; 4 were expected."""
    rows = [((1.0,) * 4, (3.0,) * 4)[n % 2] for n in range(clients)]
    counts = {outcome.key: (4.0, rows) for outcome in OUTCOMES}
    events = [(client, date(2024, month, 5)) for client in range(clients) for month in (2, 5, 9)]
    site = made_site(counts, comparison=comparison, events=events)
    cohort = Cohort(on_roster=clients, offered=clients, said_yes=clients, started=clients,
                    on_list=clients, reached_w3=clients, reached_w12=clients)  # fmt: skip
    given: dict[str, Any] = {
        "sites": (site,),
        "journeys": (),
        "lists": (),
        "cohort": cohort,
        "store_months": (),
        "warnings": (),
        "inputs": (),
        "cut": AS_OF,
    }
    return Prepared(**(given | more))


@cache
def result(clients: int, **more: Any) -> dict[str, Any]:
    return evaluate(prepared(clients, **more), locality=PLACE, as_of=AS_OF)


@cache
def drawn(clients: int, **more: Any) -> list[Figure]:
    return figures(result(clients, **more))


CASES: dict[str, Callable[[], dict[str, Any]]] = {
    "enough": lambda: result(40),
    "range only": lambda: result(15),
    "too few": lambda: result(9),
    "fewer than eight": lambda: result(3),
    "one client": lambda: result(1),
    "nobody": lambda: result(0),
    "no history": lambda: result(40, comparison=60),
    "no hospital": lambda: evaluate(
        replace(prepared(0), sites=()), locality=PLACE, as_of=AS_OF
    ),
}  # fmt: skip


@pytest.fixture(scope="module", params=CASES)
def case(request: pytest.FixtureRequest) -> tuple[dict[str, Any], list[Figure]]:
    found = CASES[request.param]()
    return found, figures(found)


def text_of(blocks: tuple[Block, ...]) -> str:
    parts = []
    for block in blocks:
        match block:
            case Verdict():
                parts += block.lines
            case Paragraph():
                parts.append(f"{block.lead} {block.text}")
            case Table():
                parts += [table_cell for row in block.rows for table_cell in map(str, row)]
    return " ".join(parts)


def test_every_standing_makes_at_most_two_accessible_pages(
    case: tuple[dict[str, Any], list[Figure]],
) -> None:
    made = pdf.make(document(*case))
    with pikepdf.open(io.BytesIO(made)) as opened:
        assert len(opened.pages) <= 2


def test_every_standing_makes_a_word_file_a_page_and_a_workbook(
    case: tuple[dict[str, Any], list[Figure]],
) -> None:
    whole = document(*case)
    assert word.make(whole).startswith(b"PK")
    assert b"<h1" in webpage.make(whole)
    book = openpyxl.load_workbook(io.BytesIO(workbook.make(*case)))
    assert book.sheetnames[0] == "About"


def test_forty_people_have_three_lines_a_picture_and_a_table() -> None:
    whole = document(result(40), drawn(40))
    [verdict] = [block for block in whole.blocks if isinstance(block, Verdict)]
    assert len(verdict.lines) == 3
    assert "resource-pack method" in verdict.lines[0]
    assert "with no support" in verdict.lines[1]
    assert "own share" in verdict.lines[2]
    names = [getattr(block, "name", "") for block in whole.blocks]
    assert "the-picture-12-months" in names
    # 40 people, 2 a segment on average, 4 segments: 320 happened of 640 expected.
    table = next(b for b in whole.blocks if isinstance(b, Table))
    assert table.rows[0][:5] == ("A&E attendances", 40, 320, 640, 320)
    assert table.rows[0][5] == "50%"


def test_fifteen_people_have_a_range_and_no_headline() -> None:
    whole = document(result(15), drawn(15))
    table = next(b for b in whole.blocks if isinstance(b, Table))
    assert table.rows[0][3] is None  # expected beside happened would be the headline
    assert table.rows[0][5] == "not said"
    assert "So far anything from" in text_of(whole.blocks)
    picture = next(f for f in drawn(15) if f.name == "the-picture-12-months")
    assert "between" in picture.alt


def test_three_people_have_words_and_no_numbers() -> None:
    found = result(3)
    for windows in found["windows"].values():
        for outcome in windows.values():
            assert outcome["people"] == "*"
            assert outcome["observed"] is None
            assert outcome["rates"] == {}
    whole = document(found, drawn(3))
    assert "Too few people" in text_of(whole.blocks)
    assert [f for f in drawn(3) if f.name.startswith(("the-picture", "spread"))] == []
    table = next(b for b in whole.blocks if isinstance(b, Table))
    assert {cell for row in table.rows for cell in row[1:]} == {"*", None, "not said"}


def test_without_history_only_the_plain_fall_stands() -> None:
    found = result(40, comparison=60)
    lead = found["windows"]["12"]["attendances"]
    assert lead["standing"] == "no history"
    assert (lead["ratio"], lead["expected"], lead["avoided"]) == (None, None, None)
    assert lead["resource_pack"] == 0  # 320 before, 320 since, by the plain method
    assert "not enough history" in text_of(document(found, []).blocks)


def test_the_longest_window_with_an_estimate_leads() -> None:
    assert leading(result(40)) == "12"
    young = prepared(40)
    # Data end 200 days after everyone started: 3 months are over, 12 are not.
    site = replace(young.sites[0], cut=date(2024, 7, 19))
    found = evaluate(replace(young, sites=(site,)), locality=PLACE, as_of=date(2024, 7, 19))
    assert found["windows"]["12"]["attendances"]["standing"] == "no follow-up"
    assert leading(found) == "3"


def test_many_warnings_do_not_push_the_method_off_the_page() -> None:
    told = tuple(f"Kestrel General had a gap in its data in month {n}." for n in range(30))
    found = result(40, warnings=told, findings=("Row 3, column start_date: before the listing.",))
    whole = document(found, drawn(40))
    with pikepdf.open(io.BytesIO(pdf.make(whole))) as opened:
        assert len(opened.pages) <= 2


def test_the_footer_says_what_made_it_from_what() -> None:
    whole = document(result(40), [])
    assert whole.facts[1:3] == ("as of 1 January 2026", "data up to 31 December 2025")
    assert whole.made_for == AS_OF
    assert whole.organisation == "Larkham"
