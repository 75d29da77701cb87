"""Connecting a client with a service, and what is heard of it until the loop is closed.

Nothing about a client leaves here without agreement and consent: what the lead passes on must lie
within both. Where the client gets in touch themselves nothing is passed on.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.audit import Did, record
from openhiu.web.access.gate import Missing, NotAllowed, Stale
from openhiu.web.access.lawful import as_it_is
from openhiu.web.access.models import Agreement
from openhiu.web.casework import policies
from openhiu.web.casework.connecting import CHECK_AFTER_DAYS, NOT_FOUND, OPEN, STATES
from openhiu.web.casework.models import Case, Connection, ConnectionNews, Need
from openhiu.web.casework.needs import ANOTHER
from openhiu.web.casework.queries.connections import why_not_pass
from openhiu.web.directory.models import Listing
from openhiu.web.team import hours


@transaction.atomic
def connect(
    *,
    by: Actor,
    case: Case,
    how: str,
    listing: Listing | None = None,
    name: str = "",
    need: Need | None = None,
    words: str = "",
    state: str = "asked",
    agreement: Agreement | None = None,
    items: Iterable[str] = (),
    made_on: date | None = None,
    expected_on: date | None = None,
    check_on: date | None = None,
) -> Connection:
    """A client and a service of the directory, or one in free words, are brought together.

    Args:
        items: what the lead passed on (keys of casework.sharing.ITEMS), with its `agreement`.
        state: a key of connecting.STATES in which it is still open, or "connected".
        check_on: when to ask how it goes; two weeks on where nobody says.

    Raises:
        NotAllowed: not theirs, the service ended, or something passed on without consent.
    """
    policies.must_be_theirs(by, case)
    passed = sorted(set(items))
    _must_be_possible(by, case, listing, name, need, how, state)
    if agreement or passed or how == "wrote":
        _must_be_passable(case, listing, agreement, passed)
    day = made_on or timezone.localdate()
    made = Connection.objects.create(
        service=by.service,
        case=case,
        listing=listing,
        name=(listing.name if listing else name.strip())[:200],
        need=need,
        words=words.strip()[:300],
        how=how,
        agreement=agreement if passed else None,
        items=passed,
        made_on=day,
        made_by=by.membership,
        state=state,
        state_since=day,
        expected_on=expected_on if state == "waiting" else None,
        check_on=_check_on(by, state, check_on),
    )
    _note(by, made, "", state, "")
    record(by, Did.ADDED, person=case.person_id, about=made)
    if passed:
        record(by, Did.SHARED, person=case.person_id, about=made, items=passed)
    return made


def _must_be_possible(
    by: Actor, case: Case, listing: Listing | None, name: str, need: Need | None, how: str,
    state: str,
) -> None:  # fmt: skip
    """Refuse what makes no sense, with the reason."""
    why = policies.why_not_contact(case)
    if listing is not None and listing.service_id != by.service_id:
        raise Missing
    if need is not None and need.case_id != case.pk:
        raise Missing
    if not why and listing is None and not name.strip():
        why = "Choose a service, or say what it is called."
    if not why and listing is not None and listing.ended_on:
        why = "This service has ended."
    if not why and how not in Connection.How.values:
        why = "Say how you brought them together."
    if not why and state not in (*OPEN, "connected"):
        why = "There is no such beginning."
    if why:
        raise NotAllowed(why)


def _must_be_passable(
    case: Case, listing: Listing | None, agreement: Agreement | None, passed: list[str]
) -> None:
    """Refuse to pass on what is not within agreement and consent; writing always passes something.

    Where the directory says whose service it is, the agreement is with them.
    """
    if agreement is not None and agreement.service_id == case.service_id:
        agreement = as_it_is(agreement)
    why = why_not_pass(case.person, agreement, passed)
    partner = listing.partner_id if listing else None
    if not why and agreement and partner and agreement.organisation_id != partner:
        why = "This agreement is with another organisation."
    if why:
        raise NotAllowed(why)


@transaction.atomic
def hear_of_connection(
    *,
    by: Actor,
    connection: Connection,
    version: int,
    state: str,
    words: str = "",
    expected_on: date | None = None,
    check_on: date | None = None,
) -> Connection:
    """News of a connection: where it stands now, and what was said.

    Raises:
        NotAllowed: not theirs, or it ends without the reason that is asked for.
        Stale: somebody heard something else since `version`.
    """
    policies.must_be_theirs(by, connection.case)
    held = _held(by, connection)
    if state not in STATES:
        raise NotAllowed("There is no such answer.")
    if STATES[state].why and not words.strip():
        raise NotAllowed(STATES[state].why)
    if held.version != version and held.state != state:
        raise Stale([("Where it stands", STATES[held.state].label, STATES[state].label),
                     ("What was said", held.why, words)])  # fmt: skip
    _note(by, held, held.state, state, words)
    if held.state != state:
        held.state, held.state_since = state, timezone.localdate()
        held.missing_noted = False
    held.why = words.strip()[:500] if STATES[state].why else ""
    held.expected_on = expected_on if state == "waiting" else None
    held.check_on = _check_on(by, state, check_on)
    held.news_at = timezone.now()
    held.version += 1
    held.save()
    record(by, Did.CHANGED, person=held.case.person_id, about=held, state=state)
    return held


def close_connection(
    *, by: Actor, connection: Connection, version: int, state: str, words: str = ""
) -> Connection:
    """The loop is closed: connected, did not fit, no room, or not now.

    Raises:
        NotAllowed: a state in which somebody still has to hear.
    """
    if state in OPEN:
        raise NotAllowed("It is still open: say how it went.")
    return hear_of_connection(
        by=by, connection=connection, version=version, state=state, words=words
    )


@transaction.atomic
def note_missing(*, by: Actor, connection: Connection) -> Need:
    """Say that a service was needed and could not be found; commissioners read it as numbers.

    Goes onto the reason the connection was for, or a new one. Twice says it once.
    """
    policies.must_be_theirs(by, connection.case)
    held = _held(by, connection)
    if held.state not in NOT_FOUND:
        raise NotAllowed("This is for services that did not fit or had no room.")
    need = held.need or Need.objects.create(
        service=by.service, case=held.case, category=ANOTHER, words=held.words or held.name,
        noted_by=by.membership,
    )  # fmt: skip
    if not held.missing_noted:
        said = f"{held.name} ({STATES[held.state].label.lower()})"
        if said not in need.missing_service:
            need.missing_service = "; ".join(filter(None, [need.missing_service, said]))[:200]
            need.save(update_fields=["missing_service"])
        held.missing_noted, held.need = True, need
        held.save(update_fields=["missing_noted", "need"])
        record(by, Did.CHANGED, person=held.case.person_id, about=need, missing_service=True)
    return need


def _check_on(by: Actor, state: str, wanted: date | None) -> date | None:
    """When to ask again: on a working day, and never once it is over."""
    if state not in OPEN:
        return None
    ahead = wanted or timezone.localdate() + timedelta(days=CHECK_AFTER_DAYS)
    return hours.next_workday(by.service, ahead)


def _note(by: Actor, connection: Connection, before: str, after: str, words: str) -> None:
    ConnectionNews.objects.create(
        service=by.service, connection=connection, by=by.membership, from_state=before,
        to_state=after, words=words.strip()[:500],
    )  # fmt: skip


def _held(by: Actor, connection: Connection) -> Any:
    rows = Connection.objects.select_for_update(of=("self",)).select_related("case", "need")
    found = rows.filter(pk=connection.pk, service=by.service_id).first()
    if found is None:
        raise Missing
    return found
