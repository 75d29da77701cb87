"""The service cannot be reached: a lead opens the copy of this morning, without any network."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from support.someone import PHONE, PICTURES, TOUR, Someone
from support.stage import Stage
from support.watching import TAGS

Arrive = Callable[..., Someone]
PASSWORD = "kettle harbour violin moss"
WIDER = "document.documentElement.scrollWidth > document.documentElement.clientWidth + 1"


@pytest.fixture
def copy(
    at_browser: Arrive, stage: Stage, lead: str, device: dict[str, Any], tmp_path: Path
) -> Path:
    """What Nia took along this morning: one client, in their own words."""
    stage("client", key=lead, given="Odette", family="Larkspur",
          words={"what_matters": "Her allotment", "what_helps": "A slow voice",
                 "come_if": "She cannot breathe"})  # fmt: skip
    nia = at_browser(lead, on=device).goes_to("/").follows("A copy for when it is down")
    nia.sees("1 client you answer for", "72 hours", "recorded for each client")
    assert not nia.page.evaluate(WIDER)
    nia.takes_picture(f"downtime-take-{size(device)}")
    nia.writes("A password for this copy", PASSWORD).writes("The same password again", "another")
    nia.presses("Take the copy").sees("There is a problem", "The two passwords are not the same")
    nia.writes("A password for this copy", PASSWORD).writes("The same password again", PASSWORD)
    with nia.page.expect_download() as waiting:
        nia.page.get_by_role("button", name="Take the copy").click()
    place = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(place)
    return place


@pytest.fixture
def offline(chromium: Browser, device: dict[str, Any]) -> Iterator[BrowserContext]:
    """A browser on that lead's device, on a day without a network; no word of complaint from it."""
    context = chromium.new_context(
        locale="en-GB", timezone_id="Europe/London", offline=True, **device
    )
    said: list[str] = []
    asked: set[str] = set()
    context.on("console", lambda word: said.append(word.text))
    context.on("request", lambda request: asked.add(request.url.partition(":")[0]))
    yield context
    context.close()
    assert said == []
    assert asked <= {"file"}


def size(device: dict[str, Any]) -> str:
    return "phone" if device is PHONE else "desk"


def opened(page: Page, copy: Path, password: str = PASSWORD) -> Page:
    page.goto(copy.as_uri())
    page.get_by_label("Password of this copy").fill(password)
    page.get_by_role("button", name="Open").click()
    return page


def accessible(page: Page) -> None:
    """Axe runs inside a page, which here lets no script run but its own: it is let in first."""
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}})
    assert found.response["violations"] == []
    assert not page.evaluate(WIDER)


def picture(page: Page, name: str) -> None:
    if PICTURES and f"/{name}.png" in TOUR.read_text("utf-8"):
        page.screenshot(path=Path(PICTURES) / f"{name}.png")


def test_it_opens_with_its_password_alone_and_closes_by_itself(
    copy: Path, offline: BrowserContext, device: dict[str, Any]
) -> None:
    page = offline.new_page()
    page.clock.install()
    opened(page, copy, "kettle harbour violin mist")
    expect(page.get_by_role("alert")).to_contain_text("not the password of this copy")
    accessible(page)
    opened(page, copy)
    expect(page.get_by_role("heading", name="Odette Larkspur")).to_be_visible()
    for said in ("Her allotment", "A slow voice", "She cannot breathe", "07700 900 321",
                 "Being in touch safely", "What to do now", "999"):  # fmt: skip
        expect(page.get_by_text(said).first).to_be_visible()
    accessible(page)
    page.get_by_role("link", name="Odette Larkspur").click()
    expect(page.get_by_role("heading", name="Odette Larkspur")).to_be_in_viewport()
    picture(page, f"downtime-open-{size(device)}")
    page.get_by_role("button", name="Close").click()
    expect(page.get_by_text("Odette Larkspur")).to_have_count(0)
    opened(page, copy)
    expect(page.get_by_role("heading", name="Odette Larkspur")).to_be_visible()
    page.clock.fast_forward("05:01")
    expect(page.get_by_text("Odette Larkspur")).to_have_count(0)
    expect(page.get_by_label("Password of this copy")).to_have_value("")
    opened(page, copy)
    expect(page.get_by_role("heading", name="Odette Larkspur")).to_be_visible()
    # A telephone that slept in a pocket: no timer ran, the clock went on.
    page.clock.set_system_time(datetime.now(UTC) + timedelta(hours=2))
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.get_by_text("Odette Larkspur")).to_have_count(0)


def test_after_three_days_it_shows_nothing_any_more(copy: Path, offline: BrowserContext) -> None:
    page = offline.new_page()
    page.clock.set_fixed_time(datetime.now(UTC) + timedelta(hours=72, minutes=1))
    opened(page, copy)
    expect(page.get_by_role("alert")).to_contain_text("past its time")
    expect(page.get_by_text("Odette Larkspur")).to_have_count(0)


def test_a_clock_set_back_does_not_make_it_last_longer_unnoticed(
    copy: Path, offline: BrowserContext
) -> None:
    page = offline.new_page()
    page.clock.set_fixed_time(datetime.now(UTC) - timedelta(days=2))
    opened(page, copy)
    expect(page.get_by_role("alert")).to_contain_text("clock of this device is wrong")
