"""What may be done to a record: an actor and a row come in; a sentence why not goes out."""

from __future__ import annotations

from openhiu.web.access.actor import Actor
from openhiu.web.access.gate import NotAllowed
from openhiu.web.access.models import Role
from openhiu.web.access.permissions import Permission, may
from openhiu.web.people import queries
from openhiu.web.people.models import IdentityCheck, IdentityQuestion, Merge, Notice, Person

MASKED = ("address", "postcode", "gp_practice")


def write(by: Actor, person: Person) -> None:
    """Change what is known about someone."""
    if not may(by.role, Permission.WRITE_CLIENT):
        raise NotAllowed("Only the lead who supports them, or who covers, can change this.")
    if person.merged_into_id:
        raise NotAllowed("This record has been joined with another one. Change that one instead.")
    if queries.only_opened(by, person):
        raise NotAllowed("You opened this record with a reason. You can read it, not change it.")


def write_location(by: Actor, person: Person) -> None:
    """Change where someone lives, their telephone numbers or their practice."""
    write(by, person)
    if person.restricted:
        raise NotAllowed("Their details are restricted, so they can be neither seen nor changed.")


def add(by: Actor) -> None:
    """Enter someone new."""
    if not (may(by.role, Permission.CHOOSE) or may(by.role, Permission.UPLOAD_LIST)):
        raise NotAllowed("Only a lead can add someone.")


def mark(by: Actor, person: Person) -> None:
    """Say that someone died, or that their details are restricted: anyone who may open them."""
    if not may(by.role, Permission.OPEN_CLIENT):
        raise NotAllowed("Your role here does not open people's records.")
    if person.merged_into_id:
        raise NotAllowed("This record has been joined with another one. Mark that one instead.")
    if queries.only_opened(by, person):
        raise NotAllowed("You opened this record with a reason. Tell the lead who supports them.")


def clear_died(by: Actor, person: Person) -> None:
    """Say that a death was an error; a registered one only by a supervisor."""
    mark(by, person)
    if person.died == "formal" and not by.is_(Role.SUPERVISOR):
        raise NotAllowed("A registered death can only be corrected by a supervisor.")


def clear_restricted(by: Actor, person: Person) -> None:
    """Show someone's details again: a supervisor, since lives can depend on it."""
    mark(by, person)
    if not by.is_(Role.SUPERVISOR):
        raise NotAllowed("Only a supervisor can lift a restriction: ask yours.")


def propose_notice(by: Actor) -> None:
    """Propose an important notice."""
    if not may(by.role, Permission.PROPOSE_NOTICE):
        raise NotAllowed("A lead proposes a notice, and a supervisor agrees it.")


def agree_notice(by: Actor, notice: Notice) -> None:
    """Agree someone else's notice."""
    if not may(by.role, Permission.AGREE_NOTICE):
        raise NotAllowed("A supervisor agrees notices.")
    if notice.proposed_by.user_id == by.user.pk:
        raise NotAllowed("You proposed this notice, so someone else has to agree it.")
    if notice.agreed_at or notice.ended_at:
        raise NotAllowed("This notice has already been decided.")


def end_notice(by: Actor, notice: Notice) -> None:
    """End a notice, or put a proposed one aside; who proposed it may take it back."""
    own = notice.agreed_at is None and notice.proposed_by.user_id == by.user.pk
    if not (own or may(by.role, Permission.AGREE_NOTICE)):
        raise NotAllowed("A supervisor ends notices.")
    if notice.ended_at:
        raise NotAllowed("This notice has already ended.")


def propose_merge(by: Actor, kept: Person, absorbed: Person) -> None:
    """Propose that two records are one person."""
    if not may(by.role, Permission.PROPOSE_MERGE):
        raise NotAllowed("A lead or the hospital's analyst proposes joining two records.")
    if kept.pk == absorbed.pk:
        raise NotAllowed("These are the same record.")


def decide_merge(by: Actor, merge: Merge) -> None:
    """Decide on someone else's proposal."""
    if not may(by.role, Permission.APPROVE_MERGE):
        raise NotAllowed("A supervisor decides whether two records are joined.")
    if merge.proposed_by.user_id == by.user.pk:
        raise NotAllowed("You proposed this, so someone else has to decide.")
    if merge.decided_at:
        raise NotAllowed("This has already been decided.")


def undo_merge(by: Actor, merge: Merge) -> None:
    """Part two joined records again."""
    if not may(by.role, Permission.APPROVE_MERGE):
        raise NotAllowed("A supervisor parts joined records.")
    if not merge.approved or merge.undone_at:
        raise NotAllowed("These records are not joined.")


def bring_traces(by: Actor) -> None:
    """Bring what a trace said: the hospital's analyst, who holds the answers."""
    if not may(by.role, Permission.APPLY_OPT_OUT):
        raise NotAllowed("The hospital's analyst brings the answers of a trace.")


def settle_identity(by: Actor, question: IdentityQuestion) -> None:
    """Settle what a trace left open: not whoever brought it, nor a later one while it was open."""
    if not may(by.role, Permission.SEE_IDENTITY):
        raise NotAllowed(f"Your role here cannot {Permission.SEE_IDENTITY}.")
    if question.settled_at:
        raise NotAllowed("This was settled already.")
    brought = IdentityCheck.objects.filter(
        person=question.person_id, reply__by__user=by.user.pk, at__gte=question.opened_at
    )
    if question.opened_by.user_id == by.user.pk or brought.exists():
        raise NotAllowed("You brought this answer, so someone else has to look at it.")
