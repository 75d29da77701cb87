"""Which header might hold what: headers and the cells under them come in; proposals, the likeliest
first, go out.

Names count most; what the cells look like confirms or rules out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

import pyarrow as pa

from openhiu.extract import dates, dialects
from openhiu.extract.layout import plain
from openhiu.tables.activity import TABLES
from openhiu.tables.identifiers import IdentifierFault, is_absent, read_nhs_number
from openhiu.tables.schema import Column, Table, Type

_SAMPLE: Final = 500
_ALIKE: Final = 0.6
_WORDS: Final = re.compile(r"[A-Za-z][a-z]+|[A-Z]+(?![a-z])|\d+")
_DATE: Final = re.compile(
    r"\d{4}-\d{1,2}-\d{1,2}.*|(19|20)\d{2}[01]\d[0-3]\d|"
    r"\d{1,2}[-/. ](\d{1,2}|[A-Za-z]{3,9})[-/. ]\d{2,4}.*"
)
_CLOCK: Final = re.compile(r"\d{1,2}:\d{2}(:\d{2})?(\.\d+)?|\d{3,4}")
_TIMED: Final = re.compile(r"\d[ T]\d{1,2}:\d{2}")
_WHOLE: Final = re.compile(r"\d{1,5}(\.0+)?")
# Words that mean the same in a header.
_SAME: Final[Mapping[str, str]] = {
    "arrival": "start", "arrive": "start", "arrived": "start", "admission": "start",
    "admitted": "start", "departure": "end", "leave": "end", "left": "end", "depart": "end",
    "discharge": "end", "discharged": "end", "disch": "end", "adm": "start", "gender": "sex",
    "dob": "birth", "hospital": "site", "cat": "category", "attend": "attendance",
    "dept": "department", "episode": "attendance", "patient": "person", "pseudo": "person",
    "client": "person", "no": "number", "surgery": "practice", "dest": "destination",
    "ethnicity": "ethnic", "trust": "provider", "diagnosis": "diagnoses",
    "surname": "name", "forename": "name", "mobile": "phone", "telephone": "phone",
}  # fmt: skip
# Other names that local extracts use.
_ALSO: Final[Mapping[str, tuple[str, ...]]] = {
    "person_id": ("Hospital Number", "MRN", "Pseudonym", "Person Identifier", "Health Service ID",
                  "Patient ID", "Pseudo ID", "Patient Ref", "Patient Number", "Client Ref"),
    "attendance_id": ("Attendance Number", "Attendance No", "Attendance Ref", "Episode ID"),
    "site_code": ("Hospital", "Hospital Name", "Site Name", "Hospital Site"),
    "arrival_datetime": ("Arrival", "Time of Arrival", "Arrived At", "Date of Arrival"),
    "departure_datetime": ("Departure", "Time of Departure", "Left At", "Date of Departure"),
    "admission_datetime": ("Admitted At", "Date of Admission"),
    "age_band": ("Age", "Age Group", "Age Range"),
    "ethnic_category": ("Ethnicity", "Ethnic Group"),
    "disposal": ("Attendance Disposal", "Disposal Method"),
    "diagnoses": ("Primary Diagnosis", "Diagnosis Code"),
}  # fmt: skip
_NOISE: Final = frozenset(
    {"snomed", "ct", "code", "datetime", "date", "time", "id", "der", "ec", "of", "at", "the"}
)


@dataclass(frozen=True)
class Look:
    """What the cells under one header look like, as shares of the filled cells (0 to 1)."""

    filled: int
    dates: float
    timed: float
    clocks: float
    wholes: float
    nhs_numbers: float


@dataclass(frozen=True)
class Proposal:
    """A header for a column of the table, and how much speaks for it (0 to 1)."""

    column: Column
    header: str
    score: float


def look(cells: pa.Array) -> Look:
    """What the first cells of a column look like."""
    texts = [text for text in cells.drop_null()[:_SAMPLE].to_pylist() if not is_absent(text)]
    passing = [not isinstance(read_nhs_number(text), IdentifierFault) for text in texts]

    def share(hits: Sequence[object]) -> float:
        return sum(map(bool, hits)) / len(texts) if texts else 0.0

    return Look(
        filled=len(texts),
        dates=share([_DATE.fullmatch(text) for text in texts]),
        timed=share([_TIMED.search(text) for text in texts]),
        clocks=share([_CLOCK.fullmatch(text) for text in texts]),
        wholes=share([_WHOLE.fullmatch(text) for text in texts]),
        nhs_numbers=share(passing),
    )


def propose(table: Table, looks: Mapping[str, Look]) -> list[Proposal]:
    """At most one header for each column and one column for each header."""
    names = _names(table)
    every = [
        Proposal(column, header, _score(column, header, names[column.name], look))
        for column in table.columns
        for header, look in looks.items()
    ]
    chosen: list[Proposal] = []
    for proposal in sorted(every, key=lambda each: -each.score):
        taken = any(
            proposal.column is other.column or proposal.header == other.header for other in chosen
        )
        if proposal.score >= _ALIKE and not taken:
            chosen.append(proposal)
    return chosen


def likeliest_table(looks: Mapping[str, Look]) -> Table:
    """The dataset for which most speaks, with most weight on what no row can do without."""

    def weight(table: Table) -> float:
        return sum(
            each.score * (2 if each.column.required or each.column.name == table.record_key[-1]
                          else 1)
            for each in propose(table, looks)
        )  # fmt: skip

    return max(TABLES.values(), key=weight)


def clock_beside(header: str, looks: Mapping[str, Look]) -> str | None:
    """The header of the times that go with a header of dates."""
    about = _words(header) - {"date"}
    for other, seen in looks.items():
        if other != header and seen.clocks > 0.9 and _words(other) - {"time"} == about:
            return other
    return None


def _names(table: Table) -> dict[str, set[str]]:
    """Every name under which each column of a table is known."""
    known = {name: {name, *_ALSO.get(name, ())} for name in table.names}
    for mapping in dialects.known():
        if mapping.dataset == table.name:
            for column, alternatives in mapping.columns.items():
                known[column].update(headers[0] for headers in alternatives)
    return known


def _score(column: Column, header: str, names: set[str], seen: Look) -> float:
    by_name = max(_alike(header, name) for name in names)
    if not seen.filled:
        return by_name * 0.9
    match column.type:
        case Type.TIMESTAMP:
            # Of two columns with the same name, the one that has the time of day as well.
            return (by_name - 0.001 * (seen.timed < 0.5)) if seen.dates > 0.8 else 0.0
        case Type.DATE:
            return by_name if seen.dates > 0.8 else 0.0
        case Type.PERSON:
            return max(by_name, 0.8 * (seen.nhs_numbers > 0.5)) * (seen.dates < 0.5)
        case Type.INTEGER:
            return by_name if seen.wholes > 0.8 else 0.0
        case Type.TEXT if column.name == "age_band":
            return by_name if seen.wholes < 0.2 else 0.0
        case _:
            times = seen.clocks > 0.8 and seen.wholes < 0.2
            return 0.0 if times or seen.dates > 0.5 or seen.nhs_numbers > 0.5 else by_name


def _alike(header: str, name: str) -> float:
    if plain(header) == plain(name):
        return 1.0
    one, other = _words(header) - _NOISE, _words(name) - _NOISE
    shared = len(one & other) / len(one | other) if one | other else 0.0
    letters = SequenceMatcher(None, plain(header), plain(name)).ratio()
    return max(shared * 0.95, letters * 0.9 if letters > 0.8 else 0.0)


def _words(header: str) -> set[str]:
    words = (word.lower() for word in _WORDS.findall(header))
    return {_SAME.get(word, word) for word in words}


def first_pattern(cells: pa.Array) -> str | None:
    """The pattern that the dates under a header are most often written in."""
    texts = cells.drop_null()[:100].to_pylist()
    found = dates.fast_patterns(texts, dates.DateStyle())
    return found[0] if found else None
