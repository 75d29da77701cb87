"""What a document is made from comes in, by the hash of each piece; its files, its manifest and its
page go out. Nothing is stored here.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Any, Final

from openhiu.locality.writing import as_toml
from openhiu.report.tiers import told
from openhiu.web.commissioning import queries
from openhiu.web.commissioning.area import reading
from openhiu.web.commissioning.area.reading import FILE
from openhiu.web.commissioning.making import blocks
from openhiu.web.commissioning.making.kinds import Gathered, Kind
from openhiu.web.commissioning.models import AreaVersion, Tiers
from openhiu.web.reporting.keeping import kept
from openhiu.web.reporting.models import Evaluation
from openhiu.web.reporting.reading import RESULT

OBSERVED: Final = "observed.json"
MANIFEST: Final = "manifest.json"
_INPUTS: Final = "inputs/"


@dataclass(frozen=True)
class Sources:
    """Which versions a document is made from. `observed` says as bytes what the service did."""

    as_of: date
    area: AreaVersion | None
    tiers: Tiers | None
    evaluation: Evaluation | None
    observed: bytes | None


@dataclass(frozen=True)
class Composed:
    """A document as it was made. `files` may be taken away; `inputs` are what it was made from."""

    title: str
    files: Mapping[str, bytes]
    inputs: Mapping[str, bytes]
    manifest: bytes
    page: bytes
    missing: list[dict[str, str]] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def gather(sources: Sources) -> Gathered:
    """Each source, proved to be what was kept and read as the command line reads it.

    Raises:
        Altered: one of them is not what it was.
        HiuError: one of them cannot be read by this version.
    """
    given = {FILE: as_toml(queries.settings_of(sources.area)).encode()}
    given |= queries.files_of(sources.area)
    tiers = evaluation = None
    if sources.tiers:
        given[told.FILE] = queries.tiers_file(sources.tiers, told.FILE)
        tiers = queries.told_by(sources.tiers)
    if sources.evaluation:
        found = sources.evaluation
        given[RESULT] = kept(found.service_id, found.files[RESULT], RESULT)
        evaluation = json.loads(given[RESULT])
    if sources.observed is not None:
        given[OBSERVED] = sources.observed
    return Gathered(
        as_of=sources.as_of,
        settings=queries.settings_of(sources.area),
        beside=queries.files_of(sources.area),
        tiers=tiers,
        evaluation=evaluation,
        observed=json.loads(sources.observed) if sources.observed is not None else None,
        given=given,
    )


def compose(kind: Kind, gathered: Gathered) -> Composed:
    """Write the document and every file of it.

    Raises:
        HiuError: it cannot be made of what there is, with why.
    """
    # Charts, PDF and Word are loaded where a document is made, not where pages are served.
    from openhiu.report import folder

    with reading.laid_out(gathered.settings, gathered.beside) as locality:
        made = kind.make(gathered, locality)
        contents = folder.contents(made)
    inside = {name for name in contents if name.startswith(_INPUTS) or name in made.stays}
    return Composed(
        title=made.title,
        files={name: data for name, data in contents.items() if name not in {*inside, MANIFEST}},
        inputs={**gathered.given, **{name: contents[name] for name in sorted(inside)}},
        manifest=contents[MANIFEST],
        page=_page(made),
        missing=[{"what": one.what, "remedy": one.remedy} for one in made.missing],
        warnings=list(made.warnings),
    )


def digest(data: bytes) -> str:
    """The hash that a file is kept under."""
    return sha256(data).hexdigest()


def _page(made: Any) -> bytes:
    told = [
        {
            "title": one.document.title,
            "stem": one.stem,
            "blocks": blocks.as_data(one.document.blocks),
        }
        for one in made.documents
    ]
    return json.dumps(told, ensure_ascii=False).encode()
