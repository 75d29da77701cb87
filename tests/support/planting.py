"""A service in which every room was told something that must not be readable in its database.

Everything is planted through the rooms' own actions; what was planted is given back, by where.
"""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from openhiu.web.access.actions import breaking_glass
from openhiu.web.access.actor import Actor
from openhiu.web.access.drafts import keep_draft
from openhiu.web.access.models import Role
from openhiu.web.casework import actions as casework
from openhiu.web.casework.actions import visits
from openhiu.web.casework.actions.weight import set_weight
from openhiu.web.casework.models import Case, ConnectionNews
from openhiu.web.intake import actions as intake
from openhiu.web.letters import actions as letters
from openhiu.web.mdt import actions as mdt
from openhiu.web.monitoring import actions as monitoring
from openhiu.web.people import actions as people
from support.web import make_member, make_organisation
from support.web_casework import make_agreement, yes
from support.web_intake import make_place, released, rows_in
from support.web_mdt import make_group, make_plan, make_slot
from support.web_monitoring import make_signal
from support.web_stories import ready


class Planted(dict[str, str]):
    """Where each canary was planted: a text that is nowhere else."""

    _nth = count(1)

    def __call__(self, where: str) -> str:
        self[where] = f"canary{next(self._nth):04d}"
        return f"About the {self[where]} of that day."

    def telephone(self, where: str) -> str:
        """A telephone number with figures that are nowhere else."""
        self[where] = f"{next(self._nth):04d}7719"
        return f"0770{self[where][:1]} {self[where][1:]}"[:13]


def plant() -> Planted:
    """Everything, in one service; its rows are open."""
    say, place = Planted(), make_place()
    person = _person(say, place.lead)
    case = casework.open_case(
        by=place.lead, person=person, consent=yes(evidence=say("evidence"), told=say("told")),
        quarter="2026-Q4",
    )  # fmt: skip
    boss, peer = place.supervisor, make_member(place.service, Role.LEAD)
    _plan(say, place.lead, case)
    _work(say, place.lead, boss, peer, case)
    _safety(say, place.lead, boss, case)
    _sharing(say, place.lead, case)
    _list(say, place)
    _meeting(say, place.lead, boss, case)
    _letter(say, place.lead, case)
    _ending(say, place.lead, peer, boss, case)
    return say


def _person(say: Planted, lead: Actor) -> Any:
    told: dict[str, Any] = {"given_name": "Robin", "family_name": "Sample",
                            "birth_date": timezone.localdate().replace(year=1980)}  # fmt: skip
    person = people.add_person(
        by=lead, phones=[("07700 918273", say("phone label"))], address=say("old address"),
        postcode="ZQ9 9QZ", gp_practice=say("gp practice"), nhs_number="9990000018", **told,
    )  # fmt: skip
    say["phone number"], say["old postcode"] = "918273", "ZQ9 9QZ"
    person = people.change_person(
        by=lead, person=person, version=person.version, address=say("address"), postcode="AB1 2CD"
    )
    people.confirm_address(by=lead, person=person)
    people.set_contact_safety(
        by=lead, person=person, letter="yes", voicemail="no", text="no",
        **{name: say(name) for name in ("safe_times", "who_may_answer", "accessible_note",
                                        "code_phrase", "household", "interpreter")},
    )  # fmt: skip
    people.propose_notice(
        by=lead, person=person, kind="risk", words=say("notice"), source=say("notice source"),
        review_on=timezone.localdate() + timedelta(days=30),
    )  # fmt: skip
    other = people.add_person(by=lead, **{**told, "family_name": "Sampel", "given_name": "Rob"},
                              despite=say("despite"))  # fmt: skip
    people.keep_apart(by=lead, one=person, other=other, reason=say("apart"))
    third = people.add_person(by=lead, address=say("merged address"), despite="x",
                              **{**told, "given_name": "Robyn"})  # fmt: skip
    boss = make_member(lead.service, Role.SUPERVISOR)
    fourth = people.add_person(by=lead, despite="x", **{**told, "given_name": "Robynn"})
    merge = people.propose_merge(by=lead, kept=fourth, absorbed=third, reason=say("merge"))
    people.decide_merge(by=boss, merge=merge, approved=True)
    people.mark_died(by=lead, person=other, heard=say("heard of a death"))
    person.refresh_from_db()
    return person


