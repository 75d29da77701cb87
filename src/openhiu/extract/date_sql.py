"""Dates and times as hospitals write them, in SQL: expressions for texts come in; expressions for
timestamps, null where a text is not a date, go out.

`fast` reads the one or two patterns that most of a file is written in. `steps` reads everything
that is accepted, in small steps that each build on the one before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from openhiu.extract.dates import DateStyle
from openhiu.extract.literals import Literals

Step = dict[str, str]  # names of new columns and the SQL that makes them

_CLOCKS: Final = (
    "%H:%M", "%H:%M:%S", "%H:%M:%S.%f", "%H:%M:%S.%n", "%I:%M %p", "%I:%M:%S %p", "%I:%M%p",
    "%I:%M:%S%p",
)  # fmt: skip
_OFFSET: Final = r"^(.*\d:\d\d(?::\d\d(?:[.,]\d+)?)?) ?(?:Z|z|\+0[01]:?00|-00:?00)$"
_PARTS: Final = (
    r"^(\d[0-9A-Za-z/.\-]*?(?: ?[A-Za-z]{3,9},? ?\d{2,4})?)"
    r"(?:(?:T|[ ,:]+)(\d\d?(?::?\d\d.*)?))?$"
)
_RUN_TOGETHER: Final = r"^(\d{8})(\d{4}|\d{6})$"
_YEAR_FIRST: Final = r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}"
_COMPACT: Final = r"\d{8}(?:\.0)?"
_SERIAL: Final = r"\d{5}(?:\.\d+)?"
_NAMED: Final = r"^(\d{1,2})[-/. ]?([A-Za-z]{3,9})[-/., ]{0,2}(\d{2,4})$"
_MONTH_FIRST_EVIDENCE: Final = r"^(?:0?[1-9]|1[0-2])[-/.](?:1[3-9]|2\d|3[01])[-/.]\d{2,4}(?:\D.*)?$"
_DAY_FIRST_EVIDENCE: Final = r"^(?:1[3-9]|2\d|3[01])[-/.](?:0?[1-9]|1[0-2])[-/.]\d{2,4}(?:\D.*)?$"
_EITHER: Final = r"^\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}(?:\D.*)?$"
_DATE_BEFORE: Final = r"^\d{4}-\d\d-\d\d[ T]"
_TAIL: Final = r"\.0$"
_PART_OF_A_DAY: Final = r"0?\.\d+|0"
_HOURS_MINUTES: Final = r"\d{1,4}(?:\.0)?"
_HOURS_MINUTES_SECONDS: Final = r"\d{6}"
_SUMMER_TIME: Final = r"\+01:?00$"
_TWO_DIGITS: Final = r"^\d{1,2}[-/. ]?(?:\d{1,2}|[A-Za-z]{3,9})[-/. ]\d{2}(?:[T ,].*)?$"


_PART: Final = re.compile("%([A-Za-z])")
_RUNS_ON: Final = re.compile("%[YymdHMSj]%[YymdHMSj]")
_WIDTHS: Final = {"Y": 4, "b": 3, "j": 3, "f": 6}
_MIDNIGHT: Final = "timestamp '1900-01-01'"  # what a pattern without a day starts from


def fast(lit: Literals, text: str, clock: str | None, style: DateStyle) -> str | None:
    """SQL for the column's usual patterns; None where it has none and every cell needs `steps`."""
    patterns = style.patterns or style.fast
    if not patterns or (clock and style.patterns):
        return None
    if clock is None:
        return _local(lit, _first(lit, text, patterns), text, clock, style)
    if not style.fast_clock:
        return None
    days = [
        f"date_trunc('day', {_parsed(lit, text, pattern)})" if "%H" in pattern
        else _parsed(lit, text, pattern)
        for pattern in patterns
    ]  # fmt: skip
    times = _first(lit, clock, style.fast_clock)
    return _local(lit, f"({_coalesced(days)} + ({times} - {_MIDNIGHT}))", text, clock, style)


def steps(
    lit: Literals, name: str, text: str, clock: str | None, style: DateStyle
) -> tuple[Step, ...]:
    """The steps at whose end `p_name` is the timestamp in a text, or in a date and a time.

    A date without a time is at midnight.
    """
    if style.patterns and clock and any("%H" in each or "%I" in each for each in style.patterns):
        text, clock = f"concat_ws(' ', {text}, {clock})", None
    bare, day, time = f"b_{name}", f"d_{name}", f"t_{name}"
    whole, since = f"m_{name}", f"k_{name}"
    zoneless = f"regexp_replace({text}, {lit(_OFFSET)}, {lit(_groups(1))})"
    split = f"regexp_replace({zoneless}, {lit(_RUN_TOGETHER)}, {lit(_groups(1, 2))})"
    in_time = clock or f"nullif(regexp_extract({bare}, {lit(_PARTS)}, 2), '')"
    read = _first(lit, text, style.patterns) if style.patterns else _any_day(lit, day, style)
    at_time = f"case when {time} is null then {whole} else date_trunc('day', {whole}) + {since} end"
    return (
        {bare: split},
        {
            day: f"regexp_extract({bare}, {lit(_PARTS)}, 1)",
            time: "null" if style.patterns and not clock else _without_date(lit, in_time),
        },
        {whole: read, since: "null" if style.patterns and not clock else _any_clock(lit, time)},
        {f"p_{name}": _local(lit, f"({at_time})", text, clock, style)},
    )


