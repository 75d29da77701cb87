"""Making a business case whole: tiers, staffing, perhaps an evaluation, and a place come in; the
folder of its documents goes out. Nothing is written here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from importlib import metadata
from typing import Any, Final

from openhiu.errors import InputNotUsable
from openhiu.locality import Locality
from openhiu.paper.blocks import Block, Contents, Document
from openhiu.report import printed
from openhiu.report.board.evidence import read_evidence
from openhiu.report.business_case import (
    appraisal,
    basis,
    commercial,
    executive,
    financial,
    management,
    need,
    recommendation,
    risks,
    said,
    strategic,
)
from openhiu.report.business_case.answer import answer
from openhiu.report.business_case.case import Case, gather
from openhiu.report.business_case.options import BUILT
from openhiu.report.business_case.planned import assumed
from openhiu.report.business_case.sums.worth import Worth
from openhiu.report.folder import Folder, Missing, Written, missing_note
from openhiu.report.staffing.told import Staffing
from openhiu.report.tiers.told import Tiers

WHAT: Final = "business-case"
TITLE: Final = "Business case for a High Intensity Use service"
_STAYS: Final = {
    "inputs": "what it was made from, for making it again: it stays with whoever made it"
}
_LINES: Final = (
    "The sums of the business case, one table a sheet; the document explains each.",
    "Released is capacity, not cash, and what would have happened anyway is taken out of it.",
)


def make(
    tiers: Tiers, staffing: Staffing, locality: Locality, *, as_of: date | None = None,
    evaluation: Any = None, inputs: Mapping[str, bytes] | None = None,
) -> Folder:  # fmt: skip
    """The folder. `evaluation` is a parsed evaluation.json; `as_of` is the day of the document.

    Raises InputNotUsable where the evaluation is none, or small counts are not hidden.
    """
    _refuse_internal(tiers)
    evidence = read_evidence(evaluation) if evaluation is not None else None
    case = gather(tiers, staffing, locality, evidence, as_of or tiers.as_of)
    missing = said.missing(case)
    return Folder(
        what=WHAT, title=f"{TITLE}: {printed.capital(case.area)}",
        documents=(Written(WHAT, document(case, missing)),),
        told=told(case), about=_about(case), inputs=dict(inputs or {}),
        workbook_lines=_LINES, stays=_STAYS, missing=missing, warnings=_warnings(case),
    )  # fmt: skip


def _refuse_internal(tiers: Tiers) -> None:
    """A business case is handed from desk to desk: only what may be published goes in."""
    if not tiers.publishable:
        raise InputNotUsable(
            "these tiers are internal: small counts are not hidden in them", file="tiers.json",
            remedy="name the folder named publishable inside that of hiu report tiers",
        )  # fmt: skip


def document(case: Case, missing: tuple[Missing, ...]) -> Document:
    """The document, with what is missing at its front."""
    year = case.tiers.year.name
    return Document(
        title=TITLE,
        subtitle=f"{printed.capital(case.area)}, {printed.day(case.as_of)}",
        organisation=case.name,
        made_for=case.as_of,
        summary=f"{TITLE} in {case.area}: need, options, cost and what it would release.",
        facts=(
            f"OpenHIU {metadata.version('openhiu')}",
            f"tiers of {year}",
            f"data up to {printed.day(case.tiers.cut_off)}",
        ),
        blocks=tuple(_blocks(case, missing)),
        numbered=True,
    )


def _blocks(case: Case, missing: tuple[Missing, ...]) -> list[Block]:
    return [
        *missing_note(missing), Contents(depth=2),
        *need.section(case), *recommendation.section(case), *executive.section(case),
        *strategic.section(case), *risks.section(case), *appraisal.section(case),
        *commercial.section(case), *financial.section(case), *management.section(case),
        *basis.section(case),
    ]  # fmt: skip


def told(case: Case) -> dict[str, Any]:
    """The case as plain data: business-case.json."""
    return {
        "what": WHAT,
        "version": 1,
        "answer": answer(case),
        "openhiu": metadata.version("openhiu"),
        "area": case.area,
        "as_of": case.as_of.isoformat(),
        "year": case.tiers.year.name,
        "recommended": case.chosen.key,
        "values": said.values(case),
        "effect": {"basis": case.effect.basis, "source": case.effect.source,
                   "months": case.effect.months,
                   "ratios": {kind: asdict(ratio) for kind, ratio in case.ratios.items()}},
        "planning": asdict(case.planning),
        "scenarios": {name: _worth(worth) for name, worth in case.scenarios.items()
                      if case.valued},
        "chance": asdict(case.chance) if case.valued else None,
        "sensitivity": [asdict(one) for one in case.otherwise if case.valued],
        "options": [{"key": one.key, "name": one.name, "worth": _worth(one.worth),
                     "scores": {key: {"score": score, "reason": why}
                                for key, (score, why) in one.scores.items()},
                     "weighted": case.totals[one.key]} for one in case.options],
        "weights": case.weights,
    }  # fmt: skip


def _worth(worth: Worth) -> dict[str, Any]:
    """Whole pounds and tenths of people: hidden precision would only pretend."""
    pounds = ("cost", "released", "cash", "naive", "present_cost", "present_released", "net",
              "present_net")  # fmt: skip
    return {
        **{key: round(getattr(worth, key)) for key in pounds},
        "cost_by_year": [round(one) for one in worth.cost_by_year],
        "released_by_year": [round(one) for one in worth.released_by_year],
        "tiers": [{"key": one.key, "people": round(one.people, 1),
                   "expected": {kind: round(count) for kind, count in one.expected.items()},
                   "avoided": {kind: round(count) for kind, count in one.avoided.items()},
                   "released": round(one.released_gbp)} for one in worth.tiers],
    }  # fmt: skip


def _about(case: Case) -> dict[str, Any]:
    return {"area": case.area, "as_of": case.as_of.isoformat(), "year": case.tiers.year.name,
            "effect": case.effect.basis}  # fmt: skip


def _warnings(case: Case) -> tuple[str, ...]:
    """What somebody has to look at before the document goes out."""
    found = [*case.tiers.warnings, *case.staffing.warnings]
    keys = {one.key for one in case.options} | set(BUILT)
    if case.settings.recommended not in keys:
        found.append(
            f"There is no option {case.settings.recommended!r}: the first by score is recommended."
        )
    elif case.asks and case.chosen.key not in case.firsts:
        found.append("The recommended option is not the one that scores highest.")
    if not case.asks:
        found.append("No lead is asked for: write leads = … in [business_case], or no case.")
    if unknown := assumed(case.tiers):
        found.append(
            "What would have happened anyway is an assumption, not measured here, for people who "
            f"came {printed.listed(unknown)}: their year before is not told."
        )
    return tuple(dict.fromkeys(found))
