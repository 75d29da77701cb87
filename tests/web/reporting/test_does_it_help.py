"""The page that answers whether the service helps, from the files of an evaluation alone."""

from __future__ import annotations

import copy
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from openhiu.web.access.actor import Actor
from openhiu.web.access.models import AuditEntry, Role
from openhiu.web.reporting.actions import evaluations
from openhiu.web.reporting.faults import NotUsable
from support.web import make_member, sign_in
from support.web_reporting import receive, result

pytestmark = pytest.mark.django_db
PAGE = "reporting:outcomes"


def page(client: Client, actor: Actor) -> str:
    answer = sign_in(client, actor).get(reverse(PAGE))
    assert answer.status_code == 200
    return answer.content.decode()


def words(html: str) -> str:
    """The words of a page, in order, without markup."""
    text = re.sub(r"<[^>]+>", " ", html[html.index("<main") : html.index("</main>")])
    return " ".join(text.replace("&amp;", "&").replace("&#39;", "'").split())


def changed(**windows: Any) -> dict[str, Any]:
    """The sample with some fields of the main outcome changed, by window ("w3", "w12")."""
    found = copy.deepcopy(result()["windows"])
    for window, fields in windows.items():
        found[window[1:]]["attendances"] |= fields
    return {"windows": found}


def test_the_three_lines_stand_in_their_order_before_anything_else(
    client: Client, analyst: Actor, supervisor: Actor
) -> None:
    receive(analyst)
    said = words(page(client, supervisor))
    lines = ["fell 55% (318 in the 3 months", "fell 51% with no support",
             "The service's own share is 9% fewer than expected",
             "At this size only a true reduction of about 43%"]  # fmt: skip
    places = [said.index(line) for line in lines]
    assert places == sorted(places)
    assert said.index("Before, expected and happened") > places[-1]


def test_the_picture_has_words_and_its_numbers_beside_it(
    client: Client, analyst: Actor, supervisor: Actor
) -> None:
    evaluation = receive(analyst)
    html = page(client, supervisor)
    address = reverse("reporting:figure", args=[evaluation.pk, "figures/the-picture-3-months.svg"])
    image = re.search(rf'<img[^>]+src="{address}"[^>]*>', html)
    assert image
    assert 'alt="Bar chart of A&amp;E attendances per person and month' in image[0]
    table = html[image.end() : html.index("</table>", image.end())]
    for number in ("3.96", "1.98", "1.35", "2.92", "1.81"):
        assert number in table


@pytest.mark.parametrize(
    ("standing", "people", "line", "mark"),
    [
        ("too few", "*", "Too few people finished 3 months (fewer than 8).",
         "Not enough people yet"),
        ("no follow-up", 0, "Nobody has finished 3 months yet.", "Nobody has finished yet"),
        ("no clients", 0, "Nobody has started support yet.", "Nobody has started yet"),
        ("no history", 40, "There is not enough history.", "Nobody to compare with"),
        ("range only", 20, "So far anything from -40 to +30% is possible.",
         "A range only, so far"),
    ],
)  # fmt: skip
def test_not_enough_people_is_an_answer_and_no_number_pretends(
    client: Client, analyst: Actor, supervisor: Actor, standing: str, people: Any, line: str,
    mark: str,
) -> None:  # fmt: skip
    none = dict.fromkeys(("ratio", "reduction", "reduction_low", "reduction_high", "observed",
                          "expected", "before", "resource_pack"))  # fmt: skip
    said = {"standing": standing, "people": people, "sentences": [line], "rates": {}, **none}
    receive(analyst, **changed(w3=said, w12=said))
    html = page(client, supervisor)
    assert line in words(html)
    assert html.count(f"{mark}</strong>") == 2
    assert "Enough people to say" not in html
    assert "reporting-verdict--open" in html


