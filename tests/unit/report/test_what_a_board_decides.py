"""What the first page says where there is little to say, what it asks the board to decide, and what
is told of money where the costs are for another number of leads.
"""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import docx
import pytest

from openhiu.evaluate.before_after import LABEL
from openhiu.locality import Money
from openhiu.paper import pdf, word
from openhiu.paper.blocks import Block, Figure, Heading, PageBreak, Verdict
from openhiu.report.board import Board, make
from openhiu.report.board.deciding import pace_a_year
from openhiu.report.board.otherwise import otherwise
from openhiu.report.board.reached import _standing_out
from support.board_reports import AS_OF, PLACE, evaluation, facts, pages, report, words_of

NO_HISTORY = {"comparison": 60}


def first_page(board: Board) -> list[Block]:
    blocks = board.document.blocks
    return list(blocks[: next(n for n, b in enumerate(blocks) if isinstance(b, PageBreak))])


def section(board: Board, heading: str) -> str:
    blocks = list(board.document.blocks)
    begin = next(n for n, b in enumerate(blocks) if isinstance(b, Heading) and b.text == heading)
    rest = blocks[begin + 1 :]
    ends = [n for n, b in enumerate(rest) if isinstance(b, Heading) and b.level == 2]
    return " ".join(map(str, rest[: ends[0]] if ends else rest))


def verdict(board: Board) -> Verdict:
    [found] = [block for block in first_page(board) if isinstance(block, Verdict)]
    return found


@pytest.mark.parametrize(
    ("evaluated", "begins"),
    [(evaluation(9), "Too few people finished"), (evaluation(15), "So far anything from"),
     (evaluation(40, **NO_HISTORY), "There is not enough history")],
)  # fmt: skip
def test_without_an_estimate_that_is_said_first_and_in_bold(
    evaluated: dict[str, Any], begins: str
) -> None:
    found = verdict(report(evaluated))
    assert found.lines[0].startswith(begins)
    assert found.strong == 0
    assert any(LABEL in line for line in found.lines[1:])


def test_with_an_estimate_the_own_share_is_the_bold_one() -> None:
    found = verdict(report())
    assert found.lines[found.strong].startswith("The service's own share")


def test_word_has_the_same_line_in_bold() -> None:
    made = docx.Document(io.BytesIO(word.make(report(evaluation(9)).document)))
    bold = [p.text for p in made.paragraphs if p.runs and p.runs[0].bold and "people" in p.text]
    assert [line for line in bold if line.startswith("Too few people finished")]
    assert not [line for line in bold if line.startswith("A&E attendances")]


@pytest.mark.parametrize(
    ("evaluated", "why"),
    [(evaluation(9), "too few people"), (evaluation(40, **NO_HISTORY), "not enough earlier lists")],
)
def test_there_is_no_picture_of_before_and_after_alone(evaluated: dict[str, Any], why: str) -> None:
    board = report(evaluated)
    assert not [block for block in first_page(board) if isinstance(block, Figure)]
    assert why in section(board, "Did it help?")
    assert why in " ".join(board.left_out)


def test_without_earlier_lists_the_board_is_not_told_to_wait() -> None:
    asks = section(report(evaluation(40, **NO_HISTORY)), "What we need from the board")
    assert "more time will not change that. Ask for data from before 1 January 2024." in asks
    assert "followed" not in asks
    assert "Please do not judge the service by the plain before and after." in asks


def test_where_too_few_were_followed_there_is_a_choice_with_its_size_and_date() -> None:
    evaluated = evaluation(9)
    needed = evaluated["windows"]["12"]["attendances"]["people_needed"]
    for quarter in evaluated["quarters"]:
        quarter["started"], quarter["complete"] = 25, True
    asks = section(report(evaluated), "What we need from the board")
    assert "To decide:" in asks
    # 9 of 30 people; 100 start a year: 21 / 100 of a year is 3 months, and 3 is the least.
    assert "continue and look again in April 2026, or pool" in asks
    assert f"about {round(needed, -1)} people need to be followed for 12 months" in asks
    # (needed - 9) / 100 years after 1 January 2026
    assert f"that takes until {int(2026 + (needed - 9) / 100)}" in asks


