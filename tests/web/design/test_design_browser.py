"""The page of everything in a real browser: accessible, under the policy, nothing typed lost."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment
from playwright import sync_api

import openhiu.web.design
from openhiu.web.design.shell import SessionClock
from support.browser import find
from support.design_page import PAGE, SHELL, WRONG, EveryKind, context
from support.looking import Site, serving

ROOM = Path(openhiu.web.design.__file__).parent
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with sync_api.sync_playwright() as playwright:
        with_browser = find().launch(playwright)
        yield with_browser
        with_browser.close()


@pytest.fixture
def site(templates: Environment) -> Iterator[Site]:
    made = Site(ROOM / "static")
    source = templates.from_string(PAGE)
    made.pages = {
        "/fresh.html": source.render(context()),
        "/wrong.html": source.render(context(EveryKind(WRONG))),
        "/locked.html": "<!DOCTYPE html><title>Locked</title><h1>Locked</h1>",
    }
    made.answers = {
        "/drafts/": (200, {"saved_at": "2026-11-22T14:05:00Z"}),
        "/session/": (200, {"remaining": 900}),
        "/session/stay": (200, {"remaining": 900}),
    }
    with serving(made):
        yield made


@pytest.fixture
def page(browser: Any, site: Site) -> Iterator[Any]:
    """A page whose every console error, script error and policy violation fails the test."""
    context_ = browser.new_context(viewport=PHONE)
    looked = context_.new_page()
    trouble: list[str] = []
    looked.on("pageerror", lambda error: trouble.append(str(error)))
    looked.on("console", lambda said: trouble.append(said.text) if said.type == "error" else None)
    looked.trouble = trouble
    yield looked
    context_.close()
    assert not [text for text in trouble if not expected(text)]


def expected(text: str) -> bool:
    """What a browser and htmx say of requests that a test itself makes fail."""
    return any(part in text for part in ("net::", "status of", "htmx:sendError", "htmx:after"))


def known(violation: dict[str, Any]) -> bool:
    """nhsuk.js says aria-expanded on a radio that reveals something, on purpose; axe minds."""
    return violation["id"] == "aria-allowed-attr" and all(
        "nhsuk-radios__input" in node["html"] for node in violation["nodes"]
    )


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("name", ["fresh", "wrong"])
def test_axe_finds_nothing(page: Any, site: Site, name: str, size: dict[str, int]) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page.set_viewport_size(size)
    page.goto(f"{site.address}/{name}.html")
    found = Axe().run(page).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"]) for each in found if not known(each)] == []


def test_a_phone_never_scrolls_sideways(page: Any, site: Site) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(f"{site.address}/wrong.html")
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_every_target_is_24_pixels_high_or_stands_in_a_sentence(page: Any, site: Site) -> None:
    page.goto(f"{site.address}/fresh.html")
    small = page.evaluate(
        """() => [...document.querySelectorAll("a, button, summary, select, input")]
        .filter((each) => each.checkVisibility() && !each.closest("p:not(.app-figure)"))
        .map((each) => [each.getBoundingClientRect().height, each.outerHTML.slice(0, 90)])
        .filter(([height]) => height > 1 && height < 23.5)"""
    )
    assert small == []


def test_after_a_mistake_the_focus_is_on_the_summary_and_its_links_lead_on(
    page: Any, site: Site
) -> None:
    page.goto(f"{site.address}/wrong.html")
    sync_api.expect(page.locator(".nhsuk-error-summary")).to_be_focused()
    page.get_by_role("link", name="Enter preferred name").click()
    sync_api.expect(page.get_by_label("Preferred name")).to_be_focused()


def test_what_one_types_is_kept_on_the_server_and_nowhere_else(page: Any, site: Site) -> None:
    page.goto(f"{site.address}/fresh.html")
    page.get_by_label("Preferred name").fill("Robin")
    page.get_by_label("Password").first.fill("secret")
    sync_api.expect(page.locator("[data-draft-status]")).to_have_text("Saved as a draft at 14:05")
    path, text = site.posted[-1]
    sent = json.loads(text)
    assert (path, sent["key"], sent["fields"]["name"]) == ("/drafts/", "call:1", ["Robin"])
    assert not {"word", "file", "csrfmiddlewaretoken", "posted"} & set(sent["fields"])
    kept = page.evaluate("localStorage.length + sessionStorage.length")
    assert kept == 0
    assert page.evaluate("indexedDB.databases()") == []


def test_a_draft_that_does_not_arrive_is_said_and_sent_again(page: Any, site: Site) -> None:
    page.goto(f"{site.address}/fresh.html")
    page.route("**/drafts/", lambda route: route.abort())
    page.get_by_label("Preferred name").fill("Robin")
    status = page.locator("[data-draft-status]")
    sync_api.expect(status).to_contain_text("Not saved: no connection")
    page.unroute("**/drafts/")
    page.evaluate("window.dispatchEvent(new Event('online'))")
    sync_api.expect(status).to_have_text("Saved as a draft at 14:05")


def test_leaving_the_page_sends_what_was_not_yet_kept(page: Any, site: Site) -> None:
    page.goto(f"{site.address}/fresh.html")
    page.get_by_label("Preferred name").fill("Robin")
    # the answer, not the request: a request is announced before the site has read its body
    with page.expect_response("**/drafts/"):
        page.evaluate("window.dispatchEvent(new Event('pagehide'))")
    assert '"Robin"' in site.posted[-1][1]


def test_leaving_with_something_unkept_asks_first_and_without_does_not(
    page: Any, site: Site
) -> None:
    page.goto(f"{site.address}/fresh.html")
    leaving = "() => !window.dispatchEvent(new Event('beforeunload', {cancelable: true}))"
    assert page.evaluate(leaving) is False
    page.get_by_label("Preferred name").fill("Robin")
    assert page.evaluate(leaving) is True
    sync_api.expect(page.locator("[data-draft-status]")).to_contain_text("Saved")
    assert page.evaluate(leaving) is False


def soon(site: Site, templates: Environment, remaining: int) -> None:
    """The page as drawn when the session has so many seconds left."""
    clock = SessionClock(remaining, "/session/", "/session/stay", "/locked.html")
    shell = replace(SHELL, session=clock)
    site.pages["/fresh.html"] = templates.from_string(PAGE).render(context(shell=shell))


def test_the_warning_comes_before_the_limit_and_staying_ends_it(
    page: Any, site: Site, templates: Environment
) -> None:
    soon(site, templates, 100)
    page.goto(f"{site.address}/fresh.html")
    dialog = page.get_by_role("dialog", name="Are you still there?")
    sync_api.expect(dialog).to_be_visible()
    sync_api.expect(page.get_by_role("button", name="Stay signed in")).to_be_focused()
    page.get_by_role("button", name="Stay signed in").click()
    sync_api.expect(dialog).to_be_hidden()
    assert site.posted[-1][0] == "/session/stay"


def test_staying_in_one_tab_keeps_the_other(page: Any, site: Site, templates: Environment) -> None:
    soon(site, templates, 100)
    page.goto(f"{site.address}/fresh.html")
    other = page.context.new_page()
    other.goto(f"{site.address}/fresh.html")
    sync_api.expect(page.get_by_role("dialog")).to_be_visible()
    other.get_by_role("button", name="Stay signed in").click()
    sync_api.expect(page.get_by_role("dialog")).to_be_hidden()


def test_at_the_limit_every_tab_is_locked(page: Any, site: Site, templates: Environment) -> None:
    site.pages["/other.html"] = site.pages["/fresh.html"]
    other = page.context.new_page()
    other.goto(f"{site.address}/other.html")
    site.answers["/session/"] = (200, {"remaining": 0})
    soon(site, templates, 0)
    page.goto(f"{site.address}/fresh.html")
    page.wait_for_url("**/locked.html")
    other.wait_for_url("**/locked.html")


def test_the_clock_asks_the_server_before_it_locks(
    page: Any, site: Site, templates: Environment
) -> None:
    soon(site, templates, 0)
    page.goto(f"{site.address}/fresh.html")
    with page.expect_response("**/session/"):
        pass
    sync_api.expect(page.get_by_role("dialog")).to_be_hidden()
    assert page.url.endswith("/fresh.html")


def test_show_and_hide_says_which_it_is(page: Any, site: Site) -> None:
    page.goto(f"{site.address}/fresh.html")
    sync_api.expect(page.locator("#more")).to_be_hidden()
    page.get_by_role("button", name="Show more").click()
    sync_api.expect(page.locator("#more")).to_be_visible()
    button = page.get_by_role("button", name="Show less")
    sync_api.expect(button).to_have_attribute("aria-expanded", "true")


def test_without_javascript_everything_is_there(browser: Any, site: Site) -> None:
    plain = browser.new_context(viewport=PHONE, java_script_enabled=False)
    looked = plain.new_page()
    looked.goto(f"{site.address}/fresh.html")
    sync_api.expect(looked.get_by_label("What happened?")).to_be_visible()
    sync_api.expect(looked.locator("#more")).to_be_visible()
    sync_api.expect(looked.get_by_role("link", name="Hospital lists")).to_be_visible()
    plain.close()


LIVE = """{% extends "design/layout.html" %}
{% block content %}<h1>Find a person</h1>
<form action="/found.html" method="get" hx-get="/found.html" hx-target="#results"
      hx-trigger="input changed delay:100ms from:#q, submit">
