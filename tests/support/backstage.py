"""What happens behind the pages of a journey: one JSON line asks for it, one JSON line answers.

A program of its own, beside the served application and as the same database role, so that a test
with a browser never holds a database connection. Everything goes through the rooms' own actions.
"""

from __future__ import annotations

import json
import sys
import traceback
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import time_machine
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import transaction
from django.db.models import Count
from django.test import Client
from django.utils import timezone

from openhiu.locality import read_locality
from openhiu.web.access import session as clocks
from openhiu.web.access.actions import memberships
from openhiu.web.access.actor import Actor
from openhiu.web.access.models import Agreement, Draft, Gateway, Membership, User
from openhiu.web.access.row_security import set_service
from openhiu.web.casework import actions as casework
from openhiu.web.casework.actions.plan import change_plan
from openhiu.web.casework.actions.sharing import share
from openhiu.web.casework.models import Case, Contact
from openhiu.web.casework.quarter import quarter_of
from openhiu.web.demo import building, lawful, reaching
from openhiu.web.demo.founding import found as found_services
from openhiu.web.demo.personas import HOUSING
from openhiu.web.intake.actions.receiving import receive_list
from openhiu.web.intake.actions.releasing import release
from openhiu.web.intake.models import Approach, Listed, ReceivedList
from openhiu.web.monitoring import rerun
from openhiu.web.monitoring.actions import hand_over_caseload, receive
from openhiu.web.monitoring.models import Activity
from openhiu.web.monitoring.reading import read_delivery
from openhiu.web.people import actions as people
from openhiu.web.people.models import Person
from openhiu.web.reporting import actions as reporting
from openhiu.web.reporting.models import Report
from openhiu.web.reporting.queries import hospitals, quarters
from support import backstage_alongside as alongside
from support import backstage_the_case as the_case
from support.web import sign_in
from support.web_reporting import evaluation_files, result, zipped

WARNED = "The words before"
ACTORS: dict[str, Actor] = alongside.ACTORS


def found(store: str, since: str) -> dict[str, str]:
    """Both services with everybody in them; names by key."""
    made = found_services(read_locality(Path(store) / "locality.toml"), store, _day(since))
    ACTORS.update(made)
    return {key: actor.user.name for key, actor in made.items()}


def hire(key: str, name: str, like: str = "bryn") -> None:
    """Another person with the role and team of someone who is there."""
    other = ACTORS[like].membership
    user = User.objects.create_user(email=f"{key}@demo.invalid", name=name)
    member = Membership.objects.create(
        user=user, service=other.service, organisation=other.organisation, team=other.team,
        role=other.role,
    )  # fmt: skip
    ACTORS[key] = Actor(user=user, membership=member)


def sign_in_as(key: str) -> dict[str, str]:
    """A session as it stands after password and passkey: the cookie's name and value."""
    browser = sign_in(Client(), ACTORS[key])
    ((name, morsel),) = browser.cookies.items()
    return {"name": name, "value": morsel.value}


def let_time_pass(key: str, minutes: int) -> int:
    """Every session of someone was last used so many minutes ago; how many there were."""
    aged = 0
    for row in Session.objects.all():
        held = SessionStore(row.session_key)
        if held.get("_auth_user_id") == str(ACTORS[key].user.pk):
            held[clocks.LAST_USED] -= minutes * 60
            held.save()
            aged += 1
    return aged


def half_a_minute_later() -> None:
    """A code that was used is one of the half-minute before: the app shows another."""
    cache.clear()


def disable(key: str, by: str = "kit") -> None:
    """Close someone's account, as the administrator does."""
    memberships.disable(by=ACTORS[by], user=ACTORS[key].user)


def arrive(folder: str, on: str = "", mode: str = "direct_care") -> str:
    """A list that the analyst sent and the supervisor released, on some day."""
    with time_machine.travel(_moment(on), tick=True):
        received = receive_list(by=ACTORS["frank"], folder=Path(folder))
        release(by=ACTORS["esther"], received=received, gateway=_ground(mode))
    return str(received.pk)