def test_a_clear_answer_asks_for_a_decision_too_and_for_no_time() -> None:
    # 40 clients, 2 attendances a segment where 4 were expected: half, far outside chance.
    asks = section(report(), "What we need from the board")
    assert "continue the service" in asks
    assert "Look again in January 2027" in asks
    assert "pool" not in asks


def test_what_size_could_be_shown_is_said_plainly() -> None:
    evaluated = evaluation()
    for window in evaluated["windows"].values():
        window["attendances"].update(reduction_low=-10.0, reduction_high=30.0, detectable=38.6,
                                     people_needed=280)  # fmt: skip
    asks = section(report(evaluated), "What we need from the board")
    assert "only a true fall of about 39% or more could be shown" in asks


def test_the_first_page_is_one_page_when_it_has_most_to_say() -> None:
    evaluated = evaluation() | {"cut": "2025-12-01"}
    for window in evaluated["windows"].values():
        window["attendances"].update(reduction_low=-10.0, reduction_high=30.0, detectable=38.6,
                                     people_needed=280)  # fmt: skip
    for quarter in evaluated["quarters"]:
        quarter["started"], quarter["complete"] = 25, True
    board = report(evaluated)
    told = " ".join(map(str, first_page(board)))
    assert all(words in told for words in ("Please note:", "Core20", "until 20", "01632"))
    alone = replace(board.document, blocks=tuple(first_page(board)))
    assert pages(pdf.make(alone)) == 1


def test_a_service_in_which_nobody_starts_never_comes_to_the_number() -> None:
    evaluated = evaluation(9)
    for quarter in evaluated["quarters"]:
        quarter["started"], quarter["complete"] = 0, True
    assert pace_a_year(report(evaluated).source) == 0
    assert "never reached" in section(report(evaluated), "What we need from the board")


DEFAULT = replace(PLACE, money=Money())
ENTERED = replace(PLACE, money=Money(leads=1.0, leads_given=True))


def test_costs_of_another_number_of_leads_are_not_set_against_anything() -> None:
    board = make(_costed(1.0), facts(), DEFAULT, as_of=AS_OF)
    money = section(board, "Money")
    assert (
        "The place has not entered its leads: these costs are for 1 lead, the service has 2"
        in money
    )
    assert "[money] leads = 2" in money
    assert "1 leads" not in words_of(board)
    for told in ("Net of", "releases what it costs", "pays for itself if"):
        assert told not in money
        assert told not in section(board, "Logic model")
    assert "£60,000 a year" not in section(board, "Logic model")
    assert not [one for one in board.annex if "what if" in one.caption.lower()]


def test_leads_that_were_entered_otherwise_are_said_to_be_so() -> None:
    money = section(make(_costed(1.0), facts(), ENTERED, as_of=AS_OF), "Money")
    assert "has not entered" not in money
    assert "These costs are for 1 lead, the service has 2" in money


@pytest.mark.parametrize("leads", [2.0, 1.5])  # 1.5: one of the two works half the week
def test_costs_of_the_leads_there_are_are_set_against_what_was_released(leads: float) -> None:
    money = section(make(_costed(leads), facts(), ENTERED, as_of=AS_OF), "Money")
    assert "Net of what the service cost" in money
    assert "The service releases what it costs if" in money


def _costed(leads: float) -> dict[str, Any]:
    made = evaluation()
    for worth in made["money"].values():
        worth["cost"]["leads"] = leads
    return made


def _assumed(name: str, pays: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "words": name, "pays": pays, "stated": 1.0, "least": 0.5, "most": 1.5,
            "pays_from": None, "pays_up_to": None, **more}  # fmt: skip