<label for="q">Name</label><input id="q" name="q"></form>
<p data-live-status role="status"></p><div id="results"></div>{% endblock %}
{% block scripts %}{% include "design/live.html" %}{% endblock %}"""


def test_live_search_answers_as_one_types_and_keeps_nothing(
    page: Any, site: Site, templates: Environment
) -> None:
    site.pages["/find.html"] = templates.from_string(LIVE).render(context())
    site.pages["/found.html"] = "<p>Robin found</p>"
    page.goto(f"{site.address}/find.html")
    page.get_by_label("Name", exact=True).press_sequentially("Ro")
    sync_api.expect(page.locator("#results")).to_have_text("Robin found")
    assert page.url.endswith("/find.html")
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_a_search_answered_by_another_page_leads_there(
    page: Any, site: Site, templates: Environment
) -> None:
    site.pages["/find.html"] = templates.from_string(LIVE).render(context())
    site.moved["/found.html"] = "/locked.html"
    page.goto(f"{site.address}/find.html")
    page.get_by_label("Name", exact=True).press_sequentially("Ro")
    page.wait_for_url("**/locked.html")


def test_a_search_without_connection_says_so(page: Any, site: Site, templates: Environment) -> None:
    site.pages["/find.html"] = templates.from_string(LIVE).render(context())
    page.goto(f"{site.address}/find.html")
    page.route("**/found.html*", lambda route: route.abort())
    page.get_by_label("Name", exact=True).press_sequentially("Ro")
    sync_api.expect(page.locator("[data-live-status]")).to_contain_text("No connection")
