"""What each happening of a made-up life does: the same actions a person's clicks would call.

Every function takes the lead, the life so far and the happening's details; the clock has been set
to the right day before.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import Any, Final

from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.gate import NotAllowed
from openhiu.web.access.models import Agreement
from openhiu.web.casework import actions as casework
from openhiu.web.casework.actions.contacts import BY_RHYTHM, record_contact
from openhiu.web.casework.actions.outcomes import record_outcome
from openhiu.web.casework.actions.plan import (
    add_goal,
    add_network_member,
    add_step,
    change_plan,
    mark_step,
    note_reasons,
)
from openhiu.web.casework.actions.sharing import share
from openhiu.web.casework.actions.tasks import add_task, finish_task
from openhiu.web.casework.models import Case, Consent
from openhiu.web.demo import personas, reaching, telling
from openhiu.web.demo.lives import Story
from openhiu.web.intake.models import Approach

_PLAN: Final = (
    "what_matters", "strengths", "warning_signs", "what_helps", "what_harms", "people_to_call",
    "come_if",
)  # fmt: skip
_HOW: Final = ("phone", "phone", "phone", "visit", "met")
_CHECK_INS: Final = (
    "All steady. Talked about the week and what is coming up.",
    "A harder week, and got through it with the list on the wall.",
    "Short call. Good news about the flat downstairs.",
    "Wanted to hear a voice today. Nothing needed doing.",
    "Has been to the group twice. Will tell me about it next time.",
    "Slept badly; we went through the evening step by step.",
    "Busy, which is new. Rang back in the afternoon.",
    "Spoke about the family. One thing at a time.",
)
_TASKS: Final = (
    "Ring back about the form",
    "Find the number for the Thursday group",
    "Post the map",
)


@dataclass
class Walk:
    """One person's way so far: the approach, and the case once they said yes."""

    lead: Actor
    approach: Approach
    story: Story
    dice: Random
    plan: Callable[..., None]  # (day, what, details): let something happen on that day
    readers: tuple[Actor, ...] = ()  # who reads what is told before it is told
    registered: Mapping[str, str] | None = None  # what their practice knows of them
    case: Case | None = None
    rounds: int = 0  # how often they were picked up again
    told: int = 0  # how many of the story's notes have been told

    @property
    def open_case(self) -> Case:
        """The case as it is now; only for what happens after a yes."""
        if self.case is None:
            raise LookupError("nothing of this happens before a yes")
        self.case.refresh_from_db()
        return self.case


def act(walk: Walk, what: str, details: dict[str, Any]) -> None:
    """Do one thing; what the rules of the day forbid (they died, they stopped) does not happen."""
    try:
        _DOES[what](walk, **details)
    except NotAllowed:
        return


def _answer(walk: Walk, end: str) -> None:
    walk.case = reaching.answer(walk.lead, walk.approach, end)


def _plan(walk: Walk, story: Story) -> None:
    case, text = walk.open_case, story.text
    words = {key: text[key] for key in _PLAN}
    change_plan(by=walk.lead, case=case, version=case.plan.version, **words)
    certain = [category for category, _ in text["reasons"]]
    note_reasons(by=walk.lead, case=case, certain=certain, perhaps=text["perhaps"])


def _goals(walk: Walk, story: Story) -> None:
    for words, steps in story.text["goals"]:
        goal = add_goal(by=walk.lead, case=walk.open_case, words=words)
        for step in steps:
            made = add_step(by=walk.lead, goal=goal, words=step)
            if walk.dice.random() < 0.4:
                mark_step(by=walk.lead, step=made, done=True)


def _network(walk: Walk, story: Story) -> None:
    for kind, name, relation, may in story.text["network"]:
        add_network_member(
            by=walk.lead, case=walk.open_case, kind=kind, name=name, relation=relation,
            may_contact=may,
        )  # fmt: skip


def _share(walk: Walk, story: Story) -> None:
    """Housing advice hears of those with a housing worry, when they agree."""
    if not {"housing", "homelessness", "money"} & {key for key, _ in story.text["reasons"]}:
        return
    agreement = Agreement.objects.get(
        service=walk.lead.service, organisation__name=personas.HOUSING
    )
    person = walk.open_case.person
    casework.answer_share(
        by=walk.lead, person=person, agreement=agreement, items=agreement.items,
        **spoken("They want housing advice to know what they want, and how to ring them."),
    )  # fmt: skip
    share(by=walk.lead, person=person, agreement=agreement, items=agreement.items,
          note="Please ring before writing.")  # fmt: skip


