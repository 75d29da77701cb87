"""The circle of support: a picture the client can be shown, with nothing in it that would hurt."""

from __future__ import annotations

import re
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from openhiu.web.access.actor import Actor
from openhiu.web.access.models import AuditEntry, Role
from openhiu.web.casework import actions
from openhiu.web.casework.models import Case, NetworkMember
from openhiu.web.casework.presenters import circle
from openhiu.web.casework.presenters.around import MOST, around
from openhiu.web.casework.queries.client import network
from openhiu.web.casework.queries.connections import connections
from openhiu.web.design.wording import clean
from support.samples_directory import make_listing
from support.web import make_member, make_service, sign_in
from support.web_casework import make_case

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def lead() -> Actor:
    return make_member(make_service(), Role.LEAD, name="Asha Rahman")


@pytest.fixture
def case(lead: Actor) -> Case:
    return make_case(lead, given_name="Margaret", preferred_name="Maggie")


def add(lead: Actor, case: Case, name: str, **facts: Any) -> NetworkMember:
    told = {"kind": "person", "may_contact": "no", "relation": "", **facts}
    return actions.add_network_member(by=lead, case=case, name=name, **told)


def rings(lead: Actor, case: Case, *, to_client: bool = False) -> dict[str, str]:
    found = around(case, network(case, now=False), connections(lead, case), to_client=to_client)
    return {one.name: one.ring for one in found.everyone}


def connected(lead: Actor, case: Case, name: str, state: str) -> None:
    held = actions.connect(by=lead, case=case, name=name, how="gave_number")
    if state != "asked":
        actions.hear_of_connection(by=lead, connection=held, version=1, state=state, words="x")


# --- who stands where ---


@pytest.mark.django_db
def test_people_are_near_services_next_and_what_is_waited_for_outside(
    lead: Actor, case: Case
) -> None:
    add(lead, case, "Denise")
    add(lead, case, "Surgery", kind="service")
    for name, state in (("Club", "connected"), ("Asked", "asked"), ("Queue", "waiting"),
                        ("Full", "no_capacity")):  # fmt: skip
        connected(lead, case, name, state)
    gone = add(lead, case, "Harold")
    actions.change_network_member(by=lead, member=gone, version=1, ended=True)
    assert rings(lead, case) == {
        "Denise": "people", "Asha": "services", "Club": "services", "Surgery": "services",
        "Asked": "waiting", "Queue": "waiting", "Full": "beside", "Harold": "gone",
    }  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("state", ["no_capacity", "did_not_fit", "not_now"])
@pytest.mark.parametrize("to_client", [True, False])
def test_what_did_not_come_about_is_in_nobodys_picture(
    lead: Actor, case: Case, state: str, to_client: bool
) -> None:
    connected(lead, case, "Full", state)
    found = around(case, network(case), connections(lead, case), to_client=to_client)
    assert [box.lines[0] for box in found.picture.boxes] == ["Asha"]
    assert found.more == 0
    assert ("Full" in [one.name for one in found.everyone]) is not to_client


@pytest.mark.django_db
def test_a_service_noted_twice_stands_there_once(lead: Actor, case: Case) -> None:
    add(lead, case, "the CLUB", kind="service")
    connected(lead, case, "The Club", "waiting")
    assert rings(lead, case) == {"Asha": "services", "The Club": "waiting"}


@pytest.mark.django_db
def test_what_was_lost_is_not_in_the_picture_they_are_shown(lead: Actor, case: Case) -> None:
    gone = add(lead, case, "Harold")
    actions.change_network_member(by=lead, member=gone, version=1, ended=True)
    connected(lead, case, "Full", "no_capacity")
    assert rings(lead, case, to_client=True) == {"Asha": "services"}


@pytest.mark.django_db
def test_a_word_that_would_hurt_is_left_out_and_the_lead_is_told(lead: Actor, case: Case) -> None:
    add(lead, case, "Pat", relation="ex-husband, abuser")
    add(lead, case, "Denise", relation="sister")
    shown = around(case, network(case), [], to_client=True)
    assert [one.name for one in shown.everyone] == ["Denise", "Asha"]
    assert [one.name for one in shown.held_back] == ["Pat"]
    assert "abuser" in shown.held_back[0].held_back


@pytest.mark.django_db
@pytest.mark.parametrize(("may", "seen"), [("yes", True), ("no", False), ("emergency", False)])
def test_a_number_is_shown_only_where_we_may_be_in_touch(
    lead: Actor, case: Case, may: str, seen: bool
) -> None:
    add(lead, case, "Denise", phone="01632 960301", may_contact=may)
    found = around(case, network(case), [], to_client=True)
    assert (found.everyone[0].phone == "01632 960301") is seen


# --- the drawing ---

_NAME = st.text("abcdefghij KLM\u00e9", min_size=1, max_size=40)
_WORDS = st.sampled_from(["", "sister", "a very long relation"])
_RING = st.sampled_from([1, 2, 3])
_NAMES = st.lists(st.tuples(_NAME, _WORDS, _RING, st.just("people")), max_size=MOST)


@settings(max_examples=200, deadline=None)
@given(_NAMES)
def test_every_name_is_wholly_in_the_picture(names: Any) -> None:
    picture = circle.draw("Maggie", names)
    for box in picture.boxes:
        assert box.left >= 0
        assert box.left + box.width <= picture.side
        assert box.top >= 0
        assert box.top + box.height <= picture.height
        widest = max(len(line) for line in box.lines)
        assert widest * circle.LETTER <= box.width


