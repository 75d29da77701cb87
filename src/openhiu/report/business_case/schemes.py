"""Services that are there already: a case comes in; a line for each goes out."""

from __future__ import annotations

from openhiu.locality import Place, Scheme
from openhiu.report import printed
from openhiu.report.business_case.case import Case
from openhiu.report.business_case.words import month, number_of, posts


def lines(case: Case) -> tuple[str, ...]:
    """One line a service: those of [[business_case.schemes]], then places that name one."""
    said = {one.place for one in case.settings.schemes}
    places = [one for one in case.locality.places
              if (one.leads or one.service) and one.name not in said]  # fmt: skip
    return (*(_scheme(one) for one in case.settings.schemes),
            *(_place(case, one) for one in places))  # fmt: skip


def _scheme(one: Scheme) -> str:
    parts = [
        f"about {number_of(one.people_a_year)} people a year" if one.people_a_year else "",
        f"{posts(one.leads)}, full time" if one.leads else "",
        _funded(one),
        one.words,
    ]
    return f"{one.place}: {'; '.join(part for part in parts if part)}."


def _funded(one: Scheme) -> str:
    if not one.funded_months:
        return ""
    begin = f" from {month(one.funded_from)}" if one.funded_from else ""
    return f"funded for {one.funded_months:g} months{begin}"


def _place(case: Case, one: Place) -> str:
    told = []
    if one.leads:
        told.append(f"{posts(one.leads)} in post, who can {case.capacity.of(one.leads)}")
    if one.service:
        told.append(one.service.rstrip("."))
    if one.funded_until:
        told.append(f"funded until {printed.day(one.funded_until)}")
    return f"{one.name}: {'; '.join(told)}."
