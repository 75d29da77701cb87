"""A document becomes a web page: a file that stands alone, or the same words as the body of a page.

Templates escape everything; there is no script, and no style but one sheet in the file that stands
alone. The body uses the class names of the NHS design system, which the workspace has already.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from functools import cache

from jinja2 import Environment, PackageLoader
from markupsafe import Markup

from openhiu.paper.blocks import (
    Document,
    Drawing,
    Fields,
    Figure,
    Heading,
)
from openhiu.paper.captions import behind, labels, titled

PictureOf = Callable[[Figure], str]


def make(document: Document) -> bytes:
    """A file with everything in it: words, style sheet and pictures."""
    page = _templates().get_template("page.html")
    return page.render(**_values(document, _in_the_file)).encode()


def body(document: Document, picture_of: PictureOf) -> Markup:
    """The same words from the title on, escaped already. `picture_of` gives a figure's address."""
    page = _templates().get_template("body.html")
    # Every word in it went through the template's escaping; nothing else is trusted here.
    return Markup(page.render(**_values(document, picture_of)))  # noqa: S704


def _values(document: Document, picture_of: PictureOf) -> dict[str, object]:
    contents = document.contents
    headings = [one for one in document.blocks if isinstance(one, Heading)]
    listed = [one for one in headings if contents and one.level <= contents.depth]
    return {
        "document": document, "picture_of": picture_of, "language": document.language,
        "in_the_page": _in_the_page, "kind": lambda block: type(block).__name__,
        "labels": labels(document), "titled": titled, "behind": behind, "listed": listed,
        "place_of": {id(one): f"part-{n}" for n, one in enumerate(listed, 1)}, "id_of": id,
        "more": bool(document.marking or contents or _has_form(document)),
    }  # fmt: skip


def _has_form(document: Document) -> bool:
    return any(isinstance(block, Fields) for block in document.blocks)


def _in_the_file(figure: Figure) -> str:
    return _in_the_page(figure.drawing)


def _in_the_page(drawing: Drawing) -> str:
    return f"data:image/svg+xml;base64,{b64encode(drawing.svg.encode()).decode()}"


@cache
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("openhiu.paper", "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
