"""Numbers as a board reads them: values come in, words go out. Counts of people arrive disclosed
already; nothing in this file, or above it, counts anybody.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

Count = int | str | None
NOT_TOLD: Final = "not told"
SOME: Final = "some"  # 1 to 7, or a number that would give one away


def day(value: date | str) -> str:
    """Such as 30 September 2026."""
    at = date.fromisoformat(value[:10]) if isinstance(value, str) else value
    return f"{at.day} {at:%B %Y}"


def count(value: Count) -> str:
    """A disclosed count in a sentence: "about 45", "none", "some"."""
    match value:
        case None:
            return NOT_TOLD
        case str():
            return SOME
        case 0:
            return "none"
        case _:
            return f"about {value:,}"


def people(value: Count) -> str:
    """The same with the noun behind it."""
    match value:
        case 0:
            return "nobody"
        case None:
            return f"a number of people that is {NOT_TOLD}"
        case _:
            return f"{count(value)} people"


def cell(value: Any) -> int | float | str | None:
    """A value for a table: numbers stay numbers, a star stays a star."""
    return value if isinstance(value, int | float | str) and not isinstance(value, bool) else None


def shown(value: Count) -> str:
    """A disclosed count by itself, as a figure: a star stays a star."""
    return "–" if value is None else value if isinstance(value, str) else f"{value:,}"  # noqa: RUF001


def pounds(value: float | None) -> str:
    """Pounds without pence."""
    if value is None:
        return "–"  # noqa: RUF001
    sign = "\N{MINUS SIGN}" if round(value) < 0 else ""
    return f"{sign}£{abs(round(value)):,}"


def pounds_range(amount: Mapping[str, Any]) -> str:
    """An amount with its 95 % range: £x (£low to £high)."""
    low, high = amount.get("low"), amount.get("high")
    if low is None and high is None:
        return pounds(amount.get("gbp"))
    ends = f"{pounds(low)} to {pounds(high)}" if high is not None else f"{pounds(low)} or more"
    return f"{pounds(amount['gbp'])} ({ends})" if amount.get("gbp") is not None else ends


def change(reduction: float | None) -> str:
    """A reduction in percent as what happened: "12% fewer", "5% more"."""
    if reduction is None:
        return "–"  # noqa: RUF001
    if round(reduction) == 0:
        return "no difference"
    return f"{abs(reduction):.0f}% {'fewer' if reduction > 0 else 'more'}"


def change_range(low: float | None, high: float | None) -> str:
    """The range of a reduction, the less good end first."""
    if low is None or high is None:
        return "–"  # noqa: RUF001
    return f"{change(low)} to {change(high)}"


def leads(number: float) -> str:
    """Such as 1 lead, 2.5 leads."""
    return "1 lead" if number == 1 else f"{number:g} leads"


def listed(words: Sequence[str]) -> str:
    """Words in a row: a, b and c."""
    return (
        words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}" if words else ""
    )


def capital(words: str) -> str:
    """The first letter large, the rest as it was."""
    return words[:1].upper() + words[1:]


def sentence(words: str) -> str:
    """What somebody wrote into a setting as a sentence: a large letter first, a full stop last."""
    found = words.strip()
    return capital(found if not found or found.endswith((".", "!", "?", ":", "…")) else f"{found}.")
