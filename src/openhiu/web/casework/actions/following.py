"""What follows a worry or a sharing, until somebody writes its outcome: steps, referrals, the day
to look again. What lies longer than it may comes to whoever reviews.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.announce import announce
from openhiu.web.access.audit import Did, Purpose, record
from openhiu.web.access.gate import Missing, NotAllowed, Stale
from openhiu.web.access.models import Membership, Service
from openhiu.web.access.permissions import Permission, may
from openhiu.web.casework import policies
from openhiu.web.casework.models import Case, Concern, FollowUp, FollowUpStep, SharedWithoutConsent
from openhiu.web.casework.queries.following import colleagues

ONE_DAY: Final = timedelta(days=1)
# Reviewed or answered within a day; after that, whoever reviews is told.
LOOKED_AT_WITHIN: Final = timedelta(hours=24)
# So far ahead the day to look again may be put: by whoever reviews, and by everybody else.
REVIEWER_AHEAD, OTHERS_AHEAD = timedelta(days=28), timedelta(days=7)
_SATURDAY: Final = 5
_PUT_TO: Final = "The day to look again was put to"


def open_for(
    *, shared: SharedWithoutConsent | None = None, concern: Concern | None = None
) -> FollowUp:
    """Begin following a sharing or a worry that was just written down, by whoever knows them."""
    about: Any = shared or concern
    case = Case.objects.filter(person=about.person_id).first() if about.person_id else None
    owner = case.lead_id if case else (shared.by_id if shared else None)
    kept: FollowUp = FollowUp.objects.create(
        service_id=about.service_id, shared=shared, concern=concern, owner_id=owner,
        look_again_on=timezone.localdate() + ONE_DAY,
    )  # fmt: skip
    return kept


@transaction.atomic
def add_step(
    *, by: Actor, follow_up: FollowUp, version: int, what: str, who: Membership, due_on: date,
    referral: str = "", reference: str = "",
) -> FollowUpStep:  # fmt: skip
    """Say what happens next, who does it and by when; a referral has a reference where known."""
    held = _open(by, follow_up, version)
    _must_be_at_work(by, who)
    step: FollowUpStep = FollowUpStep.objects.create(
        service=by.service, follow_up=held, what=what, who=who, due_on=due_on, referral=referral,
        reference=reference.strip(), made_by=by.membership,
    )  # fmt: skip
    held.owner = held.owner or who
    _saved(by, held, Did.ADDED, referral=referral or "none")
    if who.pk != by.membership.pk:
        announce(to=who, words="You were asked to do something to keep someone safe.",
                 link=link_to(held))  # fmt: skip
    return step


@transaction.atomic
def finish_step(*, by: Actor, step: FollowUpStep, result: str, reference: str = "") -> FollowUpStep:
    """Say what came of a step."""
    held = _open(by, step.follow_up)
    row = FollowUpStep.objects.select_for_update().get(pk=step.pk)
    if row.done_at:
        raise NotAllowed("This was done already.")
    row.result, row.reference = result.strip(), reference.strip() or row.reference
    row.done_by, row.done_at = by.membership, timezone.now()
    row.save()
    _saved(by, held, Did.CHANGED, step="done")
    return row


@transaction.atomic
def look_again(
    *, by: Actor, follow_up: FollowUp, version: int, on: date, owner: Membership, because: str
) -> FollowUp:
    """Move the day to look again, and say who does and why; what was said stays, as a step.

    Whoever reviews is told when it was moved twice and none of them was asked.

    Raises:
        NotAllowed: a day that is too far off, no reason, or somebody who is not at work.
    """
    held = _open(by, follow_up, version)
    _must(policies.may_review(by), on, because)
    _must_be_at_work(by, owner)
    again = not policies.may_review(by) and _moved_unreviewed(held)
    held.look_again_on, held.owner, held.escalated_at = on, owner, None
    FollowUpStep.objects.create(
        service=by.service, follow_up=held, what=f"{_PUT_TO} {on:%-d %B %Y}",
        who=owner, due_on=on, made_by=by.membership, result=because.strip(),
        done_by=by.membership, done_at=timezone.now(),
    )  # fmt: skip
    if again:
        _tell(held, "Something to keep someone safe was put off again.")
    return _saved(by, held, Did.CHANGED, looks_again=on.isoformat(), again=again)


def _moved_unreviewed(held: FollowUp) -> bool:
    """Whether the day was moved before, and last by somebody who does not review."""
    steps = held.steps.select_related("made_by").order_by("-made_at")
    moves = (step for step in steps if str(step.what).startswith(_PUT_TO))
    last = next(moves, None)
    return last is not None and not may(last.made_by.role, Permission.REVIEW_SHARED_WITHOUT_CONSENT)


def _must_be_at_work(by: Actor, who: Membership) -> None:
    """A worry that is put on a closed account or a role that rests is looked at by nobody."""
    if not colleagues(by).filter(pk=who.pk).exists():
        raise NotAllowed("Choose somebody of your service who is at work.")


def _must(reviews: bool, on: date, because: str) -> None:
    today, furthest = timezone.localdate(), REVIEWER_AHEAD if reviews else OTHERS_AHEAD
    if on <= today:
        raise NotAllowed("Choose a day that is still to come.")
    if on > today + furthest:
        raise NotAllowed(f"Choose a day within the next {furthest.days} days.")
    if not because.strip():
        raise NotAllowed("Say why it can wait until then.")


@transaction.atomic
def close(
    *, by: Actor, follow_up: FollowUp, version: int, outcome: str, outcome_words: str,
    person_told: str,
) -> FollowUp:  # fmt: skip
    """Write the outcome. What is open, unanswered or unreviewed cannot be closed.

    Raises:
        NotAllowed: something is still to be done.
        Stale: somebody else changed it since.
    """
    held = _open(by, follow_up, version)
    if why := policies.why_not_close(held):
        raise NotAllowed(why)
    held.outcome, held.outcome_words = outcome, outcome_words.strip()
    held.person_told, held.closed_by = person_told, by.membership
    held.closed_at = timezone.now()
    return _saved(by, held, Did.REVIEWED, outcome=outcome)


@transaction.atomic
def escalate_follow_ups(service: Service) -> int:
    """Tell of what nobody reviewed or answered within a day, and of days to look again that passed.

    Returns how many were told of. Safe to call as often as one likes; a day that passed is told of
    at once, and again every working day until it is moved. What was written before this was kept
    is taken up too.
    """
    _take_up(service)
    rows = FollowUp.objects.select_for_update(of=("self",), skip_locked=True).filter(
        service=service, closed_at=None
    )
    told = 0
    for one in rows.select_related("shared", "concern", "owner"):
        told += _unlooked_at(one) + _day_passed(one)
    return told


def _unlooked_at(one: FollowUp) -> int:
    about: Any = one.shared or one.concern
    looked = one.shared.reviewed_at if one.shared else one.concern and one.concern.answered_at
    if looked or one.review_told_at or about.at + LOOKED_AT_WITHIN > timezone.now():
        return 0
    one.review_told_at = timezone.now()
    one.save(update_fields=["review_told_at"])
    what = "reviewed what was shared" if one.shared else "answered a worry"
    _tell(one, f"Nobody has {what} within 24 hours.")
    return 1


def _day_passed(one: FollowUp) -> int:
    today = timezone.localdate()
    late = one.look_again_on < today or one.steps.filter(done_at=None, due_on__lt=today).exists()
    if not late or _told_today(one.escalated_at, today):
        return 0
    one.escalated_at = timezone.now()
    one.save(update_fields=["escalated_at"])
    _tell(one, "Something to keep someone safe is overdue.")
    return 1


def _told_today(told_at: datetime | None, today: date) -> bool:
    """Whether nothing is to be said again yet; the first word never waits for a working day."""
    if told_at is None:
        return False
    return timezone.localdate(told_at) >= today or today.weekday() >= _SATURDAY


def _tell(one: FollowUp, words: str) -> None:
    from openhiu.web.casework.actions.safeguarding import reviewers

    to = {member.pk: member for member in reviewers(one.service_id)}
    if one.owner and one.owner.ended_at is None:
        to[one.owner.pk] = one.owner
    for member in to.values():
        announce(to=member, words=words, link=link_to(one), urgent=True)


def _take_up(service: Service) -> None:
    for shared in SharedWithoutConsent.objects.filter(service=service, follow_up=None):
        open_for(shared=shared)
    for concern in Concern.objects.filter(service=service, follow_up=None):
        open_for(concern=concern)


def link_to(follow_up: FollowUp) -> str:
    """The page of what it follows."""
    if follow_up.shared_id:
        return str(reverse("casework:safety_record", args=[follow_up.shared_id]))
    return str(reverse("casework:concern", args=[follow_up.concern_id]))


def _open(by: Actor, follow_up: FollowUp, version: int | None = None) -> FollowUp:
    policies.must_hold(by, Permission.SHARE_WITHOUT_CONSENT)
    held: FollowUp | None = (
        FollowUp.objects.select_for_update(of=("self",))
        .select_related("shared__by", "concern", "owner")
        .filter(pk=follow_up.pk, service=by.service_id)
        .first()
    )
    if held is None:
        raise Missing
    if held.closed_at:
        raise NotAllowed(policies.CLOSED)
    if not policies.may_follow(by, held):
        raise NotAllowed("Whoever supports them, or reviews, writes what happens next.")
    if version is not None and held.version != version:
        raise Stale([("Look again on", f"{held.look_again_on:%-d %B %Y}", "")])
    return held


def _saved(by: Actor, held: FollowUp, did: Did, **detail: Any) -> FollowUp:
    held.version += 1
    held.save()
    person = (held.shared or held.concern).person_id
    record(by, did, person=person, about=held, purpose=Purpose.SAFEGUARDING, **detail)
    return held
