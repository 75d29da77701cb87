"""Fills in whatever form a page shows: its HTML comes in, what a person might send goes out."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

_WORDS = "Something plausible that is long enough to be a reason."
_BY_TYPE = {"email": "sam@example.org", "number": "1", "tel": "07700 900123", "time": "10:00",
            "date": "2026-11-18", "url": "https://example.org/"}  # fmt: skip
_NEVER = {"submit", "button", "file", "reset", "image"}


class _Forms(HTMLParser):
    """Every form of a page that posts: its fields, each with a value of the right kind."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[dict[str, Any]] = []
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = {name: value or "" for name, value in attrs}
        if tag == "form":
            posts = held.get("method", "").lower() == "post"
            self.forms.append({"action": held.get("action", ""), "posts": posts, "fields": {}})
        elif self.forms and tag == "select":
            self._select = held.get("name", "")
        elif self.forms and tag == "option" and self._select and held.get("value"):
            self.forms[-1]["fields"].setdefault(self._select, held["value"])
        elif self.forms and tag == "textarea" and held.get("name"):
            self.forms[-1]["fields"][held["name"]] = _WORDS
        elif self.forms and tag in ("input", "button") and held.get("name"):
            self._input(tag, held)

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""

    def _input(self, tag: str, held: dict[str, str]) -> None:
        fields, name = self.forms[-1]["fields"], held["name"]
        kind = held.get("type", "submit" if tag == "button" else "text")
        if tag == "button":
            fields.setdefault(name, held.get("value", ""))
        elif kind in ("radio", "checkbox"):
            fields.setdefault(name, held.get("value") or "on")
        elif kind not in _NEVER:
            fields[name] = held.get("value") or _typed(name, kind)


def _typed(name: str, kind: str) -> str:
    day, month, year = (name.endswith(end) for end in ("day", "month", "year"))
    part = "18" if day else "11" if month else "2026" if year else ""
    return part or _BY_TYPE.get(kind) or ("ZZ1 1ZZ" if "postcode" in name else _WORDS[:40])


def filled_in(page: str, address: str) -> dict[str, Any]:
    """What the form that posts to an address would send; with none there, the page's first."""
    found = _Forms()
    found.feed(page)
    posting = [form for form in found.forms if form["posts"]]
    mine = [form for form in posting if form["action"] in ("", address)]
    return dict(mine[0]["fields"]) if mine else {}
