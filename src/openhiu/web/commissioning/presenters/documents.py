"""Documents in words: what can be made, what stands on the shelf, and what one of them holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from openhiu.web.access.actor import Actor
from openhiu.web.commissioning import policies, queries
from openhiu.web.commissioning.making.blocks import Drawn, drawn
from openhiu.web.commissioning.making.documents import KINDS
from openhiu.web.commissioning.making.kinds import Kind
from openhiu.web.commissioning.models import AreaVersion, Comparison, Document, Making
from openhiu.web.reporting.presenters.reports import size_of

MakingState: Any = Making.State
_WHAT: Final = {
    "pdf": ("PDF", "To print or send. Tagged for screen readers"),
    "docx": ("Word", "To edit: real headings, captions and contents"),
    "html": ("Web page", "The same words as one page, readable without this site"),
    "xlsx": ("Workbook", "Every table, to calculate with"),
    "json": ("Data", "The result as plain data, for the command line"),
    "svg": ("Picture", "A drawing, to enlarge without loss"),
    "png": ("Picture", "A picture for slides"),
}
_ORDER: Final = ("docx", "pdf", "html", "xlsx", "svg", "png", "json")


@dataclass(frozen=True)
class Offered:
    """A kind of document on the shelf: the newest one, what is missing for it, why not now;
    whether it `waits` for tiers.
    """

    kind: Kind
    newest: Document | None
    changed: str
    missing: int
    why_not: str
    waits: bool


@dataclass(frozen=True)
class File:
    """One file of a document: its name, what it is for, how large, and its hash."""

    name: str
    title: str
    what: str
    words: str
    size: str
    sha256: str

    @property
    def ending(self) -> str:
        """What kind of file it is."""
        return self.name.rpartition(".")[2]

    @property
    def is_picture(self) -> bool:
        """Whether it is one of its drawings."""
        return self.ending in ("svg", "png")


@dataclass(frozen=True)
class Piece:
    """One block of a document as a template draws it: `told` is its plain data."""

    kind: str
    told: Mapping[str, Any]
    table: Drawn | None = None


def offered(actor: Actor, missing: Mapping[str, int], running: Making | None) -> list[Offered]:
    """Every kind that can be made, with the newest of it."""
    newest: dict[str, Document] = {}
    for document in queries.kept_documents(actor):
        newest.setdefault(document.what, document)
    area, tiers = queries.latest_area(actor), queries.latest_tiers(actor)
    return [
        Offered(
            kind, newest.get(kind.key), changed_since(newest.get(kind.key), area, tiers),
            missing.get(kind.key, 0),
            policies.why_not_make(actor, kind.needs_tiers, tiers, running),
            kind.needs_tiers and tiers is None,
        )
        for kind in KINDS.values()
    ]  # fmt: skip


def changed_since(document: Document | None, area: AreaVersion | None, tiers: Any) -> str:
    """What is newer than the document, in a sentence; empty where nothing is."""
    if document is None:
        return ""
    if tiers is not None and document.tiers_id != tiers.pk:
        return "Newer tiers have arrived since it was made."
    if area is not None and document.area_id != area.pk:
        return "The area's settings were changed since it was made."
    return ""


def shelf(documents: Iterable[Document]) -> list[tuple[Document, str, list[File]]]:
    """Documents as they stand on the shelf, each with its main files; none where it is a pack."""
    return [(one, _title(one), _main(one)) for one in documents]


def files(document: Document) -> list[File]:
    """Every file of a document, those that people open first in front."""
    found = [_file(file) for file in document.files]
    return sorted(found, key=lambda file: (_rank(file.name), file.name))


def document_page(document: Document, comparisons: Iterable[Comparison]) -> dict[str, Any]:
    """What one document's page says of it."""
    found = files(document)
    pages = [file.name for file in found if file.ending == "html"]
    own = f"{document.what}.html"
    return {
        "title": _title(document),
        "files": [file for file in found if not file.is_picture],
        "pictures": [file for file in found if file.is_picture],
        "web_page": own if own in pages else pages[0] if len(pages) == 1 else "",
        "comparisons": [(one, _compared(one)) for one in comparisons],
        "inputs": sorted(document.inputs.items()),
    }


def pieces(page: Sequence[Mapping[str, Any]], *, only: tuple[str, ...] = ()) -> list[Piece]:
    """The blocks of a document's page; of some kinds only, where they are named. What is still to
    be said is told by the page itself, in its own words.
    """
    found = [block for part in page for block in part["blocks"] if not block.get("warning")]
    return [
        Piece(one["kind"], one, _table_of(one)) for one in found if not only or one["kind"] in only
    ]


def _table_of(one: Mapping[str, Any]) -> Drawn | None:
    if one["kind"] == "table":
        return drawn(one)
    return drawn(one["table"]) if one.get("table") else None


def steps(making: Making, names: Sequence[str]) -> list[tuple[str, str, str]]:
    """Each step of making a document: its words, how it stands, the colour of the mark."""
    found = []
    for number, name in enumerate(names):
        if number < making.step or making.state == MakingState.DONE:
            found.append((name, "Done", ""))
        elif number > making.step:
            found.append((name, "Not yet", "grey"))
        elif making.state == MakingState.RUNNING:
            found.append((name, "Now", "blue"))
        else:
            found.append((name, "Stopped here", "red"))
    return found


def question(document: Document) -> dict[str, str]:
    """The page that asks once more before a document is put away."""
    return {
        "title": "Set this document aside?",
        "text": "It stays here with its files, and is no longer offered as the newest.",
        "submit": "Set aside",
        "variant": "warning",
        "caption": _title(document),
    }


def download_name(document: Document, name: str) -> str:
    """The name a downloaded file gets: what it is and its edition stand before its own."""
    return f"{document.what}-edition-{document.edition}-{name.rpartition('/')[2]}"


def _title(document: Document) -> str:
    return KINDS[document.what].title if document.what in KINDS else document.title


def _main(document: Document) -> list[File]:
    found = [file for file in files(document) if file.name.rpartition(".")[0] == document.what]
    printed = [file for file in found if file.ending in ("docx", "pdf")]
    return [*printed, *(file for file in found if file.ending == "xlsx")] if printed else []


def _rank(name: str) -> int:
    ending = name.rpartition(".")[2]
    return _ORDER.index(ending) if ending in _ORDER else len(_ORDER)


def _file(file: Mapping[str, Any]) -> File:
    name = file["name"]
    what, said = _WHAT.get(name.rpartition(".")[2], ("File", ""))
    stem = name.rpartition("/")[2].rpartition(".")[0]
    title = stem.replace("-", " ").replace("_", " ").capitalize()
    return File(name, title, what, said, size_of(file["size"]), file["sha256"])


def _compared(one: Comparison) -> str:
    if not one.differing:
        return f"The same to the byte: all {one.files} files"
    return f"Different: {', '.join(one.differing[:6])}"
