"""What the first rows of a file show about its writing: a first batch comes in, decisions that hold
for the whole file go out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from openhiu.extract import dates
from openhiu.extract.dates import DateStyle
from openhiu.extract.layout import Layout, Source, plain
from openhiu.tables.identifiers import IdentifierFault, IdentifierKind, is_absent, read_nhs_number
from openhiu.tables.schema import Type

_SAMPLE: Final = 100
_WHOLE_AS_DECIMAL: Final = re.compile(r"-?\d+\.0+")
_DATED: Final = (Type.DATE, Type.TIMESTAMP)
_EITHER_ORDER: Final = re.compile(r"\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}(\D.*)?")
# Enough to tell one in two from one in eleven, which is how often a number passes by chance.
_IDENTIFIERS_TRIED: Final = 2_000


@dataclass(frozen=True)
class Profile:
    """How a file writes its cells.

    `tails` are columns whose whole numbers came as 12.0; `slashed` are date columns where the
    order of day and month has to be watched; `spaced` tells that NHS numbers are written in groups;
    `notes` are sentences for the summary.
    """

    identifier: IdentifierKind
    styles: Mapping[str, DateStyle] = field(default_factory=dict)
    tails: frozenset[str] = frozenset()
    slashed: frozenset[str] = frozenset()
    spaced: bool = False
    notes: tuple[str, ...] = ()


def profile(layout: Layout, batch: pa.RecordBatch, *, date1904: bool = False) -> Profile:
    """Decide from the first batch how the file is to be read."""
    kind, note = _identifier(layout, batch)
    dated = [source for source in layout.sources if source.column.type in _DATED]
    samples = {source.column.name: _sample(source, batch) for source in dated}
    return Profile(
        identifier=kind,
        styles={source.column.name: _style(layout, source, batch, date1904) for source in dated},
        tails=frozenset(s.column.name for s in layout.sources if _has_tails(s, batch)),
        slashed=frozenset(
            name for name, sample in samples.items() if any(map(_EITHER_ORDER.fullmatch, sample))
        ),
        spaced=_is_spaced(layout, batch),
        notes=(*note, *_zone_notes(layout, dated, samples)),
    )


def _identifier(layout: Layout, batch: pa.RecordBatch) -> tuple[IdentifierKind, list[str]]:
    source = layout.source("person_id")
    if layout.mapping.identifier != "auto" or source is None or not source.headers:
        declared = layout.mapping.identifier
        return IdentifierKind("nhs_number" if declared == "auto" else declared), []
    if plain(source.headers[0][0]) == "nhsnumber":
        return IdentifierKind.NHS_NUMBER, []
    texts = batch.column(source.headers[0][0]).drop_null().unique().to_pylist()
    texts = texts[:: max(1, len(texts) // _IDENTIFIERS_TRIED)]
    given = [text for text in texts if not is_absent(text)]
    read = [read_nhs_number(text) for text in given]
    passing = sum(not isinstance(each, IdentifierFault) for each in read)
    if given and 2 * passing >= len(given):
        return IdentifierKind.NHS_NUMBER, [f"{source.label} is read as NHS numbers"]
    return IdentifierKind.PSEUDONYM, [
        f"{source.label} is read as pseudonyms: fewer than half of its values are NHS numbers"
    ]


def _is_spaced(layout: Layout, batch: pa.RecordBatch) -> bool:
    sources = [source for source in layout.sources if source.column.type is Type.PERSON]
    return any(" " in text or "-" in text for source in sources for text in _sample(source, batch))


def _style(layout: Layout, source: Source, batch: pa.RecordBatch, date1904: bool) -> DateStyle:
    name = source.column.name
    utc = layout.mapping.utc and source.column.type is Type.TIMESTAMP
    style = dates.style_of(layout.mapping.date_words(name), date1904=date1904, utc=utc)
    if not source.headers or style.patterns:
        return style
    headers = source.headers[0]
    clocks = _texts(batch, headers[1]) if len(headers) > 1 else []
    return replace(
        style,
        fast=dates.fast_patterns(_texts(batch, headers[0]), style),
        fast_clock=dates.fast_clocks(clocks),
    )


def _sample(source: Source, batch: pa.RecordBatch) -> list[str]:
    return _texts(batch, source.headers[0][0]) if source.headers else []


def _texts(batch: pa.RecordBatch, header: str) -> list[str]:
    texts: list[str] = batch.column(header)[: 4 * _SAMPLE].drop_null()[:_SAMPLE].to_pylist()
    return texts


def _has_tails(source: Source, batch: pa.RecordBatch) -> bool:
    if source.column.type is Type.PERSON or source.column.type in _DATED:
        return False
    return any(
        any(map(_WHOLE_AS_DECIMAL.fullmatch, _texts(batch, header)))
        for header in source.all_headers
    )


def _zone_notes(layout: Layout, dated: list[Source], samples: Mapping[str, list[str]]) -> list[str]:
    if layout.mapping.utc:
        return []
    return [
        f"{source.label} is marked as UTC (Z) and kept as written; if it is UTC, write "
        'timezone = "UTC" in a mapping and it becomes local time'
        for source in dated
        if any(text.endswith(("Z", "z")) for text in samples[source.column.name])
    ]


def unknown_codes(layout: Layout, accepted: pa.Table) -> list[str]:
    """Sentences about key columns with codes outside their list, which are kept as they are."""
    notes = []
    for source in layout.sources:
        column = source.column
        if not (column.key and column.codes) or column.closed:
            continue
        cells = accepted.column(column.name).drop_null()
        strange = len(cells) - pc.sum(pc.is_in(cells, pa.array(list(column.codes)))).as_py() \
            if len(cells) else 0  # fmt: skip
        if strange:
            notes.append(
                f"{source.label}: {strange} of the first {len(cells)} codes are not in the list of "
                f"{column.name} and are kept as they are; a code map in a mapping translates them"
            )
    return notes
