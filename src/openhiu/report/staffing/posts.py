"""Leads in post over the months that are costed: a place of the tiers and what its locality says
come in; how many they are, whether anybody said so, and until when they are paid, go out.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from openhiu.locality import Locality
from openhiu.report import printed
from openhiu.report.tiers.shape import Unit

_DAYS_A_MONTH: Final = 30


@dataclass(frozen=True)
class Posts:
    """`leads` in post now, None where nobody has said. `paid_months` of the months that are costed
    are paid for; None where that is all of them, or nobody said until when.
    """

    leads: float | None
    paid_months: float | None = None
    until: date | None = None


def posts_of(unit: Unit, place: Locality, as_of: date, months: int) -> Posts:
    """The leads of a place. Those whose money ends within the months are in post only until then.

    The months begin with the contract, or on the as-of day where no start was told.
    """
    said = next((one for one in place.places if one.code == unit.code), None)
    told = said.leads if said and said.leads is not None else unit.leads
    until = said.funded_until if said else None
    if until is None or not told:
        return Posts(told)
    paid = _months(place.business_case.starts or as_of, until + timedelta(days=1))
    return Posts(told) if paid >= months else Posts(told, max(0.0, paid), until)


def about(name: str, found: Posts, months: int) -> str:
    """What it means that the money for leads in post ends."""
    if not found.until or not found.leads:
        return ""
    when = "none" if not found.paid_months else f"only {found.paid_months:g}"
    were = "is" if found.leads == 1 else "are"
    return (
        f"{name}: {printed.leads(found.leads)} in post {were} paid for until "
        f"{printed.day(found.until)}, {when} of the {months} months that are costed, and "
        f"{'does' if found.leads == 1 else 'do'} not count after that day. Where the money goes "
        "on, so many fewer have to be added."
    )


def _months(first: date, last: date) -> float:
    """Months from one day to another, to a tenth."""
    whole = (last.year - first.year) * 12 + last.month - first.month
    return round(whole + (last.day - first.day) / _DAYS_A_MONTH, 1)
