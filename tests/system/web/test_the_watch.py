"""The watch over every journey sees what it is there for: one page that does everything wrong."""

from __future__ import annotations

from playwright.sync_api import Browser

from support.stage import Stage
from support.watching import Watch

WRONG = """<!DOCTYPE html><html lang="en"><head><title>Robin Oakenshaw</title></head>
<body><main><h1>Wrong</h1><img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">
<script src="/wrong.js"></script><script>console.log("inline")</script></main></body></html>"""
SCRIPT = "localStorage.setItem('name', 'Robin'); missing();"


def test_it_sees_everything_that_is_wrong_with_a_page(chromium: Browser, stage: Stage) -> None:
    context = chromium.new_context(viewport={"width": 390, "height": 844})
    watch = Watch(stage.address, lambda: ["Oakenshaw"])
    watch.over(context)
    page = context.new_page()
    policy = {"content-security-policy": "script-src 'self'; img-src data:"}
    page.route("**/wrong.js", lambda route: route.fulfill(body=SCRIPT))
    page.route("**/wrong/*", lambda route: route.fulfill(
        body=WRONG, content_type="text/html", headers=policy))  # fmt: skip
    page.goto(f"{stage.address}/wrong/?who=Robin+Oakenshaw")
    watch.look(page)
    context.close()
    said = " ".join(watch.wrong())
    for part in (
        "axe on", "image-alt", "localStorage", "Content Security Policy", "script:",
        "may be stored", "oakenshaw stands in /wrong/", "a page is titled",
        "a title names oakenshaw",
    ):  # fmt: skip
        assert part in said, said
