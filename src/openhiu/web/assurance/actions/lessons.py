"""What is changed because of an entry: asked of somebody by a day, done, or let go and why."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.announce import announce
from openhiu.web.access.audit import Did, record
from openhiu.web.access.gate import NotAllowed
from openhiu.web.access.models import Membership
from openhiu.web.assurance.actions.registers import keep_step
from openhiu.web.assurance.models import Entry, Lesson
from openhiu.web.assurance.policies import registers as policies


@transaction.atomic
def ask_for_change(
    *, by: Actor, entry: Entry, words: str, member: Membership, due_on: date
) -> Lesson:
    """Ask somebody to change something by a day.

    Raises:
        NotAllowed: the day has passed, or the entry is about whoever is asked.
    """
    policies.may_work_on(by, entry)
    policies.must_be_open(entry)
    policies.must_say(words, "What is to be changed")
    policies.may_be_asked(entry, member)
    if due_on < timezone.localdate():
        raise NotAllowed("This day has passed.")
    lesson: Lesson = Lesson.objects.create(
        service=by.service, entry=entry, words=words.strip(), member=member, due_on=due_on
    )
    keep_step(by, entry, f"Asked {member.user.name} to change something", words=words)
    record(by, Did.ADDED, about=lesson)
    if member.user_id != by.user.pk:
        announce(
            to=member,
            words=f"{entry.reference}: you are asked to change something.",
            link=reverse("assurance:told"),
        )
    return lesson


@transaction.atomic
def end_change(*, by: Actor, lesson: Lesson, words: str, let_go: bool = False) -> Lesson:
    """Say what was done; or, by who keeps the registers, that it is let go, and why.

    Raises:
        NotAllowed: ended already, nothing said, or letting go is not theirs to decide.
    """
    policies.may_end(by, lesson)
    if let_go:
        policies.may_work_on(by, lesson.entry)
    policies.must_say(words, "Why it is let go" if let_go else "What was done")
    if let_go:
        lesson.let_go_at = timezone.now()
    else:
        lesson.done_on = timezone.localdate()
    lesson.ended_words, lesson.ended_by = words.strip(), by.membership
    lesson.save()
    keep_step(by, lesson.entry, "Let a change go" if let_go else "A change was made", words=words)
    record(by, Did.CHANGED, about=lesson, fields=["let_go_at" if let_go else "done_on"])
    return lesson
