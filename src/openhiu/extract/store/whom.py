"""Which rows of a store are about somebody: keys with their issuers come in; rows can be asked.

A hospital's number is a key at that hospital only: another one may have given it to somebody else.
People are found by NHS number too, one step and no further: from the number to what the store calls
whoever has it. Where that leads to more than one person, nobody is forgotten; where it leads to
somebody with another name and date of birth, the number is not followed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from openhiu.errors import RefusedByPolicy
from openhiu.extract.store import layout, submissions
from openhiu.extract.store.commits import Commit
from openhiu.extract.store.whose import Fit, Whose, folded
from openhiu.tables.handover import ALL_SITES, NHS_ISSUER

# Who gave a key ("nhs", a site or a provider, ALL for the whole store, "" where nobody says), and
# the key.
Key = tuple[str, str]
_PERSON: Final = ("person_id", "nhs_number", "name", "birth_date")
_PLACES: Final = ("provider_code", "site_code", "destination_site_code")
_Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Whom:
    """Somebody's rows: by keys that count everywhere, NHS numbers, and keys of some places only.

    `whole` are keys whose rows about people are theirs alone. `not_followed` counts NHS numbers
    that only somebody else has here.
    """

    everywhere: frozenset[str]
    numbers: frozenset[str]
    at: Mapping[str, frozenset[str]]
    places: Mapping[str, frozenset[str]]
    whole: frozenset[str]
    not_followed: int = 0

    def rows(self, table: pa.Table) -> Any:
        """Which rows are about them."""
        found = _among(table, "person_id", self.everywhere | self.numbers)
        if "nhs_number" in table.column_names:
            own = _among(table, "person_id", self.whole)
            return pc.or_(pc.or_(found, own), _among(table, "nhs_number", self.numbers))
        for issuer, values in self.at.items():
            here = _among(table, _PLACES[0], self.places[issuer])
            for name in _PLACES[1:]:
                here = pc.or_(here, _among(table, name, self.places[issuer]))
            found = pc.or_(found, pc.and_(here, _among(table, "person_id", values)))
        return found


def columns(path: Path) -> list[str]:
    """The columns of a submission that say whom a row is about."""
    wanted = {"person_id", "nhs_number", *_PLACES}
    return [name for name in pq.ParquetFile(path).schema_arrow.names if name in wanted]


def find(
    root: Path, commit: Commit, keys: Collection[Key], known: Mapping[str, Whose] | None = None
) -> Whom:
    """Whom these keys mean in this store; `known` says of NHS numbers whose they are.

    Raises RefusedByPolicy where they lead to more than one person, or nobody can tell to whom.
    """
    issued: dict[str, set[str]] = {}
    for issuer, value in keys:
        issued.setdefault(issuer, set()).add(value)
    said, whole_store, numbers = (issued.pop(x, set()) for x in ("", ALL_SITES, NHS_ISSUER))
    local = {value for values in issued.values() for value in values} - said - whole_store
    people = _People(root, commit, numbers, local | whole_store)
    for value in whole_store - said:
        people.refuse_two(people.called(value))
    linked = {number: people.linked(number) - local - said for number in numbers}
    followed = {
        number: others for number, others in linked.items()
        if people.is_theirs(number, others, (known or {}).get(number))
    }  # fmt: skip
    people.wanted = set(followed)
    places, elsewhere = _places(root, commit, issued)
    return Whom(
        everywhere=frozenset(said | whole_store).union(*followed.values()),
        numbers=frozenset(followed),
        at={issuer: frozenset(values) for issuer, values in issued.items()},
        places=places,
        whole=frozenset(value for value in local if people.theirs(value, value in elsewhere)),
        not_followed=len(linked) - len(followed),
    )


class _People:
    """What the store says of people under these keys, and under those one step away."""

    def __init__(
        self, root: Path, commit: Commit, numbers: Collection[str], keys: Collection[str]
    ) -> None:
        self.wanted = set(numbers)
        tables = [
            pq.read_table(path, columns=list(_PERSON))
            for _, path in submissions.load(root, commit.of(layout.PEOPLE))
        ]
        near = self._pick(tables, {*keys, *numbers}, self.wanted)
        stands = {row["person_id"] for row in near if row["person_id"]}
        self.rows = self._pick(tables, {*keys, *numbers, *stands}, self.wanted)

    @staticmethod
    def _pick(tables: list[pa.Table], keys: Collection[str], numbers: Collection[str]) -> _Rows:
        found: _Rows = []
        for table in tables:
            named = _among(table, "person_id", keys)
            picked = table.filter(pc.or_(named, _among(table, "nhs_number", numbers)))
            found += picked.to_pylist()
        return found

    def numbered(self, number: str) -> _Rows:
        """Rows that say this NHS number, as the one or the other."""
        return [row for row in self.rows if number in (row["person_id"], row["nhs_number"])]

    def linked(self, number: str) -> set[str]:
        """What the store calls whoever has this NHS number."""
        return {row["person_id"] for row in self.numbered(number) if row["person_id"]} - {number}

    def called(self, key: str) -> _Rows:
        """Rows of whoever the store calls so."""
        return [row for row in self.rows if row["person_id"] == key]

    def is_theirs(self, number: str, others: Collection[str], known: Whose | None) -> bool:
        """Whether an NHS number is followed, to what the store calls whoever has it as well.

        It is not where everybody who has it differs from who is `known` in name and date of birth:
        when their own rows went by an exact key, it must not lead to the rows that stay.
        """
        rows = self.numbered(number) + [row for other in others for row in self.called(other)]
        if known is None:
            self.refuse_two(rows)
            return True
        fit = known.of(rows)
        if fit is Fit.UNCLEAR:
            raise _more_than_one()
        return fit is Fit.THEIRS

    def theirs(self, key: str, elsewhere: bool) -> bool:
        """Whether all rows under a hospital's number are of the one it is about.

        Rows about people do not say which hospital they are of. Those with a wanted NHS number are
        theirs; others are somebody else's where another hospital uses the number as well.
        """
        rows = self.called(key)
        own = [row for row in rows if row["nhs_number"] in self.wanted]
        others = [row for row in rows if row not in own and row["nhs_number"]]
        if not (others if own else elsewhere):
            self.refuse_two(rows)
            return True
        if len(own) + len(others) < len(rows):  # nobody can say whose the rest are
            raise _more_than_one()
        return False

    @staticmethod
    def refuse_two(rows: _Rows) -> None:
        """Raise RefusedByPolicy where rows say more than one name or date of birth."""
        names = {folded(row["name"]) for row in rows} - {""}
        births = {row["birth_date"] for row in rows} - {None}
        if len(names) > 1 or len(births) > 1:
            raise _more_than_one()


def _places(
    root: Path, commit: Commit, issued: Mapping[str, Collection[str]]
) -> tuple[dict[str, frozenset[str]], set[str]]:
    """Where each issuer's numbers count: there, and at its provider; and which are used elsewhere.

    A provider is known by the rows it sent of that site.
    """
    if not issued:
        return {}, set()
    values = {value for several in issued.values() for value in several}
    used: set[tuple[str, ...]] = set()
    counts = {issuer: {issuer} for issuer in issued}
    for table in _activity(root, commit):
        at = _distinct(table.filter(_among(table, "site_code", issued)), _PLACES[:2])
        for provider, site in at:
            counts[site].update({provider} - {""})
        named = table.filter(_among(table, "person_id", values))
        used.update(_distinct(named, ("person_id", *_PLACES)))
    elsewhere = {
        value for value, *places in used
        if not any(value in issued[issuer] and counts[issuer] & {*places} for issuer in issued)
    }  # fmt: skip
    return {issuer: frozenset(places) for issuer, places in counts.items()}, elsewhere


def _activity(root: Path, commit: Commit) -> Iterator[pa.Table]:
    entries = [entry for entry in commit.submissions if entry.dataset != layout.PEOPLE]
    for _, path in submissions.load(root, entries):
        for batch in pq.ParquetFile(path).iter_batches(columns=columns(path)):
            yield pa.Table.from_batches([batch])


def _distinct(table: pa.Table, names: Collection[str]) -> set[tuple[str, ...]]:
    """Each combination once; what is empty, or no column of this table, is ""."""
    there = [name for name in names if name in table.column_names]
    rows = table.group_by(there).aggregate([]).to_pylist()
    return {tuple(str(row.get(name) or "") for name in names) for row in rows}


def _among(table: pa.Table, name: str, values: Collection[str]) -> Any:
    """Which rows have one of these in that column; none where there is no such column."""
    if name not in table.column_names:
        return pa.chunked_array([pa.array([False] * table.num_rows, pa.bool_())])
    wanted = pa.array(sorted(values), pa.string())
    return pc.fill_null(pc.is_in(table[name].cast(pa.string()), wanted), False)


def _more_than_one() -> RefusedByPolicy:
    return RefusedByPolicy(
        "the numbers of this person lead to more than one person in the store, or to one whose "
        "name or date of birth is another",
        remedy="look whose each row is; hiu forget with a file that has the column person_id alone "
        "forgets exactly the keys you name. Leave the NHS number out from then on: what still has "
        "it is somebody else's. Where the number in the service's record is wrong, put it right",
    )