def test_where_nothing_is_told_there_is_no_table_of_dashes(
    client: Client, analyst: Actor, supervisor: Actor
) -> None:
    windows = result()["windows"]
    for outcomes in windows.values():
        for found in outcomes.values():
            found |= {"observed": None, "standing": "too few", "people": "*"}
    receive(analyst, windows=windows)
    said = words(page(client, supervisor))
    assert "Before, expected and happened" not in said
    assert "People of the roster, and who is in the estimate" in said


def test_each_section_of_the_result_stands_on_the_page(
    client: Client, analyst: Actor, supervisor: Actor
) -> None:
    receive(analyst)
    said = words(page(client, supervisor))
    for part in (
        "Emergency admissions 60 96 70 61 13%",  # before, expected, happened: 100(70-61)/70 = 13
        "some people died",
        "1 of 3 checks should be looked at.",
        "On the list 520 100% Asked 140 27%",
        "2025-09: more than expected. Look, not proof",
        "April to June 2026",
        "This is capacity released for others, not cash saved",
        "5f0e7c0ffee5f0e7c0ffee",
        "Column start_date: a start before the listing was left out.",
    ):
        assert part in said, part


def test_the_hospital_has_the_name_the_service_gave_it(
    client: Client, analyst: Actor, supervisor: Actor
) -> None:
    receive(analyst)
    html = page(client, supervisor)
    assert '<span class="nhsuk-caption-l">Kestrel General</span>' in html


def test_before_the_first_evaluation_the_page_says_what_it_will_say(
    client: Client, supervisor: Actor, analyst: Actor
) -> None:
    assert "nothing can be said" in page(client, supervisor)
    assert "Deliver an evaluation" not in page(client, supervisor)
    assert "Deliver an evaluation" in page(client, analyst)


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.LEAD, Role.ANALYST])
def test_who_sees_it_and_that_the_look_is_recorded(
    client: Client, analyst: Actor, role: Any
) -> None:
    evaluation = receive(analyst)
    someone = make_member(analyst.service, role)
    page(client, someone)
    entry = AuditEntry.objects.get(did="looked", about_id=evaluation.pk)
    assert (entry.user, entry.purpose) == (someone.user, "evaluation")


@pytest.mark.parametrize("role", [Role.COMMISSIONER, Role.PARTNER, Role.ADMIN, Role.COVER,
                                  Role.SAFEGUARDING, Role.AUDITOR])  # fmt: skip
def test_nobody_else_does(client: Client, analyst: Actor, role: Any) -> None:
    receive(analyst)
    sign_in(client, make_member(analyst.service, role))
    assert client.get(reverse(PAGE)).status_code == 403


def test_what_was_typed_into_a_result_is_never_markup(
    client: Client, analyst: Actor, supervisor: Actor
) -> None:
    nasty = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    receive(analyst, warnings=[nasty], **changed(w3={"sentences": [nasty], "words": nasty}))
    html = page(client, supervisor)
    assert "<script>alert" not in html
    assert "<img src=x" not in html
    assert "&lt;script&gt;alert(1)" in html


@pytest.mark.parametrize(
    "broken",
    [{"reach": {}}, {"groups": {"3": []}}, {"monitoring": {"cohort": None}}, {"quarters": [1]},
     {"windows": {"3": {"attendances": {}}}}, {"money": {"3": {}}}, {"checks": [{}]}],
    ids=lambda broken: next(iter(broken)),
)  # fmt: skip
def test_a_result_of_another_shape_is_turned_away_and_an_older_one_keeps_its_files(
    client: Client, analyst: Actor, supervisor: Actor, broken: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    with pytest.raises(NotUsable, match="nothing of it could be shown"):
        receive(analyst, **broken)
    # One that an earlier version took in.
    monkeypatch.setattr(evaluations, "_must_be_drawn", lambda *_given: None)
    receive(analyst, **broken)
    answer = sign_in(client, supervisor).get(reverse(PAGE))
    assert answer.status_code == 409
    assert "This evaluation cannot be shown" in answer.content.decode()
    assert "evaluation.xlsx" in answer.content.decode()
