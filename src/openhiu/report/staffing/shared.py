"""Whole posts for each place against the same leads shared: `Staffing` comes in; the sentences on
leads in post, spare ones, posts shared and people of no place go out.
"""

from __future__ import annotations

from openhiu.report import printed
from openhiu.report.staffing import words
from openhiu.report.staffing.shape import Staffing

_FAR_MORE = 2.0
_SHARED = "with posts shared between neighbouring places"


def in_post(staffing: Staffing) -> str:
    """Such as "1 lead in post", with where nobody said and whose money ends."""
    total = staffing.total
    silent = [one.name for one in staffing.places if not one.known]
    if len(silent) == len(staffing.places):
        return "How many leads are in post is not known"
    told = f"{printed.capital(printed.leads(total.in_post))} in post"
    if total.lasting < total.in_post:
        told += f" ({_of_those(total.lasting)} for all of the {staffing.months} months)"
    return f"{told}, for {printed.listed(silent)} it is not known" if silent else told


def beside(staffing: Staffing) -> str:
    """What stands under the recommended number."""
    total = staffing.total
    if total.shared < total.recommended:
        return f"{total.shared} {_SHARED}"
    if not total.known:
        return "not known how many are in post"
    if not total.extra:
        return f"{total.in_post:g} in post already"
    return f"{total.extra:g} more than the {total.lasting:g} in post"


def told(staffing: Staffing) -> str:
    """Where whole posts for each place ask for more than the people need, and spare leads."""
    total = staffing.total
    if total.shared >= total.recommended:
        return spare(staffing)
    need = total.needed[staffing.used.key]
    far = "far " if total.recommended > _FAR_MORE * need.high else ""
    say = "lead" if need.high <= 1 else "leads"
    whole = printed.leads(total.shared)
    return (
        f"Whole posts for each place come to {far}more than the people need: before rounding, all "
        f"{len(staffing.places)} places together need {words.before_rounding(need)} {say}. "
        f"{printed.capital(_SHARED)}, {whole} would do{_costs(staffing)}."
        f"{_after(spare(staffing))}"
    )


def spare(staffing: Staffing) -> str:
    """Leads in post beyond what their own place needs."""
    total = staffing.total
    if not total.spare:
        return ""
    where = printed.listed([one.name for one in staffing.places if one.spare])
    is_are = "is" if total.spare == 1 else "are"
    return (
        f"{printed.capital(printed.leads(total.spare))} in post in {where} {is_are} more than the "
        "people there need; to work for a neighbouring place too costs no new post."
    )


def elsewhere(staffing: Staffing) -> str:
    """People of the tier whom no place counts, so that nobody is sized for them."""
    found = staffing.total.elsewhere
    if not found:
        return ""
    people = printed.capital(printed.people(found))
    return (
        f"{people} of the tier belong to none of the places, or it is not known to which: no lead "
        "is counted for them."
    )


def _costs(staffing: Staffing) -> str:
    total = staffing.total
    if not total.shared_extra:
        return ", and no new post"
    add = "" if total.shared_extra == total.shared else f", {total.shared_extra:g} to add"
    return (
        f"{add}: {printed.pounds(total.shared_cost_a_year)} a year, "
        f"{printed.pounds(total.shared_cost_over)} over {staffing.months} months"
    )


def _of_those(lasting: float) -> str:
    return "none of them" if not lasting else f"{lasting:g} of them"


def _after(sentence: str) -> str:
    return f" {sentence}" if sentence else ""
