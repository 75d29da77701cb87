"""Who can be reached and when: leads, their start and the people of each tier come in; people
starting in each month of the contract go out.
"""

from __future__ import annotations

from collections.abc import Mapping

from openhiu.report.business_case.sums.plan import MONTHS_A_YEAR, Plan, Team, Willing

MONTHS_A_QUARTER = 3


def capacity(plan: Plan) -> list[float]:
    """How many people all leads together can start with in each month.

    None while the service is set up; then evenly more from month to month up to the full number.
    """
    full = plan.leads * plan.a_quarter / MONTHS_A_QUARTER
    return [full * _share(month - plan.mobilise, plan.ramp) for month in range(plan.months)]


def _share(month: int, ramp: int) -> float:
    if month < 0:
        return 0.0
    return min(1.0, (month + 1) / (ramp + 1))


def starts(plan: Plan) -> dict[str, list[float]]:
    """People starting by tier and month: in each place the first group before the second.

    Nobody is started twice: a later year has only those who are new in their tier, and of those who
    came to it from another tier only the share whom nobody had begun with there. Those of the first
    year whom nobody had room for do not wait for years.
    """
    found = {group.key: [0.0] * plan.months for group in plan.groups}
    for team in plan.teams or (_together(plan),):
        began = _of_team(plan, team)
        for key, months in began.items():
            found[key] = [one + more for one, more in zip(found[key], months, strict=True)]
    return found


def _together(plan: Plan) -> Team:
    """Everybody in one place."""
    return Team(1.0, {group.key: Willing(group.first_year, group.each_later_year)
                      for group in plan.groups})  # fmt: skip


def _of_team(plan: Plan, team: Team) -> dict[str, list[float]]:
    keys = [group.key for group in plan.groups]
    found = {key: [0.0] * plan.months for key in keys}
    rooms = [team.share * room for room in capacity(plan)]
    reached = dict.fromkeys(keys, 0.0)
    for year in range(plan.years):
        there = {key: _available(team.people.get(key), year, reached) for key in keys}
        left = dict(there)
        for month, room in _of_year(rooms, year):
            for key in keys:
                taken = min(room, left[key])
                found[key][month] = taken
                left[key] -= taken
                room -= taken
        reached = {key: 1 - left[key] / there[key] if there[key] > 0 else 0.0 for key in keys}
    return found


def _available(some: Willing | None, year: int, reached: Mapping[str, float]) -> float:
    """Those to begin with in a year. `reached`: of each tier the share begun with the year before;
    a tier that is not worked with has none.
    """
    if some is None:
        return 0.0
    if year == 0:
        return some.first_year
    moved = sum(count * (1 - reached.get(key, 0.0)) for key, count in some.moved.items())
    return some.fresh + moved


def _of_year(room: list[float], year: int) -> list[tuple[int, float]]:
    first = year * MONTHS_A_YEAR
    return list(enumerate(room[first : first + MONTHS_A_YEAR], start=first))
