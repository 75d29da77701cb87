"""Keeping someone safe: worries raised by a partner, things told without consent, both answered."""

from __future__ import annotations

from bench.service.acts.alongside import one_of
from bench.service.world import World
from openhiu.web.casework import actions
from openhiu.web.casework.models import Concern, SharedWithoutConsent


def share_to_keep_safe(world: World) -> bool:
    """Told tonight, reasons tomorrow or too late, read by somebody else."""
    lead = world.lead()
    case = one_of(world, lead)
    if case is None:
        return False
    made = world.do(
        "told to keep somebody safe",
        lambda: actions.share_to_keep_safe(
            by=lead,
            person=case.person,
            who_is_at_risk="Them",
            told_whom="The crisis team",
            what_was_shared="Where they are",
            why_now="They said goodbye.",
        ),
    )
    if made and world.chance(0.6):
        world.do(
            "reasons given",
            lambda: actions.give_reasons(
                by=lead,
                shared=made,
                gateway="vital interests",
                capacity_view="Not sure",
                consent_sought="No time",
                person_told="Yes",
            ),
        )
        world.must_refuse(
            "I1",
            "reviewing what one told oneself",
            lambda: actions.review(by=lead, shared=made, words="Fine."),
        )
    return made is not None


def review(world: World) -> None:
    """Somebody else reads what was told, and answers worries."""
    with world.rows():
        told = (
            SharedWithoutConsent.objects.filter(reviewed_at=None).exclude(reasons_at=None).first()
        )
        worry = Concern.objects.filter(answered_at=None).first()
    if told:
        world.do(
            "reviewed",
            lambda: actions.review(
                by=world.actors["safeguarding"], shared=told, words="It was right."
            ),
        )
    if worry:
        world.do(
            "worry answered",
            lambda: actions.answer_concern(
                by=world.actors["supervisor"], concern=worry, answer="We rang."
            ),
        )


def worry(world: World) -> bool:
    """A partner is worried about somebody shared with them, or somebody nobody knows."""
    case = one_of(world, world.lead())
    person = case.person if case and world.chance(0.7) else None
    return (
        world.do(
            "worry raised",
            lambda: actions.raise_concern(
                by=world.actors["partner-0"],
                words="Not seen for days.",
                person=person,
                urgent=world.chance(0.3),
            ),
        )
        is not None
    )
