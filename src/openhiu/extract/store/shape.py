"""How a declared table looks to the store's SQL: a `Table` comes in; named fragments go out.

Fragments are made of declared column names only; values always travel as parameters.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Final

import pyarrow as pa

from openhiu.tables.schema import Table

# Beside the declared columns a submission keeps where each row came from and what it says.
TRACE: Final = (
    pa.field("_submission", pa.string()),
    pa.field("_row", pa.int64()),
    pa.field("_content", pa.int64()),
    pa.field("_weak", pa.string()),
)
VERSION: Final = pa.field("_version", pa.timestamp("us"))
GONE: Final = pa.schema(
    [
        pa.field("owner", pa.string()),
        pa.field("key", pa.string()),
        pa.field("version", pa.timestamp("us")),
        pa.field("content", pa.int64()),
    ]
)
PERSONS: Final = pa.schema([pa.field("person_no", pa.int64()), pa.field("person_id", pa.string())])


@dataclass(frozen=True)
class Shape:
    """One table as the store sees it."""

    table: Table

    @property
    def numbered(self) -> bool:
        """True for activity, whose persons are numbered; people keep their own key."""
        return self.table.happened is not None

    @property
    def record_column(self) -> str:
        """The sender's identifier of the record."""
        return self.table.record_key[-1]

    @property
    def owner(self) -> str:
        """Who sent the record: the provider or, without one, the site. People belong to nobody."""
        names = [name for name in ("provider_code", "site_code") if name in self.table]
        return f"coalesce({', '.join(names)}, '')" if names else "''"

    @property
    def place(self) -> str:
        """Where it happened, for the key of rows without a record identifier."""
        return "coalesce(site_code, '')" if "site_code" in self.table else self.owner

    @property
    def happened(self) -> str:
        """When it happened; people have no such moment."""
        return self.table.happened or "cast(null as timestamp)"

    @property
    def month(self) -> str:
        """The month file a row belongs to."""
        return f"strftime({self.happened}, '%Y-%m')" if self.numbered else f"'{self.table.name}'"

    @property
    def person(self) -> str:
        """The sort key within a site."""
        return "person_no" if self.numbered else "person_id"

    @property
    def content(self) -> str:
        """Everything the row says, in one unambiguous text."""
        cells = [f"coalesce({self._text(name)}, chr(30))" for name in self.table.names]
        return f"concat({', chr(31), '.join(cells)})"

    def submission_schema(self) -> pa.Schema:
        """The columns of a submission file."""
        return pa.schema([*self.table.arrow_schema(), *TRACE])

    def prepared_schema(self) -> pa.Schema:
        """The columns of a month file."""
        return pa.schema([*self._prepared_fields(), *TRACE, VERSION])

    def columns(self, rows: str, person_no: str) -> str:
        """The columns of a month file, read from the relation `rows`."""
        names = [
            f"{person_no} as person_no" if name == "person_no" else f'{rows}."{name}"'
            for name in self.prepared_schema().names
            if name != VERSION.name
        ]
        return ", ".join(names)

    def _prepared_fields(self) -> list[pa.Field]:
        return [
            pa.field("person_no", pa.int64())
            if self.numbered and field.name == "person_id"
            else field
            for field in self.table.arrow_schema()
        ]

    def _text(self, name: str) -> str:
        plain = pa.types.is_string(self.table[name].type.arrow)
        return f'"{name}"' if plain else f'cast("{name}" as varchar)'

    def parts(self) -> Mapping[str, str]:
        """The fragments that the SQL files name in braces."""
        declared = ", ".join(f'"{name}"' for name in self.table.names)
        return {
            "declared": declared,
            "record": self.record_column,
            "owner": self.owner,
            "key": f"coalesce(_weak, 's' || {self.record_column})",
            "place": self.place,
            "happened": self.happened,
            "month": self.month,
            "content": self.content,
            "person": self.person,
            "site": "coalesce(site_code, '')" if "site_code" in self.table else "''",
            "fresh_columns": self.columns("i", "n.person_no"),
            "prepared_columns": self.columns("p", "p.person_no"),
        }

    def sql(self, name: str) -> str:
        """The text of `sql/<name>.sql` for this table."""
        folder = resources.files("openhiu.extract.store") / "sql"
        return (folder / f"{name}.sql").read_text("utf-8").format_map(self.parts())
