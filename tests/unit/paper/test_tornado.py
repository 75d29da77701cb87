"""A tornado names every assumption with both ends, and the same numbers are the same picture."""

from __future__ import annotations

import re

from openhiu.paper.tornado import Swing, tornado

SWINGS = (
    Swing("The effect", -500.0, 100.0, "worse end", "better end"),
    Swing("What a lead costs", -300.0, -150.0, "+20%", "\N{MINUS SIGN}20%"),
)


def test_every_assumption_is_named_with_both_its_ends() -> None:
    svg = tornado(SWINGS, -200.0, "Released less cost", "£").svg
    assert "The effect: worse end | better end" in svg
    assert "What a lead costs: +20% | \N{MINUS SIGN}20%" in svg
    assert "Released less cost" in svg


def test_the_two_lines_say_what_they_are_and_cross_no_name() -> None:
    svg = tornado(SWINGS, -200.0, "x", "£").svg
    assert ">as planned<" in svg
    assert ">£0<" in svg
    # Each is a piece a bar and one beside its name, not one rule from top to bottom.
    assert len(re.findall(r'<line [^>]*stroke-width="2"', svg)) == len(SWINGS) + 1


def test_a_minus_stands_before_the_pound() -> None:
    svg = tornado(SWINGS, -200.0, "Released less cost", "£").svg
    assert "\N{MINUS SIGN}£" in svg
    assert "£\N{MINUS SIGN}" not in svg


def test_the_same_numbers_are_the_same_picture_and_one_row_is_enough() -> None:
    assert tornado(SWINGS, -200.0, "x").png == tornado(SWINGS, -200.0, "x").png
    assert tornado(SWINGS[:1], 0.0, "x").height < tornado(SWINGS, 0.0, "x").height
    still = (Swing("Nothing hangs on it", 0.0, 0.0, "a", "b"),)
    assert tornado(still, 0.0, "x").svg
