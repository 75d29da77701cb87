"""A document is asked for, made in a process of its own, and kept; or made again and compared."""

from __future__ import annotations

import logging
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from traceback import extract_tb
from typing import Any, Final
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from openhiu.errors import HiuError
from openhiu.web.access.actor import Actor
from openhiu.web.access.audit import Did, Purpose, record
from openhiu.web.access.gate import NotAllowed
from openhiu.web.access.permissions import Permission
from openhiu.web.access.row_security import set_service
from openhiu.web.commissioning import policies, queries
from openhiu.web.commissioning.actions.keeping import keep_document
from openhiu.web.commissioning.making import composing
from openhiu.web.commissioning.making.documents import KINDS
from openhiu.web.commissioning.making.kinds import Kind
from openhiu.web.commissioning.making.sources import sources_now, sources_of
from openhiu.web.commissioning.models import Comparison, Document, Making
from openhiu.web.reporting.faults import Altered, NotUsable
from openhiu.web.reporting.reading import version

# What a person waiting sees done, one after the other.
STEPS: Final = (
    "Check what was set and what was delivered",
    "Count what the service did",
    "Write the document, its tables and pictures",
    "Keep it, with the hash of every file",
)
_BROKEN: Final = (
    "It stopped at the step “{step}”. Ask whoever runs this service to look for {reference} in its "
    "log."
)
_NOT_BEGUN: Final = "The machine has no room to make it now. Try again in a few minutes."
_LOG: Final = logging.getLogger(__name__)
Said = Callable[[int], None]


@transaction.atomic
def ask_for_document(*, by: Actor, what: str, again: Document | None = None) -> Making:
    """Begin to make a document of one kind, or `again` to make that very one once more.

    Raises:
        NotAllowed: no right, no tiers where they are needed, or one is being made.
    """
    kind = _kind(what)
    _give_up(by)
    policies.must(policies.why_not_make(
        by, kind.needs_tiers, queries.latest_tiers(by), queries.running(by)
    ))  # fmt: skip
    try:
        with transaction.atomic():
            making: Making = Making.objects.create(
                service=by.service, what=kind.key, again=again, asked_by=by.membership
            )
    except IntegrityError:
        raise NotAllowed(policies.UNDER_WAY) from None
    record(by, Did.ADDED, about=making, purpose=Purpose.COMMISSIONING, what=kind.key,
           again=again is not None)  # fmt: skip
    transaction.on_commit(lambda: _begin(making))
    return making


def make(service_id: UUID, making_id: UUID) -> Making:
    """Make what was asked for; whatever happens is written down.

    Runs in a process of its own (the command make_document). No transaction is open while it
    writes.
    """
    with transaction.atomic():
        set_service(service_id)
        rows = Making.objects.select_related(
            "asked_by__user", "asked_by__service", "asked_by__organisation", "again__area",
            "again__tiers", "again__evaluation",
        )  # fmt: skip
        making = rows.get(pk=making_id)
    if making.state != Making.State.RUNNING:
        return making
    by = Actor(user=making.asked_by.user, membership=making.asked_by)

    def at(step: int) -> None:
        making.step = step
        with transaction.atomic():
            set_service(service_id)
            Making.objects.filter(pk=making_id).update(step=step)

    try:
        document = _made(by, making, at)
        return _ended(making, Making.State.DONE, "", document)
    except (HiuError, NotUsable, NotAllowed, Altered) as why:
        return _ended(making, Making.State.FAILED, _words(why), None)
    except Exception as why:
        _ended(making, Making.State.FAILED, _broken(making, why), None)
        raise


def _made(by: Actor, making: Making, at: Said) -> Document:
    if making.again is not None:
        compare(by=by, document=making.again, at=at)
        again: Document = making.again
        return again
    return make_document(by=by, what=making.what, at=at)


