"""Taking in what a trace said: a file comes in; numbers, deaths and restrictions follow its rules.

One analyst's file alone changes no number and marks nobody as died or alive: that becomes a
question which somebody else settles, and until then it only ever stops contact.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.announce import tell_supervisors
from openhiu.web.access.audit import Did, Purpose, record
from openhiu.web.access.gate import Missing, NotAllowed, Stale
from openhiu.web.access.models import Service
from openhiu.web.people import doors, policies
from openhiu.web.people.actions import details, joining, status
from openhiu.web.people.actions.holding import held
from openhiu.web.people.contact_holds import ASKS, HOLDS, left_alone, still_held
from openhiu.web.people.identity import REGISTERED, Answer, Do, Standing, what_follows
from openhiu.web.people.indexing import reindex
from openhiu.web.people.models import (
    IdentityCheck,
    IdentityQuestion,
    Person,
    TraceReply,
)
from openhiu.web.people.trace_file import TraceNotUsable, read_answers

Kind: Any = IdentityQuestion.Kind
HEARD: Final = "Heard from a trace of their NHS number."
TAKEN_BACK: Final = "A later trace took the death back, and somebody made sure."
SAID_AGAIN: Final = "A later trace says that the number is right."
LEFT_ALONE: Final = "Contact is stopped, and nobody has said since that it may go on."
QUEUE: Final = "/assurance/identity/"
_UNKNOWN, _OLDER, _NOTHING = "not known here", "older than what is known", "nothing changed"


@transaction.atomic
def take_in_reply(*, by: Actor, data: bytes) -> TraceReply:
    """Take in a file of answers, whole or not at all.

    Raises:
        TraceNotUsable: a line will not do, or the same file came before.
        NotAllowed: not theirs to bring.
    """
    policies.bring_traces(by)
    answers = read_answers(data, timezone.localdate())
    Service.objects.select_for_update().get(pk=by.service_id)
    digest = hashlib.sha256(data).hexdigest()
    if TraceReply.objects.filter(service=by.service_id, sha256=digest).exists():
        raise TraceNotUsable("This file was taken in before. Nothing was done twice.")
    reply: TraceReply = TraceReply.objects.create(
        service=by.service, sha256=digest, by=by.membership, rows=len(answers),
        traced_on=max(answer.checked_on for answer in answers),
    )  # fmt: skip
    counts, theirs = Counter[str](), _brought(by)
    for answer in sorted(answers, key=lambda one: one.person_ref):
        counts.update(_take(by, reply, answer, theirs))
    reply.counts = dict(counts)
    reply.save(update_fields=["counts"])
    record(by, Did.UPLOADED, about=reply, rows=len(answers), purpose=Purpose.DIRECT_CARE)
    if IdentityQuestion.objects.filter(service=by.service_id, settled_at=None).exists():
        tell_supervisors(by, "Numbers, deaths or restrictions need a person to look.", QUEUE)
    return reply


def _brought(by: Actor) -> set[UUID] | None:
    """Of whom their organisation brings data; None is everyone, for the service's own provider."""
    if by.organisation.pk == by.service.provider_id:
        return None
    return {key for brought in doors.BROUGHT for key in brought(by)}


def _take(by: Actor, reply: TraceReply, answer: Answer, theirs: set[UUID] | None) -> list[str]:
    person = _person(by, answer, theirs)
    if person is None:
        return [_UNKNOWN]
    before = IdentityCheck.objects.filter(person=person).order_by("-checked_on", "-at").first()
    if before and before.checked_on > answer.checked_on:
        return [_OLDER]
    follows = what_follows(_standing(person, answer, before), answer)
    for do in follows:
        _ACTS[do](by, person, answer)
    if left_alone(person):
        _ask(by, person, ASKS[person.contact_held], note=LEFT_ALONE)
    IdentityCheck.objects.create(
        service=by.service, person=person, reply=reply, checked_on=answer.checked_on,
        number=answer.status, restricted=answer.restricted, death=answer.death,
        followed=[str(do) for do in follows],
    )  # fmt: skip
    return [str(do) for do in follows] or [_NOTHING]


def _person(by: Actor, answer: Answer, theirs: set[UUID] | None) -> Person | None:
    """Whom a reference means, held; a joined record leads to the one that stands for it."""
    found = Person.objects.filter(service=by.service_id, pk=answer.person_ref).first()
    known = set[UUID]()
    while found is not None:
        known.add(found.pk)
        if not found.merged_into_id:
            break
        found = found.merged_into
    if found is None or (theirs is not None and not known & theirs):
        return None
    return held(Person, by, found.pk)


def _standing(person: Person, answer: Answer, before: IdentityCheck | None) -> Standing:
    return Standing(
        number=person.nhs_number,
        number_held=person.contact_held == "number",
        restricted=person.restricted,
        died=person.died,
        traced_death=before.death if before else "",
        traced_restricted=before.restricted if before else False,
        taken=_holder(person, answer.number) is not None,
    )


def _holder(person: Person, number: str) -> Person | None:
    if not number:
        return None
    others = Person.objects.filter(
        service=person.service_id, nhs_number=number, merged_into__isnull=True
    )
    return others.exclude(pk=person.pk).first()


def _replace(by: Actor, person: Person, answer: Answer) -> None:
    _ask(by, person, Kind.ANOTHER, note=f"The trace gives the number {answer.number}.")


def _merge(by: Actor, person: Person, answer: Answer) -> None:
    """Two records are one, says the trace; a second person decides whether they are joined."""
    other = _holder(person, answer.number)
    if other is None:
        return
    details.supersede(person, person.nhs_number)
    try:
        with transaction.atomic():
            merge = joining.propose_merge(
                by=by, kept=other, absorbed=person,
                reason="A trace says that the NHS number of one was replaced by the other's.",
            )  # fmt: skip
    except NotAllowed:  # something stands against it now: a person has to see to that first
        merge = None
    _ask(by, person, Kind.MERGE, merge=merge)
    reindex(person)


