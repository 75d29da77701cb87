"""What simulated years found wrong (bench/service), each as the few steps that led to it."""

from __future__ import annotations

import pytest

from openhiu.web.access.gate import NotAllowed
from openhiu.web.access.models import Role
from openhiu.web.casework import actions
from openhiu.web.casework.queries.sharing import notes_to
from openhiu.web.people import actions as people
from openhiu.web.people.models import Person
from support.web import make_member, make_service
from support.web_casework import make_agreement, make_case, make_partner, share_with, yes

pytestmark = pytest.mark.django_db


def test_a_partner_is_no_longer_asked_to_ring_somebody_who_died() -> None:
    lead = make_member(make_service(), Role.LEAD)
    case, agreement = make_case(lead), make_agreement(lead.service)
    share_with(lead, case, agreement, ["name", "goals"])
    actions.share(by=lead, person=case.person, agreement=agreement, items=["name", "goals"],
                  note="Please ring them on Friday.")  # fmt: skip
    partner = make_partner(agreement)
    assert notes_to(partner, case.person)
    people.mark_died(by=lead, person=case.person)
    assert notes_to(partner, Person.objects.get(pk=case.person_id)) == []


def test_a_word_that_went_with_an_address_hides_with_it() -> None:
    lead = make_member(make_service(), Role.LEAD)
    case = make_case(lead)
    goals, home = (make_agreement(lead.service, purpose=purpose) for purpose in ("goals", "home"))
    home.organisation = goals.organisation
    home.save()
    share_with(lead, case, goals, ["name", "goals"])
    share_with(lead, case, home, ["address"])
    actions.share(by=lead, person=case.person, agreement=home, items=["address"],
                  note="The bell says 2b.")  # fmt: skip
    partner = make_partner(goals)
    assert [one.note for one in notes_to(partner, case.person)] == ["The bell says 2b."]
    people.mark_restricted(by=lead, person=case.person)
    assert notes_to(partner, Person.objects.get(pk=case.person_id)) == []


def test_word_of_a_death_counts_for_a_page_that_was_drawn_before_it() -> None:
    lead = make_member(make_service(), Role.LEAD)
    case, agreement = make_case(lead), make_agreement(lead.service)
    share_with(lead, case, agreement, ["name"])
    drawn = Person.objects.get(pk=case.person_id)
    people.mark_died(by=lead, person=Person.objects.get(pk=case.person_id))
    with pytest.raises(NotAllowed):
        actions.share(by=lead, person=drawn, agreement=agreement, items=["name"])
    with pytest.raises(NotAllowed):
        actions.answer_take_part(by=lead, person=drawn, **yes())
