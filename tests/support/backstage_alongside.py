"""Behind the journeys of walking alongside: a night at A&E, months of quiet, a feed that stopped.

Functions of support.backstage, kept apart for its length.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from io import StringIO
from typing import Any

import time_machine
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.models import Agreement, Hospital
from openhiu.web.assurance.actions import retention
from openhiu.web.assurance.models.retention import Appraisal
from openhiu.web.casework import actions as casework
from openhiu.web.casework.models import Case
from openhiu.web.demo.personas import LIAISON
from openhiu.web.intake.models import Approach
from openhiu.web.mdt import actions as mdt
from openhiu.web.mdt.models import Group
from openhiu.web.monitoring.actions import receive
from openhiu.web.monitoring.management.commands.watch import Command
from openhiu.web.monitoring.models import Activity, Signal
from openhiu.web.monitoring.queries import latest_feed
from openhiu.web.monitoring.reading import read_delivery
from openhiu.web.people import actions as people
from openhiu.web.people.indexing import reindex
from openhiu.web.people.models import ContactSafety, Person
from support.web_monitoring import event, feed_files

ACTORS: dict[str, Actor] = {}  # the same as support.backstage's, which fills it


def came_at_night(case: str, complaint: str = "chest pain", outcome: str = "went home") -> None:
    """The hospital's data of this morning: this client was brought in at ten past two."""
    held = Case.objects.select_related("person").get(pk=case)
    site = Hospital.objects.filter(service=held.service).order_by("site_code").first()
    night = timezone.make_aware(datetime.combine(timezone.localdate(), time(2, 10)))
    if night > timezone.now():
        night -= timedelta(days=1)  # whoever runs the tests at one in the morning
        Case.objects.filter(pk=case).update(opened_at=night - timedelta(days=1))
    came = event(held, f"{night:%Y-%m-%d %H:%M}:00", site_code=site.site_code, by_ambulance="true",
                 complaint=complaint, outcome=outcome)  # fmt: skip
    _deliver(held, [came])


def quiet_for_months(key: str, case: str, months: int) -> None:
    """Half a year with somebody, who has then been open at a distance for so many months."""
    lead, now = ACTORS[key], timezone.now()
    held = Case.objects.get(pk=case)
    began = now - timedelta(days=30 * (months + 4))
    Case.objects.filter(pk=case).update(opened_at=began)
    for days, to in ((30 * (months + 1), "walking_backwards"), (30 * months, "at_a_distance")):
        with time_machine.travel(now - timedelta(days=days), tick=True):
            casework.record_contact(by=lead, case=held, who="client", how="phone", reached="yes",
                                    what_mattered="The choir on Wednesdays carries the week.",
                                    next_contact=None)  # fmt: skip
            held = casework.move(by=lead, case=held, to=to, reason="Steady. The choir helps.")


def plan_words(key: str, case: str, **words: str) -> None:
    """Some of the plan, in the client's words."""
    held = Case.objects.get(pk=case)
    casework.change_plan(by=ACTORS[key], case=held, version=held.plan.version, **words)


def address(key: str, case: str, letters: str = "yes") -> None:
    """An address from the hospital's file that nobody has confirmed; letters are welcome."""
    lead, held = ACTORS[key], Case.objects.select_related("person").get(pk=case)
    people.change_person(by=lead, person=held.person, version=held.person.version,
                         address="14 Weir Street\nLarkham", postcode="ZZ1 4WS")  # fmt: skip
    safety = ContactSafety.objects.get(person=held.person)
    people.set_contact_safety(by=lead, person=held.person, version=safety.version, letter=letters)


