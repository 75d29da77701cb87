"""The gates before anything leaves: one thing wrong at a time, and several, on every way."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from itertools import combinations
from typing import Any

import pytest
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.gate import NotAllowed
from openhiu.web.access.models import Agreement
from openhiu.web.access.sealed import update_each
from openhiu.web.casework import actions as casework
from openhiu.web.casework.models import Case, Consent, Plan
from openhiu.web.letters import actions, gates
from openhiu.web.letters.models import Letter, Outgoing, PostalAddress
from openhiu.web.letters.sheet import sheet
from openhiu.web.people.models import ContactSafety, Merge, Person
from support.web_casework import make_person
from support.web_letters import (
    HeldChannel,
    days_ago,
    make_client,
    make_letter,
    make_partner_of,
    make_practice,
    said_no,
)

pytestmark = pytest.mark.django_db
Change = Callable[[Actor, Case], None]


def person(**facts: Any) -> Change:
    return lambda _, case: update_each(Person.objects.filter(pk=case.person_id), **facts) and None


def safety(**facts: Any) -> Change:
    rows = ContactSafety.objects
    return lambda _, case: update_each(rows.filter(person=case.person_id), **facts) and None


def _no_plan(_: Actor, case: Case) -> None:
    ContactSafety.objects.filter(person=case.person_id).delete()


def _merge(lead: Actor, case: Case) -> None:
    Merge.objects.create(
        service=lead.service, kept=make_person(lead.service), absorbed=case.person,
        reason="Alike", proposed_by=lead.membership,
    )  # fmt: skip


def _stop(lead: Actor, case: Case) -> None:
    said_no(lead, case.person)


# One thing that is wrong in the world, and the gate it closes on each way to a client.
WORLD: dict[str, tuple[Change, set[str], set[str]]] = {
    "nothing": (lambda *_: None, set(), set()),
    "died": (person(died="informal"), {"alive"}, {"alive"}),
    "died, with a date": (person(died_on=date(2026, 11, 1)), {"alive"}, {"alive"}),
    "asked us to stop": (_stop, {"takes_part"}, {"takes_part"}),
    "perhaps two people": (_merge, {"one_person"}, {"one_person"}),
    "in hiding": (person(restricted=True), {"whereabouts"}, set()),
    "no address": (person(address=""), {"address"}, set()),
    "never confirmed": (person(address_confirmed_on=None), {"address"}, set()),
    "confirmed 30 days ago": (lambda _, c: person(address_confirmed_on=days_ago(30))(_, c), set(),
                              set()),
    "confirmed 31 days ago": (lambda _, c: person(address_confirmed_on=days_ago(31))(_, c),
                              {"address"}, set()),
    "no contact-safety plan": (_no_plan, {"safe"}, set()),
    "no letters": (safety(letter="no"), {"safe"}, set()),
    "neutral words only": (safety(letter="neutral"), set(), set()),
    "large print": (safety(accessible_needs=["large_print"]), {"format"}, {"format"}),
    "Braille": (safety(accessible_needs=["braille"]), {"format"}, {"format"}),
    "a need that letters meet": (safety(accessible_needs=["deaf", "time"]), set(), set()),
}  # fmt: skip


def closed(letter: Letter, way: str) -> set[str]:
    return {verdict.gate.key for verdict in gates.stopped(gates.look(sheet(letter, way)))}


@pytest.mark.parametrize("name", WORLD)
def test_one_thing_wrong_closes_its_gate_and_no_other(lead: Actor, case: Case, name: str) -> None:
    change, by_post, by_hand = WORLD[name]
    letter = make_letter(lead, case)
    change(lead, case)
    assert closed(letter, "post") == by_post
    assert closed(letter, "hand") == by_hand


@pytest.mark.parametrize("name", WORLD)
def test_what_a_closed_gate_means_for_the_outbox(lead: Actor, case: Case, name: str) -> None:
    change, by_post, by_hand = WORLD[name]
    letters = [(way, wrong, make_letter(lead, case))
               for way, wrong in (("post", by_post), ("hand", by_hand))]  # fmt: skip
    change(lead, case)
    for way, wrong, letter in letters:
        if wrong:
            with pytest.raises(gates.Closed) as why:
                actions.put_in(by=lead, letter=letter, way=way)
            assert len(str(why.value)) > 20
        else:
            assert actions.put_in(by=lead, letter=letter, way=way).pdf is not None
        assert Outgoing.objects.filter(letter=letter).exists() is not bool(wrong)


# In hiding nothing else about the place is asked; neutral words are asked of a plan that is there.
_APART = ({"in hiding", "no address"}, {"in hiding", "never confirmed"},
          {"in hiding", "confirmed 31 days ago"}, {"no contact-safety plan", "no letters"},
          {"no contact-safety plan", "large print"}, {"no contact-safety plan", "Braille"},
          {"large print", "Braille"}, {"no address", "never confirmed"})  # fmt: skip
PAIRS = [
    pair for pair in combinations(["asked us to stop", "died", "perhaps two people", "in hiding",
                                   "no address", "never confirmed", "confirmed 31 days ago",
                                   "no contact-safety plan", "no letters", "large print",
                                   "Braille"], 2)
    if set(pair) not in _APART and not (set(pair) <= {"never confirmed", "confirmed 31 days ago",
                                                      "no address"})
]  # fmt: skip


@pytest.mark.parametrize("pair", PAIRS, ids=" and ".join)
def test_two_things_wrong_are_both_told(lead: Actor, case: Case, pair: tuple[str, str]) -> None:
    letter = make_letter(lead, case)
    wanted: set[str] = set()
    for name in pair:
        change, by_post, _ = WORLD[name]
        change(lead, case)
        wanted |= by_post
    assert closed(letter, "post") == wanted


def test_large_print_and_easy_read_meet_their_needs(lead: Actor) -> None:
    case = make_client(lead, plan={"accessible_needs": ["large_print", "easy_read"]})
    letter = make_letter(lead, case)
    assert closed(letter, "post") == set()
    large = actions.change_letter(by=lead, letter=letter, version=1, layout="large")
    assert closed(large, "post") == {"format"}


def test_a_format_that_does_not_suit_is_passed_with_a_reason_that_is_kept(lead: Actor) -> None:
    case = make_client(lead, plan={"accessible_needs": ["braille"]})
    letter = make_letter(lead, case)
    with pytest.raises(NotAllowed, match="in a sentence"):
        actions.pass_gate(by=lead, letter=letter, gate="format", reason="ok", way="post")
    passed = actions.pass_gate(by=lead, letter=letter, gate="format", way="post",
                               reason="His sister reads it to him, he asked for it.")  # fmt: skip
    assert closed(passed, "post") == set()
    assert passed.reasons["format"]["said"].startswith("His sister")
    changed = actions.change_letter(by=lead, letter=passed, version=passed.version, body="New")
    assert closed(changed, "post") == {"format"}  # it was given for other words


@pytest.mark.parametrize(
    "gate", [gate.key for gate in gates.GATES if gate.key not in ("practice", "format")]
)
def test_no_other_gate_to_a_client_is_ever_passed(lead: Actor, case: Case, gate: str) -> None:
    letter = make_letter(lead, case)
    with pytest.raises(NotAllowed, match="cannot be passed"):
        actions.pass_gate(by=lead, letter=letter, gate=gate, reason="Because I say so, please.")
    # Nor by writing the reason into the row.
    person(died="formal")(lead, case)
    told = {"said": "x", "to": dict(map(_said, gates.look(sheet(letter, "post"))))["alive"]}
    update_each(Letter.objects.filter(pk=letter.pk), reasons={"alive": told, "words": told})
    letter.refresh_from_db()
    assert "alive" in closed(letter, "post")


def _said(verdict: gates.Verdict) -> tuple[str, str]:
    return verdict.gate.key, verdict.why


def test_a_reason_for_one_need_is_no_reason_for_another(lead: Actor) -> None:
    case = make_client(lead, plan={"accessible_needs": ["braille"]})
    letter = make_letter(lead, case)
    passed = actions.pass_gate(by=lead, letter=letter, gate="format", way="post",
                               reason="His sister reads it to him, he asked for it.")  # fmt: skip
    assert closed(passed, "post") == set()
    ContactSafety.objects.filter(person=case.person).update(accessible_needs=["bsl"])
    assert closed(passed, "post") == {"format"}
    ContactSafety.objects.filter(person=case.person).update(accessible_needs=["braille"])
    assert closed(passed, "post") == set()


def test_a_reason_for_one_practice_is_no_reason_for_another(lead: Actor, case: Case) -> None:
    practice = make_practice(lead, case)
    person(gp_practice="Hillside Surgery")(lead, case)
    letter = make_letter(lead, case, "gp_working", to=practice)
    passed = actions.pass_gate(by=lead, letter=letter, gate="practice", way="post",
                               reason="They moved to this practice on Monday.")  # fmt: skip
    assert "practice" not in closed(passed, "post")
    person(gp_practice="Lakeside Surgery")(lead, case)
    assert "practice" in closed(passed, "post")


def test_confirming_the_address_is_one_press_and_says_who_said_so(lead: Actor, case: Case) -> None:
    person(address_confirmed_on=days_ago(40))(lead, case)
    letter = make_letter(lead, Case.objects.get(pk=case.pk))
    with pytest.raises(NotAllowed, match="who said"):
        actions.confirm_address(by=lead, letter=letter, said_by="nobody")
    actions.confirm_address(by=lead, letter=letter, said_by="phone")
    now = sheet(letter, "post")
    assert closed(letter, "post") == set()
    assert now.checked
    assert (now.checked.said_by, now.checked.by) == ("phone", lead.membership)


def test_a_new_address_has_to_be_confirmed_anew(lead: Actor, case: Case) -> None:
    from openhiu.web.people.actions import change_person

    letter = make_letter(lead, case)
    assert closed(letter, "post") == set()
    row = Person.objects.get(pk=case.person_id)
    change_person(by=lead, person=row, version=row.version, address="1 New Road")
    assert closed(letter, "post") == {"address"}


# --- to organisations ---


def _withdraw_share(lead: Actor, case: Case) -> None:
    answer = Consent.objects.get(person=case.person_id, kind="share", given=True)
    casework.withdraw(by=lead, consent=answer)


def _review_past(_: Actor, case: Case) -> None:
    rows = Consent.objects.filter(person=case.person_id, kind="share")
    rows.update(review_on=timezone.localdate())


def _no_agreement(lead: Actor, _: Case) -> None:
    Agreement.objects.filter(service=lead.service).update(ends_on=days_ago(1))


TO_GP: dict[str, tuple[Change, set[str]]] = {
    "nothing": (lambda *_: None, set()),
    "died": (person(died="formal"), {"alive"}),
    "asked us to stop": (_stop, {"takes_part", "consent"}),
    "perhaps two people": (_merge, {"one_person"}),
    "in hiding": (person(restricted=True), {"whereabouts"}),
    "yes taken back": (_withdraw_share, {"consent"}),
    "yes past its review": (_review_past, {"consent"}),
    "agreement ended": (_no_agreement, {"consent"}),
    "another practice": (person(gp_practice="Hill Top Medical Centre"), {"practice"}),
    "no practice": (person(gp_practice=""), {"practice"}),
    "no letters to them": (safety(letter="no"), set()),
    "address of the client": (person(address=""), set()),
}


@pytest.mark.parametrize("way", ["mail", "sign_in", "post"])
@pytest.mark.parametrize("name", TO_GP)
def test_a_letter_to_the_gp(
    lead: Actor, case: Case, held: HeldChannel, name: str, way: str
) -> None:
    practice = make_practice(lead, case)
    letter = make_letter(lead, case, "gp_working", to=practice)
    change, wanted = TO_GP[name]
    change(lead, case)
    here = {"recipient"} if way == "sign_in" else set()  # nobody there has an account
    assert closed(letter, way) == wanted | here


def test_a_yes_that_does_not_cover_their_name_says_so(lead: Actor, case: Case) -> None:
    practice = make_practice(lead, case, items=["phase"])
    letter = make_letter(lead, case, "gp_working", to=practice)
    assert "consent" in closed(letter, "post")


def test_no_address_and_no_mailbox_are_told(lead: Actor, case: Case, held: HeldChannel) -> None:
    practice = make_practice(lead, case, address="", mailbox="")
    letter = make_letter(lead, case, "gp_working", to=practice)
    assert closed(letter, "post") == closed(letter, "mail") == {"recipient"}


def test_a_document_goes_to_a_secure_mailbox_alone(
    lead: Actor, case: Case, held: HeldChannel
) -> None:
    practice = make_practice(lead, case, mailbox="reception@practice.example.org")
    letter = make_letter(lead, case, "gp_working", to=practice)
    assert closed(letter, "mail") == {"recipient"}
    PostalAddress.objects.filter(organisation=practice).update(mailbox="a.b@nhs.net")
    assert closed(letter, "mail") == set()


def test_a_summary_needs_what_is_shared_now(lead: Actor, case: Case) -> None:
    partner = make_partner_of(lead, case)
    letter = make_letter(lead, case, "partner_summary", to=partner.organisation)
    assert closed(letter, "sign_in") == set()
    _withdraw_share(lead, case)
    assert closed(letter, "sign_in") == {"consent"}


def test_a_plan_that_was_changed_or_is_past_its_time_is_not_sent(lead: Actor, case: Case) -> None:
    letter = make_letter(lead, case, "crisis_plan")
    assert closed(letter, "hand") == set()
    Plan.objects.filter(case=case).update(version=9)
    assert closed(letter, "hand") == {"current"}
    again = actions.draw_up_again(by=lead, letter=letter)
    assert closed(again, "hand") == set()
    Plan.objects.filter(case=case).update(updated_at=timezone.now() - timedelta(days=200))
    assert closed(again, "hand") == {"current"}


def test_in_neutral_post_a_plan_cannot_be_said(lead: Actor) -> None:
    case = make_client(lead, plan={"letter": "neutral"})
    letter = make_letter(lead, case, "crisis_plan")
    assert "safe" in closed(letter, "post")
    assert closed(letter, "hand") == set()


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ({}, {"translated", "complete"}),
        ({"translated": "Dzień dobry"}, {"translated"}),
        ({"translated": "Dzień dobry", "translator": "Anna", "read_back_by": "Anna",
          "read_back_on": date(2026, 11, 10)}, {"translated"}),
        ({"translated": "Dzień dobry", "translator": "Anna", "read_back_by": "Ola",
          "read_back_on": date(2026, 11, 10)}, set()),
    ],
)  # fmt: skip
def test_a_translation_is_made_by_one_and_read_back_by_another(
    lead: Actor, said: dict[str, Any], wanted: set[str]
) -> None:
    case = make_client(lead, plan={"accessible_needs": ["other_language"],
                                   "interpreter": "Polish"})  # fmt: skip
    letter = make_letter(lead, case)
    letter = actions.change_letter(by=lead, letter=letter, version=1, **said)
    assert closed(letter, "post") == wanted


def test_a_gap_that_nobody_filled_stops_it(lead: Actor, case: Case) -> None:
    letter = make_letter(lead, case, "appointment")
    assert closed(letter, "post") == {"complete"}
