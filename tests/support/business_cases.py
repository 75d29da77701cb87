"""Business cases of Madeup Vale (support/tiers.py, support/staffing.py): with every setting said,
and with none.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from openhiu.locality import Locality, locality_from
from openhiu.paper.blocks import Block, Document, Figure, Table
from openhiu.report.business_case.case import Case, gather
from openhiu.report.business_case.make import make
from openhiu.report.folder import Folder
from support.staffing import sample_staffing
from support.tiers import sample_tiers

EVALUATION = Path(__file__).parent / "evaluation_sample.json"
SAID: dict[str, Any] = {
    "name": "Madeup Vale",
    "places": [{"code": "NORTH", "name": "North Vale", "leads": 1.0,
                "service": "One lead at Vale General since 2024", "funded_until": "2029-09-30"},
               {"code": "SOUTH", "name": "South Vale", "leads": 0.0},
               {"code": "EAST", "name": "East Vale", "leads": 0.0}],
    "business_case": {
        "starts": "2026-10-01", "deficit_gbp": 38_500_000, "deficit_year": "2026/27",
        "funding_source": "the health inequalities allocation", "funding_gbp": 400_000,
        "approval_body": "Madeup Vale ICB investment committee", "approval_by": "2026-05-29",
        "owner": "The director of urgent care",
        "procurement": "a competitive award",
        "risks": [{"risk": "A hospital changes its record system", "mitigation": "Lists are made "
                   "a month ahead", "owner": "Head of information"}],
    },
}  # fmt: skip


def place(**case: Any) -> Locality:
    """The place with everything said, and what is given said otherwise."""
    return locality_from({**SAID, "business_case": {**SAID["business_case"], **case}}, Path("here"))


def evaluation() -> dict[str, Any]:
    """An evaluation with an estimate over 3 months."""
    found: dict[str, Any] = json.loads(EVALUATION.read_bytes())
    return found


def folder(locality: Locality | None = None, **more: Any) -> Folder:
    """The folder of the case; of a place that said nothing where none is given."""
    return make(sample_tiers(), sample_staffing(), locality or Locality(), **more)


@cache
def full() -> Folder:
    """The folder of the place that said everything."""
    return folder(place())


@cache
def unsaid() -> Folder:
    """The folder of a place that said nothing."""
    return folder()


def case(locality: Locality | None = None) -> Case:
    """The case itself, for its sections."""
    tiers = sample_tiers()
    return gather(tiers, sample_staffing(), locality or Locality(), None, tiers.as_of)


def bare(found: Folder) -> str:
    """Every word of the document, alternative texts among them."""
    return " ".join(words_of(found.documents[0].document))


def words_of(document: Document) -> list[str]:
    """Block by block, pictures without their bytes."""
    return [document.title, document.subtitle, *map(_words, document.blocks)]


def _words(block: Block) -> str:
    if isinstance(block, Figure):
        return f"{block.caption} {block.alt} {_words(block.table) if block.table else ''}"
    if isinstance(block, Table):
        cells = (block.shown(cell) for row in block.rows for cell in row)
        return " ".join([block.caption, *block.columns, *cells, block.note])
    return " ".join(_strings(vars(block)))


def _strings(found: Any) -> list[str]:
    if isinstance(found, str):
        return [found]
    if isinstance(found, dict):
        return [words for one in found.values() for words in _strings(one)]
    if isinstance(found, tuple | list):
        return [words for one in found for words in _strings(one)]
    return _strings(vars(found)) if hasattr(found, "__dataclass_fields__") else []
