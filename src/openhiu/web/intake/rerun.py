"""A list made anew from the service's own store: asked for on a page, made in another process.

The only file of the web application that calls `openhiu.programme`.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from openhiu.errors import HiuError
from openhiu.web.access.actor import Actor
from openhiu.web.access.audit import Did, record
from openhiu.web.access.gate import NotAllowed
from openhiu.web.access.permissions import Permission
from openhiu.web.access.row_security import set_service
from openhiu.web.intake import policies
from openhiu.web.intake.actions.receiving import receive_list, site_codes
from openhiu.web.intake.models import ReceivedList, Rerun
from openhiu.web.intake.reading.faults import NotUsable

PRESETS: Final = (
    ("spec-top-250", "The 250 with most attendances in 3 months, and more than 3 in a month"),
    ("pack-top-50", "The 50 with most attendances in 3 months"),
    ("nhse-2026", "More than 5 in a month, or more than 20 in 12 months"),
    ("red-cross-5", "5 or more in 12 months"),
    ("tiers", "5 to 10, 11 to 19, 20 or more in 12 months"),
)
GIVE_UP_AFTER: Final = timedelta(minutes=30)
_STOPPED: Final = "It stopped before it was finished. Ask for it again."
_NO_STORE: Final = (
    "This service has no store of its own set up. Upload the folder that hiu identify wrote."
)


def why_not(by: Actor) -> str:
    """Why no list can be made here, or nothing."""
    return policies.why_not_upload(by) if by.service.store else _NO_STORE


@transaction.atomic
def ask_for(*, by: Actor, as_of: date, preset: str) -> Rerun:
    """Begin making a list from the service's store; it will be proposed under this actor.

    Raises:
        NotAllowed: no store, another definition, or one is being made already.
    """
    policies.must_hold(by, Permission.UPLOAD_LIST)
    policies.must(why_not(by))
    if preset not in dict(PRESETS):
        raise NotAllowed("Choose one of the definitions.")
    give_up(by.service_id)
    try:
        with transaction.atomic():
            rerun: Rerun = Rerun.objects.create(
                service=by.service, asked_by=by.membership, as_of=as_of, preset=preset
            )
    except IntegrityError:
        raise NotAllowed("A list is being made already. Wait until it is there.") from None
    record(by, Did.ADDED, about=rerun, preset=preset, as_of=as_of.isoformat())
    transaction.on_commit(lambda: _start(by.service_id, rerun.pk))
    return rerun


def give_up(service_id: UUID) -> None:
    """Say of a list that was begun long ago that it stopped: its process is gone."""
    old = Rerun.objects.filter(
        service=service_id,
        state=Rerun.State.RUNNING,
        asked_at__lt=timezone.now() - GIVE_UP_AFTER,
    )
    old.update(state=Rerun.State.FAILED, message=_STOPPED, ended_at=timezone.now())


def as_it_stands(rerun: Rerun) -> Rerun:
    """A request as people should see it: one begun too long ago has stopped. Nothing is saved."""
    if rerun.state == Rerun.State.RUNNING and timezone.now() - rerun.asked_at > GIVE_UP_AFTER:
        rerun.state, rerun.message = Rerun.State.FAILED, _STOPPED
    return rerun


def _start(service_id: UUID, rerun_id: UUID) -> None:
    subprocess.Popen(
        [sys.executable, "-m", "openhiu.web.manage", "make_list", str(service_id), str(rerun_id)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def make(service_id: UUID, rerun_id: UUID) -> Rerun:
    """Make the list that was asked for and propose it; whatever happens is written down.

    Runs in a process of its own (the command make_list). No transaction is open while it counts.
    """
    with transaction.atomic():
        set_service(service_id)
        rerun = Rerun.objects.select_related(
            "service", "asked_by__user", "asked_by__service", "asked_by__organisation"
        ).get(pk=rerun_id)
        by = Actor(user=rerun.asked_by.user, membership=rerun.asked_by)
        sites = site_codes(by)
    if rerun.state != Rerun.State.RUNNING:
        return rerun
    try:
        with tempfile.TemporaryDirectory(prefix="openhiu-remade-") as folder:
            out = Path(folder) / "list"
            _identify(rerun, sites, out)
            return _propose(by, rerun, out)
    except (HiuError, NotUsable, NotAllowed) as why:
        return _failed(rerun, _words(why))
    except Exception:  # what a library says may quote data
        _failed(rerun, "It could not be made. Ask whoever runs this service to look at the store.")
        raise


def _identify(rerun: Rerun, sites: list[str], out: Path) -> None:
    from openhiu.programme import ListOptions, make_list

    options = ListOptions(
        store=Path(rerun.service.store),
        as_of=rerun.as_of,
        preset=rerun.preset,
        sites=tuple(sites),
    )
    make_list(options, out)


def _propose(by: Actor, rerun: Rerun, out: Path) -> Rerun:
    with transaction.atomic():
        set_service(rerun.service_id)
        if by.membership.ended_at or not by.user.is_active:
            raise NotAllowed("Whoever asked for this list has no account here any more.")
        received = receive_list(by=by, folder=out)
        return _ended(rerun, Rerun.State.DONE, "", received)


def _failed(rerun: Rerun, words: str) -> Rerun:
    with transaction.atomic():
        set_service(rerun.service_id)
        return _ended(rerun, Rerun.State.FAILED, words, None)


def _ended(rerun: Rerun, state: Any, words: str, received: ReceivedList | None) -> Rerun:
    rerun.state, rerun.message, rerun.received = state, words, received
    rerun.ended_at = timezone.now()
    rerun.save()
    return rerun


def _words(why: Any) -> str:
    if isinstance(why, HiuError):
        return f"{why.sentence}. {why.remedy}"
    if isinstance(why, NotUsable):
        return " ".join(fault.sentence for fault in why.faults)
    return str(why)