def make_document(*, by: Actor, what: str, at: Said | None = None) -> Document:
    """Make a document now and keep it; `at` hears which step begins.

    Raises:
        NotAllowed: no right, or no tiers where they are needed.
        NotUsable, Altered, HiuError: it cannot be made of what there is, with why.
    """
    at = at or _silent
    kind = _kind(what)
    at(0)
    with transaction.atomic():
        set_service(by.service_id)
        _may_make(by)
        policies.must(policies.why_not_make(by, kind.needs_tiers, queries.latest_tiers(by), None))
        at(1)
        sources = sources_now(by)
        gathered = composing.gather(sources)
    at(2)
    composed = composing.compose(kind, gathered)
    at(3)
    with transaction.atomic():
        set_service(by.service_id)
        return keep_document(by=by, kind=kind, sources=sources, composed=composed)


def compare(*, by: Actor, document: Document, at: Said | None = None) -> Comparison:
    """Make a kept document once more from what it was made from, and hold every file against it.

    Raises:
        NotAllowed: no right.
        Altered: something it was made from is not what was kept.
    """
    at = at or _silent
    at(0)
    with transaction.atomic():
        set_service(by.service_id)
        _may_make(by)
        gathered = composing.gather(sources_of(document))
    at(2)
    composed = composing.compose(_kind(document.what), gathered)
    at(3)
    found = {file["name"]: file["sha256"] for file in document.files}
    made = {name: composing.digest(data) for name, data in composed.files.items()}
    differing = sorted(n for n in {*found, *made} if found.get(n) != made.get(n))
    with transaction.atomic():
        set_service(by.service_id)
        comparison: Comparison = Comparison.objects.create(
            service_id=by.service_id, document=document, compared_by=by.membership,
            made_with=version(), files=len(made), differing=differing,
        )  # fmt: skip
        record(by, Did.REVIEWED, about=document, purpose=Purpose.COMMISSIONING,
               what=document.what, differing=len(differing))  # fmt: skip
    return comparison


def _kind(what: str) -> Kind:
    if what not in KINDS:
        raise NotAllowed("There is no such kind of document.")
    return KINDS[what]


def _may_make(by: Actor) -> None:
    policies.must_hold(by, Permission.MAKE_DOCUMENT)
    if by.membership.ended_at or not by.user.is_active:
        raise NotAllowed("Whoever asked for this document has no account here any more.")


def _give_up(by: Actor) -> None:
    """Say of a document that was begun long ago that it stopped: its process is gone."""
    old = Making.objects.filter(
        service=by.service_id,
        state=Making.State.RUNNING,
        asked_at__lt=timezone.now() - queries.GIVE_UP_AFTER,
    )
    old.update(state=Making.State.FAILED, message=queries.STOPPED, ended_at=timezone.now())


def _begin(making: Making) -> None:
    try:
        _start(making.service_id, making.pk)
    except OSError:
        _ended(making, Making.State.FAILED, _NOT_BEGUN, None)


def _start(service_id: UUID, making_id: UUID) -> None:
    subprocess.Popen(
        [sys.executable, "-m", "openhiu.web.manage", "make_document", str(service_id),
         str(making_id)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=None,  # where whoever runs the server reads what it says
        start_new_session=True,
    )  # fmt: skip


def _silent(_step: int) -> None:
    """Nobody waits and watches."""


def _ended(making: Making, state: Any, words: str, document: Document | None) -> Making:
    with transaction.atomic():
        set_service(making.service_id)
        making.state, making.message, making.document = state, words, document
        making.ended_at = timezone.now()
        making.save(update_fields=["state", "message", "document", "ended_at"])
    return making


def _broken(making: Making, why: Exception) -> str:
    """Which step it was, in a sentence; in the log what and where, without the words of the fault:
    they may quote data.
    """
    reference = f"document-{str(making.pk)[:8]}"
    where = [f"{Path(one.filename).name}:{one.lineno}" for one in extract_tb(why.__traceback__)]
    _LOG.error("%s stopped at step %s: %s at %s", reference, making.step, type(why).__name__,
               " > ".join(where[-8:]))  # fmt: skip
    return _BROKEN.format(step=STEPS[making.step], reference=reference)


def _words(why: Exception) -> str:
    if isinstance(why, HiuError):
        return f"{why.sentence}. {why.remedy}"
    if isinstance(why, Altered):
        return f"{why.name} is not as it was kept. Nothing was made of it; restore a backup."
    return str(why)