def _hold(by: Actor, person: Person, _answer: Answer) -> None:
    person.contact_held = "number"
    _keep(by, person, held="number")
    _ask(by, person, Kind.NUMBER)


def _valid_again(by: Actor, person: Person, _answer: Answer) -> None:
    _ask(by, person, Kind.NUMBER, later=SAID_AGAIN)


def _restrict(by: Actor, person: Person, _answer: Answer) -> None:
    status.put_restricted(by, person, HEARD)


def _unrestricted(by: Actor, person: Person, _answer: Answer) -> None:
    _ask(by, person, Kind.UNRESTRICTED)


def _died(by: Actor, person: Person, answer: Answer) -> None:
    """Our own people know of it already: it is registered now. Else somebody has to look first."""
    if person.died:
        on = answer.died_on or person.died_on
        status.put_died(by, person, on=on, formal=True, heard=HEARD)
        return
    if person.contact_held != "number":
        person.contact_held = "death"
        _keep(by, person, held="death")
    how = "registered" if answer.death == REGISTERED else "reported"
    day = f", on {answer.died_on:%-d %B %Y}" if answer.died_on else ""
    _ask(by, person, Kind.DIED, note=f"The trace says that their death was {how}{day}.")


def _restore(by: Actor, person: Person, _answer: Answer) -> None:
    """They stay marked as died until somebody made sure."""
    _ask(by, person, Kind.DEATH_REMOVED)


def _ask_death(by: Actor, person: Person, _answer: Answer) -> None:
    _ask(by, person, Kind.DEATH_DIFFERS)


_ACTS: Final[dict[Do, Callable[[Actor, Person, Answer], None]]] = {
    Do.REPLACE_NUMBER: _replace, Do.PROPOSE_MERGE: _merge, Do.HOLD_NUMBER: _hold,
    Do.VALID_AGAIN: _valid_again, Do.RESTRICT: _restrict, Do.ASK_UNRESTRICTED: _unrestricted,
    Do.MARK_REPORTED: _died, Do.MARK_REGISTERED: _died, Do.RESTORE: _restore,
    Do.RESTORE_HELD: _restore, Do.ASK_DEATH: _ask_death,
}  # fmt: skip


def _ask(
    by: Actor, person: Person, kind: str, merge: Any = None, later: str = "", note: str = ""
) -> None:
    """One open question of a kind; the person's row is held, so two cannot be opened at once."""
    asked = IdentityQuestion.objects.filter(person=person, kind=kind, settled_at=None).first()
    if asked is None:
        asked = IdentityQuestion(service=by.service, person=person, kind=kind)
        asked.opened_by = by.membership
    asked.merge = merge or asked.merge
    asked.later = later or asked.later
    if note and note not in asked.note:
        asked.version += 1 if asked.note else 0  # whoever has it open reads the newer one first
        asked.note = f"{note}\n{asked.note}".strip()
    asked.save()


def _keep(by: Actor, person: Person, **detail: Any) -> None:
    person.version += 1
    person.save()
    reindex(person)
    record(by, Did.CHANGED, person=person, about=person, **detail)


@transaction.atomic
def settle_question(
    *, by: Actor, question: IdentityQuestion, version: int, note: str, number: str = "",
    release: bool = False,
) -> IdentityQuestion:  # fmt: skip
    """Say what a person found. `number` is the right one; `release` lets contact go on again, and
    of a death that was taken back it says that they are alive.

    Where contact stays stopped for somebody who is not marked as died, the question stays open
    with what was found: nobody else could ever let contact go on again.

    Raises:
        NotAllowed: not theirs, settled already, or who brought a trace of them meanwhile.
        Stale: somebody else changed it since.
        ValidationError: the number is not one, or is another record's.
    """
    row = held(IdentityQuestion, by, question.pk)
    policies.settle_identity(by, row)
    if row.version != version:
        raise Stale([("What was found", row.note, note)])
    person = held(Person, by, row.person_id)
    if number:
        _put_right(by, person, number, former=row.kind == Kind.ANOTHER)
    if release and row.kind == Kind.DEATH_REMOVED and person.died:
        status.put_alive(by, person, TAKEN_BACK)
    if release and person.contact_held == HOLDS.get(row.kind):
        person.contact_held = still_held(person.pk, besides=row)
        _keep(by, person, held=person.contact_held or "released")
    if not release and person.contact_held == HOLDS.get(row.kind) and left_alone(person, row):
        row.note = f"{note.strip()}\n{row.note}".strip()
    else:
        row.note, row.settled_by, row.settled_at = note.strip(), by.membership, timezone.now()
    row.version += 1
    row.save()
    record(
        by, Did.REVIEWED, person=person, about=row, released=release,
        settled=row.settled_at is not None,
    )  # fmt: skip
    return row


def _put_right(by: Actor, person: Person, number: str, *, former: bool) -> None:
    found = details.clean({"nhs_number": number})["nhs_number"]
    details.refuse_taken(by, found, person)
    if found != person.nhs_number:
        # A former one stays findable. One in doubt was never theirs: nothing is matched by it.
        if former:
            details.supersede(person, person.nhs_number)
        person.nhs_number = found
        _keep(by, person, replaced=True)


def question_or_missing(by: Actor, key: Any) -> IdentityQuestion:
    """One question of the service."""
    rows = IdentityQuestion.objects.select_related("person", "merge", "opened_by__user")
    found: IdentityQuestion | None = rows.filter(service=by.service_id, pk=key).first()
    if found is None:
        raise Missing
    return found
