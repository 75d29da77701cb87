"""One served application for all journeys, filled by the rooms' actions, and browsers to it."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, sync_playwright

from support.browser import find
from support.made_up_trust import Trust, make_trust
from support.serving import Served, serving
from support.someone import DESK, PHONE, Someone
from support.stage import Stage, backstage
from support.watching import Watch

Arrive = Callable[..., Someone]


@pytest.hookimpl(tryfirst=True)  # xdist reads the groups in the same hook
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All journeys need the same server: they run on one process."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="package")
def place() -> Iterator[Path]:
    """A short folder that the database's own account may pass through."""
    folder = Path(tempfile.mkdtemp(prefix="ohw-"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="package")
def trust(place: Path, served: Served) -> Trust:
    """Made while the server starts."""
    return make_trust(place / "trust")


@pytest.fixture(scope="package")
def served(place: Path) -> Iterator[Served]:
    """A fresh installation, starting."""
    with serving(place / "home") as web:
        yield web


@pytest.fixture(scope="package")
def stage(served: Served, trust: Trust) -> Iterator[Stage]:
    """Both services with their people; Asha has walked with hers since the list of last quarter."""
    served.await_ready()
    with backstage(served) as behind:
        behind("found", store=str(trust.store), since=str(trust.began))
        released = behind("arrive", folder=str(trust.before), on=str(trust.began))
        behind("live", key="asha", received=released, number=15, on=str(trust.began))
        behind("deliver", store=str(trust.store))
        behind("expect_today", key="asha", number=3)
        yield behind


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = find().launch(playwright)
        yield browser
        browser.close()


@pytest.fixture
def at_browser(chromium: Browser, stage: Stage) -> Iterator[Arrive]:
    """Sits somebody down: `at_browser("asha", on=PHONE)` is signed in, `at_browser()` is nobody.

    Whatever their browsers had to complain of fails the test when it ends.
    """
    opened: list[tuple[Any, Watch]] = []

    def sit(key: str = "", on: dict[str, Any] = DESK, **more: Any) -> Someone:
        context = chromium.new_context(locale="en-GB", timezone_id="Europe/London", **on, **more)
        context.set_default_timeout(15_000)
        watch = Watch(stage.address, lambda: stage("names"))
        watch.over(context)
        opened.append((context, watch))
        if key:
            context.add_cookies([{**stage("sign_in_as", key=key), "url": stage.address}])
        scripts = more.get("java_script_enabled", True)
        return Someone(context.new_page(), stage, watch, looks=scripts)

    yield sit
    for context, _ in opened:
        context.close()
    assert [fault for _, watch in opened for fault in watch.wrong()] == []


@pytest.fixture
def lead(stage: Stage) -> str:
    """The key of a lead who is new here, for this test alone."""
    key = f"nia-{uuid4().hex[:8]}"
    stage("hire", key=key, name="Nia Bowen")
    return key


@pytest.fixture(params=["phone", "desk"])
def device(request: pytest.FixtureRequest) -> dict[str, Any]:
    """Both sizes that people work on."""
    return {"phone": PHONE, "desk": DESK}[request.param]
