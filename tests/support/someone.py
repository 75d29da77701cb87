"""A person at a browser, in the words of a story: she goes, follows, presses, writes and sees."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page
from playwright.sync_api import TimeoutError as TooLong

from support.stage import Stage
from support.watching import Watch

PICTURES = os.environ.get("OPENHIU_SCREENSHOTS", "")
PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "has_touch": True,
    "is_mobile": True,
    "device_scale_factor": 1.5 if PICTURES else 1,
    "user_agent": "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/140.0.0.0 Mobile Safari/537.36",
}
DESK: dict[str, Any] = {"viewport": {"width": 1280, "height": 900}}
TOUR = Path(__file__).parents[2] / "docs" / "how-to" / "a-tour.md"
# A picture of a long page ends here.
LONGEST = {390: 900, 1280: 900}


class Someone:
    """One person with one browser; every page they reach is looked at (see support.watching)."""

    def __init__(self, page: Page, stage: Stage, watch: Watch, *, looks: bool = True) -> None:
        self.page = page
        self.stage = stage
        self.watch = watch
        self.looks = looks

    def goes_to(self, path: str) -> Someone:
        """Type an address, or choose a bookmark."""
        self.page.goto(self.stage.address + path)
        return self._arrived()

    def goes_back(self) -> Someone:
        """The browser's own back button."""
        self.page.go_back()
        return self._arrived()

    def follows(self, link: str, *, inside: Locator | None = None) -> Someone:
        """Choose a link by (the beginning of) its words."""
        place = inside or self.page
        looks_like_a_button = place.locator("a").and_(place.get_by_role("button", name=link))
        found = place.get_by_role("link", name=link).or_(looks_like_a_button).first
        exactly = place.get_by_role("link", name=link, exact=True)
        if link and exactly.count():
            found = exactly.first
        self._is_there(found, f"link “{link}”")
        with self.page.expect_navigation():
            found.click()
        return self._arrived()

    def presses(self, button: str, *, inside: Locator | None = None) -> Someone:
        """Press a button that leads to another page, or to this one with what is wrong."""
        found = (inside or self.page).get_by_role("button", name=button).first
        self._is_there(found, f"button “{button}”")
        with self.page.expect_navigation():
            found.click()
        return self._arrived()

    def writes(self, label: str, text: str) -> Someone:
        """Fill in one field."""
        field = self.page.get_by_label(label, exact=True).first
        self._is_there(field, f"field “{label}”")
        field.fill(text)
        return self

    def picks(self, question: str, answer: str) -> Someone:
        """Choose one radio or tick one box of a question."""
        found = self.page.get_by_role("group", name=question).get_by_label(answer, exact=True).first
        self._is_there(found, f"answer “{answer}” to “{question}”")
        found.check()
        return self

    def selects(self, label: str, answer: str) -> Someone:
        """Choose from a drop-down list."""
        self.page.get_by_label(label, exact=True).select_option(label=answer)
        return self

    def ticks(self, label: str) -> Someone:
        """Tick a box."""
        self.page.get_by_label(label).first.check()
        return self

    def dates(self, question: str, day: date) -> Someone:
        """Fill in the three boxes of a day."""
        group = self.page.get_by_role("group", name=question)
        for part, number in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
            group.get_by_label(part, exact=True).fill(str(number))
        return self

    def opens(self, summary: str) -> Someone:
        """Open what is folded away."""
        self.page.locator("summary", has_text=summary).first.click()
        return self

    def sees(self, *texts: str) -> Someone:
        """Each text stands on the page, visibly."""
        for text in texts:
            self._is_there(self.page.get_by_text(text).locator("visible=true").first, f"“{text}”")
        return self

    def sees_heading(self, text: str) -> Someone:
        """The page's first heading."""
        heading = self.page.get_by_role("heading", level=1).filter(has_text=text)
        self._is_there(heading.first, f"heading “{text}”")
        return self

    def never_sees(self, *texts: str) -> Someone:
        """None of these stands anywhere in what the server sent, visibly or not."""
        sent = self.page.content().lower()
        found = [text for text in texts if text.lower() in sent]
        assert found == [], f"{self.page.url} holds {found}"
        return self

    def answered(self, path: str) -> int:
        """The status of an address asked for as this person, without leaving the page."""
        return self.page.request.get(self.stage.address + path, max_redirects=0).status

    def takes_picture(self, name: str, of: str = "") -> Someone:
        """Keep the page, if the tour shows it and OPENHIU_SCREENSHOTS names a folder.

        `of` are the words it begins at; otherwise it begins at the top.
        """
        if PICTURES and f"/{name}.png" in TOUR.read_text("utf-8"):
            wide = (self.page.viewport_size or {})["width"]
            top = self.page.get_by_text(of).first.bounding_box()["y"] - 24 if of else 0  # type: ignore[index]
            high = self.page.evaluate("document.documentElement.scrollHeight") - top
            Path(PICTURES).mkdir(parents=True, exist_ok=True)
            self.page.screenshot(
                path=Path(PICTURES) / f"{name}.png", full_page=True,
                clip={"x": 0, "y": top, "width": wide, "height": min(high, LONGEST[wide])},
            )  # fmt: skip
        return self

    def _is_there(self, found: Locator, words: str) -> None:
        """Wait for something; a journey that stops says on which page, and what stood there."""
        try:
            found.wait_for(state="attached")
        except TooLong:
            text = self.page.locator("main").inner_text()
            raise AssertionError(f"no {words} on {self.page.url}:\n{text[:1500]}") from None

    def _arrived(self) -> Someone:
        if self.looks:
            self.watch.look(self.page)
        return self