def _plan(say: Planted, lead: Actor, case: Case) -> None:
    names = ("what_matters", "strengths", "warning_signs", "what_helps", "what_harms",
             "people_to_call", "come_if", "out_of_hours")  # fmt: skip
    casework.change_plan(by=lead, case=case, version=1, **{name: say(name) for name in names})
    casework.note_reasons(by=lead, case=case, certain=["another"], words=say("need"))
    need = case.needs.first()
    casework.change_reason(by=lead, need=need, words=say("need later"), certain=True, met_on=None,
                           missing_service=say("missing service"))  # fmt: skip
    goal = casework.add_goal(by=lead, case=case, words=say("goal"), first_step=say("first step"))
    casework.add_step(by=lead, goal=goal, words=say("step"))
    casework.add_network_member(
        by=lead, case=case, kind="person", name="Ann", relation=say("relation"),
        phone="07700 918274", may_contact="yes", note=say("network note"),
    )  # fmt: skip
    say["network phone"] = "918274"
    today = timezone.localdate()
    casework.record_outcome(by=lead, case=case, category="another", happened_on=today,
                            words=say("outcome"))  # fmt: skip


def _work(say: Planted, lead: Actor, boss: Actor, peer: Actor, case: Case) -> None:
    said = {"how": "phone", "reached": "yes", "at": timezone.now(), "who": "professional"}
    contact = casework.record_contact(
        by=lead, case=case, task=say("task with it"), what_mattered=say("mattered"),
        who_words=say("who"), next_step=say("next step"), **said,
    )  # fmt: skip
    contact = casework.correct_contact(
        by=lead, contact=contact, version=contact.version, what_mattered=say("mattered later"),
        **said,
    )  # fmt: skip
    casework.mark_in_error(by=lead, contact=contact, reason=say("in error"))
    casework.let_go(by=lead, task=casework.add_task(by=lead, case=case, words=say("task")),
                    reason=say("let go"))  # fmt: skip
    casework.note(by=boss, case=case, kind="thought", words=say("supervision"))
    set_weight(by=lead, case=case, said="heavy", reason=say("weight"))
    link = casework.connect(by=lead, case=case, how="gave_number", name="A club",
                            words=say("connection"))  # fmt: skip
    casework.hear_of_connection(by=lead, connection=link, version=link.version, state="did_not_fit",
                                words=say("connection news"))  # fmt: skip
    assert ConnectionNews.objects.filter(connection=link).exists()
    story = ready(lead, casework.write_story(
        by=lead, case=_agreed(say, lead, case), kind="story", quarter="2026-Q4",
        title=say("story title"), words=say("story"), changed=list(_details()),
    ))  # fmt: skip
    casework.take_out(by=lead, story=story, reason=say("taken out"))
    signal = make_signal(case)
    monitoring.acknowledge(by=lead, signal=signal, what="watching", words=say("answer to a signal"))
    monitoring.add_hard_day(by=lead, case=case, month=2, day=3, words=say("hard day"))
    keep_draft(lead.membership, f"contact:{case.pk}", {"what_mattered": [say("draft")]})
    visit = visits.plan_visit(
        by=lead, buddy=peer.membership, starts_at=timezone.now(), minutes=30, case=case,
        phone="07700 918275", where=say("visit"),
    )  # fmt: skip
    say["visit phone"] = "918275"
    visits.come_back(by=lead, visit=visit, words=say("back"))


def _agreed(say: Planted, lead: Actor, case: Case) -> Case:
    casework.answer_story(by=lead, person=case.person, **yes(evidence=say("story evidence")))
    return case


def _details() -> Any:
    from openhiu.web.casework.story_details import DETAILS

    return DETAILS


def _each(say: Planted, *names: str) -> dict[str, str]:
    return {name: say(name) for name in names}


