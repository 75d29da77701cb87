"""Teams, their members and who is on their list: an actor comes in, what they may see goes out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.gate import Missing
from openhiu.web.access.models import Membership, Role
from openhiu.web.casework.models import Case
from openhiu.web.casework.queries.cases import cases
from openhiu.web.casework.queries.consent import not_taking_part
from openhiu.web.casework.queries.sharing import shared_people
from openhiu.web.mdt import policies
from openhiu.web.mdt.criteria import Pointed, pointed_at
from openhiu.web.mdt.models import Group, GroupMember, Listing
from openhiu.web.mdt.seeing import MEETING, seen

LIVE = (Listing.State.PROPOSED, Listing.State.LISTED)
# Someone set aside is not pointed at again for so long.
_NOT_AGAIN_FOR = timedelta(days=28)


def groups(actor: Actor) -> QuerySet[Group]:
    """Teams one may know of: the service's own people all, partners those they belong to, and none
    without an agreement in force.
    """
    every = Group.objects.filter(service=actor.service_id, ended_at=None)
    if not policies.sits(actor.membership):
        every = every.none()
    if actor.role == Role.PARTNER:
        mine = GroupMember.objects.filter(membership=actor.membership, left_at=None)
        every = every.filter(pk__in=mine.values("group"))
    chosen = every.select_related("chair__user", "chair__organisation", "coordinator__user")
    return chosen.order_by("name")


def without_chair(actor: Actor) -> list[tuple[Group, str]]:
    """Teams the actor coordinates whose chair may not sit there any more, and why."""
    mine = groups(actor).filter(coordinator=actor.membership)
    why = [(group, policies.why_not_member(group.service_id, group.chair)) for group in mine]
    return [(group, said) for group, said in why if said]


def group_or_missing(actor: Actor, group_id: Any) -> Group:
    """One of them."""
    found = groups(actor).filter(pk=group_id).first()
    if found is None:
        raise Missing
    return found


def members(group: Group) -> QuerySet[GroupMember]:
    """Who belongs to a team now, by organisation."""
    live = GroupMember.objects.filter(group=group, left_at=None)
    live = live.select_related("membership__user", "membership__organisation")
    return live.order_by("membership__organisation__name", "membership__user__name")


def member_of(actor: Actor, group: Group) -> GroupMember | None:
    """The actor's own seat in a team."""
    return members(group).filter(membership=actor.membership).first()


def member_or_missing(actor: Actor, member_id: Any) -> GroupMember:
    """One seat of the actor's teams."""
    found = GroupMember.objects.filter(
        pk=member_id, service=actor.service_id, left_at=None, group__in=groups(actor)
    )
    row = found.select_related("membership__user", "membership__organisation", "group").first()
    if row is None:
        raise Missing
    return row


def could_join(actor: Actor, group: Group | None = None) -> list[Membership]:
    """Who may be given a seat: those who may and have none yet."""
    rows = Membership.objects.filter(service=actor.service_id, ended_at=None)
    if group is not None:
        rows = rows.exclude(pk__in=members(group).values("membership"))
    rows = rows.select_related("user", "organisation").order_by("organisation__name", "user__name")
    return [row for row in rows if not policies.why_not_member(actor.service_id, row)]


@dataclass(frozen=True)
class Listed:
    """One row of a team's list and what of the person the asker may see."""

    row: Listing
    items: frozenset[str]


def listings(actor: Actor, group: Group, *states: str) -> list[Listed]:
    """People on a team's list of whom the actor may know, the longest there first."""
    rows = (
        Listing.objects.filter(service=actor.service_id, group=group, state__in=states or LIVE)
        .select_related("case__person", "case__lead__user", "proposed_by__user",
                        "proposed_by__organisation", "group")
        .order_by("proposed_at", "pk")
    )  # fmt: skip
    every = list(rows)
    sight = seen(actor, [row.case for row in every])
    return [Listed(row, sight[row.case_id]) for row in every if sight[row.case_id]]


@dataclass(frozen=True)
class Free:
    """Someone a partner may propose, and what of them the partner sees."""

    case: Case
    items: frozenset[str]


def shared_and_free(actor: Actor, group: Group) -> list[Free]:
    """People whose meeting is shared with the actor's organisation, not on this team's list."""
    taken = Listing.objects.filter(group=group, state__in=LIVE).values("case")
    people = [person.pk for person in shared_people(actor)]
    rows = Case.objects.filter(service=actor.service_id, person__in=people).exclude(pk__in=taken)
    every = list(rows.select_related("person").order_by("person__family_name", "pk"))
    sight = seen(actor, every)
    return [Free(case, sight[case.pk]) for case in every if MEETING in sight[case.pk]]


def listing_or_missing(actor: Actor, listing_id: Any) -> Listing:
    """One row of a list that the actor may know of."""
    row = (
        Listing.objects.filter(pk=listing_id, service=actor.service_id, group__in=groups(actor))
        .select_related("case__person", "case__lead__user", "group")
        .first()
    )
    if row is None:
        raise Missing
    policies.must_know(actor, row.case)
    return row


def listing_of(case: Case) -> list[Listing]:
    """Every time someone was or is on a list, newest first."""
    rows = Listing.objects.filter(case=case).select_related("group", "proposed_by__user")
    return list(rows.order_by("-proposed_at"))


def candidates(actor: Actor, group: Group) -> list[Pointed]:
    """Whom the team's rules point at among the actor's own clients, and nobody decided about."""
    lately = timezone.now() - _NOT_AGAIN_FOR
    decided = Listing.objects.filter(group=group)
    out = decided.filter(state__in=LIVE) | decided.filter(
        state=Listing.State.NOT_NOW, decided_at__gte=lately
    )
    free = cases(actor).filter(person__died="", person__died_on=None)
    every = list(free.exclude(pk__in=out.values("case")))
    stopped = not_taking_part(actor.service_id, [case.person_id for case in every])
    return pointed_at([case for case in every if case.person_id not in stopped], group.criteria)
