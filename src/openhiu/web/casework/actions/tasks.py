"""Tasks: few, owned, and they end. Adding, moving, handing on, doing and letting go."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.announce import announce
from openhiu.web.access.audit import Did, record
from openhiu.web.access.gate import Missing, NotAllowed
from openhiu.web.access.models import Membership
from openhiu.web.access.permissions import Permission
from openhiu.web.casework import policies
from openhiu.web.casework.models import Case, Task
from openhiu.web.casework.queries.team import may_own


@transaction.atomic
def add_task(
    *,
    by: Actor,
    words: str,
    case: Case | None = None,
    due_on: date | None = None,
    owner: Membership | None = None,
) -> Task:
    """Add one task, one's own unless another owner is named.

    Args:
        by: who says so.
        words: what will be done, at most 300 characters.
        case: the client it is about, if any; theirs to work with.
        due_on: the day, or None for some time.
        owner: who will do it.

    Raises:
        NotAllowed: no words, or the owner may not see this client.
        Missing: the case or owner is of another service.
    """
    if case is not None:
        policies.must_be_theirs(by, case, Permission.WRITE_CLIENT)
    else:
        policies.must_hold(by, Permission.WRITE_CLIENT)
    if not words.strip():
        raise NotAllowed("Say what you will do.")
    to = owner or by.membership
    _must_be_able(by, to, case)
    task: Task = Task.objects.create(
        service=by.service,
        case=case,
        owner=to,
        words=words.strip(),
        due_on=due_on,
        made_by=by.membership,
    )
    _tell(by, task)
    record(by, Did.ADDED, person=case.person_id if case else None, about=task)
    return task


@transaction.atomic
def finish_task(*, by: Actor, task: Task) -> Task:
    """Mark a task as done. Done twice is done once."""
    return _end(by, task, "")


@transaction.atomic
def let_go(*, by: Actor, task: Task, reason: str) -> Task:
    """Let a task go: it will not be done, and that is all right.

    Raises:
        NotAllowed: without a reason.
    """
    if not reason.strip():
        raise NotAllowed("Say why you let it go, in a few words.")
    return _end(by, task, reason.strip())


@transaction.atomic
def move_task(*, by: Actor, task: Task, due_on: date | None) -> Task:
    """Put a task on another day, or on none."""
    held = _open(by, task)
    held.due_on = due_on
    held.save(update_fields=["due_on"])
    record(by, Did.CHANGED, person=_person(held), about=held, moved=True)
    return held


@transaction.atomic
def hand_task(*, by: Actor, task: Task, to: Membership) -> Task:
    """Give a task to someone else of the team; they are told.

    Raises:
        NotAllowed: they may not see the client it is about.
    """
    held = _open(by, task)
    _must_be_able(by, to, held.case)
    held.owner = to
    held.save(update_fields=["owner"])
    _tell(by, held)
    record(by, Did.CHANGED, person=_person(held), about=held, handed_on=True)
    return held


def _end(by: Actor, task: Task, reason: str) -> Task:
    held = _mine(by, task)
    if held.done_at is None:
        held.done_at, held.let_go_reason = timezone.now(), reason
        held.save(update_fields=["done_at", "let_go_reason"])
        record(by, Did.CHANGED, person=_person(held), about=held, let_go=bool(reason))
    return held


def _open(by: Actor, task: Task) -> Task:
    held = _mine(by, task)
    if held.done_at is not None:
        raise NotAllowed("This task has ended. Add a new one.")
    return held


def _mine(by: Actor, task: Task) -> Task:
    """The task as it is now, held; theirs, or about one of their clients."""
    policies.must_hold(by, Permission.WRITE_CLIENT)
    if task.service_id != by.service_id:
        raise Missing
    held: Task = (
        Task.objects.select_for_update(of=("self",)).select_related("case", "owner").get(pk=task.pk)
    )
    about_theirs = held.case is not None and policies.is_theirs(by, held.case)
    if held.owner_id != by.membership.pk and not about_theirs:
        raise NotAllowed("This is someone else's task.")
    return held


def _must_be_able(by: Actor, owner: Membership, case: Case | None) -> None:
    why = may_own(by, owner, case)
    if why:
        raise NotAllowed(why)


def _tell(by: Actor, task: Task) -> None:
    if task.owner_id != by.membership.pk:
        announce(
            to=task.owner, words="A colleague gave you a task.", link=reverse("casework:my_tasks")
        )


def _person(task: Task) -> object:
    return task.case.person_id if task.case else None