def test_names_of_a_usual_circle_do_not_lie_on_each_other() -> None:
    names = [("Denise", "sister", 1, ""), ("Bill next door", "neighbour", 1, ""),
             ("Kayleigh", "granddaughter", 1, ""), ("Pat", "friend", 1, ""),
             ("Asha", "HIU lead", 2, ""),
             ("Market Street Surgery", "GP", 2, ""), ("Sunrise Housing", "landlord", 2, ""),
             ("Wednesday lunch club", "", 2, ""), ("Good Neighbours befriending", "", 3, ""),
             ("Debt and benefits advice", "", 3, "")]  # fmt: skip
    boxes = circle.draw("Maggie", names).boxes
    for n, one in enumerate(boxes):
        for other in boxes[n + 1 :]:
            assert one.overlap(other) == 0, (one.lines, other.lines)


@pytest.mark.parametrize(
    ("name", "words", "lines"),
    [
        ("Maureen", "friend from the lunch club", ("Maureen", "friend from the", "lunch club")),
        ("Larkham Bereavement Caf\u00e9", "bereavement support",
         ("Larkham", "Bereavement", "Caf\u00e9", "bereavement", "support")),
        ("Good Neighbours befriending", "", ("Good Neighbours", "befriending")),
        ("Community matron and falls team", "", ("Community", "matron and", "falls team")),
        ("Featherstonehaughs", "", ("Featherstoneha-", "ughs")),
        ("Larkham debt and benefits advice service", "", ("Larkham debt", "and benefits",
                                                          "advice service")),
    ],
)  # fmt: skip
def test_words_are_wrapped_and_not_cut(name: str, words: str, lines: tuple[str, ...]) -> None:
    assert circle.draw("Siobh\u00e1n", [(name, words, 1, "")]).boxes[0].lines == lines


def test_long_names_make_the_picture_higher_rather_than_lie_on_each_other() -> None:
    names = [(f"Larkham Bereavement Caf\u00e9 {n}", "bereavement support", 1 + n % 3, "")
             for n in range(8)]  # fmt: skip
    picture = circle.draw("Maggie", names)
    assert picture.height > picture.side
    for n, one in enumerate(picture.boxes):
        for other in picture.boxes[n + 1 :]:
            assert one.overlap(other) == 0, (one.lines, other.lines)


def test_the_same_people_make_the_same_picture() -> None:
    names = [("Denise", "sister", 1, "people"), ("Club", "", 2, "services")]
    assert circle.draw("Maggie", names) == circle.draw("Maggie", names)


@pytest.mark.django_db
def test_more_than_a_picture_holds_are_in_the_list(lead: Actor, case: Case) -> None:
    for n in range(MOST + 3):
        add(lead, case, f"Friend {n:02}")
    found = around(case, network(case), [], to_client=True)
    assert len(found.picture.boxes) == MOST
    assert found.more == 4  # three friends and the lead
    assert len(found.everyone) == MOST + 4


# --- pages ---


@pytest.fixture
def full(lead: Actor, case: Case) -> Case:
    add(lead, case, "Denise & Co", relation="sister", note="Do not tell her: secret",
        phone="01632 960301", may_contact="emergency")  # fmt: skip
    connected(lead, case, "Full House", "no_capacity")
    connected(lead, case, "Open House", "connected")
    listing = make_listing(lead.service, name="Reeds", phone="01632 960001")
    actions.connect(by=lead, case=case, listing=listing, how="gave_number", words="her drinking")
    return case


@pytest.mark.django_db
def test_the_page_to_show_holds_the_picture_and_nothing_of_the_record(
    client: Client, lead: Actor, full: Case
) -> None:
    sign_in(client, lead)
    page = client.get(reverse("casework:around_show", args=[full.pk])).content.decode()
    assert "Who is around you, Maggie" in page
    for hidden in ("secret", "01632 960301", "her drinking", "Full House", full.person.family_name,
                   "Working together", "NHS number", "Find a person"):  # fmt: skip
        assert hidden not in page, hidden
    assert "01632 960001" in page  # a service's own number is anybody's
    text = re.sub(r"<[^>]+>|<script.*?</script>", " ", page.split("<main", 1)[1])
    assert clean(text)


@pytest.mark.django_db
def test_the_picture_says_in_words_what_it_shows(client: Client, lead: Actor, full: Case) -> None:
    sign_in(client, lead)
    page = client.get(reverse("casework:around", args=[full.pk])).content.decode()
    found = re.search(r'<svg class="app-circle".*?</svg>', page, re.DOTALL)
    assert found
    drawn = ElementTree.fromstring(found[0].replace("<svg ", f'<svg xmlns="{SVG[1:-1]}" ', 1))
    assert drawn.get("role") == "img"
    ids = (drawn.get("aria-labelledby") or "").split()
    told = [drawn.find(f"{SVG}title"), drawn.find(f"{SVG}desc")]
    assert [one.get("id") for one in told if one is not None] == ids
    assert "1 close by, 2 of services" in (told[1].text or "") if told[1] is not None else False
    texts = {text.text for text in drawn.iter(f"{SVG}text")}
    assert {"Maggie", "Denise & Co", "sister", "Reeds"} <= texts


@pytest.mark.django_db
def test_looking_at_the_picture_is_recorded(client: Client, lead: Actor, full: Case) -> None:
    sign_in(client, lead)
    client.get(reverse("casework:around_show", args=[full.pk]))
    seen = AuditEntry.objects.filter(did="looked", person_id=full.person_id)
    assert seen.latest("at").detail == {"page": "around_show"}


@pytest.mark.django_db
def test_a_colleague_sees_no_picture_of_anothers_client(
    client: Client, lead: Actor, full: Case
) -> None:
    sign_in(client, make_member(lead.service, Role.LEAD))
    for name in ("around", "around_show", "connect"):
        assert client.get(reverse(f"casework:{name}", args=[full.pk])).status_code == 404
