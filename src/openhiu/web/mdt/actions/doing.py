"""Decisions that became actions: given to someone by a day, done, handed back, passed on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.audit import Did, record
from openhiu.web.access.gate import NotAllowed
from openhiu.web.access.models import Membership, Service
from openhiu.web.access.sealed import update_each
from openhiu.web.casework.models import Case
from openhiu.web.casework.sharing import ITEMS
from openhiu.web.mdt import policies
from openhiu.web.mdt.actions.holding import held
from openhiu.web.mdt.actions.telling import tell
from openhiu.web.mdt.models import Action, Group, Slot

Ending: Any = Action.Ending
LINK = "mdt:actions"


@transaction.atomic
def give_action(
    *,
    by: Actor,
    group: Group,
    case: Case,
    words: str,
    owner: Membership,
    due_on: date,
    items: Iterable[str] = (),
    slot: Slot | None = None,
) -> Action:
    """Give someone something to do for a person, by a day; they are told that there is something.

    Raises:
        NotAllowed: the owner's organisation may not know of it, or the minutes are agreed.
    """
    policies.must_run(by, group)
    sight = policies.must_know(by, case)
    policies.must(policies.why_not_discuss(case))
    if slot is not None:
        policies.must(policies.why_not_written(slot.meeting))
    about = [name for name in ITEMS if name in set(items)]
    policies.must(_why_not(group, case, owner, about, sight, words, due_on))
    action: Action = Action.objects.create(
        service=by.service, group=group, case=case, slot=slot, words=words.strip(), items=about,
        owner=owner, due_on=due_on, made_by=by.membership,
    )  # fmt: skip
    if slot is not None and slot.talked_at is None:
        slot.talked_at = timezone.now()
        slot.save(update_fields=["talked_at"])
    record(by, Did.ADDED, person=case.person_id, about=action, items=about)
    _tell(by, action)
    return action


def _why_not(
    group: Group, case: Case, owner: Membership, about: list[str], sight: frozenset[str],
    words: str, due_on: date,
) -> str:  # fmt: skip
    if not words.strip():
        return "Say what they will do."
    if due_on < timezone.localdate():
        return "The day cannot be in the past."
    if set(about) - sight:
        return "You do not see one of these yourself, so you cannot write about it."
    return policies.why_not_owner(group, case, owner, about)


@transaction.atomic
def finish_action(*, by: Actor, action: Action, words: str = "") -> Action:
    """It is done, with a word if one likes. Done twice is done once."""
    return _end(by, action, Ending.DONE, words)


@transaction.atomic
def let_go(*, by: Actor, action: Action, words: str) -> Action:
    """It will not be done, and the team knows why. For those who arrange."""
    policies.must_arrange(by, action)
    if not words.strip():
        raise NotAllowed("Say why it is let go, in a few words.")
    return _end(by, action, Ending.LET_GO, words)


@transaction.atomic
def hand_back(*, by: Actor, action: Action, words: str) -> Action:
    """The owner cannot do it: the coordinator is told and finds someone else."""
    row = _open(by, action)
    if not words.strip():
        raise NotAllowed("Say why you hand it back, in a few words. That is all right.")
    row.handed_back_at, row.handed_back_words = timezone.now(), words.strip()
    row.version += 1
    row.save()
    record(by, Did.CHANGED, person=row.case.person_id, about=row, handed_back=True)
    if row.group.coordinator_id != by.membership.pk:
        tell(to=row.group.coordinator, words="An action was handed back.", link=reverse(LINK))
    return row


@transaction.atomic
def pass_on(*, by: Actor, action: Action, owner: Membership, due_on: date) -> Action:
    """Give it to someone else or another day."""
    policies.must_run(by, action.group)
    row = _open(by, action)
    sight = policies.must_know(by, row.case)
    policies.must(_why_not(row.group, row.case, owner, list(row.items), sight, row.words, due_on))
    row.owner, row.due_on, row.handed_back_at, row.reminded_on = owner, due_on, None, None
    row.handed_back_words = ""
    row.version += 1
    row.save()
    record(by, Did.CHANGED, person=row.case.person_id, about=row, passed_on=True)
    _tell(by, row)
    return row


def remind(service: Service) -> int:
    """Tell owners once, on the day an action is due, and once when it is three days over.

    Called by the clock. The number told; words carry nothing about anyone.
    """
    today = timezone.localdate()
    rows = Action.objects.select_for_update(of=("self",)).filter(
        service=service, ended_at=None, handed_back_at=None, due_on__lte=today
    )
    told = 0
    for row in rows.select_related("owner"):
        days = (today - row.due_on).days
        since = (row.reminded_on - row.due_on).days if row.reminded_on else -1
        if since < 0 or (days >= 3 and since < 3):
            row.reminded_on = today
            row.save(update_fields=["reminded_on"])
            tell(to=row.owner, words="An action of the team meeting is due.",
                     link=reverse(LINK))  # fmt: skip
            told += 1
    return told


def end_all(by: Actor, case: Case, words: str) -> int:
    """Let every open action for someone go: after a death, or when they stop."""
    ended = update_each(
        Action.objects.filter(case=case, ended_at=None),
        ended_at=timezone.now(), ending=Ending.LET_GO, ended_by=by.membership, ended_words=words,
    )  # fmt: skip
    if ended:
        record(by, Did.CHANGED, person=case.person_id, about=case, actions_let_go=ended)
    return ended


def _end(by: Actor, action: Action, ending: str, words: str) -> Action:
    policies.must_own(by, action)
    row: Action = held(by, action)
    if row.ended_at is None:
        row.ended_at, row.ending, row.ended_by = timezone.now(), ending, by.membership
        row.ended_words = words.strip()[:300]
        row.version += 1
        row.save()
        record(by, Did.CHANGED, person=row.case.person_id, about=row, ending=str(ending))
    return row


def _open(by: Actor, action: Action) -> Action:
    policies.must_own(by, action)
    row: Action = held(by, action)
    if row.ended_at is not None:
        raise NotAllowed("This has ended already.")
    return row


def _tell(by: Actor, action: Action) -> None:
    if action.owner_id != by.membership.pk:
        tell(to=action.owner, words="The team meeting asks you for something.",
                 link=reverse(LINK))  # fmt: skip
