"""What may be seen of letters: an actor comes in; their clients' letters and outbox go out."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, QuerySet
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.gate import Missing
from openhiu.web.access.models import Organisation, Role
from openhiu.web.casework.models import Case
from openhiu.web.casework.queries.cases import cases
from openhiu.web.casework.queries.sharing import agreements
from openhiu.web.letters import lifecycle
from openhiu.web.letters.kinds import KINDS, MAIL, SIGN_IN, For
from openhiu.web.letters.models import (
    Letter,
    Letterhead,
    LocalWords,
    Outgoing,
    PostalAddress,
    Reconciled,
)
from openhiu.web.letters.permitted import permit

State: Any = Outgoing.State
_WITH = (
    "letter__case__person", "letter__organisation", "put_in_by__user", "ended_by__user",
    "consent", "letter__case__lead__user",
)  # fmt: skip


def outbox(actor: Actor, states: tuple[str, ...] = ()) -> QuerySet[Outgoing]:
    """What is or was in the outbox of the actor's clients; what waits longest first."""
    rows = Outgoing.objects.filter(
        service=actor.service_id, letter__case__in=cases(actor).values("pk")
    ).select_related(*_WITH)
    if states:
        return rows.filter(state__in=states).order_by("put_in_at", "pk")
    return rows.order_by("-put_in_at", "pk")


def waiting(actor: Actor) -> QuerySet[Outgoing]:
    """What somebody still has to do something about, or to see."""
    return outbox(actor, lifecycle.OPEN)


def failed_unseen(actor: Actor) -> QuerySet[Outgoing]:
    """What did not leave, or was stopped by a gate, and nobody has looked at since."""
    rows = outbox(actor, (State.FAILED, State.CANCELLED))
    return rows.filter(seen_at=None, ended_by=None)


def counts(actor: Actor) -> dict[str, int]:
    """How many stand in each state."""
    rows = outbox(actor).order_by().values_list("state").annotate(n=Count("pk"))
    return dict(rows)


def item_or_missing(actor: Actor, item_id: Any) -> Outgoing:
    """One of them."""
    found = outbox(actor).select_related("pdf", "word", *_WITH).filter(pk=item_id).first()
    if found is None:
        raise Missing
    return found


def letter_or_missing(actor: Actor, letter_id: Any) -> Letter:
    """One letter about a client who is theirs to work with."""
    found: Letter | None = (
        Letter.objects.filter(
            service=actor.service_id, case__in=cases(actor).values("pk"), pk=letter_id
        )
        .select_related("case__person", "case__plan", "case__lead__user", "organisation",
                        "written_by__user", "service")
        .first()
    )  # fmt: skip
    if found is None:
        raise Missing
    return found


def drafts_of(case: Case) -> list[Letter]:
    """Letters about a client that are being written."""
    rows = Letter.objects.filter(case=case, state=Letter.State.DRAFT)
    rows = rows.select_related("organisation", "written_by__user", "case__person")
    return list(rows.order_by("-changed_at"))


def left_of(case: Case) -> list[Outgoing]:
    """Everything of a client's that ever went into the outbox, newest first."""
    rows = Outgoing.objects.filter(letter__case=case).select_related(*_WITH)
    return list(rows.order_by("-put_in_at"))


def received(actor: Actor) -> list[Outgoing]:
    """Letters to the actor's organisation that it may still read: by today's yes."""
    if actor.role != Role.PARTNER or actor.membership.ended_at:
        return []
    rows = Outgoing.objects.filter(
        service=actor.service_id, letter__organisation=actor.organisation, state=State.SENT,
        way__in=(MAIL, SIGN_IN),
    ).select_related("pdf", "word", *_WITH)  # fmt: skip
    return [row for row in rows.order_by("-put_in_at") if may_read(row)]


def may_read(item: Outgoing) -> bool:
    """Whether the organisation that received a letter may read it today: all that it tells."""
    letter = item.letter
    person, kind = letter.case.person, KINDS[letter.kind]
    if item.told is None or person.died or person.died_on:
        return False
    # A practice tells where somebody lives, whatever else stands in its letter.
    if person.restricted and kind.reader is For.PRACTICE:
        return False
    return {"name", *item.told["items"]} <= permit(person, letter.organisation, kind).items


def received_or_missing(actor: Actor, item_id: Any) -> Outgoing:
    """One of them."""
    found = next((one for one in received(actor) if one.pk == item_id), None)
    if found is None:
        raise Missing
    return found


def taken_back(item: Outgoing) -> bool:
    """Whether the yes under which an organisation received this copy was taken back since."""
    return bool(item.consent and item.consent.withdrawn_at)


def last_account(actor: Actor) -> Reconciled | None:
    """The newest day's account of the outbox."""
    found: Reconciled | None = (
        Reconciled.objects.filter(service=actor.service_id).order_by("-at").first()
    )
    return found


def places(actor: Actor) -> list[tuple[Organisation, PostalAddress | None]]:
    """Every organisation with an agreement in force, and where it receives letters."""
    known = {one.organisation_id: one
             for one in PostalAddress.objects.filter(service=actor.service_id)}  # fmt: skip
    rows = Organisation.objects.filter(
        pk__in=agreements(actor.service_id).order_by().values("organisation")
    )
    return [(one, known.get(one.pk)) for one in rows.order_by("name")]


def place_or_missing(actor: Actor, organisation_id: Any) -> tuple[Organisation, Any]:
    """One of them."""
    found = next((pair for pair in places(actor) if pair[0].pk == organisation_id), None)
    if found is None:
        raise Missing
    return found


def head(actor: Actor) -> Letterhead | None:
    """The letterhead of the service."""
    return Letterhead.objects.filter(service=actor.service_id).first()


def local_words(actor: Actor) -> list[LocalWords]:
    """The newest local words of each kind and language."""
    rows = LocalWords.objects.filter(service=actor.service_id).select_related("changed_by__user")
    return list(rows.order_by("kind", "language", "-version").distinct("kind", "language"))


def oldest_open(service_id: Any) -> float | None:
    """Hours that the oldest thing in an outbox has waited; None where nothing waits."""
    rows = Outgoing.objects.filter(service=service_id, state__in=lifecycle.OPEN)
    first = rows.order_by("put_in_at").values_list("put_in_at", flat=True).first()
    return (timezone.now() - first).total_seconds() / 3600 if first else None
