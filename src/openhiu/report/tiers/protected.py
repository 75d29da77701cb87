"""Counts as anybody may see them: what was counted comes in; the disclosure room decides, over all
units, tiers and both years together, which numbers are hidden; the others are rounded.

Places and the area add up, tiers of two years add up to who went where: all of it is one
publication to the attack that the disclosure room makes on it (`publications.py`). The attack is
told how many people are in each tier of the year, although means and costs are worked out of what
is shown and tell nothing new. Contacts stand only where the people stand.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from typing import Any, Final

from openhiu.disclosure import HIDDEN, SMALLEST_SHOWN, disclose
from openhiu.disclosure.protect import Publication, exposed_names, hidden_names
from openhiu.report.tiers import names, publications
from openhiu.report.tiers.counted import DIMENSIONS, Counted
from openhiu.report.tiers.ends import AT_EACH_END, any_number_of, outermost, two_digits
from openhiu.report.tiers.names import ENTERED
from openhiu.report.tiers.plain import groups_of
from openhiu.report.tiers.shape import FEW, MANY, SITE, Count, Number, Range, Tier
from openhiu.report.tiers.steps import BEFORE, NOW

# Of which a report of reach tells in every place, however many there are.
_DEPRIVATION: Final = "imd"
_TO: Final = 5
# Shares of fewer people at the start would be told by rounded numbers that say little.
FEWEST_AT_START: Final = 50
Limits = Sequence[tuple[Mapping[str, float], float]]


@dataclass
class Protected:
    """Made once from every unit; then it answers."""

    publishable = True
    units: Sequence[Counted]
    tiers: Sequence[Tier]
    _shown: dict[str, Count] = field(default_factory=dict)
    _kinds: dict[str, str] = field(default_factory=dict)
    _again: set[tuple[str, str, int]] = field(default_factory=set)
    _stays: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._numbers = range(1, len(self.tiers) + 1)
        self._inside = [unit for unit in self.units if unit.kind != SITE]
        sites = [unit for unit in self.units if unit.kind == SITE]
        # One hospital alone is the area: what is hidden there is hidden here.
        alone = len(sites) == 1
        for group in [self._inside, *([] if alone else [[site] for site in sites])]:
            self._people_of(group)
            for tier in self._numbers:
                for dimension in DIMENSIONS:
                    self._divided(group, tier, dimension)
                self._by_month(group, tier)
                self._staying(group, tier)
        if alone:
            area, site = self._inside[0], sites[0]
            for told in (self._shown, self._kinds, self._stays):
                _copy(told, f"{area.kind} {area.code} ", f"{site.kind} {site.code} ")
            self._again |= {(site.kind, site.code, tier) for kind, code, tier in self._again
                            if (kind, code) == (area.kind, area.code)}  # fmt: skip

    def seen(self, unit: Counted) -> tuple[Count, Count]:
        """Everyone who came in the year, and how often; nothing is known of a place."""
        if NOW not in unit.seen:
            return None, None
        people, attendances = unit.seen[NOW]
        return disclose(people), disclose(attendances)

    def people(self, unit: Counted, which: str, tier: int) -> Count:
        """How many people were in the tier."""
        return self._shown[names.people(unit, which, tier)]

    def moved(self, unit: Counted, was: int, now: int) -> Count:
        """How many went from one tier to another; hidden in one of very many places."""
        return self._shown.get(names.moved(unit, was, now), HIDDEN)

    def new(self, unit: Counted, tier: int) -> Count:
        """How many are in the tier who were not."""
        return self._shown.get(names.new(unit, tier), HIDDEN)

    def total(self, unit: Counted, which: str, tier: int, measure: str) -> Count:
        """All their contacts of a kind, where the people are shown."""
        if self.people(unit, which, tier) == HIDDEN:
            return HIDDEN
        return disclose(unit.total(which, tier, measure))

    def ends(self, unit: Counted, tier: int, measure: str) -> tuple[Number, Number]:
        """The means of the eight people who had fewest and of the eight who had most: what one
        person had is nobody's business.
        """
        values = unit.of(NOW, tier, measure)
        people, total = self.people(unit, NOW, tier), self.total(unit, NOW, tier, measure)
        if not isinstance(people, int) or sum(values.values()) < 2 * AT_EACH_END:
            return HIDDEN, HIDDEN
        ends = outermost(values, highest=False), outermost(values, highest=True)
        return ends if any_number_of(people, total, *ends) else (HIDDEN, HIDDEN)

    def mean(self, unit: Counted, tier: int, measure: str) -> Number:
        """What is shown divided by what is shown: it tells nothing that these do not."""
        people, total = self.people(unit, NOW, tier), self.total(unit, NOW, tier, measure)
        if isinstance(people, str) or isinstance(total, str):
            return HIDDEN
        return two_digits(total / people) if people and total is not None else None

    def parts(self, unit: Counted, tier: int, dimension: str) -> dict[str, Count]:
        """The people of a tier by group."""
        return {
            group: self._shown.get(names.part(unit, tier, dimension, group), HIDDEN)
            for group in groups_of(unit, tier, dimension)
        }

    def entered(self, unit: Counted, tier: int) -> list[Count]:
        """How many came into the tier in each month."""
        return [
            self._shown.get(names.part(unit, tier, ENTERED, month), HIDDEN)
            for month in names.months(unit, tier)
        ]

    def entered_in_year(self, unit: Counted, tier: int) -> Count:
        """How many came into the tier in the year."""
        return self._shown[names.entered(unit, tier)]

    def again(self, unit: Counted, tier: int) -> tuple[Count, Count]:
        """This year's attendances and emergency admissions of last year's people."""
        if (unit.kind, unit.code, tier) not in self._again:
            return HIDDEN, HIDDEN
        attendances, admissions = unit.again.get(tier, (0, 0))
        return disclose(attendances), disclose(admissions)

    def stars(self, unit: Counted, tier: int, keys: Mapping[int, str]) -> dict[str, str]:
        """Which hidden numbers are FEW and which are MANY, where the attack knew it too."""
        ways = {
            names.people(unit, NOW, tier): "people.total",
            names.people(unit, BEFORE, tier): "before.people",
            names.new(unit, tier): "moved.new",
            names.moved(unit, 0, tier): "moved.from_below",
            names.entered(unit, tier): "entered",
        }
        ways |= {names.moved(unit, tier, now): f"moved.to.{key}" for now, key in keys.items()}
        ways |= {names.part(unit, tier, ENTERED, month): f"entered_by_month.{month}"
                 for month in names.months(unit, tier)}  # fmt: skip
        ways |= {
            names.part(unit, tier, dimension, group): f"{dimension}.{group}"
            for dimension in DIMENSIONS for group in groups_of(unit, tier, dimension)
        }  # fmt: skip
        kinds = {way: self._kinds[name] for name, way in ways.items() if name in self._kinds}
        if "before.people" in kinds:
            kinds["moved.of"] = kinds["before.people"]
        priority = kinds.pop("priority.yes", None)
        kinds.pop("priority.no", None)
        return kinds | ({"priority": priority} if priority else {})

    def stays(self, unit: Counted, tier: int) -> tuple[float | None, ...]:
        """The share still in the tier after 1 to 12 months, of numbers that are shown."""
        return tuple(self._stays.get(names.still(unit, tier, month))
                     for month in range(1, publications.MONTHS + 1))  # fmt: skip

    def range(self, found: tuple[float, float, float]) -> Range:
        """An expected number with its low and high, to the nearest 5."""
        if found[0] < SMALLEST_SHOWN:
            return Range(HIDDEN, HIDDEN, HIDDEN)
        return Range(*(float(_TO * round(number / _TO)) for number in found))

    def _people_of(self, group: Sequence[Counted]) -> None:
        """Table One goes before who went where: people of tiers, and entries into them, that are
        shown without the moves are shown with them too, as long as hiding moves is enough.
        """
        whole = publications.of_people(group, self.tiers)
        tiers = {name: count for name, count in whole.counts.items()
                 if " people " in name or " entered " in name}  # fmt: skip
        sums = [
            line for line in whole.sums if line[0] in tiers and not tiers.keys().isdisjoint(line[1])
        ]
        first = hidden_names(Publication(tiers, sums, exact=whole.exact))
        standing = whole.standing | (tiers.keys() - first)
        hidden = first | hidden_names(replace(whole, standing=standing))
        if exposed_names(whole, hidden):
            hidden = hidden_names(whole)
        self._show(whole, hidden)
        self._contacts_again(group, whole, hidden)

    def _show(
        self, told: Publication, hidden: AbstractSet[str], *, but: AbstractSet[str] = frozenset()
    ) -> None:
        """Take what is shown and hidden of a publication, but for totals that stand already."""
        for name in told.counts.keys() - but:
            count = told.counts[name]
            self._shown[name] = HIDDEN if name in hidden else disclose(count)
            if name in hidden:
                self._kinds[name] = FEW if count < SMALLEST_SHOWN else MANY

    def _contacts_again(
        self, group: Sequence[Counted], whole: Publication, hidden: AbstractSet[str]
    ) -> None:
        """This year's attendances of last year's people tell something of where these went: told
        only where the attack finds no small number with them.
        """
        found = {
            (unit.kind, unit.code, tier): publications.bounds_of_again(
                unit, tier, shown, self.tiers
            )
            for tier in reversed(self._numbers)
            for unit in publications.moving(group)
            if names.people(unit, BEFORE, tier) not in hidden
            and isinstance(shown := disclose(unit.again.get(tier, (0, 0))[0]), int)
        }
        if not hidden or not self._finds(whole, hidden, [*found.values()]):
            self._again |= found.keys()
            return
        told: dict[tuple[str, str, int], Limits] = {}
        for key, limits in found.items():
            if not self._finds(whole, hidden, [*told.values(), limits]):
                told[key] = limits
        self._again |= told.keys()

    @staticmethod
    def _finds(whole: Publication, hidden: AbstractSet[str], limits: Sequence[Limits]) -> bool:
        every = [limit for several in limits for limit in several]
        return bool(exposed_names(replace(whole, limits=every), hidden))

    def _divided(self, group: Sequence[Counted], tier: int, dimension: str) -> None:
        """The people of a tier by group, in the area and its places at once. Nothing is told of the
        groups of a tier that is hidden because it is small itself.
        """
        every = len(group) <= publications.PLACES_THAT_MOVE + 1 or dimension == _DEPRIVATION
        units = group if every else group[:1]
        told, known = publications.of_groups(
            units, tier, dimension, lambda name: self._shown[name] != HIDDEN
        )
        hidden = hidden_names(told)
        shown = [unit for unit in units if names.people(unit, NOW, tier) in known]
        small = [unit for unit in units if 0 < unit.people(NOW, tier) < SMALLEST_SHOWN]
        of_small, of_shown = (
            {names.part(unit, tier, dimension, name) for unit in some
             for name in names.parts(unit, tier, dimension)}
            for some in (small, shown)
        )  # fmt: skip
        self._show(told, hidden | of_small, but=known)
        for name in told.counts.keys() - of_shown:
            self._kinds.pop(name, None)

    def _by_month(self, group: Sequence[Counted], tier: int) -> None:
        """Who came into a tier in each month, where it tells nothing that all of the year hides."""
        units = publications.moving(group)
        told, years_hidden = publications.of_months(
            units, tier, lambda name: self._shown[name] != HIDDEN
        )
        years = {names.entered(unit, tier) for unit in units}
        hidden = hidden_names(told) | years_hidden
        if not exposed_names(told, hidden):
            self._show(told, hidden, but=years)

    def _staying(self, group: Sequence[Counted], tier: int) -> None:
        """The share still in a tier, of so many that rounding them makes no noise of it."""
        units = [unit for unit in publications.moving(group) if unit.through.get(tier)]
        enough = [unit for unit in units if unit.through[tier]["began"] >= FEWEST_AT_START]
        if not enough or units[0] is not group[0]:
            return
        told = publications.of_stayers(units, tier)
        hidden = hidden_names(told)
        for unit in enough:
            start = names.still(unit, tier, 0)
            before = self._shown[names.people(unit, BEFORE, tier)]
            if start in hidden or before == HIDDEN:
                continue
            for month in range(1, publications.MONTHS + 1):
                name = names.still(unit, tier, month)
                # Those of the last month are those who stayed from the one year to the other.
                last = month == publications.MONTHS and self.moved(unit, tier, tier) == HIDDEN
                if name not in hidden and not last:
                    left, began = disclose(told.counts[name]), disclose(told.counts[start])
                    self._stays[name] = min(1.0, round(int(left) / int(began), 2))


def _copy(told: dict[str, Any], area: str, site: str) -> None:
    """The only hospital is as the area is."""
    told |= {site + name.removeprefix(area): found
             for name, found in told.items() if name.startswith(area)}  # fmt: skip
