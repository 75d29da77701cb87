"""Making a specification whole: tiers, criteria and a place come in; the folder with the document
and the criteria file goes out. Nothing is written here.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import metadata
from typing import Any, Final

from openhiu.errors import InputNotUsable
from openhiu.identify.describe import footprint_sentence
from openhiu.identify.written import as_json_file, as_raw, as_toml_file
from openhiu.paper.blocks import Block, Contents, Document, Fields, Note, PageBreak
from openhiu.report import printed
from openhiu.report.folder import Folder, Missing, Written, missing_note
from openhiu.report.service_specification import (
    annex,
    needs,
    outcomes,
    scope,
    standards,
)
from openhiu.report.service_specification.criteria_said import plain
from openhiu.report.service_specification.source import Source, missing
from openhiu.report.tiers.shape import FILE as TIERS_FILE

WHAT: Final = "service-specification"
TITLE: Final = "Service specification"
VERSION: Final = 1
_OPEN: Final = "To be agreed"
_STAYS: Final = {
    "inputs": "what it was made from, for making it again: it stays with whoever made it"
}
_FROM_THE_MODEL: Final = {
    "days": "the days of operation",
    "hours": "the hours of operation",
    "referral": "referral sources",
}


def make(source: Source) -> Folder:
    """The folder. Raises InputNotUsable where small counts are not hidden in the tiers."""
    if not source.tiers.publishable:
        raise InputNotUsable(
            "these tiers are internal: small counts are not hidden in them", file=TIERS_FILE,
            remedy="name the folder of hiu report tiers with the publishable version",
        )  # fmt: skip
    lacking = missing(source)
    return Folder(
        what=WHAT,
        title=f"{TITLE}: {source.name}, {source.area}",
        documents=(Written(WHAT, document(source, lacking)),),
        told=told(source),
        about={"area": source.area, "as_of": source.as_of.isoformat(),
               "criteria": source.criteria.name, "criteria_sha256": source.fingerprint,
               "footprint_sha256": source.footprint},
        inputs=source.inputs,
        beside={annex.CRITERIA_TOML: as_toml_file(source.criteria).encode(),
                annex.CRITERIA_JSON: as_json_file(source.criteria).encode()},
        workbook_lines=("The tables of the specification, one a sheet.",),
        stays=_STAYS,
        missing=lacking,
        warnings=source.counted_otherwise(),
    )  # fmt: skip


def lines(source: Source) -> tuple[str, ...]:
    """The answer in a few sentences."""
    return (
        (
            f"{source.name}, {source.area}: criteria {plain(source.criteria.name)}, fingerprint "
            f"{source.fingerprint[:12]}."
        ),
        *(rule.label for rule in source.criteria.rules),
    )


def document(source: Source, lacking: tuple[Missing, ...]) -> Document:
    """The document, with what is missing at its front."""
    year = source.tiers.year.name
    return Document(
        title=TITLE,
        subtitle=f"{source.name}, {source.area}, {printed.day(source.as_of)}",
        organisation=source.service.commissioner or source.area,
        summary=f"What is commissioned of the {source.name} in {source.area}, for whom and how.",
        made_for=source.as_of,
        facts=(
            f"OpenHIU {metadata.version('openhiu')}",
            f"tiers of {year}",
            f"criteria {source.fingerprint[:12]}",
        ),
        blocks=tuple(_blocks(source, lacking)),
        numbered=True,
        marking="DRAFT" if lacking else "",
    )


def _blocks(source: Source, lacking: tuple[Missing, ...]) -> list[Block]:
    return [
        *missing_note(lacking), *_model(source), _form(source),
        Contents(),
        *needs.section(source), *outcomes.section(source), *scope.section(source),
        *standards.section(source), *standards.reporting(source), *standards.workforce(source),
        PageBreak(), *annex.section(source),
    ]  # fmt: skip


def _model(source: Source) -> list[Block]:
    """What stands in the national model's words, so that nobody takes it for a local decision."""
    found = [_FROM_THE_MODEL[key] for key in source.from_the_model()]
    if not found:
        return []
    words = printed.capital(printed.listed(found))
    line = f"{words} stand as in the national model; write them in [service] to change them."
    return [Note("Not decided here", (line,))]


def _form(source: Source) -> Fields:
    service = source.service
    review = printed.day(service.review_date) if service.review_date else _OPEN
    rows = (
        ("Specification number", service.specification_number or _OPEN),
        ("Service", source.name),
        ("Commissioner", service.commissioner or source.area),
        ("Commissioner lead", service.commissioner_lead or _OPEN),
        ("Provider", service.provider or _OPEN),
        ("Provider lead", service.provider_lead or _OPEN),
        ("Period", source.period or _OPEN),
        ("Date of review", review),
    )
    return Fields("The specification at a glance", rows, columns=("Item", "Here"))


def told(source: Source) -> dict[str, Any]:
    """The result as plain data: what a list is checked against."""
    service, locality = source.service, source.locality
    return {
        "what": WHAT,
        "version": VERSION,
        "area": source.area,
        "service": source.name,
        "as_of": source.as_of.isoformat(),
        "specification_number": service.specification_number,
        "commissioner": service.commissioner,
        "provider": service.provider,
        "criteria_sha256": source.fingerprint,
        "criteria": source.criteria.as_dict(),
        "criteria_in_words": source.criteria.sentences(),
        "criteria_file": as_raw(source.criteria),
        "footprint": footprint_sentence(locality),
        "footprint_sha256": source.footprint,
        "sites": [site.code for site in locality.sites],
        "caseload": _caseload(source),
        "table_one": [_table(source, code) for code in _units(source)],
    }


def _caseload(source: Source) -> Mapping[str, Any]:
    found = source.locality.staffing
    keys = ("new_a_quarter", "new_a_month", "intensive_least", "intensive_most", "open_least",
            "open_most", "never_above", "size_by")  # fmt: skip
    return {key: getattr(found, key) for key in keys}


def _units(source: Source) -> list[str]:
    tiers = source.tiers
    return [tiers.whole.code, *(site.code for site in tiers.sites)]


def _table(source: Source, code: str) -> dict[str, Any]:
    unit = next(unit for unit in source.tiers.units if unit.code == code)
    table = needs.table_one(source, unit)
    rows = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
    return {"code": code, "name": unit.name, "rows": rows}
