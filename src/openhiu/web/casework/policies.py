"""Who may do what to whom, as sentences: a refusal here is also the disabled button's reason."""

from __future__ import annotations

from datetime import date

from django.db.models import Q
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.gate import Missing, NotAllowed
from openhiu.web.access.models import Membership, Role
from openhiu.web.access.permissions import Permission, may
from openhiu.web.casework import lifecycle
from openhiu.web.casework.models import Case, Consent, FollowUp
from openhiu.web.people.models import Person
from openhiu.web.team.queries import covered_by

DIED = "This person has died. Nothing more can be planned with them."
CLOSED = "This has an outcome and is closed."
SOMEONE_ELSES = "This client is supported by someone else. You can read, not write."


def scope(actor: Actor) -> Q:
    """Which cases are theirs to work with.

    Leads: their own, and those of colleagues they cover today. Cover: the same, and their team's.
    Supervisors: their team's, or the whole service when they have no team. Everyone else: none;
    they read by giving a reason.
    """
    team = actor.membership.team_id
    if actor.role == Role.SUPERVISOR:
        return Q(team=team) if team else Q()
    if actor.role == Role.LEAD:
        return answers_for(actor.membership)
    if actor.role == Role.COVER:
        return answers_for(actor.membership) | (Q(team=team) if team else Q(pk__in=[]))
    return Q(pk__in=[])


def answers_for(member: Membership) -> Q:
    """One's own cases and, while their leave runs, those of the colleagues one covers."""
    return Q(lead=member) | Q(lead__in=covered_by(member).values("pk"))


def is_theirs(actor: Actor, case: Case) -> bool:
    """Whether a case is one of those they work with."""
    own = Case.objects.filter(service=actor.service_id, person__merged_into=None, pk=case.pk)
    return own.filter(scope(actor)).exists()


def holds(answer: Consent | None) -> bool:
    """True when this answer is a yes that was not withdrawn; the review date does not matter."""
    return answer is not None and answer.given and answer.withdrawn_at is None


def in_date(answer: Consent | None, on: date | None = None) -> bool:
    """True when it holds and its review date is still ahead: on that day sharing stops."""
    return answer is not None and holds(answer) and (on or timezone.localdate()) < answer.review_on


def taking_part(person: Person) -> bool:
    """Whether someone takes part: care goes on past a review date, never past a withdrawal."""
    asked = Consent.objects.filter(
        service=person.service_id, person=person, kind=Consent.Kind.TAKE_PART
    )
    return holds(asked.order_by("-recorded_at", "-answered_on").first())


def must_hold(by: Actor, permission: Permission) -> None:
    """Refuse a role that may not do this kind of thing at all."""
    if not may(by.role, permission):
        raise NotAllowed(f"Your role here cannot {permission}.")


def must_be_theirs(by: Actor, case: Case, permission: Permission = Permission.WRITE_CLIENT) -> None:
    """Refuse someone else's client: to write, a look outside one's own is not enough."""
    must_hold(by, permission)
    if case.service_id != by.service_id:
        raise Missing
    if not is_theirs(by, case):
        raise NotAllowed(SOMEONE_ELSES)


def must_know(by: Actor, person: Person) -> None:
    """Refuse a person of another service, or a client who is not theirs to work with."""
    if person.service_id != by.service_id:
        raise Missing
    case = Case.objects.filter(person=person).first()
    if case is not None and not is_theirs(by, case):
        raise NotAllowed(SOMEONE_ELSES)


def why_not_open(by: Actor, person: Person) -> str:
    """Why support cannot begin for a person, or nothing."""
    if person.died or person.died_on:
        return DIED
    if person.merged_into_id:
        return "This record was joined with another one. Open the other record."
    if taking_part(person) and Case.objects.filter(person=person).exists():
        return "This person is already being supported. No new start is needed."
    if not (may(by.role, Permission.CHOOSE) or may(by.role, Permission.RECORD_CONSENT)):
        return f"Your role here cannot {Permission.RECORD_CONSENT}."
    return ""


def why_not_move(case: Case, to: str) -> str:
    """Why a case cannot go to a phase now, or nothing. The same sentence everywhere."""
    if case.person.died or case.person.died_on:
        return DIED
    return lifecycle.why_not(case.phase, to)


def why_not_contact(case: Case) -> str:
    """Why we are not in touch with a client at all, or nothing.

    How to be in touch safely (no voicemail, no letters) is another question: people.safety.
    """
    if case.person.died or case.person.died_on:
        return "This person has died. Please do not call, write or visit."
    if not taking_part(case.person):
        return (
            "They asked us to stop. Wait until they come to us; "
            "record a new yes before being in touch again."
        )
    return ""


def may_review(actor: Actor) -> bool:
    """Whether someone reviews what was shared to keep people safe."""
    return may(actor.role, Permission.REVIEW_SHARED_WITHOUT_CONSENT)


def may_follow(by: Actor, follow_up: FollowUp) -> bool:
    """Whether this member looks after it: whoever reviews, supports them, shared, or owns it."""
    if may_review(by) or follow_up.owner_id == by.membership.pk:
        return True
    if follow_up.shared and follow_up.shared.by.user_id == by.user.pk:
        return True
    person = (follow_up.shared or follow_up.concern).person_id
    mine = Case.objects.filter(scope(by), service=by.service_id, person=person)
    return person is not None and mine.exists()


def why_not_close(follow_up: FollowUp) -> str:
    """What has to be done before the outcome, or nothing."""
    if follow_up.closed_at:
        return CLOSED
    if follow_up.steps.filter(done_at=None).exists():
        return "Say what came of every step first."
    if follow_up.concern and not follow_up.concern.answered_at:
        return "Answer whoever raised it first."
    if follow_up.shared and not follow_up.shared.reviewed_at:
        return "Someone has to review the sharing first."
    return ""
