"""A claim is printed with what its counts say; one that does not follow needs a person."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from openhiu.errors import ConfigurationFault
from openhiu.locality import read_locality
from openhiu.paper.blocks import Note
from openhiu.report.board import Board, make
from support.board_reports import AS_OF, PLACE, facts, nobody


def board(**claim: Any) -> Board:
    return make(nobody(), facts(claims=[{"words": "Ours", **claim}]), PLACE, as_of=AS_OF)


def note(made: Board) -> Note:
    [found] = [b for b in made.document.blocks
               if isinstance(b, Note) and b.title == "What the counts say"]  # fmt: skip
    return found


@pytest.mark.parametrize("claimed", [48, "48", "48%", -48, "-48", "\N{MINUS SIGN}48 %"])
def test_somersets_figures_do_not_give_the_fall_that_was_published(claimed: Any) -> None:
    # 1,963 to 1,189: 1189 / 1963 = 0.6057, a fall of 39.4 %.
    made = board(before=1963, after=1189, claimed_percent=claimed, window="12 months")
    assert made.needs_a_person
    assert "-39.4% (from 1,963 to 1,189; 12 months; plain before and after)" in note(made).lines[0]
    assert "the claim of -48% does not follow" in made.warnings[0]
    assert note(made).warning


def test_a_claim_that_follows_is_still_told_for_what_it_is_worth() -> None:
    made = board(before=1000, after=700, claimed_percent=30, window="12 months")
    assert not made.needs_a_person
    assert not note(made).warning
    assert "the claim of -30% follows" in note(made).lines[0]
    assert "Not evidence of effect" in note(made).lines[0]


def test_a_rise_is_a_rise() -> None:
    assert not board(before=100, after=130, claimed_percent=30).needs_a_person
    assert board(before=100, after=130, claimed_percent=-30).needs_a_person


def test_a_claim_without_its_counts_cannot_be_checked_and_says_so() -> None:
    made = board(claimed_percent=48)
    assert "cannot be checked" in note(made).lines[0]
    assert not made.needs_a_person


def test_small_counts_of_a_claim_are_not_printed() -> None:
    made = board(before=6, after=3, claimed_percent=50)
    assert "are below 8 and are not printed" in note(made).lines[0]
    assert "6" not in note(made).lines[0]


def test_a_claim_in_the_locality_file_is_checked_too(tmp_path: Path) -> None:
    path = tmp_path / "locality.toml"
    path.write_text(
        '[board]\nclaims = [{ words = "Half", before = 100, after = 80, claimed_percent = -50 }]\n',
        "utf-8",
    )
    made = make(nobody(), None, read_locality(path), as_of=AS_OF)
    assert "-20.0% (from 100 to 80" in made.warnings[0]


@pytest.mark.parametrize("claim", ['words = "x"', "claimed_percent = -5",
                                   'words = "x", claimed_percent = "half"',
                                   'words = "x", claimed_percent = 5, pre = 3'])  # fmt: skip
def test_a_claim_that_cannot_be_read_is_a_fault_of_the_file(tmp_path: Path, claim: str) -> None:
    path = tmp_path / "locality.toml"
    path.write_text(f"[board]\nclaims = [{{ {claim} }}]\n", "utf-8")
    with pytest.raises(ConfigurationFault, match=r"board"):
        read_locality(path)
