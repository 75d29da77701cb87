"""What a partner reads about a person: the items they may see come in, titled facts go out.

Nothing is read from the database for an item that is not shared, so that nothing can slip out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from openhiu.web.casework import lifecycle
from openhiu.web.casework.models import Case, Need
from openhiu.web.casework.presenters.client import need as need_words
from openhiu.web.casework.queries.client import goals, network
from openhiu.web.casework.sharing import ITEMS
from openhiu.web.design.words import age, day, nhs_number
from openhiu.web.people.beside import beside
from openhiu.web.people.models import ContactSafety, Person, Phone

NO_NAME: Final = "Name not shared"


@dataclass(frozen=True)
class Fact:
    """One item: its title, whether it is shared, and its lines."""

    key: str
    title: str
    shared: bool
    lines: tuple[str, ...] = ()


def name_in(person: Person, items: frozenset[str]) -> str:
    """The name, where it is shared."""
    return person.full_name if "name" in items else NO_NAME


def facts_of(person: Person, items: frozenset[str]) -> list[Fact]:
    """Every item in order; those not shared are only named."""
    case = Case.objects.filter(person=person).select_related("plan", "lead__user").first()
    also = _beside(person)
    return [
        Fact(key, item.label, True, (*_lines(key, person, case, items), *also.get(key, ())))
        if key in items
        else Fact(key, item.label, False)
        for key, item in ITEMS.items()
    ]


def _beside(person: Person) -> dict[str, list[str]]:
    """What was put right in an item, or what the person says of it, by item."""
    found: dict[str, list[str]] = {}
    for one in beside(person):
        says = f" They say: {one.statement}" if one.statement else ""
        found.setdefault(one.item, []).append(f"{one.words} on {day(one.on)}.{says}")
    return found


def _lines(key: str, person: Person, case: Case | None, items: frozenset[str]) -> tuple[str, ...]:
    if key in _OF_PERSON:
        return tuple(line for line in _OF_PERSON[key](person) if line)
    if case is None:
        return ()
    if key in _OF_ROOMS:
        return tuple(line for line in _OF_ROOMS[key](case, items) if line)
    return tuple(line for line in _OF_CASE[key](case) if line) if key in _OF_CASE else ()


def also_tells(key: str, lines: Callable[[Case, frozenset[str]], list[str]]) -> None:
    """Let a room above say what belongs to an item: it gets the case and all that is shared."""
    _OF_ROOMS[key] = lines


def _name(person: Person) -> list[str]:
    called = f"Likes to be called {person.preferred_name}" if person.preferred_name else ""
    return [person.full_name, called, person.pronouns]


def _birth(person: Person) -> list[str]:
    if person.birth_date is None:
        return []
    return [f"{day(person.birth_date)} (age {age(person.birth_date)})"]


def _number(person: Person) -> list[str]:
    return [nhs_number(person.nhs_number)]


def _contact(person: Person) -> list[str]:
    rows = Phone.objects.filter(person=person, in_use=True).order_by("pk")
    phones = [f"{row.number} {f'({row.label})' if row.label else ''}".strip() for row in rows]
    safe = ContactSafety.objects.filter(person=person).first()
    if safe is None:
        return [*phones, "Ask the HIU lead how to be in touch safely before you call."]
    return [
        *phones,
        f"Safe times: {safe.safe_times}" if safe.safe_times else "",
        f"Who may answer: {safe.who_may_answer}" if safe.who_may_answer else "",
        f"Voicemail: {safe.get_voicemail_display()}",
        f"Text messages: {safe.get_text_display()}",
        f"Letters: {safe.get_letter_display()}",
        f"Interpreter: {safe.interpreter}" if safe.interpreter else "",
        safe.accessible_note,
    ]


def _address(person: Person) -> list[str]:
    return [*person.address.splitlines(), person.postcode]


def _practice(person: Person) -> list[str]:
    return [person.gp_practice]


def _phase(case: Case) -> list[str]:
    known = lifecycle.PHASES[case.phase]
    return [f"{known.label}: {known.meaning}", f"Supported by {case.lead.user.name}"]


def _matters(case: Case) -> list[str]:
    return case.plan.what_matters.splitlines()


def _strengths(case: Case) -> list[str]:
    return case.plan.strengths.splitlines()


def _reasons(case: Case) -> list[str]:
    rows = Need.objects.filter(case=case, met_on=None, taken_away_on=None)
    return [need_words(row) for row in rows]


def _goals(case: Case) -> list[str]:
    found = []
    for goal in goals(case, going=True):
        found.append(goal.words)
        found += [
            f"Step: {step.words}{' (done)' if step.done_on else ''}" for step in goal.steps.all()
        ]
    return found


def _network(case: Case) -> list[str]:
    return [", ".join(filter(None, [row.name, row.relation, row.phone])) for row in network(case)]


def _card(case: Case) -> list[str]:
    plan = case.plan
    said = (
        ("Signs that it is getting hard", plan.warning_signs),
        ("What helps", plan.what_helps),
        ("What makes it worse", plan.what_harms),
        ("People to call", plan.people_to_call),
        ("Come to A&E or call 999 if", plan.come_if),
        ("Out of hours", plan.out_of_hours),
    )
    return [f"{label}: {text}" for label, text in said if text]


_OF_PERSON: Final[dict[str, Callable[[Person], list[str]]]] = {
    "name": _name,
    "birth_date": _birth,
    "nhs_number": _number,
    "contact": _contact,
    "address": _address,
    "gp": _practice,
}
# Filled by the rooms that keep what an item tells, when Django is ready.
_OF_ROOMS: Final[dict[str, Callable[[Case, frozenset[str]], list[str]]]] = {}
_OF_CASE: Final[dict[str, Callable[[Case], list[str]]]] = {
    "phase": _phase,
    "what_matters": _matters,
    "strengths": _strengths,
    "reasons": _reasons,
    "goals": _goals,
    "network": _network,
    "card": _card,
}