def _ground(mode: str) -> Gateway:
    trust = ACTORS["frank"].organisation
    known = Gateway.objects.filter(organisation=trust, kind=mode, state="agreed").first()
    today = timezone.localdate()
    return known or lawful.open_gateway(ACTORS["esther"], ACTORS["joan"], trust, today,
                                        today + timedelta(days=1000), kind=mode)  # fmt: skip


def newest() -> str:
    """The list of this month, where one was released."""
    this_month = timezone.localdate().replace(day=1)
    found = ReceivedList.objects.filter(state="released", as_of=this_month).first()
    return str(found.pk) if found else ""


def live(key: str, received: str, number: int, on: str, seed: int = 3) -> int:
    """A lead chooses people from a list on a day, and lives with them until today."""
    lead, story = ACTORS[key], building.Story(timezone.now(), dice=Random(seed))
    chosen = {"list": ReceivedList.objects.get(pk=received)}
    story.plan(_moment(on), building._choosing(story, lead, chosen, number))
    story.tell(lead.service_id)
    return Case.objects.filter(lead=lead.membership).count()


def deliver(store: str) -> None:
    """The analyst's activity feed, made from the same store."""
    analyst = ACTORS["frank"]
    files = rerun.run(store, hand_over_caseload(by=analyst), timezone.localdate())
    receive(by=analyst, delivery=read_delivery(files))


def expect_today(key: str, number: int) -> None:
    """A few days ago a lead agreed with some clients to speak today."""
    lead = ACTORS[key]
    cases = Case.objects.filter(lead=lead.membership).exclude(phase="at_a_distance")
    today = timezone.localdate()
    for case in cases.order_by("opened_at")[:number]:
        with time_machine.travel(_moment(str(today - timedelta(days=4))), tick=True):
            casework.record_contact(
                by=lead, case=case, who="client", how="phone", reached="yes", next_contact=today,
                what_mattered="They would like me to ring on this day, after their appointment.",
            )  # fmt: skip


def busiest(key: str) -> str:
    """Which client of a lead came most often."""
    theirs = Case.objects.filter(lead=ACTORS[key].membership).values("person")
    came = Activity.objects.filter(person__in=theirs).values("person").annotate(times=Count("pk"))
    most = came.order_by("-times", "person").first()
    return str(Case.objects.get(person=most["person"]).pk)


def client(key: str, given: str, family: str, **more: Any) -> dict[str, str]:
    """Someone who said yes to this lead, with a contact-safety plan and their own words."""
    lead, words = ACTORS[key], more.pop("words", {})
    number = more.pop("phone", "07700 900 321")
    person = people.add_person(
        by=lead, given_name=given, family_name=family, phones=[(number, "own")],
        despite="Someone else.", **more,
    )  # fmt: skip
    people.set_contact_safety(by=lead, person=person, safe_times="Mornings", voicemail="yes",
                              text="yes", letter="no")  # fmt: skip
    person.refresh_from_db()
    case = casework.open_case(by=lead, person=person, consent=_yes(),
                              quarter=quarter_of(timezone.localdate()))  # fmt: skip
    if words:
        change_plan(by=lead, case=case, version=case.plan.version, **words)
    return {"case": str(case.pk), "person": str(person.pk)}


def chosen(key: str, number: int = 1) -> list[dict[str, str]]:
    """People this lead chose from the newest list, without anything else having happened."""
    lead = ACTORS[key]
    newest = ReceivedList.objects.filter(state="released").order_by("-as_of").first()
    made = reaching.pick(lead, newest, number, Random(9))
    return [{"approach": str(one.pk), "person": str(one.person_id)} for one in made]


