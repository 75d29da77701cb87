"""The web page: escaped, without script, whole in one file; the same words as a body."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from openhiu.paper import webpage
from openhiu.paper.blocks import Document
from support.paper_document import HOSTILE, made_document


class Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def parsed(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    return reader


@pytest.fixture(scope="module")
def document() -> Document:
    return made_document()


@pytest.fixture(scope="module")
def page(document: Document) -> str:
    return webpage.make(document).decode()


@pytest.fixture(scope="module")
def body(document: Document) -> str:
    return str(webpage.body(document, lambda figure: f"/figures/{figure.name}.svg"))


@pytest.mark.parametrize("which", ["page", "body"])
def test_what_somebody_typed_is_text_and_nothing_else(
    which: str, request: pytest.FixtureRequest
) -> None:
    read = parsed(request.getfixturevalue(which))
    assert read.of("script") == []
    assert HOSTILE in read.text
    assert "49" not in read.text
    for _, attributes in read.tags:
        assert "style" not in attributes
        assert not [name for name in attributes if name.startswith("on")]


def test_the_file_needs_nothing_beside_it(page: str) -> None:
    read = parsed(page)
    assert read.of("html") == [{"lang": "en-GB"}]
    assert read.of("link") == []
    [picture] = read.of("img")
    assert (picture["src"] or "").startswith("data:image/svg+xml;base64,")
    assert picture["alt"] == f"Two bars. {HOSTILE}"
    assert re.search(r"<style>.*</style>", page, re.DOTALL)


def test_the_body_has_no_style_sheet_and_its_pictures_where_they_are_served(body: str) -> None:
    read = parsed(body)
    assert read.of("style") == []
    assert [picture["src"] for picture in read.of("img")] == ["/figures/picture.svg"]


def test_headings_follow_each_other_and_tables_say_what_heads_what(body: str) -> None:
    read = parsed(body)
    order = [tag for tag, _ in read.tags if re.fullmatch("h[1-6]", tag)]
    assert order == ["h1", "h2", "h2", "h3"]
    scopes = [attributes.get("scope") for attributes in read.of("th")]
    assert scopes.count("col") == 8
    assert scopes.count("row") == 6
    assert len(read.of("caption")) == 2


def test_the_same_document_is_the_same_page(document: Document, page: str) -> None:
    assert webpage.make(document).decode() == page
