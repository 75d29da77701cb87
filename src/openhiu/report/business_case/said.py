"""Everything that the programme's template leaves to be filled in: a case comes in; each value in
words, or None with how to say it, goes out.

A sentence is told only where all its values are there: nothing stands as a gap in the text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from string import Formatter
from typing import Final

from openhiu.report import printed
from openhiu.report.business_case.case import Case
from openhiu.report.business_case.counted import number
from openhiu.report.business_case.options import NOTHING
from openhiu.report.business_case.sums.plan import MONTHS_A_YEAR
from openhiu.report.business_case.words import (
    after,
    exact,
    month,
    number_of,
    posts,
    rough,
    span,
    times,
)
from openhiu.report.folder import Missing
from openhiu.report.staffing import PlaceStaffing
from openhiu.report.tiers.told import InTier

Find = Callable[[Case], str | None]
# What a place writes that has no service.
NO_WORDS: Final = frozenset({"none", "no", "no service", "nothing", "not yet"})


@dataclass(frozen=True)
class Insert:
    """One place of the template. `what` it asks for and the `remedy` are said where the value is
    missing; without a remedy its absence is an answer (nothing of the kind is there).
    """

    key: str
    find: Find
    what: str = ""
    remedy: str = ""


def values(case: Case) -> dict[str, str | None]:
    """Every value by its key."""
    return {one.key: one.find(case) for one in INSERTS}


def missing(case: Case) -> tuple[Missing, ...]:
    """What nobody has said, with how to say it."""
    found = values(case)
    return tuple(Missing(one.what, one.remedy) for one in INSERTS
                 if one.remedy and found[one.key] is None)  # fmt: skip


def tell(told: Mapping[str, str | None], *sentences: str) -> str:
    """The sentences of which every value is there, filled and in a row."""
    return " ".join(
        sentence.format(**{key: told[key] for key in _keys(sentence)})
        for sentence in sentences
        if all(told[key] is not None for key in _keys(sentence))
    )


def _keys(sentence: str) -> list[str]:
    return [name for _, name, _, _ in Formatter().parse(sentence) if name]


def _tier(case: Case, place: int) -> InTier:
    return case.tiers.whole.tiers[case.tiers.tiers[place].key]


def _count(place: int, kind: str) -> Find:
    def find(case: Case) -> str | None:
        total = getattr(_tier(case, place), kind).total
        return None if total is None else number_of(total)

    return find


def _cost(place: int, kind: str) -> Find:
    def find(case: Case) -> str | None:
        found = number(getattr(_tier(case, place).cost, kind))
        return None if found is None else rough(found)

    return find


def _label(place: int) -> Find:
    return lambda case: times(case.tiers.tiers[place])


def _cost_a_year(case: Case) -> str:
    """Of the first twelve months; a contract of other than whole years costs no other rate."""
    plan = case.chosen.plan
    return exact(plan.leads * plan.lead_cost + plan.other_cost)


def _top_a_year(case: Case) -> str | None:
    ends = [_of_top(case, name) for name in ("central", "low", "high")]
    return f"{rough(ends[0])} (95% range {span(ends[1], ends[2])})" if ends[0] else None


def _of_top(case: Case, scenario: str) -> float:
    """Released a year in the top tier, on average over the contract."""
    worth, years = case.scenarios[scenario], case.chosen.plan.months / MONTHS_A_YEAR
    found = next((one for one in worth.tiers if one.key == case.tiers.top.key), None)
    return found.released_gbp / years if found else 0.0


def _released(case: Case) -> str | None:
    if not case.valued:
        return None if case.asks else "nothing"
    low, middle, high = (case.scenarios[name].released for name in ("low", "central", "high"))
    return f"{rough(middle)} (95% range {span(low, high)})"


def _covered(case: Case) -> list[str]:
    return [one.name for one in case.staffing.places if one.in_post > 0]


def _uncovered(case: Case) -> str | None:
    """Places to strengthen of which somebody said that there is no lead and nothing else either."""
    names = [one.name for one in _to_strengthen(case) if _told(case, one) is False]
    return printed.listed(names) or None


def _unsaid(case: Case) -> str | None:
    """Places to strengthen of which nobody said what is there."""
    names = [one.name for one in _to_strengthen(case) if _told(case, one) is None]
    return printed.listed(names) or None


def _to_strengthen(case: Case) -> list[PlaceStaffing]:
    return [one for one in case.staffing.places if one.extra > 0 and one.in_post <= 0]


def _told(case: Case, place: PlaceStaffing) -> bool | None:
    """Whether there is a service; None where nobody said."""
    units = [(one.service, one.leads) for one in case.tiers.units if one.code == place.code]
    places = [(one.service, one.leads) for one in case.locality.places if one.code == place.code]
    told = [*units, *places]
    said = [words.strip().lower().rstrip(".") not in NO_WORDS for words, _ in told if words]
    leads = [number > 0 for _, number in told if number is not None]
    return any((*said, *leads)) if said or leads else None


def _unknown_leads(case: Case) -> str | None:
    """An answer where every place has been spoken of; None, and so missing, where one has not."""
    silent = [one.name for one in case.staffing.places
              if one.in_post <= 0 and _told(case, one) is None]  # fmt: skip
    return None if silent else "said"


def _besides(case: Case) -> str:
    """What is paid besides leads, in a sentence on their cost."""
    other = case.chosen.plan.other_cost
    return f" and {exact(other)} a year for what comes with them" if other else ""


def _spare(case: Case) -> str | None:
    """Leads in post beyond what their places need, and what sharing them would take."""
    planning = case.planning
    if planning.shared is None or planning.shared >= planning.extra:
        return None
    begin = ""
    if planning.spare:
        are = "is" if planning.spare == 1 else "are"
        begin = (
            f"{printed.capital(posts(planning.spare))} in post {are} more than their places need. "
        )
    needed = sum(one.needed for one in planning.places.values())
    add = posts(planning.shared) if planning.shared else "none"
    return (
        f"{begin}Counted place by place, leads are rounded up in each. All places together need "
        f"{needed:.1f} before rounding: leads shared between them would leave {add} to add."
    )


def _short_of(case: Case) -> str | None:
    """Places where somebody is in post and there is still too little."""
    names = [one.name for one in case.staffing.places if one.extra > 0 and one.in_post > 0]
    return printed.listed(names) or None


def _starts(case: Case) -> str | None:
    return month(case.settings.starts) if case.settings.starts else None


def _ends(case: Case) -> str | None:
    """The last month of the contract."""
    first = case.settings.starts
    return month(after(first, case.settings.months - 1)) if first else None


def _deficit(case: Case) -> str | None:
    pounds = case.settings.deficit_gbp
    return None if pounds is None or not case.settings.deficit_year else exact(pounds)


def _source(case: Case) -> str:
    return case.settings.data_source or (
        f"the hospitals' own emergency care records, read by OpenHIU, complete up to "
        f"{printed.day(case.tiers.cut_off)}"
    )


def _two_a_place(case: Case) -> str:
    return exact(2 * case.chosen.plan.lead_cost)


_SECTION: Final = "in [business_case] of the locality file"
_NO_YEAR: Final = "Deliver activity with emergency admissions (docs/how-to/deliver-activity.md)."
_START: Final = Insert(
    "contract_from", _starts, "The first and last month of the contract",
    f"Write starts = 2027-04-01 {_SECTION}; every date in the document follows from it.",
)  # fmt: skip
_TIERS: Final = (("low", 0), ("mid", 1), ("top", 2))
INSERTS: Final[tuple[Insert, ...]] = (
    Insert("area", lambda case: case.area),
    Insert("name", lambda case: case.name or None,
           "The name of the area", 'Write name = "…" at the top of the locality file.'),
    Insert("year", lambda case: case.tiers.year.name),
    *(Insert(f"{name}_label", _label(place)) for name, place in _TIERS),
    *(Insert(f"{name}_{kind}", _count(place, kind)) for name, place in _TIERS
      for kind in ("people", "attendances")),
    *(Insert(f"{name}_admissions", _count(place, "emergency_admissions"))
      for name, place in _TIERS[:-1]),
    Insert("top_admissions", _count(2, "emergency_admissions"),
           "Emergency admissions of the people who come most", _NO_YEAR),
    *(Insert(f"{name}_{key}", _cost(place, kind)) for name, place in _TIERS
      for key, kind in (("attendances_cost", "attendances"),
                        ("admissions_cost", "emergency_admissions"), ("total", "total"))),
    Insert("data_source", _source),
    Insert("deficit", _deficit, "The shortfall in funding, and of which year",
           f'Write deficit_gbp = … and deficit_year = "2026/27" {_SECTION}.'),
    Insert("deficit_year", lambda case: case.settings.deficit_year or None),
    Insert("option", lambda case: case.chosen.name),
    Insert("option_number", lambda case: str(case.number(case.chosen.key))),
    Insert("leads", lambda case: posts(case.chosen.plan.leads)),
    Insert("lead_cost", lambda case: exact(case.chosen.plan.lead_cost)),
    Insert("cost_a_year", _cost_a_year),
    Insert("contract_total", lambda case: exact(case.chosen.worth.cost)),
    Insert("months", lambda case: str(case.settings.months)),
    _START,
    Insert("contract_to", _ends),
    Insert("uncovered", _uncovered),
    Insert("unsaid", _unsaid),
    Insert("leads_said", _unknown_leads, "Whether there are leads in each place",
           "Write leads = 0.0, or how many there are, under each [[places]]; without places, under "
           "the hospitals' [[sites]]."),
    Insert("asked", lambda case: "asked" if case.asks or case.settings.recommended == NOTHING
           or case.chosen.worth.released > 0 else None,
           "A lead to ask for: nothing is asked for here",
           f"Staffing adds no lead: write leads = … {_SECTION}, or hand in no case."),
    Insert("besides", _besides),
    Insert("spare", _spare),
    Insert("existing_are", lambda case: "is" if case.staffing.total.in_post == 1 else "are"),
    Insert("short_of", _short_of),
    Insert("existing_places", lambda case: printed.listed(_covered(case)) or None),
    Insert("existing_leads", lambda case: posts(case.staffing.total.in_post)
           if case.staffing.total.in_post > 0 else None),
    Insert("top_saving_a_year", _top_a_year),
    Insert("saving_total", _released, "What it would release",
           "Give [[money.unit_costs]] prices, or an area of more people: there is nothing to put a "
           "price to that may be shown."),
    Insert("two_leads", _two_a_place),
    Insert("funding_source", lambda case: case.settings.funding_source or None,
           "Which allocation pays for it", f'Write funding_source = "…" {_SECTION}.'),
    Insert("funding", lambda case: None if case.settings.funding_gbp is None
           else exact(case.settings.funding_gbp)),
    Insert("approval_body", lambda case: printed.capital(case.settings.approval_body) or None,
           "Who is asked to approve", f'Write approval_body = "…" {_SECTION}.'),
    Insert("approval_by", lambda case: printed.day(case.settings.approval_by)
           if case.settings.approval_by else None,
           "The day by which a decision is needed",
           f"Write approval_by = 2027-01-15 {_SECTION}."),
    Insert("owner", lambda case: printed.capital(case.settings.owner) or None,
           "Who answers for the service at the commissioner", f'Write owner = "…" {_SECTION}.'),
    Insert("procurement", lambda case: case.settings.procurement.rstrip(".") or None,
           "How the provider or the posts will be found",
           f'Write procurement = "…" {_SECTION}, for example which route your rules ask for.'),
)  # fmt: skip
