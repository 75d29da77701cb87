"""A lead writes a letter: drawn up from the record, set as the client needs it, and changed."""

from __future__ import annotations

import pytest

from openhiu.web.access.actor import Actor
from openhiu.web.access.gate import NotAllowed, Stale
from openhiu.web.access.models import Role
from openhiu.web.casework.models import Case
from openhiu.web.letters import actions, composing, readability, texts
from openhiu.web.letters.kinds import KINDS
from openhiu.web.letters.sheet import sheet
from support.web import make_member
from support.web_letters import make_client, make_letter, make_partner_of, make_practice

pytestmark = pytest.mark.django_db
OURS = [kind for kind in KINDS.values() if kind.to_client]


@pytest.mark.parametrize("kind", [kind.key for kind in OURS])
def test_each_letter_to_a_client_comes_from_the_record(lead: Actor, case: Case, kind: str) -> None:
    asked = {one.name: "Tuesday" for one in KINDS[kind].asks}
    letter = make_letter(lead, case, kind, asked=asked)
    assert "01632 960 001" in letter.body
    assert not texts.GAP.search(letter.body)
    assert "{" not in letter.body


def test_what_nobody_has_said_is_a_gap_to_fill(lead: Actor, case: Case) -> None:
    assert "[the day]" in make_letter(lead, case, "appointment").body


def test_a_heading_with_nothing_under_it_is_left_out(lead: Actor, case: Case) -> None:
    body = make_letter(lead, case, "crisis_plan").body
    assert "## What helps me\nA walk by the river" in body
    assert "What makes it worse" not in body  # the plan says nothing there


@pytest.mark.parametrize(
    ("needs", "layout"),
    [([], "usual"), (["large_print"], "large"), (["easy_read"], "easy"),
     (["large_print", "easy_read"], "easy")],
)  # fmt: skip
def test_it_is_set_as_the_client_needs_it(lead: Actor, needs: list[str], layout: str) -> None:
    case = make_client(lead, plan={"accessible_needs": needs})
    assert make_letter(lead, case).layout == layout


def test_the_language_is_the_one_their_interpreter_speaks(lead: Actor) -> None:
    case = make_client(lead, plan={"accessible_needs": ["other_language"],
                                   "interpreter": "Polish, Anna from the agency"})  # fmt: skip
    letter = make_letter(lead, case)
    assert (letter.language, letter.translated) == ("pl", "")


def test_someone_elses_client_is_not_written_to(lead: Actor, case: Case) -> None:
    other = make_member(lead.service, Role.LEAD)
    with pytest.raises(NotAllowed):
        make_letter(other, case)


def test_a_letter_has_one_recipient(lead: Actor, case: Case) -> None:
    practice = make_practice(lead, case)
    with pytest.raises(NotAllowed, match="one recipient"):
        make_letter(lead, case, "hello", to=practice)
    with pytest.raises(NotAllowed, match="one recipient"):
        make_letter(lead, case, "gp_working")


def test_a_gp_letter_goes_to_practices_alone(lead: Actor, case: Case) -> None:
    partner = make_partner_of(lead, case)
    with pytest.raises(NotAllowed):
        make_letter(lead, case, "gp_working", to=partner.organisation)


def test_a_stale_save_shows_both_texts_and_loses_nothing(lead: Actor, case: Case) -> None:
    letter = make_letter(lead, case)
    actions.change_letter(by=lead, letter=letter, version=1, body="Mine")
    with pytest.raises(Stale) as why:
        actions.change_letter(by=lead, letter=letter, version=1, body="Theirs")
    assert why.value.fields == [("The letter", "Mine", "Theirs")]


def test_easy_read_takes_the_easy_words_and_a_picture_to_a_sentence(
    lead: Actor, case: Case
) -> None:
    letter = actions.change_letter(by=lead, letter=make_letter(lead, case), version=1,
                                   layout="easy")  # fmt: skip
    assert "We can find help together." in letter.body
    document = composing.compose(sheet(letter))
    rows = [row for block in document.blocks if hasattr(block, "rows") for row in block.rows]
    assert [row.words for row in rows][:2] == ["Hello Robin.", "My name is Asha Lead."]
    assert all(row.alt for row in rows if row.picture)
    assert document.points == 16


@pytest.mark.parametrize("kind", [kind.key for kind in OURS])
def test_our_own_words_read_easily(lead: Actor, case: Case, kind: str) -> None:
    words = texts.wording(lead.service_id, kind)
    assert words
    plain = readability.read(texts.fill(words.body, dict.fromkeys(texts.NAMES, "ten")))
    assert plain.age is None or plain.age <= readability.AIM, kind
    easy = readability.read(texts.fill(words.easy, dict.fromkeys(texts.NAMES, "ten")), easy=True)
    assert easy.long == ()


def test_a_reading_age_by_hand() -> None:
    """Two sentences of 15 one-syllable words: 0.39 * 15 + 11.8 * 1 - 15.59 = 2.06, so age 7."""
    sentence = "We can meet in the park and talk for as long as you would like to. "
    assert readability.read(sentence * 2).age == 7
    long = readability.read("A " + "very " * 25 + "long one.")
    assert len(long.long) == 1
    assert "Cut in two" in long.hints[0]
