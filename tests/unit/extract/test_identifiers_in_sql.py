"""The engine reads identifiers exactly as `tables.identifiers` does, damaged ones included."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openhiu.engines import Engine, open_engine
from openhiu.extract import cells
from openhiu.extract.literals import Literals
from openhiu.tables.identifiers import (
    IdentifierFault,
    IdentifierKind,
    check_digit,
    is_absent,
    read_nhs_number,
    spreadsheet_fault,
)
from support.extracting import batch, check, mapping

Read = tuple[str | None, str | None]  # the identifier, the rule it broke


def grouped(number: str, by: str) -> str:
    """An NHS number as people write it, in groups of three, three and four."""
    return by.join((number[:3], number[3:6], number[6:]))


def _expected(text: str, kind: IdentifierKind) -> Read:
    if is_absent(text):
        return None, None
    pseudonym = kind is IdentifierKind.PSEUDONYM
    read = (spreadsheet_fault(text) or text) if pseudonym else read_nhs_number(text)
    return (None, read.value) if isinstance(read, IdentifierFault) else (read, None)


def _in_sql(engine: Engine, texts: list[str], kind: IdentifierKind) -> list[tuple[Read, Read]]:
    """Every text as the full and as the usual reading give it."""
    lit = Literals()
    value = cells.person(lit, "t", "n", kind)
    faults = cells.person_faults(lit, "t", "n", kind).items()
    whens = " ".join(f"when {condition} then {lit(fault.value)}" for fault, condition in faults)
    usual = cells.usual_person(lit, "t", "w", kind)
    engine.register("texts", pa.table({"i": range(len(texts)), "t": pa.array(texts, pa.string())}))
    sql = f"""
        select i, v, u, case when v is null and not h then case {whens or "when true then null"} end
               end as f
        from (select *, case when not h then {value} end as v, {usual} as u
              from (select *, {cells.digits_of(lit, "t")} as n, {cells.whole("t")} as w,
                           {cells.absent(lit, "t")} as h from texts))
        order by i
    """
    rows = engine.run(sql, lit.parameters).to_pylist()
    return [((row["v"], row["f"]), (row["u"], None)) for row in rows]


@pytest.fixture(scope="module")
def duck() -> Iterator[Engine]:
    with open_engine() as engine:
        yield engine


def _assert_same(engine: Engine, texts: list[str]) -> None:
    for kind in IdentifierKind:
        for text, (full, usual) in zip(texts, _in_sql(engine, texts, kind), strict=True):
            expected = _expected(text, kind)
            assert full == expected, (text, kind)
            # The usual reading may leave a text to the full one, but never reads another value.
            assert usual in ((None, None), expected), (text, kind)


_ARABIC = {ord(digit): 0x660 + int(digit) for digit in "0123456789"}


def _nhs_number(dice: random.Random) -> str:
    while True:
        nine = f"999{dice.randrange(10**6):06d}"
        if (check := check_digit(nine)) is not None:
            return f"{nine}{check}"


def _damaged(number: str, dice: random.Random) -> list[str]:
    at = dice.randrange(10)
    return [
        number, grouped(number, " "), grouped(number, "-"),
        f"{number}.0", f"{number}.", f"{float(number):.2E}", f"{float(number):.9e}", number[1:],
        number[:-1], f"0{number}", number[:at] + str(dice.randrange(10)) + number[at + 1:],
        number[:at] + "X" + number[at + 1:], f"+{number}", f"-{number}", f" {number} ",
        f"{number[:5]}\u00a0{number[5:]}", f"{number[:3]}\u2011{number[3:]}", f"'{number}",
        f"{number}\u200b", number.translate(_ARABIC),
    ]  # fmt: skip


def test_damaged_nhs_numbers_are_read_as_the_declaration_reads_them(duck: Engine) -> None:
    dice = random.Random(34)
    texts = [text for _ in range(250) for text in _damaged(_nhs_number(dice), dice)]
    _assert_same(duck, texts)


def test_words_and_oddities_are_read_as_the_declaration_reads_them(duck: Engine) -> None:
    _assert_same(
        duck,
        [
            "", " ", "NULL", "null", " Not Known ", "n/a", "#N/A", "NaN", "?", "-", "0",
            "0000000000", "9999999999", "1111111111", "2222222222", "1234567890", "1E5", "12e3",
            "1.5e3", "1e+10", "3.", ".5", "0x3B9ACA00", "1_000_0000", "9.994567e9", "12345e0003",
            "1e400", "633", "138-030-9419", "TESTLMgmxx4BW0MY95", "Inf", "nan", "a.b",
            "\u0663.\u0660", "\uff13", "\u2003NULL\u2003", "a\x0bb", "99\x1c91234567",
            "9991\u20281234567", "abc def", "-----", "- -", "A1==", "1/2+3",
        ],
    )  # fmt: skip


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.text(alphabet="0123456789eE.+-_ xAN\u00a0/", max_size=13), min_size=1, max_size=60)
)
def test_any_text_is_read_as_the_declaration_reads_it(duck: Engine, texts: list[str]) -> None:
    _assert_same(duck, texts)


def _attendances(*people: str | None) -> pa.RecordBatch:
    rows = len(people)
    return batch(
        {
            "person_id": list(people),
            "site_code": ["RXX01"] * rows,
            "arrival_datetime": ["2026-01-05 10:00"] * rows,
        }
    )


def test_half_of_the_values_decide_that_the_canonical_column_holds_nhs_numbers() -> None:
    # 9991234560: 9*10+9*9+9*8+1*7+2*6+3*5+4*4+5*3+6*2 = 320; 320 mod 11 = 1; 11 - 1 = 10: none.
    # 9991234553: the first nine give 318; 318 mod 11 = 10; 11 - 10 = 1, so the tenth digit is 1.
    good = "9991234551"
    half = check(_attendances(good, "A77"))
    assert half.column("person_id") == [good]
    assert half.rules == [
        (3, "person_id", f"not usable as an identifier: {IdentifierFault.CHARACTERS.value}")
    ]
    assert "person_id is read as NHS numbers" in half.findings.warnings
    fewer = check(_attendances(good, "A77", "B12"))
    assert fewer.column("person_id") == [good, "A77", "B12"]
    assert any("read as pseudonyms" in warning for warning in fewer.findings.warnings)


@pytest.mark.parametrize("damaged", ["9.99E+09", "123456.0", "1e5"])
def test_a_pseudonym_that_a_spreadsheet_damaged_is_rejected(damaged: str) -> None:
    outcome = check(_attendances("a1", "A1", damaged))
    assert outcome.column("person_id") == ["a1", "A1"]  # case tells people apart
    assert [row for row, _, _ in outcome.rules] == [4]


def test_absent_words_are_nobody_and_no_reason_to_reject() -> None:
    outcome = check(_attendances("a1", "NULL", "0", None, "unknown"))
    assert outcome.column("person_id") == ["a1", None, None, None, None]
    assert outcome.findings.filled["person_id"] == 1


_KEPT_AS_NUMBERS = """
    dataset = "attendances"
    numeric_cells = "accept"
    [columns]
    person_id = "NHS No"
    site_code = "site_code"
    arrival_datetime = "arrival_datetime"
"""


def test_a_number_cell_of_a_workbook_counts_only_where_the_mapping_says_so() -> None:
    cell = "9991234551.0"
    given = _attendances(cell).rename_columns(
        ["_row", "_fault", "NHS No", "site_code", "arrival_datetime"]
    )
    assert check(given, mapping(_KEPT_AS_NUMBERS)).column("person_id") == ["9991234551"]
    refused = check(given, mapping(_KEPT_AS_NUMBERS.replace('"accept"', '"refuse"')))
    assert refused.column("person_id") == []
