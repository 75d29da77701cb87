"""The morning page in words: what this room knows of a member's day goes out as lines."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.models import Role
from openhiu.web.casework.home import (
    ACTIONS,
    CALLS,
    CONSENT,
    COVER,
    NEEDS,
    OVERNIGHT,
    Line,
    Section,
)
from openhiu.web.casework.lifecycle import PHASES
from openhiu.web.casework.models import Case, Task
from openhiu.web.casework.presenters import home_watching as watching
from openhiu.web.casework.queries import home as due
from openhiu.web.casework.queries import supervision
from openhiu.web.casework.queries.tasks import mine
from openhiu.web.design.words import days_away, moment, short_day

# What an unfinished draft is called and which page takes it up again, by the first word of its
# key. The second word is a case's key. Rooms may add their own.
DRAFTS: Final[dict[str, tuple[str, str]]] = {
    "contact": ("An unfinished contact", "casework:record_contact"),
    "outcome": ("An unfinished outcome", "casework:record_outcome"),
    "wellbeing": ("Unfinished well-being answers", "casework:record_wellbeing"),
}
GREETINGS: Final[dict[Any, str]] = {
    Role.PARTNER: "You see what clients agreed to share with your organisation, and nothing else.",
    Role.ANALYST: "You hand over the hospital lists and the activity of clients.",
    Role.COMMISSIONER: (
        "You see no one by name. The reports of this service come to you; nothing here "
        "identifies a person."
    ),
    Role.AUDITOR: "You look at who saw what and why, and review openings outside one's own.",
    Role.ADMIN: "You invite people and grant roles. You see nobody's record.",
    Role.SAFEGUARDING: "You see worries that were raised, and sharing to keep someone safe.",
}


def own_sections(actor: Actor) -> list[Section]:
    """What this room hangs up: for leads and covers their day, for supervisors what waits."""
    if actor.is_(Role.LEAD, Role.COVER):
        return [
            Section(CALLS, tuple(_calls(actor))),
            Section(ACTIONS, tuple(_tasks(actor))),
            Section(CONSENT, tuple(_reviews(actor))),
            Section(NEEDS, (*_owed(actor), *_came(actor), *_waiting(actor))),
            Section(COVER, tuple(_borrowed(actor))),
            Section(OVERNIGHT, tuple(_moved(actor))),
        ]
    if actor.is_(Role.SUPERVISOR):
        waiting = [
            *watching.limits(actor),
            *watching.worries(actor),
            *watching.silent(actor),
            *watching.reviews(actor),
        ]
        return [Section(NEEDS, tuple(waiting))]
    if actor.is_(Role.SAFEGUARDING, Role.AUDITOR):
        return watching.to_review(actor)
    return []


def _calls(actor: Actor) -> list[Line]:
    return [
        Line(
            case.person.full_name,
            reverse("casework:client", args=[case.pk]),
            detail=_detail(actor, case, last_words(case)),
            when=case.next_contact_on,
            tag=_due_tag(case),
            act=("Log a contact", reverse("casework:record_contact", args=[case.pk])),
            overdue=_due_tag(case)[1] == "red",
        )
        for case in due.calls_due(actor)
    ]


def _detail(actor: Actor, case: Case, words: str) -> str:
    """Whose client it is where one covers, the phase, and what there is to say."""
    # Those on the page are one's own or those of a colleague one covers (queries.home.own).
    mine = case.lead_id == actor.membership.pk
    covering = "" if mine else f"Covering for {case.lead.user.name}. "
    return f"{covering}{PHASES[case.phase].label}. {words}"


def last_words(case: Case) -> str:
    """When they were last spoken with, or tried."""
    if case.last_reached_at:
        return f"Last spoke {days_away(case.last_reached_at)}"
    if case.last_contact_at:
        return f"Tried {days_away(case.last_contact_at)}, not reached yet"
    return "No contact written down yet"


def _due_tag(case: Case) -> tuple[str, str]:
    if case.next_contact_on < timezone.localdate():
        return (f"Due {days_away(case.next_contact_on)}", "red")
    return ("Today", "blue")


def _owed(actor: Actor) -> list[Line]:
    return [
        Line(
            f"Reasons for sharing to keep {shared.person.called} safe",
            reverse("casework:safety_record", args=[shared.pk]),
            detail=f"Due by {moment(shared.reasons_due_at)}",
            when=shared.reasons_due_at,
            tag=("Overdue", "red")
            if shared.reasons_due_at < timezone.now()
            else ("Owed", "orange"),
        )
        for shared in due.reasons_owed(actor)
    ]


def _came(actor: Actor) -> list[Line]:
    """Someone steady came to A&E: the one who knows them rings, today."""
    return [
        Line(
            f"{case.person.full_name} came to A&E",
            reverse("casework:client", args=[case.pk]),
            detail=_detail(
                actor, case, f"Came {days_away(case.last_attendance_at)}, not spoken with since"
            ),
            when=case.last_attendance_at,
            tag=("Came to A&E", "purple"),
            act=("Log a contact", reverse("casework:record_contact", args=[case.pk])),
        )
        for case in due.came_while_steady(actor)
    ]


def _tasks(actor: Actor) -> list[Line]:
    today = timezone.localdate()
    return [
        Line(
            task.words,
            reverse("casework:client_tasks", args=[task.case_id])
            if task.case_id
            else reverse("casework:my_tasks"),
            detail=_about(actor, task),
            when=task.due_on,
            tag=("Overdue", "red") if task.due_on < today else ("Task", "blue"),
        )
        for task in mine(actor).filter(due_on__lte=today)
    ]


def _about(actor: Actor, task: Task) -> str:
    """Whose task it is where one covers, and which client it is about."""
    covering = "" if task.owner_id == actor.membership.pk else f"For {task.owner.user.name}. "
    return f"{covering}{task.case.person.full_name}" if task.case else ""


def _reviews(actor: Actor) -> list[Line]:
    return [
        Line(
            f"Ask {consent.person.called} again about consent",
            reverse("casework:consent", args=[case_id]),
            detail=f"Review {days_away(consent.review_on)}",
            when=consent.review_on,
        )
        for consent, case_id in _with_cases(actor)
    ]


def _waiting(actor: Actor) -> list[Line]:
    unplanned = [
        Line(
            f"Set a next contact for {case.person.full_name}",
            reverse("casework:rhythm", args=[case.pk]),
            detail=_detail(actor, case, last_words(case)),
        )
        for case in due.unplanned(actor)
    ]
    return [*unplanned, *_notes(actor), *_drafts(actor)]


def _with_cases(actor: Actor) -> list[tuple[Any, UUID]]:
    consents = due.reviews_due(actor)
    if not consents:
        return []
    by_person = dict(due.own(actor).values_list("person", "pk"))
    return [(each, by_person[each.person_id]) for each in consents]


def _notes(actor: Actor) -> list[Line]:
    return [
        Line(
            f"{note.get_kind_display()}, about {note.case.person.called}",
            reverse("casework:supervision_notes", args=[note.case_id]),
            detail=f"From {note.by.user.name}, {days_away(note.at)}",
            tag=("From supervision", "purple"),
        )
        for note in due.notes_unread(actor)
    ]


def _drafts(actor: Actor) -> list[Line]:
    known = [(draft, *_page_of(draft.key)) for draft in due.drafts(actor)[:20]]
    known = [(draft, words, page, key) for draft, words, page, key in known if page]
    cases = due.people_of_drafts(actor, [key for *_, key in known])
    return [
        Line(
            f"{words}, {cases[key].person.called}",
            reverse(page, args=[key]),
            detail=f"Begun {moment(draft.saved_at)}, not saved yet",
            tag=("Draft", "yellow"),
        )
        for draft, words, page, key in known
        if key in cases
    ]


def _page_of(key: str) -> tuple[str, str, UUID | None]:
    """What a draft's key says: words, the page's name, and the case; empty when not known."""
    form, _, about = key.partition(":")
    words, page = DRAFTS.get(form, ("", ""))
    try:
        return words, page, UUID(about)
    except ValueError:
        return "", "", None


def _borrowed(actor: Actor) -> list[Line]:
    """Clients handed over until a day that has come."""
    found: dict[tuple[bool, Any], int] = {}
    for handover in supervision.handed_over(actor).filter(until__lte=timezone.localdate()):
        gave = handover.from_lead_id == actor.membership.pk
        found[gave, handover.until] = found.get((gave, handover.until), 0) + 1
    return [
        Line(
            f"Take back the clients you handed over ({count})"
            if gave
            else f"Give back the clients you cover ({count})",
            reverse("casework:handover_card"),
            detail=f"Until {short_day(until)}",
            when=until,
        )
        for (gave, until), count in found.items()
    ]


def _moved(actor: Actor) -> list[Line]:
    return [
        Line(
            f"{change.case.person.full_name}: {PHASES[change.to_phase].label.lower()}",
            reverse("casework:client", args=[change.case_id]),
            detail=f"{change.by.user.name}, {moment(change.at)}",
            when=change.at,
        )
        for change in due.moved_by_others(actor)
    ]
