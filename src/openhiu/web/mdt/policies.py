"""Who may do what in this room, as sentences: a refusal here is also a disabled button's reason."""

from __future__ import annotations

from typing import Any, Final

from openhiu.web.access.actor import Actor
from openhiu.web.access.enforcing import why_not_standing
from openhiu.web.access.gate import Missing, NotAllowed
from openhiu.web.access.lawful import agreements_in_force
from openhiu.web.access.models import Membership, Role
from openhiu.web.access.permissions import Permission, may
from openhiu.web.casework import policies as casework
from openhiu.web.casework.models import Case
from openhiu.web.mdt import lifecycle
from openhiu.web.mdt.models import Action, AgreedPlan, Group, Meeting
from openhiu.web.mdt.seeing import EVERYTHING, MEETING, may_read, of_organisation, seen
from openhiu.web.people.held import WHY, is_held

_MEMBERS: Final[tuple[Any, ...]] = (Role.LEAD, Role.COVER, Role.SUPERVISOR, Role.PARTNER)
NOT_ON_YOUR_LIST: Final = "They are not on this team's list."
NO_CONSENT: Final = (
    "They have not agreed that this organisation hears what the meeting says about them. Ask them, "
    "and share “what the team meeting says”, before giving it to someone there."
)
NOT_TOLD: Final = "This tells more than they agreed that organisation may know."
CLOSED: Final = "The agenda is closed. Open it again to change who is on it."


def must(why: str) -> None:
    """Refuse with a sentence, where there is one."""
    if why:
        raise NotAllowed(why)


def ours(by: Actor, row: Any) -> None:
    """A row of another service does not exist."""
    if row.service_id != by.service_id:
        raise Missing


def why_not_member(group_service: Any, membership: Membership) -> str:
    """Why someone cannot belong to a team, or nothing."""
    if why := why_not_standing(membership.organisation):
        return why
    if membership.service_id != group_service or membership.ended_at:
        return "They have no role in this service."
    if membership.role not in _MEMBERS:
        return "Leads, cover, supervisors and partners sit in a team meeting."
    if membership.role == Role.PARTNER and not agreed_with(membership):
        return "Their organisation has no sharing agreement in force. A supervisor drafts one."
    return ""


def agreed_with(membership: Membership) -> bool:
    """Whether an agreement with their organisation is in force today."""
    live = agreements_in_force(membership.service_id)
    return bool(live.filter(organisation=membership.organisation_id).exists())


def sits(membership: Membership) -> bool:
    """Whether a seat of theirs counts now: a partner's while there is an agreement in force."""
    return membership.role != Role.PARTNER or agreed_with(membership)


def arranges(actor: Actor) -> bool:
    """Whether someone arranges meetings."""
    return may(actor.role, Permission.ARRANGE_MDT)


def must_arrange(by: Actor, row: Any = None) -> None:
    """Leads and supervisors arrange; of their own service."""
    casework.must_hold(by, Permission.ARRANGE_MDT)
    if row is not None:
        ours(by, row)


def chairs(actor: Actor, group: Group) -> bool:
    """Whether someone is the named chair of a team, and may be."""
    return bool(group.chair_id == actor.membership.pk) and sits(actor.membership)


def must_run(by: Actor, group: Group) -> None:
    """Those who arrange, and the chair: they say who came and write down what was decided."""
    ours(by, group)
    if not arranges(by) and not chairs(by, group):
        raise NotAllowed("The chair, a lead or a supervisor does this.")


def must_know(by: Actor, case: Case) -> frozenset[str]:
    """What they see of someone; a person they may not know of does not exist."""
    items = seen(by, [case]).get(case.pk, frozenset())
    if MEETING not in items and not (items and (case.person.died or case.person.died_on)):
        raise Missing
    return items


def why_not_discuss(case: Case) -> str:
    """Why nobody talks about someone in a team meeting now, or nothing."""
    if case.person.died or case.person.died_on:
        return casework.DIED
    if not casework.taking_part(case.person):
        return "They asked us to stop. They are talked about nowhere until they say yes again."
    return WHY if is_held(case.person) else ""


def why_not_written(meeting: Meeting) -> str:
    """Why nothing can be written into a meeting's minutes now, or nothing."""
    if meeting.state in lifecycle.WRITABLE:
        return ""
    if meeting.state == lifecycle.PLANNED.key:
        return "Close the agenda first: then the minutes can be written."
    return lifecycle.why_not(meeting.state, lifecycle.HELD.key)


def why_not_owner(group: Group, case: Case, owner: Membership, about: list[str]) -> str:
    """Why someone cannot be given an action for a person, or nothing."""
    why = why_not_member(group.service_id, owner)
    if why or owner.role != Role.PARTNER:
        return why
    items = of_organisation(owner.organisation, [case])[case.pk]
    if MEETING not in items:
        return NO_CONSENT
    return "" if may_read(about, items) else NOT_TOLD


def must_own(by: Actor, action: Action) -> None:
    """The owner says that it is done or hands it back; those who arrange may too."""
    ours(by, action)
    if action.owner_id != by.membership.pk and not arranges(by):
        raise NotAllowed("This is someone else's action.")
    if not may_read(action.items, seen(by, [action.case]).get(action.case_id, frozenset())):
        raise Missing


def must_write_plan(by: Actor, case: Case) -> None:
    """Whoever walks alongside the person, or covers, or supervises them, writes the plan down."""
    ours(by, case)
    casework.must_hold(by, Permission.ATTEND_MDT)
    casework.must_hold(by, Permission.OPEN_CLIENT)
    if seen(by, [case])[case.pk] != EVERYTHING:
        raise NotAllowed(casework.SOMEONE_ELSES)
    must(why_not_discuss(case))


def why_not_change(plan: AgreedPlan) -> str:
    """Why a version of a plan stays as it is, or nothing."""
    if plan.state == AgreedPlan.State.DRAFT:
        return ""
    return "This version is agreed and stays as it is. Begin a new version."
