"""Kinds of settings: what stands in a locality file comes in, a form field and its first value go
out; and back again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.core.exceptions import ValidationError

from openhiu.web.design.forms import Amount, Choice, Date, LongText, Select, Text, Whole, YesNo

_NOT_SAID: Final = ("", "Not said")
_LONG: Final = 6000


@dataclass(frozen=True)
class Field:
    """One setting: its key in the file, its words on the page and what kind of value it is.

    `kind` is one of KINDS. `otherwise` says what counts where it is left empty. `columns` are the
    keys, words and kinds of a list of small tables, written one to a line.
    """

    key: str
    label: str
    kind: str = "text"
    hint: str = ""
    otherwise: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    columns: tuple[tuple[str, str, str], ...] = ()

    @property
    def told(self) -> str:
        """The hint under its label."""
        columns = " | ".join(words for _, words, _ in self.columns)
        parts = [self.hint, f"One to a line: {columns}" if columns else "",
                 f"Left empty: {self.otherwise}" if self.otherwise else ""]  # fmt: skip
        return ". ".join(part.rstrip(".") for part in parts if part)


@dataclass(frozen=True)
class Kind:
    """How a value is asked for, drawn and kept. `keep` gives None where nothing was said."""

    ask: Callable[[Field], Any]
    draw: Callable[[Field, Any], Any]
    keep: Callable[[Field, Any], Any]


def asked(field: Field, files: tuple[str, ...] = ()) -> Any:
    """The form field of a setting; `files` are the names of files that lie beside the settings."""
    return _file(field, files) if field.kind == "file" else KINDS[field.kind].ask(field)


def drawn(field: Field, row: Mapping[str, Any]) -> Any:
    """What stands in its form field at first."""
    value = found_in(row, field.key)
    return None if value is None else KINDS[field.kind].draw(field, value)


def found_in(row: Mapping[str, Any], key: str) -> Any:
    """What stands under a key, or under "outer.inner" in the table that outer is; else None."""
    if key in row:
        return row[key]
    outer, _, inner = key.partition(".")
    within = row.get(outer) if inner else None
    return within.get(inner) if isinstance(within, Mapping) else None


def kept(field: Field, typed: Any) -> Any:
    """What was typed as it stands in a locality file; None where nothing was said.

    Raises:
        ValidationError: a line of a list of tables has too many parts or no number.
    """
    return KINDS[field.kind].keep(field, typed)


def in_words(field: Field, row: Mapping[str, Any]) -> str:
    """What a person reads of it."""
    found = drawn(field, row)
    if found in (None, ""):
        return ""
    if field.kind == "yes_no":
        return "Yes" if found else "No"
    if field.kind in ("date",) and isinstance(found, date):
        return f"{found.day} {found:%B %Y}"
    if field.choices:
        return dict(field.choices).get(str(found), str(found))
    if field.kind == "pounds":
        return f"£{found:,}"
    if field.kind == "percent":
        return f"{found}%"
    return str(found)


def _options(field: Field) -> dict[str, Any]:
    return {"hint": field.told, "required": False}


def _text(field: Field) -> Any:
    return Text(field.label, max_length=400, **_options(field))


def _long(field: Field) -> Any:
    return LongText(field.label, max_length=_LONG, rows=4, **_options(field))


def _lines(field: Field) -> Any:
    hint = field.told if field.columns else ". ".join(x for x in (field.told, "One to a line") if x)
    return LongText(field.label, max_length=20_000, rows=5, hint=hint, required=False)


def _codes(field: Field) -> Any:
    return LongText(field.label, max_length=200_000, rows=4, **_options(field))


def _pounds(field: Field) -> Any:
    return Amount(field.label, min_value=0, prefix="£", width=10, **_options(field))


def _date(field: Field) -> Any:
    return Date(field.label, **_options(field))


def _choice(field: Field) -> Any:
    many = len(field.choices) > 5
    made = Select if many else Choice
    return made(field.label, choices=(_NOT_SAID, *field.choices), **_options(field))


def _yes_no(field: Field) -> Any:
    return YesNo(field.label, **_options(field))


def _file(field: Field, files: tuple[str, ...]) -> Any:
    shown = (("", "No file"), *((name, name) for name in files))
    return Select(field.label, choices=shown, **_options(field))


def _same(_field: Field, value: Any) -> Any:
    return value


def _said(_field: Field, typed: Any) -> Any:
    return str(typed or "").strip() or None


def _answer(field: Field, typed: Any) -> Any:
    if typed in (None, ""):
        return None
    # A choice between numbers is a number in the file.
    numbers = field.choices and all(value.isdigit() for value, _ in field.choices)
    return int(typed) if numbers else typed


def _number(_field: Field, typed: Any) -> Any:
    if typed is None:
        return None
    whole = Decimal(typed) == Decimal(typed).to_integral_value()
    return int(typed) if whole else float(typed)


def _as_percent(_field: Field, value: Any) -> Any:
    percent = Decimal(str(value)) * 100
    return f"{percent.normalize():f}"


def _keep_percent(_field: Field, typed: Any) -> Any:
    return None if typed is None else float(Decimal(typed) / 100)


def _as_lines(_field: Field, value: Any) -> str:
    return "\n".join(map(str, value))


def _keep_lines(_field: Field, typed: Any) -> Any:
    return [line.strip() for line in str(typed or "").splitlines() if line.strip()] or None


def _as_codes(_field: Field, value: Any) -> str:
    return " ".join(map(str, value))


def _keep_codes(_field: Field, typed: Any) -> Any:
    return [code for code in re.split(r"[\s,;]+", str(typed or "")) if code] or None


def _as_date(_field: Field, value: Any) -> Any:
    try:
        return value if isinstance(value, date) else date.fromisoformat(str(value))
    except ValueError:
        return None


def _keep_date(_field: Field, typed: Any) -> Any:
    return typed.isoformat() if typed else None


def _as_rows(field: Field, value: Any) -> str:
    return "\n".join(_as_line(field, row) for row in value if isinstance(row, Mapping))


def _as_line(field: Field, row: Mapping[str, Any]) -> str:
    cells = [str(row.get(key, "")) for key, _, _ in field.columns]
    while cells and not cells[-1]:
        cells.pop()
    return " | ".join(cells)


def _keep_rows(field: Field, typed: Any) -> Any:
    lines = _keep_lines(field, typed) or []
    return [_row(field, number, line) for number, line in enumerate(lines, 1)] or None


def _row(field: Field, number: int, line: str) -> dict[str, Any]:
    cells = [cell.strip() for cell in line.split("|")]
    if len(cells) > len(field.columns) or not cells[0]:
        words = " | ".join(words for _, words, _ in field.columns)
        raise ValidationError(f"{field.label}, line {number}: write {words}")
    pairs = zip(field.columns, cells, strict=False)
    return {
        key: _cell(field, number, words, kind, cell) for (key, words, kind), cell in pairs if cell
    }


def _cell(field: Field, number: int, words: str, kind: str, cell: str) -> Any:
    if kind == "text":
        return cell
    try:
        return _number(field, Decimal(cell.replace(",", "").removeprefix("£")))
    except ArithmeticError:
        raise ValidationError(
            f"{field.label}, line {number}: {words.lower()} is not a number"
        ) from None


def _as_table(_field: Field, value: Any) -> str:
    return "\n".join(f"{key} | {number}" for key, number in value.items())


def _keep_table(field: Field, typed: Any) -> Any:
    shaped = Field(field.key, field.label, columns=(("key", "Name", "text"),
                                                    ("number", "Number", "number")))  # fmt: skip
    rows = _keep_rows(shaped, typed) or []
    return {row["key"]: row.get("number", 0) for row in rows} or None


KINDS: Final[dict[str, Kind]] = {
    "text": Kind(_text, _same, _said),
    "long": Kind(_long, _same, _said),
    "lines": Kind(_lines, _as_lines, _keep_lines),
    "codes": Kind(_codes, _as_codes, _keep_codes),
    "whole": Kind(lambda f: Whole(f.label, **_options(f)), _same, _number),
    "number": Kind(lambda f: Amount(f.label, width=10, **_options(f)), _same, _number),
    "percent": Kind(
        lambda f: Amount(f.label, suffix="%", width=5, **_options(f)), _as_percent, _keep_percent
    ),
    "pounds": Kind(_pounds, _same, _number),
    "date": Kind(_date, _as_date, _keep_date),
    "choice": Kind(_choice, _same, _answer),
    "yes_no": Kind(_yes_no, _same, _answer),
    "file": Kind(_text, _same, _answer),
    "rows": Kind(_lines, _as_rows, _keep_rows),
    "table": Kind(_lines, _as_table, _keep_table),
}
