"""A lead decides about people on a list: chosen, set aside, brought back, or added.

Choosing makes or finds the person and begins an approach. Nobody is dropped without a reason.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.audit import Did, record
from openhiu.web.access.gate import Missing, NotAllowed
from openhiu.web.access.models import Membership
from openhiu.web.access.permissions import Permission
from openhiu.web.access.sealed import update_each
from openhiu.web.casework import caseload
from openhiu.web.casework.doorway import supported
from openhiu.web.casework.quarter import quarter_of
from openhiu.web.intake import policies
from openhiu.web.intake.actions.asking import same_person
from openhiu.web.intake.actions.joining import Link, person_for, person_typed
from openhiu.web.intake.models import Approach, Listed, ReceivedList
from openhiu.web.intake.queries import pace
from openhiu.web.intake.queries.known import Known, known_for
from openhiu.web.people.models import Person

State: Any = Listed.State
Source: Any = Approach.Source


@transaction.atomic
def choose(
    *,
    by: Actor,
    rows: Sequence[Listed],
    links: Mapping[UUID, Link] | None = None,
    over_limit_reason: str = "",
) -> list[Approach]:
    """Choose people from a list: each becomes a person here and an approach of this lead.

    Args:
        by: the lead.
        rows: rows of released lists; several rows of one person count once.
        links: by row, the key of the person they turned out to be, or NEW for "somebody else";
            needed only where likely_same found someone who is not certain.
        over_limit_reason: needed when more people than the quarter has room for are chosen.

    Raises:
        NotAllowed: hidden, dead, supported or approached already, decided already, a list that
            was withdrawn, or a limit without a reason (caseload.LimitReached).
        Missing: a row of another service.
    """
    policies.must_hold(by, Permission.CHOOSE)
    held = _held(by, rows)
    known = known_for(by, held)
    for row in held:
        policies.must(why_not_choose(row, known.get(row.pk)))
    _make_room(by, len(held), over_limit_reason)
    return [_chosen(by, row, known.get(row.pk), links or {}, over_limit_reason) for row in held]


def why_not_choose(row: Listed, known: Known | None) -> str:
    """Why this row cannot be chosen, or nothing."""
    received: ReceivedList = row.received
    if why := policies.why_not_current(received):
        return why
    if policies.is_hidden(row, received):
        return "The hospital has not recorded a yes from this person. They cannot be chosen yet."
    if row.purged_at:
        return "Who this is was emptied after the agreed time. Look at the latest list."
    if row.state == State.CHOSEN:
        return "This person was chosen already. Nothing was done twice."
    if row.state == State.SET_ASIDE:
        return "This person was set aside. Bring them back first."
    if known and not known.choosable:
        lead = f" by {known.lead}" if known.lead else ""
        return f"{known.words}{lead}. They cannot be chosen from the list."
    return ""


@transaction.atomic
def set_aside(
    *, by: Actor, rows: Sequence[Listed], set_aside_as: str, reason: str = ""
) -> list[Listed]:
    """Set people aside with a reason; they stay on the list, counted, and can be brought back.

    Raises:
        NotAllowed: no kind of reason, "something else" without words, or decided already.
        Missing: a row of another service.
    """
    policies.must_hold(by, Permission.CHOOSE)
    if set_aside_as not in Listed.Aside.values:
        raise NotAllowed("Choose why they are set aside.")
    if set_aside_as == str(Listed.Aside.OTHER) and not reason.strip():
        raise NotAllowed("Say in a few words why they are set aside.")
    held = _held(by, rows)
    for row in held:
        policies.must(policies.why_not_current(row.received))
        if row.state == State.CHOSEN:
            raise NotAllowed("This person was chosen. End the approach to change that.")
        _decided(by, row, State.SET_ASIDE, set_aside_as=set_aside_as, reason=reason.strip()[:500])
        record(by, Did.SET_ASIDE, about=row, kind=set_aside_as)
    return held


@transaction.atomic
def bring_back(*, by: Actor, row: Listed) -> Listed:
    """Undo setting aside: the person waits for a decision again."""
    policies.must_hold(by, Permission.CHOOSE)
    (held,) = _held(by, [row])
    policies.must(policies.why_not_current(held.received))
    if held.state == State.SET_ASIDE:
        _decided(by, held, State.WAITING, set_aside_as="", reason="")
        record(by, Did.SET_ASIDE, about=held, kind="brought back")
    return held


@transaction.atomic
def add_for_vulnerability(
    *,
    by: Actor,
    reason: str,
    row: Listed | None = None,
    typed: Mapping[str, Any] | None = None,
    link: Link = None,
    over_limit_reason: str = "",
) -> Approach:
    """Add someone for their vulnerability, from a suggestion or typed in, with a reason.

    Args:
        by: the lead.
        reason: why this person, in words; not empty.
        row: a suggestion (or any row) of a released list.
        typed: what people.actions.add_person takes, for someone on no list.
        link: the key of the person they turned out to be, NEW for "somebody else", or None.
        over_limit_reason: as for `choose`.

    Raises:
        NotAllowed: without a reason, and as for `choose`.
    """
    policies.must_hold(by, Permission.CHOOSE)
    if not reason.strip():
        raise NotAllowed("Say why this person, in a few words.")
    _make_room(by, 1, over_limit_reason)
    if row is None:
        person = person_typed(by, typed or {}, link)
        return _begin(by, person, None, Source.VULNERABILITY, reason, over_limit_reason)
    (held,) = _held(by, [row])
    known = known_for(by, [held]).get(held.pk)
    policies.must(why_not_choose(held, known))
    person = person_for(by, held, known, link)
    _decided(by, held, State.CHOSEN, person=person)
    return _begin(by, person, held, Source.VULNERABILITY, reason, over_limit_reason)


@transaction.atomic
def approach_again(*, by: Actor, approach: Approach, over_limit_reason: str = "") -> Approach:
    """Ask someone again who said "not now" or could not be reached: a new approach begins.

    Raises:
        NotAllowed: it ended otherwise, or someone is reaching out to them already.
    """
    policies.must_hold(by, Permission.CHOOSE)
    again = (Approach.Outcome.NOT_NOW, Approach.Outcome.NOT_REACHED)
    if approach.service_id != by.service_id:
        raise Missing
    if approach.outcome not in again:
        raise NotAllowed("Only people who said not now, or were not reached, are asked again.")
    _make_room(by, 1, over_limit_reason)
    reason = f"Asked again after: {approach.get_outcome_display().lower()}."
    return _begin(by, approach.person, approach.listed, Source.AGAIN, reason, over_limit_reason)


def _held(by: Actor, rows: Sequence[Listed]) -> list[Listed]:
    """The rows as they are now, one for each person, held until the transaction ends."""
    wanted = {row.pk for row in rows}
    found = list(
        Listed.objects.select_for_update(of=("self",))
        .select_related("received__gateway", "received__uploaded_by")
        .filter(service=by.service, pk__in=wanted)
        .order_by("pk")
    )
    if not wanted or len(found) != len(wanted):
        raise Missing
    people = {(row.received_id, row.person_ref or str(row.pk)): row for row in found}
    return sorted(people.values(), key=lambda row: (row.list_id, row.rank or 0))


def _chosen(
    by: Actor, row: Listed, known: Known | None, links: Mapping[UUID, Link], over: str
) -> Approach:
    person = person_for(by, row, known, links.get(row.pk))
    _decided(by, row, State.CHOSEN, person=person, set_aside_as="", reason="")
    return _begin(by, person, row, Source.LIST, "", over)


def _decided(by: Actor, row: Listed, state: str, **more: Any) -> None:
    """The same decision on every row of this person in the list they came with."""
    decided = {"state": state, "decided_by": by.membership, "decided_at": timezone.now(), **more}
    update_each(same_person(row), **decided)
    for name, value in decided.items():
        setattr(row, name, value)


def _begin(
    by: Actor, person: Person, row: Listed | None, source: str, reason: str, over: str
) -> Approach:
    # Held until the transaction ends: of two leads who choose them at once, the second is told.
    person = Person.objects.select_for_update().get(pk=person.pk)
    policies.must(policies.why_not_reach_out(person))
    # Typed in or linked by hand: an approach would give sight of a colleague's client.
    if known := supported(by, [person.pk]).get(person.pk):
        raise NotAllowed(f"They are known here already, with {known.lead_name}. Talk with them.")
    if Approach.objects.filter(service=by.service, person=person, ended_at=None).exists():
        raise NotAllowed("Someone is reaching out to this person already.")
    approach: Approach = Approach.objects.create(
        service=by.service,
        person=person,
        listed=row,
        source=source,
        reason=reason.strip(),
        over_limit_reason=over.strip(),
        lead=by.membership,
        team=by.team,
        quarter=quarter_of(),
    )
    record(by, Did.CHOSE, person=person, about=approach, source=str(source))
    return approach


def _make_room(by: Actor, more: int, reason: str) -> None:
    """Let `more` people be added now, or ask for a reason; two at once wait in turn.

    A reason is needed past the quarter's limit, when the load is full, and around the lead's leave.
    """
    lead = (
        Membership.objects.select_for_update(of=("self",))
        .select_related("service")
        .get(pk=by.membership.pk)
    )
    found = pace.room(Actor(by.user, lead), more)
    passed = _passed(found, steady=lead.service.steady_weeks)
    if passed and not reason.strip():
        full = [found.new] if found.over > 0 else []
        if full or found.heavy:
            raise caseload.LimitReached([*full, *found.too_heavy])
        raise NotAllowed(f"{found.paused or found.ahead} Say why now, and your supervisor is told.")
    for limit, value, allowed in passed:
        caseload.pass_limit(
            by=by, lead=lead, limit=limit, value=value, allowed=allowed, reason=reason
        )


def _passed(found: pace.Room, *, steady: bool) -> list[tuple[Any, int, int]]:
    """The limits that so many more pass: each with what it becomes and what is allowed."""
    passed = []
    if found.over > 0:
        passed.append((caseload.NEW, found.new.value + found.more, found.new.allowed))
    for load in found.too_heavy:
        passed.append((caseload.LOAD, load.value + found.more, load.allowed))
    if found.paused:
        passed.append((caseload.PAUSED, found.more, 0))
    elif steady and found.ahead:
        week = found.plan.week
        passed.append((caseload.PACE, week.chosen + found.more, week.chosen + week.portion))
    return passed
