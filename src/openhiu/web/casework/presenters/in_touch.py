"""Being in touch safely, for a page about many clients: rules and notices come in, lines go out.

Where a person with restricted details is never leaves here (`people.presenters.location`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from openhiu.web.design.words import day, initial_lower
from openhiu.web.people.models import ContactSafety, Notice
from openhiu.web.people.presenters import location
from openhiu.web.people.safety import May, Rules, Way

_SAID: Final = {
    May.YES: "yes", May.NEUTRAL: "neutral words only", May.REASON: "only with a reason",
    May.NO: "no",
}  # fmt: skip
_RESTRICTED: Final = (
    "Their details are restricted: no number and no place stands here, to keep them safe. "
    "Ask your supervisor how to be in touch, and do not ask others where they are."
)
# What should be known of everybody; what is missing is said.
_WANTED: Final = ("Telephone", "Safe times", "Who may answer", "Code phrase")
_MISSING: Final = {
    "Telephone": "a number in use", "Safe times": "safe times",
    "Who may answer": "who may answer", "Code phrase": "a code phrase",
}  # fmt: skip


@dataclass(frozen=True)
class Safely:
    """How to be in touch with one client.

    `first`: what to read before all else. `facts`: label and words. `ways`: each way of being in
    touch and what may be done. `missing`: what was never written down, as a sentence.
    """

    first: tuple[str, ...]
    facts: tuple[tuple[str, str], ...] = ()
    ways: tuple[str, ...] = ()
    missing: str = ""


def safely(rules: Rules, notices: Sequence[Notice] = ()) -> Safely:
    """What somebody who does not know them must know first."""
    careful = tuple(f"{one.get_kind_display()}: {one.words}" for one in notices)
    if rules.blocked:
        return Safely((rules.blocked,))
    restricted = (_RESTRICTED,) if rules.person.restricted else ()
    if rules.plan is None:
        said = "There is no contact-safety plan yet. Write it with them before anything else."
        return Safely((*restricted, *careful, said))
    facts = _facts(rules, rules.plan)
    known = {label for label, _ in facts}
    wanted = [one for one in _WANTED if one != "Telephone" or not restricted]
    missing = ", ".join(_MISSING[label] for label in wanted if label not in known)
    return Safely(
        (*restricted, *careful, *_only_visit(rules), *_stale(rules, rules.plan)),
        facts,
        tuple(_way(way) for way in rules.ways.values()),
        f"Not written down: {missing}." if missing else "",
    )


def _facts(rules: Rules, plan: ContactSafety) -> tuple[tuple[str, str], ...]:
    person = rules.person
    pronouns = f" ({person.pronouns})" if person.pronouns else ""
    numbers = [
        f"{phone.number}{f' ({phone.label})' if phone.label else ''}"
        for phone in location(person).phones
        if phone.in_use
    ]
    needs = ", ".join(rules.needs)
    every = (
        ("Call them", f"{person.called}{pronouns}"),
        ("Telephone", "; ".join(numbers)),
        ("Safe times", plan.safe_times),
        ("Who may answer", plan.who_may_answer),
        ("Code phrase", plan.code_phrase),
        ("Interpreter", plan.interpreter),
        ("What they need", ". ".join(part for part in (needs, plan.accessible_note) if part)),
        ("Who else is there, what to be careful of", plan.household),
    )
    return tuple((label, words) for label, words in every if words)


def _way(way: Way) -> str:
    because = f" ({way.why.rstrip('.')})" if way.may is May.REASON and way.why else ""
    return f"{way.label}: {_SAID[way.may]}{because}"


def _only_visit(rules: Rules) -> Iterable[str]:
    """That there is no other way than to meet them; not for those whose place is not known here."""
    others = [way for channel, way in rules.ways.items() if channel != "visit"]
    if rules.visit and not any(others) and not rules.person.restricted:
        named = ", ".join(initial_lower(way.label) for way in others)
        yield f"Visit only. Every other way is no: {named}."


def _stale(rules: Rules, plan: ContactSafety) -> Iterable[str]:
    if rules.review_due:
        yield f"The plan was last gone through on {day(plan.reviewed_on)}. Go through it again."
