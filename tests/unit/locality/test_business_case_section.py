"""[business_case] of a locality file: read as written, or refused with the key named."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from openhiu.errors import ConfigurationFault
from openhiu.locality import BusinessCase, locality_from, read_locality


def read(folder: Path, text: str) -> BusinessCase:
    path = folder / "locality.toml"
    path.write_text(f"[business_case]\n{text}\n", "utf-8")
    return read_locality(path).business_case


def test_what_is_left_out_has_the_defaults(tmp_path: Path) -> None:
    found = read(tmp_path, "")
    assert found == BusinessCase()
    assert (found.months, found.discount_rate, found.recommended) == (24, 0.035, "buy")


def test_days_may_be_written_with_or_without_quotation_marks(tmp_path: Path) -> None:
    for written in ("2027-04-01", '"2027-04-01"'):
        assert read(tmp_path, f"starts = {written}").starts == date(2027, 4, 1)


def test_a_whole_case_is_read(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        """
        months = 36
        leads = 2.5
        deficit_gbp = 1000000
        deficit_year = "2026/27"
        [business_case.effect]
        source = "our pilot"
        attendances = { low = -5, central = 10, high = 25 }
        [[business_case.criteria]]
        key = "reach"
        weight = 2
        [[business_case.options]]
        key = "join"
        name = "Join the neighbours"
        mobilise_months = 1
        scores = { reach = 4.5 }
        reasons = { reach = "they have room" }
        [[business_case.risks]]
        risk = "Snow"
        [[business_case.timeline]]
        what = "Decide"
        first = 2027-01-15
        [[business_case.schemes]]
        place = "Hill"
        people_a_year = 40
        """,
    )
    assert (found.months, found.leads) == (36, 2.5)
    assert found.effect["attendances"].central == 10
    assert found.criteria[0].weight == 2
    assert (found.options[0].mobilise_months, found.options[0].scores) == (1, {"reach": 4.5})
    assert found.risks[0].risk == "Snow"
    assert found.timeline[0].first == date(2027, 1, 15)
    assert found.schemes[0].people_a_year == 40


def test_settings_that_were_typed_elsewhere_are_read_the_same() -> None:
    found = locality_from({"business_case": {"starts": "2027-04-01"}}, Path("typed"))
    assert found.business_case.starts == date(2027, 4, 1)


@pytest.mark.parametrize(
    ("text", "words"),
    [("month = 24", "month"), ("months = 3", "months is not a number"),
     ("months = true", "months is not a number"), ('starts = "soon"', "starts is not a day"),
     ("discount_rate = 3.5", "discount_rate is above"),
     ("natural_fall = 33", "natural_fall is above"),
     ('deficit_year = "2026"', "price_year is not a financial year"),
     ("effect = { attendances = { low = 1, central = 2, high = 3 } }", "has no source"),
     ('effect = { source = "x", attendances = { low = 5, central = 2, high = 9 } }', "in order"),
     ('effect = { source = "x", attendances = { low = 5, central = 6, high = 100 } }', "in order"),
     ('effect = { source = "x", attendances = { low = 5 } }', "central is not a number"),
     ('options = [{ key = "a", scores = { reach = 6 } }]', "reach is above 5"),
     ('options = [{ name = "a" }]', "has no key"),
     ('timeline = [{ what = "a", first = 2027-02-01, last = 2027-01-01 }]', "no first day"),
     ('risks = [{ mitigation = "a" }]', "has no risk"),
     ('schemes = [{ people_a_year = 4 }]', "has no place")],
)  # fmt: skip
def test_a_wrong_value_is_refused_with_its_key(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(ConfigurationFault) as refused:
        read(tmp_path, text)
    assert words in refused.value.sentence
