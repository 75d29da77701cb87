"""Clients of the made-up service: leads and sizes come in; cases with long stories go out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from django.utils import timezone

from openhiu.web.access.models import Membership
from openhiu.web.casework import models
from openhiu.web.monitoring.models import Activity, Coverage, Feed
from openhiu.web.people.models import ContactSafety, Notice, Person

_ORDINARY_CONTACTS: Final = 4
_TWO_YEARS: Final = 729  # days
_PHASES: Final = (("working_together", 7), ("working_together", 7), ("walking_backwards", 21),
                  ("at_a_distance", 90), ("picked_up_again", 3))  # fmt: skip
_WORDS: Final = (
    "We spoke for a while about the flat and the letters that keep coming. They said it helps when "
    "somebody rings back. The pain is worse at night and there is nobody to ask then."
)
_KINDS: Final = ("attendance",) * 7 + ("ambulance",) * 2 + ("admission",)


def make_clients(service: Any, leads: Sequence[Membership], size: Any) -> None:
    """So many clients for every lead; the first of each has long activity and many contacts."""
    people = list(Person.objects.order_by("nhs_number")[: len(leads) * size.cases])
    groups = [people[n * size.cases : (n + 1) * size.cases] for n in range(len(leads))]
    cases = [
        _case(service, lead, person, nth)
        for lead, group in zip(leads, groups, strict=True)
        for nth, person in enumerate(group)
    ]
    _keep(models.Case, cases)
    for make in (_plan, _consent, _safety, _phase):
        rows = [make(service, case) for case in cases]
        _keep(type(rows[0]), rows)
    _keep(
        models.Contact, [row for case in cases[1:] for row in _contacts(case, _ORDINARY_CONTACTS)]
    )
    _keep(models.Task, [_task(service, case, nth) for case in cases[::6] for nth in range(2)])
    _keep(Notice, [_notice(service, case) for case in cases[::9]])
    _make_long_stories(service, cases[:: size.cases], size)


def _make_long_stories(service: Any, cases: Sequence[Any], size: Any) -> None:
    now = timezone.now()
    known_to = f"{now:%Y-%m-%dT%H:%M:%S}"
    feed = Feed.objects.create(
        service=service, since=now.date() - timedelta(days=_TWO_YEARS), as_of=now.date(),
        data_cut_off=now - timedelta(days=1), rows=size.attendances, content_hash="bench",
        cut_offs=dict.fromkeys(("attendances", "admissions", "ambulance", "calls_111"), known_to),
        site_cut_offs=dict.fromkeys(("ZT101", "ZT102", "ZT103"), known_to),
    )  # fmt: skip
    _keep(Coverage, [
        Coverage(service=service, person=case.person, feed=feed, standing="found") for case in cases
    ])  # fmt: skip
    _keep(Activity, [row for case in cases for row in _activity(feed, case, size.attendances)])
    _keep(models.Contact, [row for case in cases for row in _contacts(case, size.contacts)])
    for make in (_needs, _goals, _network):
        rows = [row for case in cases for row in make(service, case)]
        _keep(type(rows[0]), rows)


def _keep(model: Any, rows: Sequence[Any]) -> None:
    model.objects.bulk_create(rows, batch_size=2000)


def _case(service: Any, lead: Any, person: Any, nth: int) -> Any:
    phase, rhythm = _PHASES[nth % len(_PHASES)]
    now = timezone.now()
    return models.Case(
        service=service, person=person, lead=lead, phase=phase, rhythm_days=rhythm,
        quarter="2026-Q1", opened_at=now - timedelta(days=400),
        phase_since=now - timedelta(days=nth),
        last_contact_at=now - timedelta(days=nth % 12), last_reached_at=now - timedelta(days=nth),
        next_contact_on=now.date() + timedelta(days=nth % 9 - 2),
        last_attendance_at=now - timedelta(days=nth % 40 + 2),
    )  # fmt: skip


def _plan(service: Any, case: Any) -> Any:
    return models.Plan(
        service=service, case=case, what_matters=_WORDS, strengths=_WORDS, warning_signs=_WORDS,
        what_helps=_WORDS, what_harms=_WORDS, people_to_call="Kay 07700 900002", come_if=_WORDS,
    )  # fmt: skip


def _consent(service: Any, case: Any) -> Any:
    today = timezone.localdate()
    return models.Consent(
        service=service, person=case.person, kind="take_part", given=True, route="spoken",
        evidence=_WORDS, answered_on=today, recorded_by=case.lead,
        review_on=today + timedelta(days=20 + 3 * case.rhythm_days),
    )  # fmt: skip


def _safety(service: Any, case: Any) -> Any:
    return ContactSafety(
        service=service, person=case.person, safe_times="After 11", who_may_answer="Sister Kay",
        voicemail="neutral", text="yes", letter="no", reviewed_on=timezone.localdate(),
        reviewed_by=case.lead,
    )  # fmt: skip


def _phase(service: Any, case: Any) -> Any:
    return models.PhaseChange(
        service=service, case=case, to_phase="working_together", at=case.opened_at, by=case.lead,
        reason="They said yes.",
    )  # fmt: skip


def _task(service: Any, case: Any, nth: int) -> Any:
    due = timezone.localdate() + timedelta(days=3 * nth - 1)
    return models.Task(
        service=service, case=case, owner=case.lead, made_by=case.lead, due_on=due,
        words="Ring the housing officer about the letter",
    )  # fmt: skip


def _notice(service: Any, case: Any) -> Any:
    today = timezone.localdate()
    return Notice(
        service=service, person=case.person, kind="safety", words="Ring before a visit: a dog.",
        source="Their sister", review_on=today + timedelta(days=60), proposed_by=case.lead,
        ends_on=today + timedelta(days=90), agreed_by=case.lead, agreed_at=timezone.now(),
    )  # fmt: skip


def _contacts(case: Any, count: int) -> Iterator[Any]:
    for nth, at in enumerate(_moments(count)):
        yield models.Contact(
            service_id=case.service_id, case=case, at=at, by=case.lead,
            how=("phone", "visit", "text")[nth % 3], reached=("yes", "no_answer", "yes")[nth % 3],
            what_mattered=_WORDS, next_step="Ring on Monday", minutes=10 + nth % 40,
        )  # fmt: skip


def _activity(feed: Any, case: Any, count: int) -> Iterator[Any]:
    """So many A&E attendances, and what else came with them."""
    came = 0
    for nth, at in enumerate(_moments(count * len(_KINDS) // _KINDS.count("attendance"))):
        kind = _KINDS[nth % len(_KINDS)]
        came += kind == "attendance"
        if came > count:
            return
        yield Activity(
            service_id=case.service_id, person=case.person, feed=feed, kind=kind, began_at=at,
            ended_at=at + timedelta(hours=4), source_ref=f"{case.pk}-{nth}",
            site_code=f"ZT10{1 + nth % 3}", by_ambulance=nth % 3 == 0, admitted=nth % 5 == 0,
            complaint="pain in the chest", outcome="went home",
        )  # fmt: skip


def _moments(count: int) -> Iterator[datetime]:
    """So many moments of the last two years, evenly, the newest an hour ago or more."""
    now = timezone.now() - timedelta(hours=1)
    for nth in range(count):
        yield now - timedelta(days=_TWO_YEARS) * nth / count


def _needs(service: Any, case: Any) -> Iterator[Any]:
    for category in ("housing", "loneliness", "symptoms"):
        yield models.Need(service=service, case=case, category=category, noted_by=case.lead)


def _goals(service: Any, case: Any) -> Iterator[Any]:
    for words in ("Move to a flat without stairs", "See my daughter", "Sleep through a night"):
        yield models.Goal(service=service, case=case, words=words, set_on=timezone.localdate())


def _network(service: Any, case: Any) -> Iterator[Any]:
    for nth in range(6):
        yield models.NetworkMember(
            service=service, case=case, kind="person", name=f"Kay {nth}", relation="sister",
            may_contact="yes",
        )  # fmt: skip
