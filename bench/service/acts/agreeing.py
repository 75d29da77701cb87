"""What people agree to and take back: sharing with partners, taking part, agreements that end."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from bench.service.founding import PURPOSES, kept_answer, noted, yes
from bench.service.ledger import SHARE, TAKE_PART, Given
from bench.service.world import World
from openhiu.web.access.actions.agreements import (
    agree_agreement,
    draft_agreement,
    end_agreement,
    name_party,
    note_signature,
)
from openhiu.web.access.actor import Actor
from openhiu.web.access.models import Agreement
from openhiu.web.casework import actions
from openhiu.web.casework.models import Case, Consent, Share
from openhiu.web.casework.sharing import ITEMS

_TERMS = {
    "article_6": "6_1_e", "article_9": "9_2_h", "schedule_1": "1_2", "confidentiality": "explicit",
    "assessment": "DPIA-1", "rights": "As agreed.", "accuracy": "As agreed.",
    "security": "As agreed.", "retention": "As agreed.", "breach": "As agreed.",
}  # fmt: skip


def answer_and_share(world: World, worker: Actor, case: Case) -> None:
    """Ask about one partner; share some of what they agreed to, sometimes more than that."""
    agreement = world.dice.choice(world.agreements)
    items = _some(world, agreement.items)
    given = world.chance(0.85)
    review = world.clock.today + timedelta(days=world.dice.choice((4, 14, 60, 180)))
    answer = yes(world.clock.today, given=given, review_on=review)
    made = world.do(
        f"sharing: {'yes' if given else 'no'}",
        lambda: actions.answer_share(
            by=worker, person=case.person, agreement=agreement, items=items, **answer
        ),
    )
    if made is None:
        return
    said = frozenset(items) if given else frozenset()
    world.ledger.answer(replace(kept_answer(made), items=said))
    if given:
        share(world, worker, case, agreement, _some(world, items))


def share(world: World, worker: Actor, case: Case, agreement: Agreement, items: list[str]) -> None:
    """Let the partner see some of it from now on."""
    made = world.do(
        "shared",
        lambda: actions.share(
            by=worker,
            person=case.person,
            agreement=agreement,
            items=items,
            note="Please ring first.",
        ),
    )
    if made:
        world.ledger.share(
            Given(
                made.person_id,
                agreement.organisation_id,
                agreement.purpose,
                frozenset(items),
                made.at,
                made.pk,
            )
        )


def share_again(world: World, worker: Actor, case: Case) -> None:
    """Share under an answer that may have run out, or one item more than was agreed to."""
    agreement = world.dice.choice(world.agreements)
    today, ledger = world.clock.today, world.ledger
    said = ledger.newest(case.person_id, SHARE, agreement.organisation_id, agreement.purpose)
    wanted = _some(world, sorted(ITEMS))
    may = said is not None and said.given and said.withdrawn_at is None and today < said.review_on
    allowed = said.items if said and may else frozenset()
    allowed &= ledger.allowed(agreement.organisation_id, agreement.purpose, today)
    if set(wanted) <= allowed and ledger.takes_part(case.person_id):
        share(world, worker, case, agreement, wanted)
    else:
        world.must_refuse(
            "I1",
            "sharing more than was agreed",
            lambda: actions.share(by=worker, person=case.person, agreement=agreement, items=wanted),
        )


def stop_sharing(world: World, worker: Actor, case: Case) -> None:
    """End one share."""
    live = world.ledger.live_shares(case.person_id)
    if not live:
        return
    given = world.dice.choice(live)
    with world.rows():
        row = Share.objects.get(pk=given.key)
    if world.do("sharing stopped", lambda: actions.stop_sharing(by=worker, shared=row) or True):
        given.until = world.clock.now


def take_back(world: World, worker: Actor, case: Case, kind: str = SHARE) -> bool:
    """They take an answer back; nothing is seen of them from that moment."""
    held = _held(world, case.person_id, kind)
    if held is None:
        return False
    with world.rows():
        row = Consent.objects.get(pk=held.key)
    done = world.do(f"withdrawn: {kind}", lambda: actions.withdraw(by=worker, consent=row))
    if done is None:
        return False
    question = (held.organisation, held.purpose)
    world.ledger.withdraw(case.person_id, kind, world.clock.now, question)
    _nothing_is_seen(world, worker, case)
    return True


def ask_about_going_on(world: World, worker: Actor, case: Case) -> None:
    """Asked again whether they take part; mostly yes."""
    given, stopped = world.chance(0.9), _held(world, case.person_id, "take_part") is None
    made = world.do(
        f"asked again about taking part: {'yes' if given else 'no'}",
        lambda: actions.answer_take_part(
            by=worker, person=case.person, **yes(world.clock.today, given=given)
        ),
    )
    if made:
        world.ledger.answer(kept_answer(made))
        if stopped:
            world.kept.setdefault("back", set()).add(case.person_id)


def come_back(world: World, worker: Actor) -> bool:
    """Somebody who had asked us to stop says yes again."""
    from openhiu.web.casework.queries.cases import cases

    with world.rows():
        mine = [one for one in cases(worker) if not world.ledger.takes_part(one.person_id)]
    if not mine:
        return False
    case = world.dice.choice(mine)
    done = world.do(
        "came back after stopping",
        lambda: actions.return_to_support(
            by=worker, case=case, reason="They rang.", consent=yes(world.clock.today)
        ),
    )
    if done:
        with world.rows():
            newest = Consent.objects.filter(person=case.person_id, kind=TAKE_PART)
            world.ledger.answer(kept_answer(newest.order_by("-recorded_at").first()))
    return done is not None


def agreement_ends(world: World) -> bool:
    """The agreement with a partner ends today; a new one may follow another week."""
    held = world.dice.choice(world.agreements)
    done = world.do(
        "agreement ended",
        lambda: end_agreement(by=world.actors["supervisor"], agreement=held) or True,
    )
    if done:
        kept = next(one for one in world.ledger.agreements if one.key == held.pk)
        kept.ends_on = min(kept.ends_on, world.clock.today - timedelta(days=1))
    return bool(done)


def agreement_begins(world: World) -> bool:
    """A new agreement with a partner, with other items than the last."""
    nth = world.dice.randrange(len(world.partners))
    made = world.do(
        "agreement signed",
        lambda: _signed(world, nth, world.dice.choice((60, 300))),
    )
    if made:
        world.agreements.append(made)
        world.ledger.agreements.append(noted(made))
    return made is not None


def _signed(world: World, nth: int, days: int) -> Any:
    """Drafted by the supervisor, agreed by information governance, signed by both parties."""
    by, today = world.actors["supervisor"], world.clock.today
    drafted = draft_agreement(
        by=by, organisation=world.partners[nth], purpose=PURPOSES[nth],
        items=_some(world, sorted(ITEMS)), starts_on=today, ends_on=today + timedelta(days=days),
        **_TERMS, review_on=today + timedelta(days=30),
    )  # fmt: skip
    for party in list(drafted.parties.select_related("organisation")):
        name_party(by=by, agreement=drafted, organisation=party.organisation, part=party.part,
                   register_number="1")  # fmt: skip
    drafted.refresh_from_db()
    agree_agreement(by=world.actors["auditor"], agreement=drafted, version=drafted.version)
    for party in list(drafted.parties.order_by("pk")):
        note_signature(by=by, party=party, signatory="A. Chief", post="Director", signed_on=today,
                       document="Sheet 1")  # fmt: skip
    drafted.refresh_from_db()
    return drafted


def _held(world: World, person: UUID, kind: str) -> Any:
    """A yes that still holds, of this kind."""
    questions = {
        (one.organisation, one.purpose)
        for one in world.ledger.answers
        if one.kind == kind and one.person == person
    }
    for organisation, purpose in sorted(questions, key=str):
        newest = world.ledger.newest(person, kind, organisation, purpose)
        if newest and newest.given and newest.withdrawn_at is None:
            return newest
    return None


def _nothing_is_seen(world: World, worker: Actor, case: Case) -> None:
    """At once: not tomorrow morning."""
    from bench.service.checks.seeing import partners_see_what_they_may

    with world.rows():
        partners_see_what_they_may(world, [case.person_id])
    if not world.ledger.takes_part(case.person_id):
        world.must_refuse(
            "I11",
            "sharing after they asked us to stop",
            lambda: actions.share(
                by=worker, person=case.person, agreement=world.agreements[0], items=["name"]
            ),
        )


def _some(world: World, items: list[str]) -> list[str]:
    return sorted(world.dice.sample(sorted(set(items)), world.dice.randint(1, len(set(items)))))
