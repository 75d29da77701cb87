"""Settings typed on a page become a locality file that reads back as the same settings."""

from __future__ import annotations

import tomllib
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openhiu.locality.writing import as_toml

WORDS = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)
SINGLE = WORDS | st.integers(-(2**53), 2**53) | st.booleans() | st.floats(
    allow_nan=False, allow_infinity=False
)  # fmt: skip
VALUES = st.recursive(
    SINGLE,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=12,
)


@given(st.dictionaries(WORDS, VALUES, max_size=5))
def test_whatever_was_typed_reads_back_the_same(settings: dict[str, Any]) -> None:
    assert tomllib.loads(as_toml(settings)) == settings


def test_it_reads_as_a_person_would_write_it() -> None:
    settings = {
        "places": [{"code": "N", "lsoas": ["E1", "E2"]}, {"code": "S", "leads": 0.5}],
        "name": "Madeup Vale",
        "go_live": {"post": {"hours": 37.5}, "date": date(2027, 4, 1)},
    }
    assert as_toml(settings) == (
        'name = "Madeup Vale"\n'
        '\n[[places]]\ncode = "N"\nlsoas = ["E1", "E2"]\n'
        '\n[[places]]\ncode = "S"\nleads = 0.5\n'
        "\n[go_live]\ndate = 2027-04-01\n"
        "\n[go_live.post]\nhours = 37.5\n"
    )


def test_what_a_locality_cannot_hold_is_a_fault_of_the_caller() -> None:
    with pytest.raises(TypeError, match="a locality file holds no NoneType"):
        as_toml({"name": None})
