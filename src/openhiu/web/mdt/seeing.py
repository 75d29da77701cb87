"""Who sees what of whom in a team meeting: an actor or a room of organisations comes in, the names
of items (casework.sharing.ITEMS) go out.

For a partner it is agreement and consent and share and role, and the item "meeting" has to be
among what is shared, or the person is not on the agenda for them at all.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final
from uuid import UUID

from openhiu.web.access.actor import Actor
from openhiu.web.access.models import Organisation, Role
from openhiu.web.casework.models import Case
from openhiu.web.casework.queries.cases import cases
from openhiu.web.casework.queries.consent import not_taking_part
from openhiu.web.casework.sharing import ITEMS, agreed_for, kept, visible
from openhiu.web.mdt.models import GroupMember, Listing
from openhiu.web.people.models import Person

MEETING: Final = "meeting"
PLAN: Final = "agreed_plan"
ACTIVITY: Final = "activity"
NOTHING: Final[frozenset[str]] = frozenset()
EVERYTHING: Final = frozenset(ITEMS)
# What someone of the service itself reads of a colleague's client who is on their team's list.
COLLEAGUES: Final = frozenset({"name", "phase", "what_matters", ACTIVITY, MEETING, PLAN})
# Never on a wall and never read out, whoever is there: who walks past reads a wall too.
NEVER_ALOUD: Final = frozenset({"birth_date", "nhs_number", "contact", "address", "gp"})
_OURS: Final[tuple[Any, ...]] = (Role.LEAD, Role.COVER, Role.SUPERVISOR)


def told(shared: frozenset[str], person: Person) -> frozenset[str]:
    """Of what is shared with an organisation, what it sees in a meeting's pages: nothing without
    the meeting itself, a name of someone who died, no place of someone in hiding.
    """
    return kept(person, shared) if MEETING in shared else NOTHING


def may_read(about: Collection[str], items: Collection[str]) -> bool:
    """Whether a note or an action that tells `about` is read by someone who sees `items`."""
    return MEETING in items and set(about) <= set(items)


def aloud(sights: Iterable[frozenset[str]]) -> frozenset[str]:
    """What everybody of several who hear it may hear; nothing when nobody is there."""
    every = list(sights)
    return frozenset.intersection(*every) - NEVER_ALOUD if every else NOTHING


def of_organisation(organisation: Organisation, whom: Iterable[Case]) -> dict[UUID, frozenset[str]]:
    """By case, what one partner organisation sees; a fixed number of queries."""
    every = list(whom)
    shared = agreed_for(organisation, [case.person for case in every])
    return {case.pk: told(shared[case.person_id], case.person) for case in every}


def seen(actor: Actor, whom: Iterable[Case]) -> dict[UUID, frozenset[str]]:
    """By case, what this actor sees now; cases of another service are nothing to them."""
    every = [case for case in whom if case.service_id == actor.service_id]
    if actor.membership.ended_at:
        return {case.pk: NOTHING for case in every}
    if actor.role == Role.PARTNER:
        return of_organisation(actor.organisation, every)
    if not actor.is_(*_OURS):
        return {case.pk: NOTHING for case in every}
    return _seen_by_us(actor, every)


def _seen_by_us(actor: Actor, every: list[Case]) -> dict[UUID, frozenset[str]]:
    keys = [case.pk for case in every]
    own = set(cases(actor).filter(pk__in=keys).values_list("pk", flat=True))
    near = of_our_groups(actor, keys)
    return {
        case.pk: EVERYTHING if case.pk in own
        else kept(case.person, COLLEAGUES) if case.pk in near
        else NOTHING
        for case in every
    }  # fmt: skip


def of_our_groups(actor: Actor, keys: list[UUID]) -> set[UUID]:
    """Which of these cases are on a list of a team that the actor belongs to, and take part."""
    mine = GroupMember.objects.filter(membership=actor.membership, left_at=None).values("group")
    live = (Listing.State.PROPOSED, Listing.State.LISTED)
    rows = Listing.objects.filter(
        service=actor.service_id, group__in=mine, case__in=keys, state__in=live
    ).values_list("case", "case__person")
    people = dict(rows)
    stopped = not_taking_part(actor.service_id, people.values())
    return {case for case, person in people.items() if person not in stopped}


def has_plan(who: Actor | Organisation, whom: Iterable[Case]) -> dict[UUID, bool]:
    """By case, whether someone, or an organisation, may have the agreed plan now.

    A hospital may have the plan and not be at the table: for partners the share decides alone.
    """
    every = list(whom)
    if isinstance(who, Actor) and who.role != Role.PARTNER:
        return {key: PLAN in items for key, items in seen(who, every).items()}
    if isinstance(who, Actor):
        every = [case for case in every if case.service_id == who.service_id]
        if who.membership.ended_at:
            return {}
        who = who.organisation
    shared = visible(who, [case.person for case in every])
    return {case.pk: PLAN in shared[case.person_id] for case in every}


def in_the_room(
    organisations: Iterable[Organisation],
    whom: Iterable[Case],
    reader: Mapping[UUID, frozenset[str]] | None = None,
) -> dict[UUID, frozenset[str]]:
    """By case, what may be said aloud while people of these partner organisations are there.

    `reader`: what someone who reads along sees; they are told no more than that, whoever is there.
    """
    every = list(whom)
    if not every:
        return {}
    stopped = not_taking_part(every[0].service_id, [case.person_id for case in every])
    sights: list[Mapping[UUID, frozenset[str]]] = [
        of_organisation(one, every) for one in organisations
    ]
    sights += [] if reader is None else [reader]
    return {
        case.pk: NOTHING
        if case.person_id in stopped
        else heard(case.person, [sight.get(case.pk, NOTHING) for sight in sights])
        for case in every
    }


# What the service itself may say in front of a team about someone on its list.
ROOM: Final = COLLEAGUES | {"strengths", "reasons", "goals", "network", "card"}


def heard(person: Person, sights: Iterable[frozenset[str]]) -> frozenset[str]:
    """What is said of someone where everybody sees one of these; the service is in every room."""
    return aloud([kept(person, ROOM), *sights])


def hearers(
    about: Collection[str], case: Case, by_organisation: Mapping[Organisation, Mapping[UUID, Any]]
) -> list[str]:
    """The organisations of the room that may hear something, by name."""
    return sorted(
        organisation.name
        for organisation, sight in by_organisation.items()
        if may_read(about, sight.get(case.pk, NOTHING))
    )
