"""Rows of small tables come in; what was counted of each unit, exactly and about nobody in
particular, goes out. Nothing but the internal report and the disclosure may look at it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from openhiu.locality import Locality
from openhiu.report.tiers.shape import AREA, ELSEWHERE, PLACE, SITE
from openhiu.report.tiers.steps import BEFORE, NOW, Found, sites_of

ALL: Final = "ALL"
ELSEWHERE_NAME: Final = "Elsewhere, or not known"
IMD: Final = ("1", "2", "3", "4", "5", "unknown")
AGES: Final = ("under 18", "18-29", "30-39", "40-49", "50-59", "60-69", "70-79", "80+", "unknown")
SEXES: Final = ("female", "male", "other or unknown")
_AGE_FROM: Final = {0: AGES[0], 18: AGES[1], 80: AGES[7], -1: AGES[8]}
_SEX: Final = {"1": "male", "2": "female"}
DIMENSIONS: Final = ("imd", "age", "sex", "priority")
# How many people have which value.
Values = Mapping[int, int]


@dataclass(frozen=True)
class Counted:
    """One unit. Tiers are numbered from 1, 0 is none of them. `sites` are the hospitals it holds.

    `values[which][tier][measure]` are people by value; `moved[was, is]` people by tier in the year
    before and in the year; `groups[tier][dimension]` people by group; `through[tier]` the row of
    88_through_the_year.sql. `again[tier]`: this year's attendances and emergency admissions of
    those who were in it in the year before.
    """

    kind: str
    code: str
    name: str
    sites: tuple[str, ...] = ()
    seen: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    values: Mapping[str, Mapping[int, Mapping[str, Values]]] = field(default_factory=dict)
    moved: Mapping[tuple[int, int], int] = field(default_factory=dict)
    groups: Mapping[int, Mapping[str, Mapping[str, int]]] = field(default_factory=dict)
    through: Mapping[int, Mapping[str, int]] = field(default_factory=dict)
    again: Mapping[int, tuple[int, int]] = field(default_factory=dict)

    def of(self, which: str, tier: int, measure: str) -> Values:
        """People by their number of something; nobody where there was nobody."""
        return self.values.get(which, {}).get(tier, {}).get(measure, {})

    def people(self, which: str, tier: int) -> int:
        """How many people were in the tier."""
        return sum(self.of(which, tier, "attendances").values())

    def total(self, which: str, tier: int, measure: str) -> int:
        """All their attendances, or admissions, or bed days."""
        return sum(value * people for value, people in self.of(which, tier, measure).items())


def gather(found: Found, locality: Locality) -> tuple[Counted, ...]:
    """The area, its places in the order of the locality file, its hospitals."""
    keyed = _keyed(found)
    codes = sorted({code for kind, code in keyed if kind == SITE})
    told = [site.code for site in locality.sites if site.code in codes]
    sites = [*told, *(code for code in codes if code not in told)]
    names = {place.code: place.name for place in locality.places}
    units = [_unit(keyed, AREA, ALL, locality.name or "The area", sites)]
    for place in locality.places:
        here = [code for code in sites_of(place, locality) if code in codes]
        units.append(_unit(keyed, PLACE, place.code, names[place.code], here))
    if (PLACE, ELSEWHERE) in keyed:
        units.append(_unit(keyed, PLACE, ELSEWHERE, ELSEWHERE_NAME, []))
    units += [_unit(keyed, SITE, code, locality.site_name(code), [code]) for code in sites]
    return tuple(units)


def _unit(
    keyed: Mapping[tuple[str, str], dict[str, Any]], kind: str, code: str, name: str,
    sites: Iterable[str],
) -> Counted:  # fmt: skip
    return Counted(kind, code, name, tuple(sites), **keyed.get((kind, code), {}))


def _keyed(found: Found) -> dict[tuple[str, str], dict[str, Any]]:
    """The parts of each unit by its kind and code."""
    units: dict[tuple[str, str], dict[str, Any]] = defaultdict(
        lambda: {"seen": {}, "values": {}, "moved": {}, "groups": {}, "through": {}, "again": {}}
    )
    for row in found.seen:
        seen = int(row["people"]), int(row["attendances"] or 0)
        units[row["kind"], row["unit"]]["seen"][NOW] = seen
    for which in (NOW, BEFORE):
        for row in found.values[which]:
            years = units[row["kind"], row["unit"]]["values"]
            tier = years.setdefault(which, {}).setdefault(int(row["tier"]), {})
            tier.setdefault(row["measure"], {})[int(row["value"])] = int(row["people"])
    for row in found.moved:
        moved = units[row["kind"], row["unit"]]["moved"]
        moved[int(row["was_in"]), int(row["is_in"])] = int(row["people"])
    for row in found.groups:
        tiers = units[row["kind"], row["unit"]]["groups"]
        _group(tiers.setdefault(int(row["tier"]), {}), row)
    for row in found.through:
        units[row["kind"], row["unit"]]["through"][int(row["tier"])] = {
            key: int(number) for key, number in row.items()
            if key not in ("kind", "unit", "tier")
        }  # fmt: skip
    for row in found.again:
        again = units[row["kind"], row["unit"]]["again"]
        again[int(row["tier"])] = int(row["attendances"]), int(row["admissions"])
    return units


def _group(groups: dict[str, Counter[str]], row: Mapping[str, Any]) -> None:
    age = int(row["age_from"])
    told = {
        "imd": "unknown" if row["quintile"] is None else str(int(row["quintile"])),
        "age": _AGE_FROM.get(age, f"{age}-{age + 9}"),
        "sex": _SEX.get(row["sex"], SEXES[2]),
        "priority": "yes" if row["in_priority"] else "no",
    }
    for dimension, group in told.items():
        groups.setdefault(dimension, Counter())[group] += int(row["people"])
