"""The supervisor's morning, a review with a lead, and what the other roles find here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from support.someone import PHONE, Someone
from support.stage import Stage

Arrive = Callable[..., Someone]


def test_a_supervisor_goes_through_a_leads_clients_and_says_thank_you(
    at_browser: Arrive, stage: Stage, device: dict[str, Any]
) -> None:
    name = "Tomos Pryce" if device is PHONE else "Tamsin Pryce"
    stage("hire", key=name, name=name)
    made = stage("client", key=name, given="Wilf", family="Quillfeather")
    nia = at_browser(name, on=PHONE).goes_to(f"/clients/{made['case']}/contacts/new")
    nia.selects("Reached?", "Yes, we spoke").writes("What mattered", "Waited with him for the bus.")
    nia.presses("Save the contact")
    size = "phone" if device is PHONE else "desk"
    esther = at_browser("esther", on=device).goes_to("/").takes_picture(f"supervisor-{size}")
    esther.follows("Supervision", inside=esther.page.locator("main")).follows(name)
    esther.follows("Wilf Quillfeather").follows("Contacts").sees("Waited with him for the bus.")
    esther.presses("Say thank you").sees("Your thanks are sent")
    nia.goes_to("/").sees("Wilf")
    nia.goes_to(f"/clients/{made['case']}/supervision/").sees("Esther Oyelaran")
    nia.presses("I have read these").sees("Marked as read")


@pytest.mark.parametrize(
    ("key", "paths"),
    [
        ("esther", ("/team/", "/team/silent/", "/clients/", "/lists/sent/", "/openings/",
                    "/settings/", "/agreements/", "/access-check/", "/people/notices/",
                    "/people/joined/", "/safety/review/")),
        ("frank", ("/", "/lists/sent/", "/lists/sent/upload/", "/lists/remake/",
                   "/activity/feeds/", "/activity/feeds/upload/")),
        ("hana", ("/", "/clients/", "/people/find/", "/tasks/")),
        ("idris", ("/", "/safety/review/", "/worried/")),
        ("joan", ("/", "/audit/", "/openings/", "/access-check/")),
        ("kit", ("/", "/roles/", "/roles/invite/")),
        ("bryn", ("/lists/hospitals/", "/lists/vulnerability/", "/lists/waiting/", "/lists/reach/",
                  "/lists/reach/ended/", "/lists/add/", "/people/add/", "/people/alike/")),
    ],
)  # fmt: skip
def test_every_role_finds_its_pages_in_order(
    at_browser: Arrive, key: str, paths: tuple[str, ...], device: dict[str, Any]
) -> None:
    someone = at_browser(key, on=device)
    for path in paths:
        someone.goes_to(path)
        assert someone.page.locator("h1").count() == 1, path
        assert "cannot" not in someone.page.title(), path
