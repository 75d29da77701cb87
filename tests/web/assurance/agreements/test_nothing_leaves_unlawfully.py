"""Every guarded way out, tried under every agreement or gateway that does not hold: nothing leaves.

And ten thousand random agreements, answers, roles and days: no item outside what they share.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from random import Random
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone

from openhiu.web.access.gate import Missing, NotAllowed
from openhiu.web.access.lawful import in_force
from openhiu.web.access.models import Agreement, AuditEntry, Gateway, Role
from openhiu.web.access.upgraded import old_holds_until
from openhiu.web.assurance.ways_out import Needs, guarded
from openhiu.web.casework import actions as casework
from openhiu.web.casework.actions.handing_out import hand_over_roster
from openhiu.web.casework.models import Connection, Consent, Share
from openhiu.web.casework.sharing import ITEMS, in_common, visible_items
from openhiu.web.intake import actions as intake
from openhiu.web.intake.actions.receiving import propose
from openhiu.web.intake.models import Listed, ReceivedList
from openhiu.web.intake.queries import lists
from openhiu.web.letters import actions as letters
from openhiu.web.letters.gates import Closed
from openhiu.web.letters.models import Outgoing
from openhiu.web.mdt import actions as mdt
from openhiu.web.mdt.models import Copy
from openhiu.web.mdt.policies import why_not_member
from openhiu.web.mdt.seeing import seen
from openhiu.web.monitoring import actions as monitoring
from openhiu.web.monitoring.models import Activity, Feed
from support.web import make_member, make_organisation, make_service
from support.web_casework import make_agreement, make_case, make_partner, share_with, yes
from support.web_intake import SITE, Folder, Place, listing_of, make_place, rows_in
from support.web_lawful import EVERYTHING, make_gateway
from support.web_letters import make_client as make_reachable
from support.web_letters import make_letter, make_letterhead, make_practice
from support.web_mdt import make_group, make_plan
from support.web_monitoring import deliver, event, feed_files, make_client

pytestmark = pytest.mark.django_db
TRIPLES = int(os.environ.get("SHARING_TRIPLES", "10000"))


def today(days: int = 0) -> Any:
    return timezone.localdate() + timedelta(days=days)


# --- what does not hold ---

Broken = Callable[[Any], Any]


def change(**facts: Any) -> Broken:
    def broken(one: Any) -> Any:
        told = {name: fact() if callable(fact) else fact for name, fact in facts.items()}
        type(one).objects.filter(pk=one.pk).update(**told)
        one.refresh_from_db()
        return one

    return broken


def elsewhere(one: Any) -> Any:
    return change(organisation=make_organisation())(one)


BOTH: dict[str, Broken] = {
    "not agreed": change(state="drafted"),
    "not begun": change(starts_on=lambda: today(1)),
    "ended by somebody": change(state="ended"),
    "with another organisation": elsewhere,
}
GATEWAYS = BOTH | {
    "past its end": change(expires_on=lambda: today(-1)),
    "outside its scope": change(data_sets=[]),
}
AGREEMENTS = BOTH | {
    "past its end": change(ends_on=lambda: today(-1)),
    "outside its scope": change(items=[]),
    "not signed by everybody": change(signed_on=None),
    "signed tomorrow": change(signed_on=lambda: today(1)),
    "replaced": change(state="superseded"),
}


def absent(one: Any) -> None:
    type(one).objects.filter(pk=one.pk).update(state="ended", starts_on=today(9))


# --- the ways: each sets up everything that is needed, and tries; how much left goes out ---


def quietly(act: Callable[[], Any]) -> None:
    with suppress(NotAllowed, Missing, Closed):
        act()


def list_way(spoil: Broken) -> int:
    """A new list, the release of one that waits, and rows of one that was released."""
    place = make_place()
    gateway = Gateway.objects.get()
    first = propose(by=place.analyst, listing=listing_of(Folder()))
    intake.release(by=place.supervisor, received=first, gateway=gateway)
    later = propose(by=place.analyst, listing=listing_of(Folder(as_of="2026-10-02")))
    spoil(gateway)
    third = listing_of(Folder(as_of="2026-10-03"))
    quietly(lambda: propose(by=place.analyst, listing=third))
    quietly(lambda: intake.release(by=place.supervisor, received=later, gateway=gateway))
    quietly(lambda: intake.choose(by=place.lead, rows=rows_in(first)[:1]))
    held = ReceivedList.objects.get(pk=first.pk)
    new = ReceivedList.objects.filter(service=place.service).count() - 2
    out = ReceivedList.objects.filter(service=place.service, state="released").count() - 1
    chosen = Listed.objects.filter(service=place.service, state="chosen").count()
    return new + out + chosen + _rows_shown(place, held)


def _rows_shown(place: Place, held: ReceivedList) -> int:
    shown = len(lists.rows_of(place.lead, held, SITE)) + len(lists.undecided(place.lead))
    with suppress(NotAllowed, Missing):
        lists.listed_or_missing(place.lead, rows_in(held)[1].pk)
        shown += 1
    return shown


def _hospital(spoil: Broken) -> tuple[Any, Any, Any]:
    lead = make_member(make_service(), Role.LEAD)
    trust = make_organisation()
    case = make_client(lead, "Robin", "9990000018")
    analyst = make_member(lead.service, Role.ANALYST, organisation=trust)
    spoil(make_gateway(lead.service, trust))
    return lead, analyst, case


def activity_way(spoil: Broken) -> int:
    _, analyst, case = _hospital(spoil)
    files = feed_files([case], [event(case.person_id, "2026-03-01 10:00")])
    quietly(lambda: deliver(analyst, files))
    return Feed.objects.count() + Activity.objects.count()


def caseload_way(spoil: Broken) -> int:
    _, analyst, _ = _hospital(spoil)
    quietly(lambda: monitoring.hand_over_caseload(by=analyst))
    return AuditEntry.objects.filter(did="exported").count()


def roster_way(spoil: Broken) -> int:
    """Somebody chosen from a list said yes, so there is somebody on the roster."""
    place = make_place()
    gateway = Gateway.objects.get()
    received = propose(by=place.analyst, listing=listing_of(Folder()))
    intake.release(by=place.supervisor, received=received, gateway=gateway)
    (approach,) = intake.choose(by=place.lead, rows=rows_in(received)[:1])
    intake.record_attempt(by=place.lead, approach=approach, how="phone", reached="yes",
                          neutral_only=True)  # fmt: skip
    intake.record_outcome(by=place.lead, approach=approach, outcome="yes", consent=yes())
    spoil(gateway)
    quietly(lambda: hand_over_roster(by=place.analyst))
    return AuditEntry.objects.filter(did="exported").count()


def _shared() -> SimpleNamespace:
    lead = make_member(make_service(), Role.LEAD)
    case, agreement = make_case(lead), make_agreement(lead.service)
    share_with(lead, case, agreement, list(ITEMS))
    return SimpleNamespace(
        lead=lead, case=case, agreement=agreement, partner=make_partner(agreement)
    )


def share_way(spoil: Broken) -> int:
    at = _shared()
    spoil(at.agreement)
    before = Share.objects.count()
    quietly(lambda: casework.share(by=at.lead, person=at.case.person, agreement=at.agreement,
                                   items=["name"]))  # fmt: skip
    return len(visible_items(at.partner, at.case.person)) + Share.objects.count() - before


def connection_way(spoil: Broken) -> int:
    at = _shared()
    spoil(at.agreement)
    quietly(lambda: casework.connect(by=at.lead, case=at.case, name="Reeds Advice", how="wrote",
                                     agreement=at.agreement, items=["name"]))  # fmt: skip
    return Connection.objects.count()


def meeting_way(spoil: Broken) -> int:
    at = _shared()
    spoil(at.agreement)
    may_sit = not why_not_member(at.lead.service_id, at.partner.membership)
    # What is not in the scope is not told; a seat alone tells of nobody.
    return len(seen(at.partner, [at.case])[at.case.pk]) + (may_sit and not at_scope(at.agreement))


def at_scope(agreement: Agreement) -> bool:
    agreement.refresh_from_db()
    return agreement.items == []


def plan_way(spoil: Broken) -> int:
    at = _shared()
    plan = make_plan(at.lead, at.case, make_group(at.lead, at.partner))
    spoil(at.agreement)
    for by in (at.lead, at.partner):
        quietly(lambda by=by: mdt.give_copy(by=by, plan=plan, organisation=at.partner.organisation))
    return Copy.objects.count()


def letter_way(spoil: Broken) -> int:
    """A letter that is begun, and one that was written before and is to go now."""
    lead = make_member(make_service(), Role.LEAD)
    case = make_reachable(lead)
    make_letterhead(lead)
    practice = make_practice(lead, case)
    written = make_letter(lead, case, "gp_working", to=practice)
    spoil(Agreement.objects.get(organisation=practice))
    quietly(lambda: letters.put_in(by=lead, letter=written, way="post"))
    quietly(
        lambda: letters.put_in(
            by=lead, letter=make_letter(lead, case, "gp_working", to=practice), way="post"
        )
    )
    items = list(Outgoing.objects.all())
    for item in items:
        quietly(lambda item=item: letters.posted(by=lead, item=item, on=today()))
    return AuditEntry.objects.filter(did="shared", about__contains="outgoing").count()


TRIED: dict[str, Callable[[Broken], int]] = {
    "list": list_way, "activity": activity_way, "caseload": caseload_way, "roster": roster_way,
    "share": share_way, "connection": connection_way, "meeting": meeting_way, "plan": plan_way,
    "letter": letter_way,
}  # fmt: skip
MATRIX = [
    (way.key, name)
    for way in guarded()
    for name in (AGREEMENTS if way.needs is Needs.AGREEMENT else GATEWAYS)
]


def test_every_guarded_way_is_tried() -> None:
    assert set(TRIED) == {way.key for way in guarded()}


@pytest.mark.parametrize(("way", "what"), MATRIX)
def test_nothing_leaves_under_what_does_not_hold(way: str, what: str) -> None:
    needs = next(one.needs for one in guarded() if one.key == way)
    broken = (AGREEMENTS if needs is Needs.AGREEMENT else GATEWAYS)[what]
    assert TRIED[way](broken) == 0


@pytest.mark.parametrize("way", sorted(TRIED))
def test_nothing_leaves_without_any(way: str) -> None:
    assert TRIED[way](lambda one: absent(one)) == 0


@pytest.mark.parametrize("way", sorted(TRIED))
def test_it_does_leave_under_what_holds(way: str) -> None:
    """Otherwise the refusals above would prove nothing."""
    assert TRIED[way](lambda one: one) > 0


@pytest.mark.parametrize("way", ["activity", "caseload", "roster"])
def test_an_agreement_that_names_the_data_set_does_as_well(way: str) -> None:
    def instead(gateway: Gateway) -> None:
        make_agreement(gateway.service, gateway.organisation, items=[], data_sets=EVERYTHING)
        absent(gateway)

    assert TRIED[way](instead) > 0


def test_no_agreement_carries_a_list_of_people_nobody_asked() -> None:
    def instead(gateway: Gateway) -> None:
        make_agreement(gateway.service, gateway.organisation, data_sets=EVERYTHING)
        absent(gateway)

    assert TRIED["list"](instead) == 0


# --- random agreements, answers, shares, roles and days ---

STATES = ("drafted", "agreed", "agreed", "agreed", "standing", "ended", "superseded")
PURPOSES = ("a home", "a meeting")


def some(dice: Random) -> list[str]:
    return dice.sample(sorted(ITEMS), dice.randint(1, len(ITEMS)))


def holds(one: Agreement, on: Any) -> bool:
    """Said again in other words than the code's."""
    if one.state == "agreed":
        if one.signed_on is None or on < one.signed_on:
            return False
    elif one.state != "standing" or on > (old_holds_until() or today(-999)):
        return False
    return not (on < one.starts_on or one.ends_on < on)


