"""People proposed for a team's list, taken onto it, set aside, and taken off. A person decides."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.audit import Did, record
from openhiu.web.access.gate import NotAllowed
from openhiu.web.casework.models import Case
from openhiu.web.mdt import lifecycle, policies
from openhiu.web.mdt.actions.holding import held
from openhiu.web.mdt.actions.telling import tell
from openhiu.web.mdt.criteria import CRITERIA
from openhiu.web.mdt.models import Group, GroupMember, Listing, Slot

State: Any = Listing.State
PROPOSED = "Someone was proposed for the team meeting."


@transaction.atomic
def propose(*, by: Actor, group: Group, case: Case, reason: str, rule: str = "") -> Listing:
    """Propose someone the actor may know of: by a rule that points at them, or with a reason.

    Raises:
        NotAllowed: no seat, no reason, already there, or nobody may talk about them now.
        Missing: a person not shared with the actor's organisation does not exist for them.
    """
    policies.ours(by, group)
    policies.must_know(by, case)
    _must_sit(by, group)
    policies.must(policies.why_not_discuss(case))
    if rule and rule not in CRITERIA:
        raise NotAllowed("There is no such criterion.")
    if not rule and not reason.strip():
        raise NotAllowed("Say why, in a sentence. The team reads it.")
    live = Listing.objects.select_for_update().filter(
        group=group, case=case, state__in=(State.PROPOSED, State.LISTED)
    )
    if live.exists():
        raise NotAllowed("They are on the list of this team already.")
    row: Listing = Listing.objects.create(
        service=by.service, group=group, case=case, rule=rule, reason=reason.strip(),
        proposed_by=by.membership,
    )  # fmt: skip
    record(by, Did.ADDED, person=case.person_id, about=row, rule=rule)
    if group.coordinator_id != by.membership.pk:
        tell(to=group.coordinator, words=PROPOSED, link=reverse("mdt:people", args=[group.pk]))
    return row


@transaction.atomic
def accept(*, by: Actor, listing: Listing) -> Listing:
    """Take someone onto the list."""
    row = _proposed(by, listing)
    policies.must(policies.why_not_discuss(row.case))
    return _decide(by, row, State.LISTED, "")


@transaction.atomic
def not_now(*, by: Actor, listing: Listing, words: str) -> Listing:
    """Set a proposal aside, saying why; whoever proposed them reads it."""
    row = _proposed(by, listing)
    if not words.strip():
        raise NotAllowed("Say why not, in a few words.")
    return _decide(by, row, State.NOT_NOW, words.strip())


@transaction.atomic
def take_off(*, by: Actor, listing: Listing, reason: str) -> Listing:
    """Take someone off the list: they leave open agendas too. Their lead goes on as before."""
    policies.must_arrange(by, listing)
    row: Listing = held(by, listing)
    if row.state != State.LISTED:
        raise NotAllowed(policies.NOT_ON_YOUR_LIST)
    if not reason.strip():
        raise NotAllowed("Say why, in a few words.")
    return off(by, row, reason.strip())


def off(by: Actor, row: Listing, reason: str) -> Listing:
    """End a listing and take its open slots away: also after a death."""
    row.state, row.off_at, row.off_by = State.OFF, timezone.now(), by.membership
    row.off_reason = reason[:300]
    row.save()
    Slot.objects.filter(
        listing=row, talked_at=None, meeting__state__in=lifecycle.AHEAD, notes=None, actions=None
    ).delete()
    record(by, Did.CHANGED, person=row.case.person_id, about=row, state=str(State.OFF))
    return row


def _must_sit(by: Actor, group: Group) -> None:
    sits = GroupMember.objects.filter(group=group, membership=by.membership, left_at=None).exists()
    if not sits and not policies.arranges(by):
        raise NotAllowed("Members of the team propose people.")


def _proposed(by: Actor, listing: Listing) -> Listing:
    policies.must_run(by, listing.group)
    policies.must_know(by, listing.case)
    row: Listing = held(by, listing)
    if row.state != State.PROPOSED:
        raise NotAllowed("This was decided already.")
    return row


def _decide(by: Actor, row: Listing, state: str, words: str) -> Listing:
    row.state, row.decided_by, row.decided_at = state, by.membership, timezone.now()
    row.decided_words = words
    row.save()
    record(by, Did.CHANGED, person=row.case.person_id, about=row, state=str(state))
    if row.proposed_by and row.proposed_by_id != by.membership.pk:
        tell(
            to=row.proposed_by,
            words="The team decided about someone you proposed.",
            link=reverse("mdt:people", args=[row.group_id]),
        )
    return row