def _contact(walk: Walk, round_: int = 0) -> None:
    """One contact as the rhythm has it, and the next one planned from what the case then says.

    A contact planned before someone was picked up again belongs to an earlier round: it is dropped.
    """
    if round_ != walk.rounds:
        return
    reached = "yes" if walk.dice.random() < 0.78 else "no_answer"
    words = _what_was_said(walk) if reached == "yes" else ""
    for task in walk.open_case.tasks.filter(done_at=None):
        if walk.dice.random() < 0.9:
            finish_task(by=walk.lead, task=task)
    record_contact(
        by=walk.lead, case=walk.open_case, who="client", reached=reached,
        how=walk.dice.choice(_HOW) if words else "phone", what_mattered=words,
        minutes=walk.dice.choice((10, 20, 30, 45)) if words else 2,
        next_contact=BY_RHYTHM if words else timezone.localdate() + timedelta(days=3),
    )  # fmt: skip
    if words and walk.dice.random() < 0.12:
        due = timezone.localdate() + timedelta(days=walk.dice.randint(3, 14))
        add_task(by=walk.lead, words=walk.dice.choice(_TASKS), case=walk.open_case, due_on=due)
    if words:
        _keep_agreed(walk)
    planned = walk.open_case.next_contact_on
    if planned:
        late = walk.dice.choice((0, 0, 0, 0, 1, 3))
        walk.plan(planned + timedelta(days=late), "contact", {"round_": walk.rounds})


def _what_was_said(walk: Walk) -> str:
    """The story's next note, or a few words of a check-in once it is told."""
    if walk.told < len(walk.story.text["notes"]):
        walk.told += 1
        return str(walk.story.text["notes"][walk.told - 1])
    return walk.dice.choice(_CHECK_INS)


def _keep_agreed(walk: Walk) -> None:
    """Ask again about taking part, and about sharing, before the review is due."""
    soon = timezone.localdate() + timedelta(days=10)
    person = walk.open_case.person
    given = Consent.objects.filter(person=person, withdrawn_at=None).order_by(
        "kind", "-answered_on"
    )
    newest = {answer.kind: answer for answer in reversed(given)}
    if newest["take_part"].review_on > soon or walk.dice.random() < 0.05:
        return
    casework.answer_take_part(
        by=walk.lead, person=person, **spoken("Asked again on the phone; they want to go on.")
    )
    if "share" in newest:
        _share(walk, walk.story)


def _step_back(walk: Walk) -> None:
    casework.step_back(
        by=walk.lead, case=walk.open_case, reason="Steadier. They would like to try more alone."
    )


def _at_a_distance(walk: Walk) -> None:
    casework.move(
        by=walk.lead, case=walk.open_case, to="at_a_distance",
        reason="Steady for weeks. They know my number.",
    )  # fmt: skip


def _return(walk: Walk) -> None:
    casework.return_to_support(
        by=walk.lead, case=walk.open_case, reason="They rang: it has got hard again."
    )
    walk.rounds += 1
    soon = timezone.localdate() + timedelta(days=1)
    walk.plan(soon, "contact", {"round_": walk.rounds})


def _outcome(walk: Walk, outcome: list[str]) -> None:
    category, words = outcome
    record_outcome(
        by=walk.lead, case=walk.open_case, category=category, words=words,
        happened_on=timezone.localdate(),
    )  # fmt: skip


def spoken(evidence: str) -> dict[str, Any]:
    """A yes given on the phone today."""
    return {
        "given": True, "route": "spoken", "evidence": evidence,
        "told": "What we do, what we write down, who sees it, and that they can stop any time.",
        "answered_on": timezone.localdate(),
    }  # fmt: skip


_DOES: Final[dict[str, Callable[..., None]]] = {
    "make_safe": lambda walk: reaching.make_safe(
        walk.lead, walk.approach, walk.dice, walk.registered
    ),
    "try": lambda walk, reached: reaching.attempt(walk.lead, walk.approach, reached),
    "answer": _answer,
    "plan": _plan,
    "goals": _goals,
    "network": _network,
    "share": _share,
    "contact": _contact,
    "step_back": _step_back,
    "at_a_distance": _at_a_distance,
    "return": _return,
    "outcome": _outcome,
    "look_for": telling.look_for,
    "feel": telling.feel,
    "tell": telling.tell,
    "agree": telling.agree,
    "read": telling.read,
}
