"""The wall's own script: what is left on it when nobody can say whether it is still right."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import sync_playwright

from openhiu.web import mdt
from support.browser import find

SCRIPT = Path(mdt.__file__).parent / "static" / "mdt" / "room.js"
WALL = """<main data-room="http://wall.invalid/state" data-stamp="1" data-away="/">
<nav class="app-wall__top"><a href="/">Leave the wall</a>
<span data-clock data-minutes="10"></span></nav>
<h1 class="app-wall__name">Robin Canary</h1><p class="app-wall__why">canary: a red warning</p>
<p class="app-wall__why">canary: the data stopped</p>
<div class="app-wall__parts"><p>canary: a part</p></div>
<nav class="app-wall__foot"><span>In the room: canary housing</span></nav></main>"""


def test_when_the_connection_is_lost_nothing_of_anybody_stays_on_the_wall() -> None:
    with sync_playwright() as playwright:
        browser = find().launch(playwright)
        page = browser.new_page()
        page.clock.install()
        page.route("**/*", lambda route: route.abort())
        page.set_content(WALL)
        page.add_script_tag(content=SCRIPT.read_text("utf-8"), type="module")
        page.wait_for_function("document.querySelector('[data-clock]').textContent !== ''")
        page.clock.run_for(11_000)
        page.wait_for_selector("text=The connection is lost")
        text = page.inner_text("main").casefold()
        browser.close()
    assert "canary" not in text
    assert "leave the wall" in text
