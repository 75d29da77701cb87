"""Watches everything a browser is told during a journey: a context comes in, its faults go out.

No console error, no breach of the content policy, no answer that a browser may keep, nothing of a
person in an address, a title or the browser's own storage, nothing that axe objects to.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, ClassVar
from urllib.parse import unquote_plus, urlsplit

from axe_playwright_python.sync_playwright import Axe

KEPT = """async () => [
  ["localStorage", localStorage.length], ["sessionStorage", sessionStorage.length],
  ["indexedDB", (await indexedDB.databases()).length], ["caches", (await caches.keys()).length],
  ["serviceWorkers", (await navigator.serviceWorker.getRegistrations()).length],
].filter(([, count]) => count).map(([name]) => name)"""
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
KEY = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?<=/join/)[\w-]+")
# What a browser says of every answer that is not 200; the answers themselves are looked at below.
OF_A_STATUS = re.compile(r"the server responded with a status of \d+")


class Watch:
    """Collects what is wrong in one browser context; `said` is empty after a good journey."""

    seen: ClassVar[set[tuple[str, int]]] = set()  # pages axe has looked at, by kind and width

    def __init__(self, address: str, names: Callable[[], list[str]]) -> None:
        self.address = address
        self.names = names
        self.said: list[str] = []
        self.forgiven: list[str] = []
        self.addresses: set[str] = set()
        self.titles: set[str] = set()

    def over(self, context: Any) -> None:
        """Begin to watch a context."""
        context.on("console", self._console)
        context.on("weberror", lambda fault: self._note(f"script: {fault.error}"))
        context.on("request", lambda asked: self.addresses.add(asked.url))
        context.on("response", self._answered)

    def forgive(self, *parts: str) -> None:
        """Expect sayings with these words: the journey itself breaks something."""
        self.forgiven += parts

    def look(self, page: Any) -> None:
        """Look at the page that is open now."""
        self.titles.add(page.title())
        if kept := page.evaluate(KEPT):
            self._note(f"{kind(page.url)} keeps something in {kept}")
        self._axe(page)

    def wrong(self) -> list[str]:
        """Everything that was wrong; the last look is at every address and title."""
        names = [name.lower() for name in self.names()]
        for address in self.addresses:
            text = unquote_plus(urlsplit(address).path + "?" + urlsplit(address).query).lower()
            self.said += [f"{name} stands in {text}" for name in names if name in text]
        for title in self.titles:
            if not title.endswith("OpenHIU"):
                self.said.append(f"a page is titled {title}")
            self.said += [f"a title names {name}" for name in names if name in title.lower()]
        return self.said

    def _axe(self, page: Any) -> None:
        here = (kind(page.url) + title_kind(page), page.viewport_size["width"])
        if here in self.seen:
            return
        self.seen.add(here)
        scope = {"exclude": [["tbody tr:nth-child(n+6)"]]}  # rows are alike: five of each table
        options = {"runOnly": {"type": "tag", "values": TAGS}}
        found = Axe().run(page, context=scope, options=options).response["violations"]
        for each in found:
            if not on_purpose(each):
                self._note(f"axe on {here}: {each['id']}: {each['nodes'][0]['html']}")

    def _console(self, said: Any) -> None:
        if said.type in ("error", "warning") and not OF_A_STATUS.search(said.text):
            self._note(f"console: {said.text}")

    def _answered(self, answer: Any) -> None:
        if not answer.url.startswith(self.address):
            if not answer.url.startswith("data:"):
                self._note(f"asked elsewhere: {answer.url}")
            return
        if answer.status >= 500:
            self._note(f"{answer.status} from {kind(answer.url)}")
        still = urlsplit(answer.url).path.startswith("/static/")
        if still and answer.status >= 400:
            self._note(f"missing: {answer.url}")
        if not still and answer.headers.get("cache-control") != "no-store":
            self._note(f"{kind(answer.url)} may be stored")

    def _note(self, text: str) -> None:
        if not any(part in text for part in self.forgiven):
            self.said.append(text)


def kind(address: str) -> str:
    """An address without what differs from one person to the next."""
    return KEY.sub("*", urlsplit(address).path)


def title_kind(page: Any) -> str:
    """Whether the page shows an error: it looks different then."""
    return "!" if page.title().startswith("Error:") else ""


def on_purpose(violation: dict[str, Any]) -> bool:
    """nhsuk.js says aria-expanded on a radio that reveals something, knowing that axe minds."""
    return violation["id"] == "aria-allowed-attr" and all(
        "nhsuk-radios__input" in node["html"] for node in violation["nodes"]
    )
