"""What each document wants to know: the place comes in; what nobody has said yet goes out, with the
line of the locality file that says it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

from openhiu.report.folder import Missing
from openhiu.report.starter_pack.source import Source


@dataclass(frozen=True)
class Wanted:
    """One fact: what it is, where it is written, and how it is read."""

    what: str
    where: str
    read: Callable[[Source], Any]

    @property
    def missing(self) -> Missing:
        """The same as something that was not said."""
        if not self.where:
            return Missing(self.what, "Name the store or a folder of tiers with the command.")
        return Missing(self.what, f"Write it as {self.where} in the locality file.")


def _go(what: str, key: str, example: str = "…") -> Wanted:
    return Wanted(what, f'[go_live] {key} = "{example}"', lambda source: getattr(source.go, key))


def _lines(what: str, key: str) -> Wanted:
    return Wanted(what, f'[go_live] {key} = ["…"]', lambda source: getattr(source.go, key))


def _post(what: str, key: str) -> Wanted:
    return Wanted(what, f'[go_live.post] {key} = "…"', lambda source: getattr(source.go.post, key))


def _day(what: str, section: str, key: str, read: Callable[[Source], Any]) -> Wanted:
    return Wanted(what, f"[{section}] {key} = 2027-04-01", read)


def _contract(source: Source) -> str:
    months = source.locality.service.contract_months
    return f"{months} months" if months else ""


def _caseload(source: Source) -> str:
    one = source.locality.staffing
    return f"{one.new_a_quarter:g} new a quarter, never above {one.never_above:g} at once"


WANTED: Final = {
    "area": Wanted("The name of the area", 'name = "…"', lambda source: source.locality.name),
    "hospitals": Wanted(
        "The receiving hospitals", "[[sites]] with code and name", lambda source: source.hospitals
    ),
    "date": _day("The day on which the service goes live", "go_live", "date",
                 lambda source: source.go.date),
    "provider": Wanted(
        "Who employs the leads", '[go_live] provider_named = "…"',
        lambda source: source.go.provider_named or source.locality.service.provider,
    ),
    "controllers": _lines("The data controllers", "controllers"),
    "dpo": _go("The data protection officer", "dpo"),
    "caldicott_guardian": _go("The Caldicott Guardian", "caldicott_guardian"),
    "safeguarding_lead": _go("The safeguarding lead", "safeguarding_lead"),
    "clinical_safety_officer": _go("The clinical safety officer", "clinical_safety_officer"),
    "communications_lead": _go("Who leads on communications", "communications_lead"),
    "analyst": _go("The hospital analysts' contact", "analyst"),
    "host": _go("Where the leads are based", "host"),
    "supervision": _go("Who supervises the leads", "supervision"),
    "coaching": _go("Who coaches the leads", "coaching"),
    "partners": _lines("The organisations that will share with the service", "partners"),
    "stakeholders": _lines("Who is who in the ten groups around the service", "stakeholders"),
    "phone": _go("The service's telephone number", "phone"),
    "complaints": Wanted(
        "Where somebody complains", '[go_live] complaints = "…"', lambda source: source.complaints
    ),
    "privacy_notice": _go("Where the privacy notice stands", "privacy_notice"),
    "out_of_hours": Wanted(
        "Who answers at night and at weekends", '[service] out_of_hours = "…"',
        lambda source: source.out_of_hours,
    ),
    "salary": _post("The grade and salary of the post", "salary"),
    "base": _post("The base of the post", "base"),
    "contract": _post("Length and kind of the employment", "contract"),
    "apply_to": _post("Where to apply", "apply_to"),
    "closing": _day("The closing date for applications", "go_live.post", "closing",
                    lambda source: source.go.post.closing),
    "interviews": _day("The day of the interviews", "go_live.post", "interviews",
                       lambda source: source.go.post.interviews),
    "equipment": _lines("What each lead is given to work with", "equipment"),
    "months": Wanted(
        "The length of the contract", "[service] contract_months = 24", _contract
    ),
    "review": Wanted(
        "When a consent is asked again", "[go_live] review_months = 6",
        lambda source: f"after {source.go.review_months} months",
    ),
    "caseload": Wanted("What a lead carries", "[staffing] never_above = 50", _caseload),
    "logic": Wanted(
        "The logic model in the place's own words", '[logic_model] aim = "…"',
        lambda source: "written here" if "aim" not in source.locality.logic_model.defaulted else "",
    ),
    "tiers": Wanted(
        "How many people come most often, and who they are",
        "", lambda source: source.tiers,
    ),
}  # fmt: skip


def missing(source: Source, keys: Iterable[str]) -> tuple[Missing, ...]:
    """What of these nobody has said."""
    return tuple(WANTED[key].missing for key in keys if not WANTED[key].read(source))
