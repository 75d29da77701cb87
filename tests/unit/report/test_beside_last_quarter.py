"""Two reports beside each other give away no more than each alone."""

from __future__ import annotations

import json
from typing import Any

import pytest

from openhiu.errors import InputNotUsable
from openhiu.paper.blocks import KeyFigures, Paragraph
from openhiu.report.board import Board, told
from openhiu.report.board.beside import beside, people_of
from openhiu.report.board.evidence import read_evidence
from openhiu.report.last import parse_last, read_last
from support.board_reports import evaluation, facts, report


def kept(board: Board) -> dict[str, bytes]:
    return {"board.json": json.dumps(told(board)).encode()}


def last_of(clients: int) -> Any:
    return parse_last(kept(report(evaluation(clients, journeys=0)))["board.json"])


@pytest.mark.parametrize(("now", "repeated"), [(40, ()), (41, ("12", "3")), (47, ("12", "3")),
                                               (52, ("12", "3")), (53, ())])  # fmt: skip
def test_numbers_that_stand_on_1_to_7_more_people_are_told_as_they_were(
    now: int, repeated: tuple[str, ...]
) -> None:
    fresh = read_evidence(evaluation(now, journeys=0))
    seen = beside(fresh, last_of(40))
    assert sorted(seen.repeated) == sorted(repeated)
    people = {name: count for name, count in people_of(seen).items() if name == "3.attendances"}
    assert people == {"3.attendances": 40 if repeated or now == 40 else 55}


def test_what_rests_on_such_numbers_is_told_as_it_was_too() -> None:
    last = last_of(40)
    seen = beside(read_evidence(evaluation(43, journeys=0)), last)
    for part in ("windows", "money", "groups"):
        assert seen.raw[part] == last.evaluation[part], part


def test_the_report_says_where_it_repeats_the_last() -> None:
    board = report(evaluation(43), previous=kept(report()))
    words = " ".join(b.text for b in board.document.blocks if isinstance(b, Paragraph))
    assert "fewer than 8 people have finished since" in words
    assert "are those of October to December 2025" in words
    assert any("are those of the last report" in line for line in board.left_out)


def test_a_repeated_number_is_held_against_what_was_told_not_what_was_evaluated() -> None:
    """Told at 40, repeated at 44, now 46: held against the 40 that was told."""
    second = report(evaluation(44), previous=kept(report()))
    third = report(evaluation(46), previous=kept(second))
    assert people_of(third.source.evidence)["3.attendances"] == 40


def test_a_group_that_fell_below_eight_in_between_is_hidden_not_repeated() -> None:
    seen = beside(read_evidence(evaluation(3, journeys=0)), last_of(9))
    assert people_of(seen)["3.attendances"] == "*"
    assert seen.repeated == ()


def test_last_quarters_figures_stand_beside_this_ones() -> None:
    last = report(told=facts(period__name="July to September 2025"))
    board = report(told=facts(did__caseload_now=63), previous=kept(last))
    [figures] = [b for b in board.document.blocks if isinstance(b, KeyFigures)]
    caseload = figures.figures[0]
    assert (caseload.value, caseload.words) == ("65", "clients supported at the end")
    assert caseload.basis.endswith("; July to September 2025: 40")
    table = next(table for table in board.annex if table.caption == "What we did")
    assert ("Clients supported at the end", 65, 40) in table.rows
    assert ("Clients picked up again", "*", "*") in table.rows


def test_an_earlier_edition_of_the_same_quarter_is_no_last_quarter() -> None:
    board = report(told=facts(did__caseload_now=63), previous=kept(report()))
    [figures] = [b for b in board.document.blocks if isinstance(b, KeyFigures)]
    assert "40" not in figures.figures[0].basis


@pytest.mark.parametrize(
    "files",
    [{}, {"board.json": b"{"}, {"board.json": b"[]"}, {"board.json": b'{"what": "evaluation"}'}],
)
def test_what_is_no_report_is_turned_away(files: dict[str, bytes]) -> None:
    with pytest.raises(InputNotUsable, match=r"board\.json"):
        read_last(files)
