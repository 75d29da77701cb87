"""A quarter's report is asked for, made in a process of its own, and kept as a draft."""

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
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from openhiu.errors import HiuError
from openhiu.web.access.actor import Actor
from openhiu.web.access.announce import tell_supervisors
from openhiu.web.access.audit import Did, Purpose, record
from openhiu.web.access.gate import NotAllowed
from openhiu.web.access.permissions import Permission
from openhiu.web.access.row_security import set_service
from openhiu.web.casework.actions.telling import use_in_report
from openhiu.web.casework.quarter import in_words
from openhiu.web.reporting import composing, policies, queries
from openhiu.web.reporting.faults import Altered, NotUsable
from openhiu.web.reporting.keeping import keep
from openhiu.web.reporting.models import Evaluation, Making, Report
from openhiu.web.reporting.reading import version

# What a person waiting sees done, one after the other.
STEPS: Final = (
    "Check the evaluation",
    "Count what the service did",
    "Write the report, its tables and pictures",
    "Keep it, with the hash of every file",
)
_BROKEN: Final = (
    "It stopped at the step “{step}”. Ask whoever runs this service to look for {reference} in its "
    "log."
)
_LOG: Final = logging.getLogger(__name__)
Said = Callable[[int], None]


@transaction.atomic
def ask_for_report(*, by: Actor, quarter: str) -> Making:
    """Begin to make a quarter's report; it becomes a draft under this actor.

    Raises:
        NotAllowed: no right, no evaluation, one is being made, or the quarter is not over.
    """
    _must_be_over(quarter)
    _give_up(by)
    evaluation, running = queries.latest_evaluation(by), queries.running(by)
    policies.must(policies.why_not_make(by, evaluation, running))
    try:
        with transaction.atomic():
            making: Making = Making.objects.create(
                service=by.service, quarter=quarter, asked_by=by.membership
            )
    except IntegrityError:
        raise NotAllowed(policies.UNDER_WAY) from None
    record(by, Did.ADDED, about=making, purpose=Purpose.SERVICE_MANAGEMENT, quarter=quarter)
    transaction.on_commit(lambda: _start(by.service_id, making.pk))
    return making


def make(service_id: UUID, making_id: UUID) -> Making:
    """Make the report that was asked for; whatever happens is written down.

    Runs in a process of its own (the command make_report). No transaction is open while it writes.
    """
    with transaction.atomic():
        set_service(service_id)
        rows = Making.objects.select_related("asked_by__user", "asked_by__service__provider",
                                             "asked_by__organisation")  # fmt: skip
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
        return _ended(making, Making.State.DONE, "", make_report(by=by, quarter=making.quarter,
                                                                 at=at))  # fmt: skip
    except (HiuError, NotUsable, NotAllowed, Altered) as why:
        return _ended(making, Making.State.FAILED, _words(why), None)
    except Exception as why:
        _ended(making, Making.State.FAILED, _broken(making, why), None)
        raise


def make_report(*, by: Actor, quarter: str, at: Said | None = None) -> Report:
    """Make a quarter's report now and keep it as a draft; `at` hears which step begins.

    Raises:
        NotAllowed: no right, no evaluation, or the quarter is not over.
        NotUsable, Altered, HiuError: it cannot be made of what there is, with why.
    """
    at = at or _silent
    at(0)
    with transaction.atomic():
        set_service(by.service_id)
        evaluation = _may_make(by, quarter)
        previous = queries.nearest(by.service_id, quarter)
        gathered = composing.gather(by.service, quarter, evaluation, previous)
    at(1)
    with transaction.atomic():
        set_service(by.service_id)
        facts = composing.facts(by, quarter)
    at(2)
    composed = composing.compose(gathered, facts)
    at(3)
    with transaction.atomic():
        set_service(by.service_id)
        return keep_report(by=by, quarter=quarter, evaluation=evaluation, previous=previous,
                           composed=composed)  # fmt: skip


def _may_make(by: Actor, quarter: str) -> Evaluation:
    """The evaluation a report would be made of, when this actor may make one."""
    policies.must_hold(by, Permission.MAKE_REPORT)
    if by.membership.ended_at or not by.user.is_active:
        raise NotAllowed("Whoever asked for this report has no account here any more.")
    _must_be_over(quarter)
    evaluation = queries.latest_evaluation(by)
    if evaluation is None:
        raise NotAllowed(policies.NO_EVALUATION)
    return evaluation


@transaction.atomic
def keep_report(
    *, by: Actor, quarter: str, evaluation: Evaluation, previous: Report | None,
    composed: composing.Composed,
) -> Report:  # fmt: skip
    """Keep a made report as a draft, every file under its hash; supervisors are told.

    Raises:
        NotAllowed: a story in it may not be told any more.
    """
    policies.must_hold(by, Permission.MAKE_REPORT)
    report: Report = Report.objects.create(
        service=by.service,
        quarter=quarter,
        edition=_next_edition(by, quarter),
        made_by=by.membership,
        evaluation=evaluation,
        previous=previous,
        made_with=version(),
        files=[
            {"name": name, "sha256": keep(by.service_id, data), "size": len(data)}
            for name, data in composed.files.items()
        ],
        inputs={name: keep(by.service_id, data) for name, data in composed.inputs.items()},
        manifest=keep(by.service_id, composed.manifest),
        left_out=composed.left_out,
    )
    link = reverse("reporting:report", args=[report.pk])
    named = f"Quarterly report, {in_words(quarter)}"
    use_in_report(by=by, report=report.pk, named=named, link=link, refs=composed.refs)
    record(
        by, Did.ADDED, about=report, purpose=Purpose.SERVICE_MANAGEMENT, what="quarterly report",
        quarter=quarter, edition=report.edition, sha256=report.manifest,
    )  # fmt: skip
    tell_supervisors(by, f"A report for {in_words(quarter)} waits for a second reader.", link)
    return report


def _next_edition(by: Actor, quarter: str) -> int:
    same = Report.objects.filter(service=by.service_id, quarter=quarter)
    return int(same.aggregate(last=Max("edition"))["last"] or 0) + 1


def _must_be_over(quarter: str) -> None:
    if quarter not in queries.quarters():
        raise NotAllowed("Choose one of the quarters that are over.")


def _give_up(by: Actor) -> None:
    """Say of a report that was begun long ago that it stopped: its process is gone."""
    old = Making.objects.filter(
        service=by.service_id,
        state=Making.State.RUNNING,
        asked_at__lt=timezone.now() - queries.GIVE_UP_AFTER,
    )
    old.update(state=Making.State.FAILED, message=queries.STOPPED, ended_at=timezone.now())


def _start(service_id: UUID, making_id: UUID) -> None:
    subprocess.Popen(
        [sys.executable, "-m", "openhiu.web.manage", "make_report", str(service_id),
         str(making_id)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=None,  # where whoever runs the server reads what it says
        start_new_session=True,
    )  # fmt: skip


def _silent(_step: int) -> None:
    """Nobody waits and watches."""


def _ended(making: Making, state: Any, words: str, report: Report | None) -> Making:
    with transaction.atomic():
        set_service(making.service_id)
        making.state, making.message, making.report = state, words, report
        making.ended_at = timezone.now()
        making.save(update_fields=["state", "message", "report", "ended_at"])
    return making


def _broken(making: Making, why: Exception) -> str:
    """Which step it was, in a sentence; in the log what and where, without the words of the fault:
    they may quote data.
    """
    reference = f"report-{str(making.pk)[:8]}"
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
