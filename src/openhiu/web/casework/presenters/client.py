"""Words for a client's pages: rows come in; tabs, tags and sentences go out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.urls import NoReverseMatch, reverse

from openhiu.web.access.actor import Actor
from openhiu.web.access.permissions import Permission, may
from openhiu.web.casework import lifecycle, needs, policies
from openhiu.web.casework.models import Case, Need
from openhiu.web.casework.queries.client import Overview
from openhiu.web.design import words
from openhiu.web.people.models import Person

COLOURS: Final = {
    "identified": "grey",
    "reaching_out": "yellow",
    "working_together": "blue",
    "walking_backwards": "aqua-green",
    "at_a_distance": "green",
    "picked_up_again": "purple",
}
IN_SIGHT: Final = 6  # tabs that always show; the rest fold away
_TABS: Final = (
    ("overview", "Overview", "casework:client"),
    ("activity", "Activity", "monitoring:activity"),
    ("contacts", "Contacts", "casework:contacts"),
    ("plan", "Plan", "casework:plan"),
    ("around", "People around", "casework:around"),
    ("consent", "Consent and sharing", "casework:consent"),
    ("signals", "Early warning", "monitoring:client_signals"),
    ("tasks", "Tasks", "casework:client_tasks"),
    ("visits", "Visits", "casework:visits"),
    ("agreed", "Agreed plan", "mdt:client"),
    ("letters", "Letters", "letters:client"),
    ("outcomes", "What changed", "casework:outcomes"),
    ("supervision", "Supervision", "casework:supervision_notes"),
    ("seen", "Who has seen this", "casework:seen"),
    ("history", "History", "casework:history"),
)


@dataclass(frozen=True)
class Tab:
    """One tab of a client's pages."""

    key: str
    label: str
    url: str


@dataclass(frozen=True)
class Way:
    """One move along the lifecycle as a button: where to, or why not."""

    to: str
    words: str
    url: str
    why_not: str = ""


# What the button that leads to a phase says.
_WAYS: Final = {
    "walking_backwards": "Start walking backwards",
    "at_a_distance": "Keep open at a distance",
    "picked_up_again": "Pick up again",
    "working_together": "Work together again",
}


def client_tabs(case: Case) -> list[Tab]:
    """The tabs of a client's pages, in order; a tab whose room is not installed is left out."""
    every = [Tab(key, label, found(name, case)) for key, label, name in _TABS]
    return [tab for tab in every if tab.url]


def found(name: str, case: Case) -> str:
    """The address of a view about a case, or nothing while its room is not installed."""
    try:
        return str(reverse(name, args=[case.pk]))
    except NoReverseMatch:
        return ""


def phase(case: Case) -> dict[str, str]:
    """The phase as a tag and a sentence."""
    known = lifecycle.PHASES[case.phase]
    return {"label": known.label, "colour": COLOURS[known.key], "meaning": known.meaning}


def ways(actor: Actor, case: Case) -> list[Way]:
    """Every move of the lifecycle after consent, allowed or with the reason why not."""
    if not may(actor.role, Permission.WRITE_CLIENT):
        return []
    return [
        Way(to, said, reverse("casework:move", args=[case.pk, to]), policies.why_not_move(case, to))
        for to, said in _WAYS.items()
        if to != case.phase
    ]


def rhythm(case: Case) -> str:
    """How often to be in touch."""
    if case.rhythm_days == 1:
        return "every day"
    weeks, days = divmod(case.rhythm_days, 7)
    if days:
        return f"every {case.rhythm_days} days"
    return "every week" if weeks == 1 else f"every {weeks} weeks"


def need(row: Need) -> str:
    """A reason in words; what is not sure says so."""
    said = needs.label(row.category, row.words)
    return said if row.certain else f"Perhaps: {words.initial_lower(said)}"


def worries(seen: Overview) -> list[str]:
    """What needs someone's eye today, most pressing first, one line each."""
    case, today = seen.case, words.today()
    lines = [
        f"{'Urgent: a' if one.urgent else 'A'} worry raised {words.days_away(one.at)}"
        for one in seen.concerns
    ]
    since, came = case.last_reached_at, case.last_attendance_at
    if came and (since is None or came > since):
        lines.append(f"At A&E {words.days_away(came)}, not spoken with since")
    if not seen.why_not_contact and case.next_contact_on and case.next_contact_on < today:
        lines.append(f"Contact was planned {words.days_away(case.next_contact_on)}")
    lines += [_review(answer.get_kind_display(), answer.review_on) for answer in seen.due]
    late = [task for task in seen.tasks if task.due_on and task.due_on < today]
    if late:
        lines.append(f"{words.plural(len(late), 'task')} overdue")
    if not seen.plan.come_if.strip():
        lines.append("The crisis card does not say yet when to come to A&E")
    return lines


def _review(kind: str, on: object) -> str:
    said = words.days_away(on)  # type: ignore[arg-type]
    when = f"was due {said}" if on <= words.today() else f"is due {said}"  # type: ignore[operator]
    return f"Asking again about \u201c{words.initial_lower(kind)}\u201d {when}"


def one_line(text: str, longest: int = 140) -> str:
    """The first line of what someone said, cut at a word."""
    first = next((line.strip() for line in text.splitlines() if line.strip()), "")
    if len(first) <= longest:
        return first
    return first[:longest].rsplit(" ", 1)[0] + "\u2026"


def rights_url(actor: Actor, person: Person) -> str:
    """Where what somebody asks about their own record is noted; nothing without that room."""
    if not may(actor.role, Permission.ASK_RIGHT):
        return ""
    try:
        return reverse("assurance:note_right", args=[person.pk])
    except NoReverseMatch:
        return ""
