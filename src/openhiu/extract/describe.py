"""docs/reference/dialects.md, written from the dialect files; run as a module it writes this page
and that of the tables into a folder.
"""

from __future__ import annotations

import sys
from pathlib import Path

from openhiu.extract import dialects
from openhiu.extract.mapping import Mapping
from openhiu.tables.describe import tables_page

_HEAD = """# The dialects

<!-- Written from src/openhiu/extract/dialects/*.toml by `python -m openhiu.extract.describe
docs/reference`; a test keeps the two the same. -->

The headers `hiu extract` knows already. `--dialect auto` (the default) takes the one with a place
for most of a file's headers; case, spaces, underscores and punctuation do not matter. Of several
names the first that the file has is read; where it says *then*, an empty cell takes the next one.
The names of the [tables](tables.md) themselves are the dialect `canonical`.
"""


def dialects_page() -> str:
    """The page, as Markdown."""
    return "\n".join([_HEAD, *(_dialect(mapping) for mapping in dialects.shipped())])


def _dialect(mapping: Mapping) -> str:
    known_by = {
        "nhs_number": "NHS numbers",
        "pseudonym": "pseudonyms",
        "auto": "NHS numbers where at least half of the first values are, else pseudonyms",
    }[mapping.identifier]
    return "\n".join(
        [
            f"## {mapping.name}",
            "",
            f"{mapping.meaning}. Becomes `{mapping.dataset}`; people are known by {known_by}.",
            "",
            "| column | headers |",
            "|---|---|",
            *(f"| `{column}` | {_headers(mapping, column)} |" for column in mapping.columns),
            "",
            *_translations(mapping),
        ]
    )


def _headers(mapping: Mapping, column: str) -> str:
    word = ", then " if column in mapping.fill else " or "
    return word.join(
        " with ".join(f"`{header}`" for header in headers) for headers in mapping.columns[column]
    )


def _translations(mapping: Mapping) -> list[str]:
    lines = [
        f"- `{column}`: "
        + ", ".join(f"`{label}` becomes {_meaning(code)}" for label, code in codes.items())
        + "."
        for column, codes in mapping.codes.items()
    ]
    lines += [
        f"- `{column}`: {', '.join(f'`{ending}`' for ending in endings)} at the end is taken off."
        for column, endings in mapping.endings.items()
    ]
    return [*lines, ""] if lines else []


def _meaning(code: str) -> str:
    return f"`{code}`" if code else "empty"


def write(folder: Path) -> None:
    """Write both pages into a folder."""
    for name, page in (("tables", tables_page()), ("dialects", dialects_page())):
        (folder / f"{name}.md").write_text(page, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
