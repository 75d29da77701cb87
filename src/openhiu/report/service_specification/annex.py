"""The annexes: criteria in full, how numbers were counted, and where facts come from."""

from __future__ import annotations

from typing import Final

from openhiu.paper.blocks import Block, Bullets, Heading, Paragraph, Table
from openhiu.report import printed
from openhiu.report.service_specification import criteria_said
from openhiu.report.service_specification.needs import by_hospital_in_annex
from openhiu.report.service_specification.source import Source

CRITERIA_TOML: Final = "criteria.toml"
CRITERIA_JSON: Final = "criteria.json"
_FACTS: Final = (
    (
        "NHS England, High Intensity Use programme page, model service specification and resource "
        "pack (as read in 2026)."
    ),
    (
        "NHS England, planning guidance 2019/20 and 2023/24; Next steps in increasing capacity and "
        "operational resilience in urgent and emergency care, August 2022."
    ),
    "British Red Cross, Nowhere else to turn, November 2021.",
    "A. Finkelstein and others, New England Journal of Medicine 2020; 382: 152.",
    "BMC Health Services Research 2022, s12913-022-08415-2.",
)


def section(source: Source) -> list[Block]:
    """All of them, from a new heading on."""
    return [
        Heading("Annex A Criteria in full"),
        Paragraph(
            f"The files {CRITERIA_TOML} and {CRITERIA_JSON} beside this document hold the same, "
            f"ready for use: hiu identify --criteria {CRITERIA_TOML} makes the list of this "
            "contract, and hiu report service-specification --check says of any list whether it is "
            "one."
        ),
        *_set_aside(source),
        criteria_said.settings(source.criteria, source.fingerprint),
        Paragraph(source.footprint, lead="Fingerprint of the commissioned area:"),
        Heading("Annex B How the numbers were counted"),
        *by_hospital_in_annex(source),
        Bullets(_counting(source)),
        _files(source),
        Heading("Annex C Where facts come from"),
        Bullets(_FACTS),
    ]


def _set_aside(source: Source) -> list[Block]:
    file = source.criteria.exclusions_file
    if file is None:
        return []
    return [Paragraph(
        f"The criteria name a file of people set aside, {file.name}. It names people, stays with "
        f"the hospital, and is to lie beside {CRITERIA_TOML} there."
    )]  # fmt: skip


def _counting(source: Source) -> tuple[str, ...]:
    tiers = source.tiers
    return (
        (
            f"Year: {printed.day(tiers.year.first)} up to, not with, "
            f"{printed.day(tiers.year.to_exclusive)}. Newest record: {printed.day(tiers.cut_off)}."
        ),
        *tiers.counting,
        *tiers.warnings,
        *source.counted_otherwise(),
    )


def _files(source: Source) -> Table:
    rows = tuple(
        (str(one.get("file", "")), str(one.get("sha256", ""))[:16]) for one in source.tiers.sources
    )
    return Table("Files that were counted", ("File", "SHA-256 begins with"), rows,
                 sheet="Files", widths=(2, 1))  # fmt: skip
