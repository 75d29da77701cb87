"""Beginning a team, its members and its criteria."""

from __future__ import annotations

from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.audit import Did, record
from openhiu.web.access.gate import NotAllowed
from openhiu.web.access.models import Membership
from openhiu.web.access.permissions import Permission, may
from openhiu.web.mdt import policies
from openhiu.web.mdt.actions.holding import apply, held
from openhiu.web.mdt.actions.telling import tell
from openhiu.web.mdt.criteria import CRITERIA, USUAL
from openhiu.web.mdt.models import Group, GroupMember

LABELS: Final = {
    "name": "Name",
    "chair": "Chair",
    "chair_as": "Post of the chair",
    "coordinator": "Coordinator",
    "rhythm": "When it usually meets",
    "minutes_each": "Minutes for each person",
}


@transaction.atomic
def begin_group(
    *,
    by: Actor,
    name: str,
    chair: Membership,
    chair_as: str,
    coordinator: Membership | None = None,
    rhythm: str = "",
    minutes_each: int = 10,
) -> Group:
    """Begin a team with its chair, a senior clinician, and its coordinator as first members.

    Raises:
        NotAllowed: someone may not sit in a team, or the chair's clinical post is not said.
    """
    policies.must_arrange(by)
    keeper = coordinator or by.membership
    _must_lead(by, chair, chair_as, keeper)
    if Group.objects.filter(service=by.service, name=name.strip(), ended_at=None).exists():
        raise NotAllowed("There is a team of this name. Give this one another name.")
    group: Group = Group.objects.create(
        service=by.service, name=name.strip(), chair=chair, chair_as=chair_as.strip(),
        coordinator=keeper, rhythm=rhythm.strip(), minutes_each=minutes_each, criteria=dict(USUAL),
    )  # fmt: skip
    _seat(group, chair, chair_as.strip())
    if keeper.pk != chair.pk:
        _seat(group, keeper, "Coordinator")
    record(by, Did.ADDED, about=group)
    return group


@transaction.atomic
def change_group(*, by: Actor, group: Group, version: int, **said: Any) -> Group:
    """Change a team's particulars (keys of LABELS); a new chair gets a seat."""
    policies.must_arrange(by, group)
    row: Group = held(by, group)
    changed = apply(row, version, said, LABELS)
    _must_lead(by, row.chair, row.chair_as, row.coordinator)
    if changed:
        row.save()
        for membership, post in ((row.chair, row.chair_as), (row.coordinator, "Coordinator")):
            if not GroupMember.objects.filter(
                group=row, membership=membership, left_at=None
            ).exists():
                _seat(row, membership, post)
        record(by, Did.CHANGED, about=row, fields=changed)
    return row


@transaction.atomic
def add_member(*, by: Actor, group: Group, membership: Membership, post: str) -> GroupMember:
    """Give someone a seat.

    Raises:
        NotAllowed: their organisation enforces the law, has no agreement, or they are in already.
    """
    policies.must_arrange(by, group)
    policies.must(policies.why_not_member(by.service_id, membership))
    if GroupMember.objects.filter(group=group, membership=membership, left_at=None).exists():
        raise NotAllowed("They are a member already.")
    member = _seat(group, membership, post.strip())
    record(by, Did.ADDED, about=member)
    tell(to=membership, words="You are a member of a team meeting.", link="/mdt/")
    return member


@transaction.atomic
def remove_member(*, by: Actor, member: GroupMember) -> None:
    """End a seat; from now on they see nothing of this team. The chair is changed first."""
    policies.must_arrange(by, member)
    row: GroupMember = held(by, member)
    if row.membership_id in (row.group.chair_id, row.group.coordinator_id):
        raise NotAllowed("Name another chair or coordinator first.")
    if row.left_at is None:
        row.left_at = timezone.now()
        row.save(update_fields=["left_at"])
        record(by, Did.CHANGED, about=row, left=True)


@transaction.atomic
def set_criteria(*, by: Actor, group: Group, criteria: dict[str, int | None]) -> Group:
    """Agree by which rules people are proposed: keys of CRITERIA and their numbers."""
    policies.must_arrange(by, group)
    if set(criteria) - set(CRITERIA):
        raise NotAllowed("There is no such criterion.")
    row: Group = held(by, group)
    row.criteria = {
        key: (criteria[key] or rule.number) if rule.number is not None else None
        for key, rule in CRITERIA.items()
        if key in criteria
    }
    row.version += 1
    row.save(update_fields=["criteria", "version"])
    record(by, Did.CHANGED, about=row, criteria=sorted(row.criteria))
    return row


def _seat(group: Group, membership: Membership, post: str) -> GroupMember:
    if not post:
        raise NotAllowed("Say which post they hold: the minutes name it.")
    seat: GroupMember = GroupMember.objects.create(
        service=group.service, group=group, membership=membership, post=post
    )
    return seat


def _must_lead(by: Actor, chair: Membership, chair_as: str, coordinator: Membership) -> None:
    for one in (chair, coordinator):
        policies.must(policies.why_not_member(by.service_id, one))
    if not chair_as.strip():
        raise NotAllowed("A senior clinician chairs: say which post they hold.")
    if not may(coordinator.role, Permission.ARRANGE_MDT):
        raise NotAllowed("The coordinator is a lead or a supervisor of this service.")
