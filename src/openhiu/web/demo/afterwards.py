"""The last touches to the made-up service: what waits for somebody today."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Final

from django.utils import timezone

from openhiu import programme
from openhiu.web.access.actor import Actor
from openhiu.web.access.models import Announcement
from openhiu.web.casework.actions.handing_out import hand_over_facts, hand_over_roster
from openhiu.web.casework.actions.safeguarding import share_to_keep_safe
from openhiu.web.casework.actions.supervision import note
from openhiu.web.casework.facts import quarter_period
from openhiu.web.casework.models import Case
from openhiu.web.casework.quarter import earlier
from openhiu.web.intake.actions.receiving import receive_list
from openhiu.web.monitoring import rerun
from openhiu.web.monitoring.actions import hand_over_caseload, receive
from openhiu.web.monitoring.reading import read_delivery
from openhiu.web.people.actions import notices, status

ROSTER: Final = "roster.csv"
FACTS: Final = "service_facts.json"
_THANKS: Final = "The way you waited with her on the phone: thank you."


def finish(actors: dict[str, Actor], store: Path, lists: Path, as_of: date) -> None:
    """Deliver the activity feed and leave something to do for every persona."""
    _deliver(actors["frank"], store)
    _second_list(actors["frank"], store, lists, as_of)
    _supervise(actors["esther"])
    _keep_safe(actors["asha"])
    _important(actors)
    _read_what_was_told()
    _hand_over(actors, lists.parent, as_of)


def _hand_over(actors: dict[str, Actor], out: Path, as_of: date) -> None:
    """The roster and the facts of the last whole quarter, as those take them who may."""
    roster = hand_over_roster(by=actors["frank"])
    (out / ROSTER).write_text(roster.csv, "utf-8", newline="")
    period = quarter_period(earlier(2, as_of)[1])
    (out / FACTS).write_text(hand_over_facts(by=actors["esther"], period=period), "utf-8")


def _deliver(analyst: Actor, store: Path) -> None:
    files = rerun.run(str(store), hand_over_caseload(by=analyst), timezone.localdate())
    receive(by=analyst, delivery=read_delivery(files))


def _second_list(analyst: Actor, store: Path, lists: Path, as_of: date) -> None:
    """A list that still waits for a second person to release it."""
    folder = lists / "waiting"
    programme.make_list(programme.ListOptions(store, as_of, preset="pack-top-50"), folder)
    receive_list(by=analyst, folder=folder)


def _supervise(supervisor: Actor) -> None:
    cases = Case.objects.filter(service=supervisor.service, phase="working_together")
    for case in cases.order_by("-last_reached_at")[:3]:
        note(by=supervisor, case=case, kind="thanks", words=_THANKS)


def _keep_safe(lead: Actor) -> None:
    """Something was told to keep someone safe this morning; the reasons are still owed."""
    case = _cases(lead).filter(phase="working_together").first()
    if case is None:
        return
    share_to_keep_safe(
        by=lead, person=case.person, who_is_at_risk="Them, tonight",
        told_whom="The crisis team's duty nurse",
        what_was_shared="Where they are staying and what they said on the phone",
        why_now="They said goodbye in a way I have not heard before",
    )  # fmt: skip


def _important(actors: dict[str, Actor]) -> None:
    """A notice that waits for agreement, someone whose address is restricted, and a death."""
    today = timezone.localdate()
    mine = list(_cases(actors["carla"])[:3])
    if len(mine) < 3:
        return
    notices.propose_notice(
        by=actors["carla"], person=mine[0].person, kind="risk",
        words="A dog that bites; ring first.", source="Visit by the housing officer",
        happened_on=today - timedelta(days=9),
        told_person=True, review_on=today + timedelta(days=90),
        ends_on=today + timedelta(days=180),
    )  # fmt: skip
    status.mark_restricted(by=actors["carla"], person=mine[1].person)
    status.mark_died(
        by=actors["carla"], person=mine[2].person, on=today - timedelta(days=4), registered=True
    )


def _read_what_was_told() -> None:
    """Words of more than a few days ago were read at the time."""
    before = timezone.now() - timedelta(days=5)
    Announcement.objects.filter(at__lt=before, seen_at=None).update(seen_at=before)


def _cases(lead: Actor):  # type: ignore[no-untyped-def]
    return Case.objects.filter(lead=lead.membership).order_by("opened_at")
