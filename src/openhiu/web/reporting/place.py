"""What a service says of itself in its reports: its locality file and what was typed here."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from django.conf import settings

from openhiu.errors import ConfigurationFault
from openhiu.locality import Locality, LogicModel, Risk, read_locality
from openhiu.web.access.models import Service
from openhiu.web.reporting.models import ReportWords

FILE: Final = "locality.toml"
# The parts of a logic model in the order they are drawn: key, heading, what belongs there.
PARTS: Final = (
    ("inputs", "What goes in", "People, training, data, agreements, money"),
    ("activities", "What is done", "What the service does with and for people"),
    ("outputs", "What that makes", "What can be counted at once"),
    ("outcomes", "What changes", "What is different for people and for services"),
    ("impact", "What that leads to", "What it adds up to over years"),
    ("assumptions", "What it rests on", "What has to be true for this to work"),
)


@dataclass(frozen=True)
class Place:
    """A locality as the reports use it. `where` says where its file lies; `trouble` why not."""

    locality: Locality
    where: str = ""
    trouble: str = ""
    words: ReportWords | None = None


def place_of(service: Service) -> Place:
    """The service's locality file, with what was typed on the page in front of it."""
    found = _from_file(service)
    words: ReportWords | None = ReportWords.objects.filter(service=service).first()
    return found if words is None else replace(found, locality=_said(found, words), words=words)


def _from_file(service: Service) -> Place:
    beside_store = Path(service.store) / FILE if service.store else None
    homes = [(beside_store, "beside the service's store"), (settings.HOME / FILE, "in the home")]
    for path, where in homes:
        if path is None or not path.is_file():
            continue
        try:
            return Place(read_locality(path), f"{FILE} {where}")
        except ConfigurationFault as fault:
            return Place(Locality(), f"{FILE} {where}", f"{fault.sentence}. {fault.remedy}")
    return Place(Locality())


def _said(place: Place, words: ReportWords) -> Locality:
    locality = place.locality
    risks = tuple(Risk(**risk) for risk in words.risks) or locality.board.risks
    contact = words.contact or locality.board.contact
    return replace(
        locality,
        logic_model=_logic_model(locality.logic_model, words.logic_model),
        board=replace(locality.board, risks=risks, contact=contact),
    )


def _logic_model(theirs: LogicModel, typed: dict[str, Any]) -> LogicModel:
    own: dict[str, Any] = {
        key: said if key == "aim" else tuple(said) for key, said in typed.items() if said
    }
    defaulted = tuple(part for part in theirs.defaulted if part not in own)
    return replace(theirs, **own, defaulted=defaulted)
