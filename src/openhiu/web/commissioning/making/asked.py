"""What each document asks of the area's settings, so that it can be said before it is made; and the
field that a sentence about something missing belongs to.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from openhiu.web.commissioning.area.kinds import Field
from openhiu.web.commissioning.area.section import Section
from openhiu.web.commissioning.area.sections import ALL, SECTIONS

_HEADINGS: Final = re.compile(r"\[+([\w.]+)\]+")
# `key = …`, or "write key in [section]".
_KEYS: Final = re.compile(r"\b(\w+) = |\b[Ww]rite (\w+)(?= )")

# By document: the section, and those of its settings that nobody else can say; "a|b" is either of
# two. A section without any is asked for whole.
ASKED: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "tiers": {"area": ("name",), "places": ()},
    "staffing": {"area": ("name",), "places": ()},
    "business-case": {
        "area": ("name",),
        "places": (),
        "business-case": ("starts", "deficit_gbp", "funding_source", "approval_body", "approval_by",
                          "owner", "procurement"),
    },
    "service-specification": {
        "area": ("name",),
        "sites": (),
        "footprint": (),
        "service": ("specification_number", "commissioner_lead", "provider_lead",
                    "period|contract_months", "review_date", "out_of_hours", "location",
                    "safeguarding", "information_sharing", "complaints"),
        "criteria-of-the-list": ("preset|criteria_file",),
        "business-case": ("leads",),
    },
    "starter-pack": {
        "area": ("name",),
        "sites": (),
        "service": ("out_of_hours",),
        "go-live": ("date", "provider_named", "controllers", "dpo", "caldicott_guardian",
                    "safeguarding_lead", "clinical_safety_officer", "communications_lead",
                    "analyst", "supervision", "coaching", "partners", "stakeholders", "phone",
                    "complaints", "privacy_notice"),
        "post": ("salary", "base", "contract", "apply_to", "closing", "interviews"),
    },
    "reach": {"places": (), "sites": ()},
}  # fmt: skip


@dataclass(frozen=True)
class Wanted:
    """Something nobody has said: the section, its field (None: a row of it), and for what."""

    section: Section
    field: Field | None
    documents: tuple[str, ...]
    instead: Field | None = None

    @property
    def key(self) -> tuple[str, str]:
        """What it is known by: the keys of the section and the field."""
        return key_of(self.section, self.field)

    @property
    def words(self) -> str:
        """What it is."""
        return self.field.label if self.field else self.section.title


def wanted(settings: Mapping[str, Any], what: str = "") -> list[Wanted]:
    """What documents ask for and nobody has said; of one document where it is named."""
    found: dict[tuple[str, str], list[str]] = {}
    for document, sections in ASKED.items():
        if what in ("", document):
            for key, fields in sections.items():
                for field in fields or ("",):
                    found.setdefault((key, field), []).append(document)
    lines = [_wanted(key, field, tuple(said)) for (key, field), said in found.items()]
    order = {section.key: place for place, section in enumerate(ALL)}
    return sorted((line for line in lines if not _is_said(line, settings)),
                  key=lambda line: order[line.section.key])  # fmt: skip


def key_of(section: Section, field: Field | None) -> tuple[str, str]:
    """What something missing is known by, wherever it is told."""
    return section.key, field.key if field else ""


def place_of(remedy: str) -> tuple[Section, Field | None] | None:
    """The section and field that a remedy for the command line speaks of, where it can be told."""
    headings = set(_HEADINGS.findall(remedy)) or {""}
    keys = [one for pair in _KEYS.findall(remedy) for one in pair if one]
    there = [section for section in ALL if section.in_file in headings]
    for section in there:
        fields = [field for key in keys for field in section.fields if field.key == key]
        if fields and not section.many:
            return section, fields[0]
    named = [section for section in there if section.path]
    return (named[0], None) if named else None


def is_set(section: Section, field: Field | None, settings: Mapping[str, Any]) -> bool:
    """Whether it was said by now."""
    own = section.own(settings)
    return bool(own) if field is None else field.key in own


def _wanted(key: str, keys: str, documents: tuple[str, ...]) -> Wanted:
    section = SECTIONS[key]
    fields = [field for one in keys.split("|") for field in section.fields if field.key == one]
    first, instead = (*fields, None, None)[:2]
    return Wanted(section, first, documents, instead)


def _is_said(line: Wanted, settings: Mapping[str, Any]) -> bool:
    either = (line.field, line.instead) if line.instead else (line.field,)
    return any(is_set(line.section, field, settings) for field in either)
