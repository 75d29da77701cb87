"""Every kind of document that the product writes, made from the samples of the tests: its documents
by the name of their file. A new kind gets a line here, and with it every check in tests/documents.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Final

from openhiu.locality import Locality
from openhiu.paper.blocks import Document
from openhiu.report.folder import Folder

Documents = Mapping[str, Document]


def documents_of(folder: Folder) -> Documents:
    """The documents of a folder by the name of their file."""
    return {one.stem: one.document for one in folder.documents}


def board() -> Documents:
    """The quarterly board report."""
    from support.board_reports import report

    return {"report": report().document}


def reach() -> Documents:
    """Reach of the sample area, and of a country of 200 hospitals."""
    from openhiu.report.reach.make import make
    from support.reach import many
    from support.tiers import sample_tiers

    small, _ = make(sample_tiers(), Locality(), None, {})
    large, _ = make(many(), Locality(), None, {})
    return {**documents_of(small), "reach-of-a-country": large.documents[0].document}


def service_specification() -> Documents:
    """The specification of the sample area, complete and with nothing said."""
    from openhiu.report.service_specification.make import make
    from support.specifications import bare, source

    complete, empty = make(source()), make(bare())
    return {**documents_of(complete), "specification-of-nothing": empty.documents[0].document}


def tiers() -> Documents:
    """The tiers of the sample area, with exact counts and as anybody may see them."""
    from openhiu.report.tiers.make import folder
    from support.tiers import sample_tiers

    exact = documents_of(folder(sample_tiers(publishable=False), {}))
    shown = documents_of(folder(sample_tiers(), {}))
    return {**exact, **{f"{stem}-publishable": one for stem, one in shown.items()}}


def staffing() -> Documents:
    """How many leads the sample area needs."""
    from openhiu.report.staffing.make import make
    from support.tiers import sample_tiers

    return documents_of(make(sample_tiers(), Locality()))


def business_case() -> Documents:
    """The case with everything said, and with nothing said."""
    from support.business_cases import full, unsaid

    return {**documents_of(full()), "case-of-nothing": unsaid().documents[0].document}


def starter_pack() -> Documents:
    """Every paper of the pack, filled and with nothing said."""
    from support.starter_pack import bare, whole

    unsaid = {f"{stem}-of-nothing": one for stem, one in documents_of(bare()).items()}
    return {**documents_of(whole()), **unsaid}


KINDS: Final[Mapping[str, Callable[[], Documents]]] = {
    "board": board,
    "tiers": tiers,
    "staffing": staffing,
    "business-case": business_case,
    "service-specification": service_specification,
    "starter-pack": starter_pack,
    "reach": reach,
}


@cache
def documents(kind: str) -> Documents:
    """The documents of a kind, made once."""
    return KINDS[kind]()
