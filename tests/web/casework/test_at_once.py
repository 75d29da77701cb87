"""Two people at once: a limit is not passed by being quick, and nothing is written twice."""

from __future__ import annotations

from threading import Event, Thread

from django.db import OperationalError, connections, transaction

from openhiu.web.access.actor import Actor
from openhiu.web.access.gate import NotAllowed
from openhiu.web.access.models import Role
from openhiu.web.access.row_security import set_service
from openhiu.web.casework import actions
from openhiu.web.casework.caseload import OPEN, LimitReached, take_on
from openhiu.web.casework.models import Case, Consent, Story, StoryUse
from support.web import make_member, make_service
from support.web_casework import make_case
from support.web_stories import in_report, ready


def test_two_who_take_the_last_place_at_once_are_counted_one_after_the_other(
    own_database: str,
) -> None:
    with transaction.atomic():
        lead = make_member(make_service(open_at_most=1), Role.LEAD)
    first_holds, refused = Event(), []

    def second() -> None:
        first_holds.wait(10)
        try:
            add(lead)
        except LimitReached as why:
            refused.append(str(why))
        finally:
            connections.close_all()

    thread = Thread(target=second)
    thread.start()
    with transaction.atomic():
        set_service(lead.service_id)
        take_on(by=lead, lead=lead.membership, limits=[OPEN])
        first_holds.set()
        thread.join(0.5)  # the other waits for the row: it has not been answered
        assert not refused
        make_case(lead)
    thread.join(10)
    assert len(refused) == 1
    with transaction.atomic():
        set_service(lead.service_id)
        assert Case.objects.filter(lead=lead.membership).count() == 1


def add(lead: Actor) -> None:
    with transaction.atomic():
        set_service(lead.service_id)
        take_on(by=lead, lead=lead.membership, limits=[OPEN])
        make_case(lead)


def test_a_yes_is_taken_back_while_its_report_is_published_and_neither_waits_for_ever(
    own_database: str,
) -> None:
    with transaction.atomic():
        lead = make_member(make_service(), Role.LEAD)
        supervisor = make_member(lead.service, Role.SUPERVISOR)
        story = ready(lead)
        report = in_report(lead, story)
        consent = Consent.objects.get(kind="story")
    story_held, said = Event(), []

    def publish() -> None:
        story_held.wait(10)
        try:
            with transaction.atomic():
                set_service(lead.service_id)
                actions.report_published(by=supervisor, report=report)
        except (NotAllowed, OperationalError) as why:
            said.append(str(why))
        finally:
            connections.close_all()

    thread = Thread(target=publish)
    thread.start()
    with transaction.atomic():
        set_service(lead.service_id)
        Story.objects.select_for_update().get(pk=story.pk)
        story_held.set()
        thread.join(0.5)  # it waits for the story, and holds nothing that is wanted next
        actions.withdraw(by=lead, consent=consent)
    thread.join(10)
    assert [words[:38] for words in said] == ["A story or quote in this report was ta"]
    with transaction.atomic():
        set_service(lead.service_id)
        assert StoryUse.objects.get().published_at is None
