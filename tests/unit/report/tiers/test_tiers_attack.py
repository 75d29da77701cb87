"""Publishable tiers of made-up areas are attacked with everything a reader sees: the numbers of the
area, its places, both years and who went where at once. No small count is found.

The attack is a linear program of its own: the unknowns are how many people of each place went from
which tier to which, everything else adds up from them. The reader has even been told which stars
are small, and how many people stand behind every mean.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest
from scipy.optimize import linprog

from openhiu.disclosure import HIDDEN
from openhiu.locality import Locality, Money
from openhiu.report.tiers.counted import AGES, IMD, SEXES, Counted
from openhiu.report.tiers.kept import as_data
from openhiu.report.tiers.make import both
from openhiu.report.tiers.priced import choose
from openhiu.report.tiers.shape import Again, Tiers, Year
from openhiu.report.tiers.steps import Years
from openhiu.report.tiers.telling import Told
from openhiu.report.tiers.wanted import tiers_from

TIERS = (1, 2, 3)
ENTRIES = [("entered", tier) for tier in TIERS]
MOVES = [(was, now) for was in range(4) for now in range(4) if was or now]
NOW = Year(date(2025, 4, 1), date(2026, 4, 1), "2025/26")
THEN = Year(date(2024, 4, 1), date(2025, 4, 1), "2024/25")
Line = dict[int, float]
# How often people come who are below the tiers, or in each.
OFTEN = {0: (0, 4), 1: (5, 10), 2: (11, 19), 3: (20, 60)}
ENDS = {0: (0, 4), 1: (5, 10), 2: (11, 19), 3: (20, 2000)}


def area(seed: int, places: int) -> Told:
    """An area of so many places with few people in most cells."""
    chance = random.Random(seed)
    inside = [_unit(chance, "place", f"P{number}") for number in range(places)]
    whole = _sum(inside)
    site = _unit(chance, "site", "RXX01")
    units = (whole, *inside, site, _unit(chance, "site", "RXX02"))
    years = Years(NOW, THEN, tiers_from(20))
    return Told(
        units=units, years=years, priced=choose(Money(), by_spells=True),
        locality=Locality(name="Madeup Vale", priority_lsoas=frozenset({"E01"})),
        as_of=date(2026, 4, 1), cut_off="2026-03-31 23:59",
        whole_before=frozenset((unit.kind, unit.code) for unit in units), by_spells=True,
        counting=(), criteria={}, sources=(), warnings=(), openhiu="0",
    )  # fmt: skip


def _unit(chance: random.Random, kind: str, code: str) -> Counted:
    sizes = (0, 0, 1, 2, 3, 5, 7, 8, 9, 12, 40)
    moved = {move: n for move in MOVES if (n := chance.choice(sizes))}
    values, groups, through = {"now": {}, "before": {}}, {}, {}  # type: ignore[var-annotated]
    for tier in TIERS:
        for which, at in (("before", 0), ("now", 1)):
            people = sum(n for move, n in moved.items() if move[at] == tier)
            if people:
                values[which][tier] = _values(chance, people)
        people = sum(n for (_, now), n in moved.items() if now == tier)
        groups[tier] = {
            name: Counter(chance.choices(options, k=people))
            for name, options in (("imd", IMD), ("age", AGES[1:]), ("sex", SEXES),
                                  ("priority", ("yes", "no")))
        }  # fmt: skip
        new = sum(n for (was, now), n in moved.items() if now == tier and was != tier)
        came = Counter(chance.choices(range(1, 13), k=new + chance.choice((0, 0, 1, 5))))
        through[tier] = {f"entered_{month:02d}": came[month] for month in range(1, 13)}
        began, left = (
            sum(n for (was, _), n in moved.items() if was == tier),
            moved.get((tier, tier), 0),
        )
        through[tier] |= {"began": began} | {
            f"still_{m:02d}": round(began - (began - left) * m / 12) for m in range(1, 13)
        }
    again = {
        tier: (sum(n * chance.randint(*OFTEN[now]) for (was, now), n in moved.items()
                   if was == tier), chance.randint(0, 40))
        for tier in TIERS
    }  # fmt: skip
    return Counted(kind, code, code, moved=moved, values=values, groups=groups, through=through,
                   again=again)  # fmt: skip


def _values(chance: random.Random, people: int) -> dict[str, dict[int, int]]:
    return {
        measure: dict(Counter(chance.randint(low, low + 9) for _ in range(people)))
        for measure, low in (("attendances", 20), ("emergency_admissions", 1), ("short_stays", 0),
                             ("bed_days", 3))
    }  # fmt: skip


def _sum(parts: list[Counted]) -> Counted:
    moved: Counter[tuple[int, int]] = Counter()
    values: dict[str, Any] = {"now": {}, "before": {}}
    groups: dict[int, dict[str, Counter[str]]] = {}
    through: dict[int, Counter[str]] = {}
    for part in parts:
        moved.update(part.moved)
        for which, tiers in part.values.items():
            for tier, measures in tiers.items():
                for measure, found in measures.items():
                    whole = values[which].setdefault(tier, {}).setdefault(measure, Counter())
                    whole.update(found)
        for tier in TIERS:
            for name, found in part.groups[tier].items():
                groups.setdefault(tier, {}).setdefault(name, Counter()).update(found)
            through.setdefault(tier, Counter()).update(part.through[tier])
    again = {tier: (sum(part.again[tier][0] for part in parts),
                    sum(part.again[tier][1] for part in parts)) for tier in TIERS}  # fmt: skip
    return Counted("area", "ALL", "Madeup Vale", moved=moved, values=values, groups=groups,
                   through=through, again=again)  # fmt: skip


def seen(told: Told, tiers: Tiers) -> list[tuple[str, Line, int, Any, bool]]:
    """Every number of people: its name, what adds up to it, the truth, what is shown, and whether
    the reader is told it to the last one.
    """
    places = [unit for unit in told.units if unit.kind == "place"]
    at = {(place.code, move): number for number, (place, move) in enumerate(
        (place, move) for place in places for move in [*MOVES, *ENTRIES])}  # fmt: skip
    found = []
    for counted, unit in zip(told.units, tiers.units, strict=True):
        if counted.kind == "site":
            continue
        codes = [counted.code] if counted.kind == "place" else [place.code for place in places]

        def line(wanted: Any, codes: list[str] = codes) -> Line:
            return {at[code, move]: 1.0 for code in codes for move in MOVES if wanted(move)}

        def comers(tier: int, codes: list[str] = codes) -> Line:
            return {at[code, ("entered", tier)]: 1.0 for code in codes}

        for tier in TIERS:
            one = unit.tiers[told.years.tiers[tier - 1].key]
            assert one.before is not None
            assert one.moved is not None
            exact = one.people.total != HIDDEN
            name = f"{unit.code} {tier}"
            found += [
                (f"{name} now", line(lambda m, t=tier: m[1] == t), counted.people("now", tier),
                 one.people.total, exact),
                (f"{name} before", line(lambda m, t=tier: m[0] == t),
                 counted.people("before", tier), one.before.people, False),
                (f"{name} new", line(lambda m, t=tier: m[1] == t and m[0] != t),
                 sum(n for m, n in counted.moved.items() if m[1] == tier and m[0] != tier),
                 one.moved.new, False),
                (f"{name} from below", line(lambda m, t=tier: m == (0, t)),
                 counted.moved.get((0, tier), 0), one.moved.from_below, False),
                (f"{name} entered", comers(tier),
                 sum(counted.through[tier][f"entered_{m:02d}"] for m in range(1, 13)),
                 one.entered_in_year, False),
            ]  # fmt: skip
            for key, shown in one.moved.to.items():
                now = next((n for n in TIERS if told.years.tiers[n - 1].key == key), 0)
                found.append((
                    f"{name} to {now}", line(lambda m, t=tier, n=now: m == (t, n)),
                    counted.moved.get((tier, now), 0), shown, False,
                ))  # fmt: skip
    return found


def leaning(told: Told, tiers: Tiers) -> list[tuple[Line, float]]:
    """What else is told of the numbers of people: how often last year's people of a tier came this
    year, and that whoever is new in a tier came into it.
    """
    places = [unit for unit in told.units if unit.kind == "place"]
    at = {(place.code, move): number for number, (place, move) in enumerate(
        (place, move) for place in places for move in [*MOVES, *ENTRIES])}  # fmt: skip
    found: list[tuple[Line, float]] = []
    for tier in TIERS:
        found += [
            ({at[place.code, (was, tier)]: 1.0 for was in range(4) if was != tier}
             | {at[place.code, ("entered", tier)]: -1.0}, 0.0)
            for place in places
        ]  # fmt: skip
        for unit in tiers.units:
            moved = unit.tiers[told.years.tiers[tier - 1].key].moved
            assert moved is not None
            assert moved.again is not None
            shown = moved.again.attendances
            if unit.kind == "site" or not isinstance(shown, int):
                continue
            codes = [unit.code] if unit.kind == "place" else [place.code for place in places]
            for end, sign in ((0, 1.0), (1, -1.0)):
                line = {at[code, (tier, now)]: sign * ENDS[now][end]
                        for code in codes for now in range(4)}  # fmt: skip
                found.append((line, sign * shown + 2))
    return found


def recovered(told: Told, tiers: Tiers) -> list[str]:
    """The small counts that the reader narrows down to one or two values, the right one among
    them.
    """
    numbers = seen(told, tiers)
    width = 1 + max(number for _, line, *_ in numbers for number in line)
    zero_hidden = any(truth == 0 and shown == HIDDEN for _, _, truth, shown, _ in numbers)
    rows, low, high = [], [], []
    for _, line, truth, shown, exact in numbers:
        row = np.zeros(width)
        row[list(line)] = 1.0
        rows.append(row)
        least, most = _ends(truth, shown, exact, zero_hidden)
        low.append(least)
        high.append(most)
    matrix = np.array(rows)
    finite = np.isfinite(high)
    above = np.vstack([-matrix, matrix[finite]])
    limit = np.concatenate([-np.array(low), np.array(high)[finite]])
    for line, most in leaning(told, tiers):
        row = np.zeros((1, width))
        row[0, list(line)] = list(line.values())
        above, limit = np.vstack([above, row]), np.append(limit, most)
    told_of = []
    for place, (name, _, truth, shown, _) in enumerate(numbers):
        if shown != HIDDEN or not 0 < truth < 8:
            continue
        ends = [sign * linprog(sign * matrix[place], A_ub=above, b_ub=limit).fun
                for sign in (1, -1)]  # fmt: skip
        if ends[1] - ends[0] < 1.999:
            told_of.append(f"{name}: {truth} lies between {ends}")
    return told_of


def _ends(truth: int, shown: Any, exact: bool, zero_hidden: bool) -> tuple[float, float]:
    if shown == HIDDEN:
        return (8, np.inf) if truth >= 8 else (0 if zero_hidden else 1, 7)
    if exact:
        return truth, truth
    return (shown - 2, shown + 2) if shown else (0, 0)


@pytest.mark.parametrize(("places", "areas"), [(2, 6), (3, 4), (4, 3)])
def test_no_small_count_is_found_from_all_that_is_shown(places: int, areas: int) -> None:
    tried = 0
    for seed in range(areas):
        told = area(seed, places)
        tiers = both(told).publishable
        assert recovered(told, tiers) == []
        tried += sum(0 < truth < 8 for _, _, truth, _, _ in seen(told, tiers))
    assert tried > 50


def test_the_attack_finds_what_one_star_alone_would_hide() -> None:
    """The attack itself: with each small count hidden and nothing else, it finds some."""
    found = 0
    for seed in range(6):
        told = area(seed, 2)
        found += len(recovered(told, _each_alone(told)))
    assert found > 0


def _each_alone(told: Told) -> Tiers:
    from openhiu.disclosure import disclose
    from openhiu.report.tiers.protected import Protected
    from openhiu.report.tiers.telling import tell

    class Careless(Protected):
        def people(self, unit: Counted, which: str, tier: int) -> Any:
            return disclose(unit.people(which, tier))

        def moved(self, unit: Counted, was: int, now: int) -> Any:
            return disclose(unit.moved.get((was, now), 0))

        def again(self, unit: Counted, tier: int) -> Any:
            return disclose(unit.again[tier][0]), HIDDEN

    return tell(told, Careless(told.units, told.years.tiers))


@pytest.mark.parametrize("seed", range(4))
def test_every_number_shown_is_rounded_and_no_one_person_is_told_of(seed: int) -> None:
    told = area(seed, 3)
    data = as_data(both(told).publishable)
    json.dumps(data)
    for unit in data["units"]:
        for tier in unit["tiers"].values():
            people = tier["people"]["total"]
            counts = [people, tier["before"]["people"], *tier["moved"]["to"].values(),
                      *tier["imd"].values(), *tier["age"].values(), *tier["sex"].values(),
                      tier["priority"], tier["entered"], tier["moved"]["new"],
                      tier["moved"]["from_below"], *tier["moved"]["again"].values(),
                      *(one["people"] for one in tier["entered_by_month"])]  # fmt: skip
            assert all(one == HIDDEN or one % 5 == 0 for one in counts)
            for name in ("attendances", "emergency_admissions", "bed_days"):
                spread = tier[name]
                if people == HIDDEN:
                    assert set(spread.values()) == {HIDDEN}
                elif isinstance(people, int) and people < 15:
                    assert spread["max"] in (HIDDEN, None)
            if people == HIDDEN:
                assert set(tier["cost"].values()) == {HIDDEN}
                assert tier["forecast"] is None


@pytest.mark.parametrize("seed", range(4))
def test_no_group_is_found_from_the_others_and_from_the_other_places(seed: int) -> None:
    """In each table of places by groups, no star stands alone in its row or column."""
    told = area(seed, 3)
    made = both(told).publishable
    places = {unit.code: unit for unit in made.places}
    for key in (tier.key for tier in made.tiers):
        for name in ("imd", "age", "sex"):
            whole: Mapping[str, Any] = getattr(made.whole.tiers[key], name)
            for group, count in whole.items():
                column = [getattr(unit.tiers[key], name)[group] for unit in places.values()]
                assert [count, *column].count(HIDDEN) != 1
            for unit in (made.whole, *places.values(), *made.sites):
                row = list(getattr(unit.tiers[key], name).values())
                if unit.tiers[key].people.total != HIDDEN:
                    assert row.count(HIDDEN) != 1


def _told_of_stars(told: Told, tiers: Tiers) -> Iterator[tuple[str, int, str]]:
    """Every star of which it is told what kind it is, with what it stands for."""
    keys = {one.key: number for number, one in enumerate(told.years.tiers, start=1)} | {"below": 0}
    for unit, shown in zip(told.units, tiers.units, strict=True):
        for key, one in shown.tiers.items():
            tier = keys[key]
            months = {f"entered_by_month.{month}": unit.through[tier][f"entered_{number:02d}"]
                      for number, (month, _) in enumerate(one.entered, start=1)}  # fmt: skip
            truth = {
                "people.total": unit.people("now", tier),
                "before.people": unit.people("before", tier),
                "moved.of": unit.people("before", tier),
                "moved.from_below": unit.moved.get((0, tier), 0),
                "moved.new": sum(n for (was, now), n in unit.moved.items()
                                 if now == tier and was != tier),
                "entered": sum(months.values()),
                "priority": unit.groups[tier]["priority"]["yes"], **months,
                **{f"moved.to.{to}": unit.moved.get((tier, n), 0) for to, n in keys.items()},
                **{f"{name}.{group}": unit.groups[tier][name].get(group, 0)
                   for name in ("imd", "age", "sex") for group in getattr(one, name)},
            }  # fmt: skip
            yield from ((way, truth[way], kind) for way, kind in one.stars.items())


def test_which_stars_are_small_is_told_as_the_attack_was_told_it() -> None:
    """The attack above knows of every star whether it is small; so the reader may, too."""
    kinds: Counter[str] = Counter()
    for seed in range(3):
        told = area(seed, 3)
        for way, truth, kind in _told_of_stars(told, both(told).publishable):
            assert kind == ("0 to 7" if truth < 8 else "8 or more"), way
            kinds[kind] += 1
    assert min(kinds["0 to 7"], kinds["8 or more"]) > 20


@pytest.mark.parametrize("seed", range(4))
def test_nothing_is_told_of_the_groups_of_a_tier_that_is_small_itself(seed: int) -> None:
    told = area(seed, 3)
    for unit, shown in zip(told.units, both(told).publishable.units, strict=True):
        for tier, one in zip(TIERS, shown.tiers.values(), strict=True):
            if 0 < unit.people("now", tier) < 8:
                assert {*one.imd.values(), *one.age.values(), *one.sex.values()} == {HIDDEN}
            if one.people.total == HIDDEN:
                assert not any(way.startswith(("imd", "age", "sex")) for way in one.stars)


def one_hospital(people: int, *, often: int = 20, moved: Any = None, **said: Any) -> Told:
    """An area that is one hospital, with so many people in the top tier, all coming as often."""
    values = {"now": {3: {name: {often: people} for name in
                          ("attendances", "emergency_admissions", "bed_days")}}}  # fmt: skip
    units = tuple(Counted(kind, code, code, sites=("RXX01",), values=values,
                          moved=moved or {(0, 3): people}, **said)
                  for kind, code in (("area", "ALL"), ("site", "RXX01")))  # fmt: skip
    years = Years(NOW, THEN, tiers_from(20))
    return Told(
        units=units, years=years, priced=choose(Money(), by_spells=True),
        locality=Locality(name="Madeup Vale"), as_of=date(2026, 4, 1), cut_off="",
        whole_before=frozenset({("area", "ALL"), ("site", "RXX01")}), by_spells=True,
        counting=(), criteria={}, sources=(), warnings=(), openhiu="0",
    )  # fmt: skip


def test_means_ends_and_costs_are_the_same_for_all_that_are_shown_alike() -> None:
    """28 to 32 people are all shown as 30; from what is published nobody tells them apart."""
    tops = []
    for people in range(28, 33):
        # All come 20 times: 560 to 640 attendances; of those shown alike the total is another, so
        # the mean of what is shown is all that a reader has: 560 / 30 = 18.7, in two digits 19.
        tops.append(both(one_hospital(people)).publishable.whole.tiers["20+"])
    assert {one.people.total for one in tops} == {30}
    assert [one.attendances.total for one in tops] == [560, 580, 600, 620, 640]
    assert [one.attendances.mean for one in tops] == [19.0, 19.0, 20.0, 21.0, 21.0]
    for one in tops:
        # The ends (20 and 20) would tell 560 / 20 = 28 people.
        assert (one.attendances.least, one.attendances.most) == (HIDDEN, HIDDEN)
    # In a tier where people differ the ends tell nothing, and stay.
    spread = {"now": {3: {"attendances": {20: 20, 60: 20}}}}
    told = one_hospital(40)
    differ = [replace(unit, values=spread, moved={(0, 3): 40}) for unit in told.units]
    top = both(replace(told, units=tuple(differ))).publishable.whole.tiers["20+"]
    assert (top.attendances.least, top.attendances.most) == (20.0, 60.0)


def test_the_cost_tells_no_admissions() -> None:
    """Of 8 to 12 admissions, shown as 10, any number may have the mean price that is told."""
    priced = choose(Money(), by_spells=True)
    short, long = (priced.by_item[f"emergency_admissions_{name}"].gbp for name in ("short", "long"))
    for admissions in (10, 25, 50, 355):
        for part in (0, 1, 3, admissions // 2, admissions):
            exact = priced.an_admission(admissions, part)
            assert exact == pytest.approx((part * short + (admissions - part) * long) / admissions)
            told = priced.told_of_an_admission(exact, admissions)
            for other in range(admissions - 2, admissions + 3):
                alike = [priced.told_of_an_admission(priced.an_admission(other, n), admissions)
                         for n in range(other + 1)]  # fmt: skip
                assert told in alike
    # By hand: 2 of 10 short. (2 x 825.86 + 8 x 5,419.28) / 10 = 4,500.60. Twice the 4,593.42
    # between the two prices over 10 is 918.68: to the nearest 1,000, 4,500.60 is 5,000.
    assert priced.told_of_an_admission(priced.an_admission(10, 2), 10) == 5000
    assert priced.cost(0, 10, 0, 5000).emergency_admissions == 50_000


def test_the_entries_of_a_year_are_told_where_no_month_is() -> None:
    # One or two a month, 16 in all: no month may be shown, the year may. 16 is shown as 15.
    came = {f"entered_{month:02d}": 1 + (month % 3 == 0) for month in range(1, 13)}
    told = one_hospital(20, moved={(0, 3): 12, (3, 3): 8}, through={3: {"began": 8, **came}})
    top = both(told).publishable.whole.tiers["20+"]
    assert top.entered_in_year == 15
    assert {count for _, count in top.entered} == {HIDDEN}
    assert both(told).internal.whole.tiers["20+"].entered_in_year == 16
    assert top.moved is not None
    assert top.moved.from_below == 10


def test_entries_that_would_tell_every_month_are_told_without_one() -> None:
    # 12 months with one each are shown as a year of 10, which is 12 at most: each month would be
    # one. So nothing is told of months, not even which of them are small.
    came = {f"entered_{month:02d}": 1 for month in range(1, 13)}
    top = both(one_hospital(20, through={3: {"began": 8, **came}})).publishable.whole.tiers["20+"]
    assert top.entered_in_year == 10
    assert {count for _, count in top.entered} == {HIDDEN}
    assert not any(way.startswith("entered_by_month") for way in top.stars)


@pytest.mark.parametrize(("began", "told"), [(49, False), (50, True)])
def test_who_stayed_is_told_of_fifty_people_or_nothing(began: int, told: bool) -> None:
    left = {f"still_{month:02d}": 40 - month for month in range(1, 13)}
    moved = {(3, 3): 28, (3, 0): began - 28, (0, 3): 10}
    given = one_hospital(38, moved=moved, through={3: {"began": began, **left}})
    values = {**given.units[0].values, "before": {3: {"attendances": {20: began}}}}
    units = tuple(replace(one, values=values) for one in given.units)
    stays = both(replace(given, units=units)).publishable.whole.tiers["20+"].stays
    # 39 of 50 after a month: 40 / 50 = 0.8; 28 after a year: 30 / 50 = 0.6.
    assert (stays[0], stays[-1]) == ((0.8, 0.6) if told else (None, None))


def test_contacts_again_are_hidden_where_they_tell_who_went_where() -> None:
    # 10 people of last year's top tier; 8 came 0 times, 2 came 5 times: 10 attendances (8 to 12),
    # so that no more than 2 can be in the lowest tier. With 4 times each of the 8 it is 42 (shown
    # as 40): from 0 to 7 of them may be.
    def top(again: int) -> Again:
        before = {"now": {1: {"attendances": {5: 2}}}, "before": {3: {"attendances": {20: 10}}}}
        given = one_hospital(2, moved={(3, 0): 8, (3, 1): 2}, again={3: (again, 9)})
        units = tuple(replace(one, values=before) for one in given.units)
        made = both(replace(given, units=units))
        inside, shown = (one.whole.tiers["20+"].moved for one in (made.internal, made.publishable))
        assert inside is not None
        assert inside.again == Again(again, 9)
        assert shown is not None
        assert shown.again is not None
        return shown.again

    assert top(10) == Again(HIDDEN, HIDDEN)
    assert top(42) == Again(40, 10)