def _local(lit: Literals, moment: str, text: str, clock: str | None, style: DateStyle) -> str:
    if not style.utc:
        return moment
    # A written +01:00 is British Summer Time: the wall time already.
    london = f"timezone({lit('Europe/London')}, timezone({lit('UTC')}, {moment}))"
    summer = f"regexp_matches({clock or text}, {lit(_SUMMER_TIME)})"
    return f"case when {summer} then {moment} else {london} end"


def _parsed(lit: Literals, text: str, pattern: str) -> str:
    read = f"try_strptime({text}, {lit(pattern)})"
    if not _RUNS_ON.search(pattern):
        return read
    # Where nothing stands between the parts, a lost zero moves digits from one part to the next.
    width = len(_PART.sub(lambda part: "0" * _WIDTHS.get(part.group(1), 2), pattern))
    return f"case when strlen({text}) = {width} then {read} end"


def _first(lit: Literals, text: str, patterns: Sequence[str]) -> str:
    return _coalesced([_parsed(lit, text, pattern) for pattern in patterns])


def _coalesced(tries: Sequence[str]) -> str:
    return tries[0] if len(tries) == 1 else f"coalesce({', '.join(tries)})"


def _without_date(lit: Literals, clock: str) -> str:
    return f"regexp_replace({clock}, {lit(_DATE_BEFORE)}, '')"


def _any_day(lit: Literals, day: str, style: DateStyle) -> str:
    year = "%y" if style.two_digit else "%Y"
    digits = r"\d{2}" if style.two_digit else r"\d{4}"
    slashed = rf"\d{{1,2}}[-/.]\d{{1,2}}[-/.]{digits}"
    first, second = style.order
    epoch = lit(datetime.combine(style.epoch, datetime.min.time()))
    seconds = f"round(try_cast({day} as double) * 86400)"
    named = f"regexp_replace({day}, {lit(_NAMED)}, {lit(_groups(1, 2, 3))})"
    names = _first(lit, named, (f"%d %b {year}", f"%d %B {year}"))
    return (
        "case "
        f"when regexp_full_match({day}, {lit(_YEAR_FIRST)}) "
        f"then try_strptime(translate({day}, '/.', '--'), {lit('%Y-%m-%d')}) "
        f"when regexp_full_match({day}, {lit(_COMPACT)}) "
        f"then try_strptime(left({day}, 8), {lit('%Y%m%d')}) "
        f"when regexp_full_match({day}, {lit(_SERIAL)}) "
        f"then {epoch} + to_seconds({seconds}) "
        f"when regexp_full_match({day}, {lit(slashed)}) "
        f"then try_strptime(translate({day}, '-.', '//'), {lit(f'{first}/{second}/{year}')}) "
        f"when regexp_full_match({day}, {lit(_NAMED.replace('2,4', digits[3]))}) then {names} "
        "end"
    )


def _groups(*numbers: int) -> str:
    return " ".join(f"\\{number}" for number in numbers)


def _any_clock(lit: Literals, clock: str) -> str:
    """SQL for the interval since midnight: 9:05, 0905, 09:05:30.5, 1:05 PM, 0.378 of a day."""
    padded = f"lpad(regexp_replace({clock}, {lit(_TAIL)}, ''), 4, '0')"
    return (
        "case "
        f"when regexp_full_match({clock}, {lit(_PART_OF_A_DAY)}) "
        f"then to_seconds(round(try_cast({clock} as double) * 86400)) "
        f"when regexp_full_match({clock}, {lit(_HOURS_MINUTES)}) "
        f"then {_parsed(lit, padded, '%H%M')} - {_MIDNIGHT} "
        f"when regexp_full_match({clock}, {lit(_HOURS_MINUTES_SECONDS)}) "
        f"then {_parsed(lit, clock, '%H%M%S')} - {_MIDNIGHT} "
        f"else {_first(lit, clock, _CLOCKS)} - {_MIDNIGHT} end"
    )


def evidence(lit: Literals, text: str) -> dict[str, str]:
    """SQL conditions on a text that tell how a column writes its dates."""
    return {
        "month_first": f"regexp_matches({text}, {lit(_MONTH_FIRST_EVIDENCE)})",
        "day_first": f"regexp_matches({text}, {lit(_DAY_FIRST_EVIDENCE)})",
        "either": f"regexp_matches({text}, {lit(_EITHER)})",
        "two_digit": f"regexp_matches({text}, {lit(_TWO_DIGITS)})",
    }
