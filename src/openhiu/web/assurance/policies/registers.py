"""Who may note, see and work on an entry of the registers; a refusal is a sentence."""

from __future__ import annotations

from datetime import date
from typing import Final

from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.gate import Missing, NotAllowed
from openhiu.web.access.models import Membership
from openhiu.web.access.permissions import Permission, may
from openhiu.web.access.policies import needs
from openhiu.web.assurance.models import Duty, Entry, Lesson
from openhiu.web.assurance.registers.kinds import DUTIES

SHORTEST: Final = 10
DONE: Final = "done"  # values of Duty.Outcome
NOT_NEEDED: Final = "not_needed"


def is_about(actor: Actor, entry: Entry) -> bool:
    """Whether it is about whoever acts, in whatever role they are here now."""
    return entry.about_member is not None and entry.about_member.user_id == actor.user.pk


def may_note(by: Actor) -> None:
    """Note something new."""
    needs(by, Permission.TELL_EVENT)


def may_work_on(by: Actor, entry: Entry) -> None:
    """Work on an entry: who keeps the registers, and whom it is not about."""
    needs(by, Permission.KEEP_REGISTERS)
    if entry.service_id != by.service_id or is_about(by, entry):
        raise Missing


def must_be_open(entry: Entry) -> None:
    """What is closed is reopened first, with a reason."""
    if entry.closed_at is not None:
        raise NotAllowed("This entry is closed. Reopen it first, and say why.")


def must_say(words: str, why: str) -> None:
    """A reason somebody else can judge."""
    if len(words.strip()) < SHORTEST:
        raise NotAllowed(f"{why}: say it in a sentence.")


def must_be_past(day: date) -> None:
    """What is noted has happened."""
    if day > timezone.localdate():
        raise NotAllowed("This day is still ahead.")


def may_own(entry: Entry, member: Membership) -> None:
    """Who sees to an entry keeps registers here, and is not whom it is about."""
    if member.service_id != entry.service_id or member.ended_at is not None:
        raise Missing
    if not may(member.role, Permission.KEEP_REGISTERS):
        raise NotAllowed("Whoever sees to it has to be somebody who keeps the registers.")
    _not_about(entry, member)


def may_be_asked(entry: Entry, member: Membership) -> None:
    """Who is asked to change something can note events here, so that they find what is asked."""
    if member.service_id != entry.service_id or member.ended_at is not None:
        raise Missing
    if not may(member.role, Permission.TELL_EVENT):
        raise NotAllowed("Choose somebody who works in the service.")
    _not_about(entry, member)


def _not_about(entry: Entry, member: Membership) -> None:
    about = entry.about_member
    if about is not None and about.user_id == member.user_id:
        raise NotAllowed("It is about this colleague, so somebody else has to see to it.")


def may_end(by: Actor, lesson: Lesson) -> None:
    """Who is asked ends it, or who keeps the registers; never twice."""
    if lesson.service_id != by.service_id:
        raise Missing
    if lesson.member.user_id != by.user.pk:
        may_work_on(by, lesson.entry)
    if not lesson.open:
        raise NotAllowed("This has been ended already.")


def may_answer(duty: Duty, outcome: str) -> None:
    """Once; and some duties are never left out."""
    if duty.outcome:
        raise NotAllowed("This has been answered already.")
    if outcome == NOT_NEEDED and not DUTIES[duty.what].not_needed:
        raise NotAllowed("This is always needed.")


def why_not_close(entry: Entry) -> list[str]:
    """What has to be done before an entry can be closed; nothing where it can be."""
    found = []
    if entry.closed_at is not None:
        found.append("It is closed already.")
    found += [
        f"{DUTIES[duty.what].label}: not answered yet."
        for duty in entry.duties.filter(outcome="").order_by("pk")
    ]
    if entry.register == Entry.Register.COMPLIMENT:
        return found
    if entry.register != Entry.Register.COMPLAINT and not entry.severity:
        found.append("How severe it was has not been judged.")
    if not entry.learning.strip():
        found.append("What was learned has not been written.")
    waiting = sum(lesson.open for lesson in entry.lessons.all())
    if waiting:
        found.append(f"What is to be changed is not done or let go yet ({waiting}).")
    return found