def share_with_housing(case: str, items: list[str], key: str = "bryn") -> str:
    """The client agreed that housing advice may see some things, and they are shared."""
    lead, held = ACTORS[key], Case.objects.get(pk=case)
    agreement = Agreement.objects.get(service=lead.service, organisation__name=HOUSING)
    answer = {"given": True, "route": "spoken", "evidence": "Yes", "told": WARNED,
              "answered_on": timezone.localdate()}  # fmt: skip
    casework.answer_share(by=lead, person=held.person, agreement=agreement, items=items, **answer)
    share(by=lead, person=held.person, agreement=agreement, items=items, note="")
    return str(held.person_id)


def died(person: str, key: str = "esther") -> None:
    """Word came that someone has died."""
    row = Person.objects.get(pk=person)
    people.mark_died(by=ACTORS[key], person=row, on=timezone.localdate(), registered=True)


def contacts(case: str) -> list[dict[str, str]]:
    """What was written down about a client, oldest first."""
    rows = Contact.objects.filter(case=case).order_by("at")
    return [{"how": row.how, "reached": row.reached, "words": row.what_mattered} for row in rows]


def phase(case: str) -> str:
    """Where someone stands."""
    return str(Case.objects.get(pk=case).phase)


def drafts(key: str) -> list[dict[str, Any]]:
    """What someone typed that is kept and not saved."""
    return list(Draft.objects.filter(user=ACTORS[key].user).values("key", "fields"))


def names() -> list[str]:
    """Names and numbers of everybody known, which no address may hold."""
    listed = Listed.objects.exclude(name="").values_list("name", "nhs_number")
    known = Person.objects.values_list("family_name", "nhs_number")
    return sorted({text for pair in (*listed, *known) for text in pair if len(text) > 5})


def tries(approach: str) -> list[str]:
    """How each try at reaching someone went, oldest first."""
    return [one.reached for one in Approach.objects.get(pk=approach).attempts.order_by("at")]


def evaluate(path: str) -> None:
    """A zip of what `hiu evaluate` might write about this service's hospitals."""
    names = hospitals(ACTORS["frank"])
    like = result()["sites"][0]
    sites = [{**like, "site": code, "name": name} for code, name in names.items()]
    Path(path).write_bytes(zipped(evaluation_files(sites=sites)).read())


def report(made_by: str, quarter: int = 0) -> str:
    """A report of a quarter that is over (0: the last one), as a draft."""
    made = reporting.make_report(by=ACTORS[made_by], quarter=quarters()[quarter])
    return str(made.pk)


def publish(report: str, key: str = "esther") -> None:
    """Somebody reads a report and publishes it."""
    found = Report.objects.get(pk=report)
    reporting.review(by=ACTORS[key], report=found)
    reporting.publish(by=ACTORS[key], report=found)


def _yes() -> dict[str, Any]:
    return {"given": True, "route": "spoken", "evidence": "Yes, let us try", "told": WARNED,
            "answered_on": timezone.localdate()}  # fmt: skip


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _moment(text: str) -> datetime:
    if not text:
        return timezone.now()
    return timezone.make_aware(datetime.fromisoformat(f"{text} 10:00"))


DOES: dict[str, Callable[..., Any]] = {
    each.__name__: each
    for each in (
        found, hire, sign_in_as, let_time_pass, half_a_minute_later, disable, arrive, newest,
        live, deliver, expect_today, busiest, client, chosen, share_with_housing, died, contacts,
        phase, drafts, names, tries, evaluate, report, publish, *alongside.DOES,
        *the_case.DOES,
    )
}  # fmt: skip


def main() -> None:
    """Answer line by line until nobody asks any more."""
    for line in sys.stdin:
        asked = json.loads(line)
        try:
            with transaction.atomic():
                if ACTORS:
                    set_service(next(iter(ACTORS.values())).service_id)
                answer: dict[str, Any] = {"is": DOES[asked["do"]](**asked["with"])}
        except Exception:
            answer = {"trouble": traceback.format_exc()}
        sys.stdout.write(json.dumps(answer, default=str) + "\n")
        sys.stdout.flush()
