"""What the contacts of a tier cost: numbers of contacts come in; pounds go out.

The prices are those of the evaluation, a place's own before the national ones. Stays of at most one
night and longer ones have prices of their own where the national unit costs are used.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from openhiu.evaluate import prices as known
from openhiu.locality import Money
from openhiu.report.tiers.shape import Cost, Count, Number, Price

ATTENDANCES: Final = "attendances"
ADMISSIONS: Final = "emergency_admissions"
BED_DAYS: Final = "bed_days"
SHORT: Final = "emergency_admissions_short"
LONG: Final = "emergency_admissions_long"
_WIDTHS: Final = (10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0, 2000.0, 5000.0, 10_000.0, 1e9)
_LENGTHS: Final = {
    SHORT: ("NEL_SHORT", "emergency admissions of at most one night"),
    LONG: ("NEL_LONG", "emergency admissions of two nights or more"),
}


@dataclass(frozen=True)
class Priced:
    """The prices by what they price, and sentences on what has none."""

    by_item: dict[str, Price]
    notes: tuple[str, ...]

    def an_admission(self, admissions: int, short: int) -> float | None:
        """What one of them costs on average, where short ones have a price of their own."""
        if SHORT not in self.by_item or not admissions:
            return None
        longer = admissions - short
        short_ones, longer_ones = short * self.by_item[SHORT].gbp, longer * self.by_item[LONG].gbp
        return (short_ones + longer_ones) / admissions

    def told_of_an_admission(self, mean: float | None, admissions: Count) -> float | None:
        """The same so coarsely that it does not tell how many admissions it is a mean of: within
        what it is rounded to, each number of them could have it.
        """
        if mean is None or not isinstance(admissions, int) or not admissions:
            return mean
        apart = abs(self.by_item[LONG].gbp - self.by_item[SHORT].gbp)
        wide = next(width for width in _WIDTHS if width >= 2 * apart / admissions)
        return max(wide, wide * round(mean / wide))

    def cost(
        self, attendances: Count, admissions: Count, days: Count, an_admission: float | None = None
    ) -> Cost:
        """What so many contacts cost; hidden where they are hidden."""
        here = self._times(ATTENDANCES, attendances)
        if BED_DAYS in self.by_item:
            inside = self._times(BED_DAYS, days)
        elif an_admission is not None and isinstance(admissions, int):
            inside = round(admissions * an_admission, 2)
        else:
            inside = self._times(ADMISSIONS, admissions)
        return Cost(here, inside, _plus(here, inside))

    def _times(self, item: str, count: Count) -> Number:
        price = self.by_item.get(item)
        if price is None or count is None:
            return None
        return count if isinstance(count, str) else round(count * price.gbp, 2)


def choose(money: Money, *, by_spells: bool) -> Priced:
    """The prices of a place. `by_spells`: how long a stay lasted is known."""
    counted = {ATTENDANCES, ADMISSIONS} | ({BED_DAYS} if by_spells else set())
    chosen, notes = known.choose(money, counted)
    found = {one.item: Price(one.item, one.words, one.gbp, one.price_year, one.source)
             for one in chosen}  # fmt: skip
    whole = next((one for one in chosen if one.item == ADMISSIONS), None)
    if whole is not None and not whole.own and by_spells and (two := _by_length(money.price_year)):
        # Kept for whoever prices admissions of which no length is known.
        found[ADMISSIONS] = replace(found[ADMISSIONS], words=f"{whole.words} of any length")
        found |= two
    said = tuple(note for note in notes if "A price was entered" not in note)
    return Priced(found, said)


def _by_length(year: str) -> dict[str, Price]:
    costs = known.unit_costs()
    rows = {item: costs.get((code, year)) for item, (code, _) in _LENGTHS.items()}
    if not all(rows.values()):
        return {}
    return {
        item: Price(item, _LENGTHS[item][1], float(row["unit_cost_gbp"]), year,
                    f"{row['source']} ({row['item']}, {row['description']})")
        for item, row in rows.items() if row
    }  # fmt: skip


def _plus(one: Number, other: Number) -> Number:
    if one is None or other is None:
        return one if other is None else other
    if isinstance(one, str) or isinstance(other, str):
        return one if isinstance(one, str) else other
    return round(one + other, 2)
