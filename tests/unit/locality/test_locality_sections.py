"""Sections of a locality file that reports use: read as written, or refused with the key named."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from openhiu.errors import ConfigurationFault
from openhiu.locality import (
    Board,
    Claim,
    Locality,
    LogicModel,
    Money,
    Risk,
    UnitCost,
    read_locality,
)

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "locality.md"
WHOLE_PRICE = '[[money.unit_costs]]\nitem = "gp"\ngbp = 1\nprice_year = "2024/25"\nsource = "s"\n'


def read(folder: Path, text: str) -> Locality:
    path = folder / "locality.toml"
    path.write_text(text, encoding="utf-8")
    return read_locality(path)


def test_the_example_of_the_reference_page_is_read_as_it_says(tmp_path: Path) -> None:
    example = re.search(r"```toml\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    assert example
    place = read(tmp_path, example[1])
    assert place.priority_lsoas == frozenset({"E01999001"})
    assert place.plus == ("People without a home",)
    # 2.5 leads x 60,000 + 8,500 = 158,500
    assert place.money.cost_a_year == 158_500
    assert place.money.unit_costs == (
        UnitCost("calls_111", "a call to 111", 12.5, "2024/25", "the local contract"),
    )
    assert place.money.lead_cost_given
    assert place.money.leads_given
    assert place.logic_model.inputs == ("Two leads", "A commitment of three years")
    assert place.logic_model.defaulted == ()
    assert place.board == Board(
        (Risk("One lead carries everything", "Cover agreed", "Manager"),),
        "Service manager, 01632 960000",
        (Claim("A third fewer", "-33.3", 900.0, 600.0, "12 months"),),
    )


def test_what_is_left_out_has_the_defaults_and_says_so(tmp_path: Path) -> None:
    place = read(tmp_path, 'name = "Ashdown"\n[logic_model]\naim = "Ours"\noutputs = [" "]\n')
    assert place.money == Money(60_000.0, 1.0, 0.0, "2024/25", (), (), lead_cost_given=False)
    assert not place.money.leads_given
    assert place.money.cost_a_year == 60_000
    assert (place.priority_lsoas, place.plus, place.board) == (frozenset(), (), Board())
    assert place.logic_model.aim == "Ours"
    assert place.logic_model.outputs == LogicModel().outputs
    assert place.logic_model.defaulted == (
        "inputs", "activities", "outputs", "outcomes", "impact", "assumptions",
    )  # fmt: skip


def test_priority_areas_may_lie_in_a_file_beside(tmp_path: Path) -> None:
    (tmp_path / "wards.csv").write_text("lsoa,ward\nE01999007,Mill\n", encoding="utf-8")
    place = read(tmp_path, '[priority]\nlsoas = ["E01999001"]\nlsoas_file = "wards.csv"\n')
    assert place.priority_lsoas == frozenset({"E01999001", "E01999007"})


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("priority = 3", "priority is not a section"),
        ('[priority]\nplus = "homeless"', r"\[priority\] plus is not a list"),
        ('[priority]\nlsoas_file = "none.csv"', "lsoas_file cannot be read"),
        ('[money]\nlead_cost_a_year = "60,000"', "lead_cost_a_year is not a number of 0 or more"),
        ("[money]\nleads = true", "leads is not a number"),
        ("[money]\nleads = -1", "leads is not a number"),
        ("[money]\nother_cost_a_year = inf", "other_cost_a_year is not a number"),
        ('[money]\nprice_year = "2024/26"', "price_year is not a financial year"),
        ('[money]\nprice_year = "2024"', "price_year is not a financial year"),
        ("[money]\nlead_cost = 1", "a key that is not known: lead_cost"),
        ('[money]\ncash_releasing = "all"', "cash_releasing is not a list"),
        ("[money]\nunit_costs = 3", "unit_costs is not a list of tables"),
        (WHOLE_PRICE.replace('source = "s"\n', ""), "a unit cost has no source"),
        (WHOLE_PRICE.replace('gp"', 'GP visit"'), "item is not a name in small letters"),
        (WHOLE_PRICE * 2, "names an item twice"),
        ("[logic_model]\naim = 3", r"\[logic_model\] aim is not words"),
        ("[logic_model]\ninputs = [3]", "inputs is not a list"),
        ('[board]\nrisks = [{ mitigation = "x" }]', "a risk of .board. says nothing"),
        ("[board]\nrisks = 3", "risks is not a list of tables"),
    ],
)
def test_a_section_that_could_mean_something_else_is_refused(
    tmp_path: Path, text: str, told: str
) -> None:
    with pytest.raises(ConfigurationFault, match=told) as refused:
        read(tmp_path, text)
    assert refused.value.remedy
    assert refused.value.file == "locality.toml"