def test_what_if_is_told_in_sentences() -> None:
    part, never = "in part of this range", "nowhere in this range"
    told = " ".join(otherwise({"assumptions": [
        _assumed("effect", part, least=-24.2, most=37.6, pays_from=33.7),
        _assumed("unit_costs", never), _assumed("leads", part, pays_up_to=0.8),
        _assumed("lead_cost", never, least=48_000, most=72_000),
    ]}))  # fmt: skip
    assert "If the true effect were 34% less cost or better" in told
    assert "from 24% more to 38% less" in told
    assert "would release what it costs with 0.8 leads or fewer" in told
    assert "would not release what it costs if a lead cost £48,000 to £72,000 a year" in told
    assert "multiple" not in told


def test_hospital_data_that_end_before_the_quarter_are_named_on_the_first_page() -> None:
    early = evaluation() | {"cut": "2025-12-01"}
    told = " ".join(map(str, first_page(report(early))))
    assert "The hospital data end on 30 November 2025" in told
    assert "hospital data end" not in " ".join(map(str, first_page(report())))


def _reach(started: int, of_started: int) -> dict[str, Any]:
    whole = {"listed": 1945, "started": of_started}
    return {"all": {"people": whole}, "by": [{"dimension": "Sex", "groups": [
        {"group": "Female", "people": {"listed": 1000, "started": started}}]}]}  # fmt: skip


def test_a_share_within_chance_is_not_said_to_fall_short() -> None:
    # 51.4% and 25 of 60, 41.7%: 9.7 points; the Wilson limits lie 2.2 and 12.6 points away, and
    # sqrt(2.2^2 + 12.6^2) = 12.8 points are within chance.
    assert _standing_out(_reach(25, 60)) == (
        "No group stands out beyond chance as reached less than its share of the lists."
    )


def test_a_share_beyond_chance_is_told_with_its_counts() -> None:
    # 250 of 600 is the same 41.7%; chance is sqrt(2.2^2 + 4.0^2) = 4.6 points.
    told = _standing_out(_reach(250, 600))
    assert (
        "Sex: Female (about 1,000 of 1,945 on the lists, 51%; about 250 of 600 who started, 42%)"
        in told
    )
    # None of 10, where 51.4% of 10 would be 5: Wilson's upper limit is 3.84 / 13.84 = 27.8%.
    assert "none of 10 who started" in _standing_out(_reach(0, 10))
    few = _reach(0, 5)
    few["by"][0]["groups"][0]["people"]["listed"] = 400
    assert "No group stands out" in _standing_out(few)  # 20.6% against at most 43%
    hidden = _reach(25, 60)
    hidden["by"][0]["groups"][0]["people"]["started"] = "*"
    assert "No group stands out" in _standing_out(hidden)


def test_the_logic_model_has_no_percentage_without_its_two_numbers() -> None:
    told = section(report(), "Logic model")
    assert "observed over" in told
    assert "expected against" in told
    assert "% of every contact priced here (£" in told


def test_no_count_of_months_outside_the_usual_stands_without_what_it_means() -> None:
    assert "outside what is usual" not in words_of(report())


def test_a_claim_is_held_against_what_happened_anyway_in_this_place() -> None:
    claim = {"words": "Ours", "before": 900, "after": 300, "claimed_percent": -66.7,
             "window": "12 months"}  # fmt: skip
    own = evaluation()
    own["windows"]["12"]["attendances"].update(natural_change=41.0, expected=645.0, before=1093.0)
    told = section(report(own, facts(claims=[claim])), "Claims that were checked")
    assert "about 41 of the 67 points are what people picked the same way here" in told
    assert "645 A&E attendances expected against 1,093 before" in told
    none = report(evaluation(40, **NO_HISTORY), facts(claims=[claim]))
    assert "simulated services without any effect" in section(none, "Claims that were checked")


def test_outcomes_of_a_few_clients_are_named_in_a_sentence_not_in_a_row_of_stars() -> None:
    told = section(report(), "What changed for clients themselves")
    assert "Joined a group" in told
    assert "Also reached, by too few clients each to give a number: Less self-harm." in told
    assert "'*'" not in told.partition("Also reached")[0]