def _safety(say: Planted, lead: Actor, boss: Actor, case: Case) -> None:
    concern = casework.raise_concern(by=boss, person=case.person, words=say("concern"),
                                     call_back=say("call back"))  # fmt: skip
    casework.answer_concern(by=lead, concern=concern, answer=say("answer"))
    shared = casework.share_to_keep_safe(
        by=lead, person=case.person,
        **_each(say, "who_is_at_risk", "told_whom", "what_was_shared", "why_now"),
    )  # fmt: skip
    casework.give_reasons(
        by=lead, shared=shared, gateway="vital",
        **_each(say, "capacity_view", "consent_sought", "person_told", "adviser"),
    )  # fmt: skip
    casework.review(by=boss, shared=shared, words=say("review"))
    opening = breaking_glass.break_glass(
        by=make_member(lead.service, Role.LEAD), person_id=case.person_id, reason=say("glass")
    )
    breaking_glass.review_opening(by=boss, opening=opening, justified=True, note=say("glass note"))


def _sharing(say: Planted, lead: Actor, case: Case) -> None:
    agreement = make_agreement(lead.service)
    casework.answer_share(by=lead, person=case.person, agreement=agreement, items=["name"],
                          **yes(evidence=say("share evidence")))  # fmt: skip
    casework.share(by=lead, person=case.person, agreement=agreement, items=["name"],
                   note=say("share note"))  # fmt: skip


def _list(say: Planted, place: Any) -> None:
    listed = rows_in(released(place), kind="ranked")
    intake.set_aside(by=place.lead, rows=[listed[0]], set_aside_as="other",
                     reason=say("set aside"))  # fmt: skip
    for row in listed[1:]:
        say[f"listed phone of rank {row.rank}"] = row.phone or "no such telephone"
    [approach] = intake.choose(by=place.lead, rows=[listed[1]])
    intake.record_attempt(by=place.lead, approach=approach, how="phone", reached="no_answer",
                          note=say("attempt"), neutral_only=True)  # fmt: skip
    approach.refresh_from_db()
    intake.change_reason(by=place.lead, approach=approach, reason=say("why this person"),
                         version=approach.version)  # fmt: skip
    intake.record_outcome(by=place.lead, approach=approach, outcome="not_right",
                          note=say("their no"), signposted_to=say("signposted"))  # fmt: skip


def _meeting(say: Planted, lead: Actor, boss: Actor, case: Case) -> None:
    group = make_group(lead)
    slot = make_slot(lead, group, case)
    mdt.move(by=lead, meeting=slot.meeting, to="held")
    note = mdt.write_note(by=lead, slot=slot, words=say("minutes"))
    mdt.change_note(by=lead, note=note, version=note.version, words=say("minutes later"),
                    kind="decided", items=[])  # fmt: skip
    action = mdt.give_action(by=lead, group=group, case=case, words=say("action"),
                             owner=lead.membership, due_on=timezone.localdate())  # fmt: skip
    mdt.let_go(by=lead, action=action, words=say("action let go"))
    plan = make_plan(
        lead, case, group, client_says="agreed", client_words=say("client words"),
        said={name: say(f"agreed {name}") for name in ("signs", "helps", "come_if")},
        row={"who": "A&E", "does": say("plan row"), "call": say("whom to call")},
    )  # fmt: skip
    assert plan.state == "agreed"


def _letter(say: Planted, lead: Actor, case: Case) -> None:
    letter = letters.write_letter(by=lead, case=case, kind="hello", ring="01632 960 001")
    letter = letters.change_letter(by=lead, letter=letter, version=letter.version,
                                   body=f"{letter.body}\n\n{say('letter')}")  # fmt: skip
    letters.put_in(by=lead, letter=letter, way="post")


def _ending(say: Planted, lead: Actor, peer: Actor, boss: Actor, case: Case) -> None:
    case.refresh_from_db()
    casework.step_back(by=lead, case=case, reason=say("phase"))
    casework.object_to_counting(by=lead, person=case.person, heard_on=timezone.localdate(),
                                words=say("objection"))  # fmt: skip
    casework.hand_over(by=boss, from_lead=lead.membership, to_lead=peer.membership,
                       case_ids=[case.pk], reason=say("handover"))  # fmt: skip
    casework.answer_take_part(by=peer, person=case.person,
                              **yes(given=False, evidence=say("their stop")))  # fmt: skip
    make_organisation()