def share_with_chair(key: str, case: str) -> None:
    """The client agreed that the chair's organisation hears of them in the team meeting."""
    held = Case.objects.select_related("person").get(pk=case)
    agreement = Agreement.objects.get(service=held.service, organisation__name=LIAISON)
    told: dict[str, Any] = {
        "person": held.person, "agreement": agreement,
        "items": ["name", "what_matters", "card", "meeting", "agreed_plan"],
    }  # fmt: skip
    casework.answer_share(
        by=ACTORS[key], given=True, route="spoken", evidence="Yes", told="What it is for",
        answered_on=timezone.localdate(), **told,
    )  # fmt: skip
    casework.share(by=ACTORS[key], note="", **told)


def team(key: str, name: str) -> str:
    """A team meeting that this lead coordinates and Dr Haddad chairs."""
    group = mdt.begin_group(
        by=ACTORS[key], name=name, chair=ACTORS["noor"].membership,
        chair_as="Consultant in liaison psychiatry", rhythm="Every Tuesday at two",
    )  # fmt: skip
    return str(group.pk)


def on_the_list(key: str, group: str, case: str, reason: str) -> None:
    """Proposed and taken up: they will be talked about."""
    held, team_ = Case.objects.get(pk=case), Group.objects.get(pk=group)
    mdt.accept(by=ACTORS[key], listing=mdt.propose(
        by=ACTORS[key], group=team_, case=held, reason=reason))  # fmt: skip


def stop_the_feed(key: str, days: int) -> None:
    """One hospital has told nothing for so many days, and the clock has noticed."""
    _deliver(_some_client(key), [], silent_since=timezone.now() - timedelta(days=days))
    Command(stdout=StringIO()).handle()


def start_the_feed(key: str) -> None:
    """The hospital's data run again."""
    _deliver(_some_client(key), [])
    Command(stdout=StringIO()).handle()


def time_has_come(key: str, name: str) -> str:
    """Somebody was asked two years ago and said no; the month's queue is made. The reference."""
    lead = ACTORS[key]
    given, family = name.split()
    with time_machine.travel(timezone.now() - timedelta(days=730), tick=True):
        person = Person.objects.create(service=lead.service, given_name=given, family_name=family)
        Approach.objects.create(
            service=lead.service, person=person, lead=lead.membership, quarter="2024-Q4",
            outcome="no", chosen_at=timezone.now(), ended_at=timezone.now(),
        )  # fmt: skip
    reindex(person)
    retention.find_due(service=lead.service, at_once=True)
    return Appraisal.objects.get(about=person.pk).reference


def _some_client(key: str) -> Case:
    mine = Case.objects.filter(lead=ACTORS[key].membership).select_related("person")
    found = mine.order_by("-opened_at").first()
    assert found is not None
    return found


def signals(case: str) -> list[dict[str, str]]:
    """Every early warning about a client: its rule and where it stands."""
    rows = Signal.objects.filter(case=case).order_by("raised_at", "rule")
    return [{"rule": row.rule, "state": row.state} for row in rows]


def _deliver(
    case: Case, events: list[dict[str, Any]], silent_since: datetime | None = None
) -> None:
    """A feed about one client alone; what is known of everybody else stays as it is."""
    kept = Activity.objects.filter(person=case.person_id).exists()
    assert not kept, "this client has visits already: they would be taken out"
    site = Hospital.objects.filter(service=case.service_id).order_by("site_code").first()
    assert site is not None
    now, today = timezone.now(), timezone.localdate()
    if before := latest_feed(ACTORS["frank"]):  # another journey may have told of tomorrow
        now = max(now, (before.data_cut_off or now) + timedelta(seconds=1))
        today = max(today, before.as_of)
    files = feed_files(
        {case.person_id: "found"}, events, as_of=str(today), cut_off=_as_recorded(now),
        site_cut_offs={site.site_code: _as_recorded(silent_since or now)},
    )  # fmt: skip
    receive(by=ACTORS["frank"], delivery=read_delivery(files))


def _as_recorded(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%dT%H:%M:%S}"


DOES = (came_at_night, quiet_for_months, plan_words, address, share_with_chair, team, on_the_list,
        stop_the_feed, start_the_feed, signals, time_has_come)  # fmt: skip