def agreement_of(dice: Random) -> Agreement:
    start = today(dice.randint(-60, 20))
    return Agreement(
        purpose=dice.choice(PURPOSES), items=some(dice), state=dice.choice(STATES),
        starts_on=start, ends_on=start + timedelta(days=dice.randint(0, 90)),
        signed_on=dice.choice((None, today(-60), today(-60), today(dice.randint(-30, 10)))),
    )  # fmt: skip


def answer_of(dice: Random) -> Consent:
    return Consent(
        kind="share", person_id=UUID(int=1), organisation_id=UUID(int=2),
        purpose=dice.choice(PURPOSES), items=some(dice), given=dice.random() < 0.8,
        review_on=today(dice.randint(-10, 90)), recorded_at=timezone.now(),
        withdrawn_at=timezone.now() if dice.random() < 0.2 else None,
    )  # fmt: skip


def share_of(dice: Random) -> Share:
    return Share(purpose=dice.choice(PURPOSES), items=some(dice),
                 stopped_at=timezone.now() if dice.random() < 0.2 else None)  # fmt: skip


def within(agreements: list[Any], answers: list[Any], shares: list[Any], on: Any) -> set[str]:
    """Every item that some purpose lets through all three, by brute force."""
    newest: dict[str, Consent] = {}
    for answer in answers:  # newest first
        newest.setdefault(answer.purpose, answer)
    return {
        item
        for share in shares if share.stopped_at is None
        for item in share.items
        if share.purpose in newest
        and newest[share.purpose].given and newest[share.purpose].withdrawn_at is None
        and on < newest[share.purpose].review_on and item in newest[share.purpose].items
        and any(one.purpose == share.purpose and item in one.items and holds(one, on)
                for one in agreements)
    }  # fmt: skip


def test_of_thousands_of_random_triples_not_one_item_is_outside_what_they_share() -> None:
    dice, seen_something, outside = Random(20261122), 0, 0
    for _ in range(TRIPLES):
        agreements = [agreement_of(dice) for _ in range(dice.randint(1, 5))]
        answers = [answer_of(dice) for _ in range(dice.randint(1, 5))]
        shares = [share_of(dice) for _ in range(dice.randint(1, 5))]
        on = today(dice.randint(-30, 30))
        shown = in_common(agreements, answers, shares, on)
        allowed = within(agreements, answers, shares, on)
        outside += len(shown - allowed)
        seen_something += bool(shown)
        assert shown == allowed
        assert [in_force(one, on) for one in agreements] == [holds(one, on) for one in agreements]
    assert outside == 0
    assert seen_something > TRIPLES / 20  # or nothing would be proved


@pytest.mark.parametrize("role", [role for role in Role if role != Role.PARTNER])
def test_no_other_role_of_the_organisation_sees_what_is_shared(role: Any) -> None:
    at = _shared()
    other = make_member(at.lead.service, role, organisation=at.agreement.organisation)
    assert visible_items(other, at.case.person) == frozenset()
    assert visible_items(at.partner, at.case.person) == frozenset(ITEMS)
