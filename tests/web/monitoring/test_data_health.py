"""Data that stop, come late or come twice are told within a working day, once, and everywhere."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from openhiu.web.access.actor import Actor
from openhiu.web.access.models import Announcement, Role
from openhiu.web.casework.models import Case
from openhiu.web.monitoring import actions, queries
from openhiu.web.monitoring.models import EarlyWarningRules, FeedFault
from support.web import make_member, sign_in
from support.web_monitoring import (
    at,
    deliver,
    event,
    feed_files,
    make_client,
    make_hospital,
    make_signal,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("april")]
HALVED = {
    "kind": "halved", "dataset": "attendances", "site": "RXX01",
    "words": "March 2026 holds 210 A&E attendances of Ashdown General; 400 are usual.",
    "since": "2026-03-01",
}  # fmt: skip


@pytest.fixture
def robin(lead: Actor) -> Case:
    return make_client(lead, "Robin", "9990000018", opened="2025-04-01 09:00")


def kinds() -> list[str]:
    return [one.kind for one in FeedFault.objects.filter(ended_at=None)]


def test_nothing_newer_by_the_agreed_day_and_one_working_day_is_told_once(
    lead: Actor, analyst: Actor, robin: Case
) -> None:
    supervisor = make_member(lead.service, Role.SUPERVISOR)
    deliver(analyst, feed_files([robin], []))
    # Received on Friday 3 April; due a week later, Friday the 10th; late on Monday the 13th.
    with time_machine.travel(at("2026-04-12 20:00"), tick=False):
        actions.watch(lead.service)
        assert kinds() == []
    with time_machine.travel(at("2026-04-13 00:30"), tick=False):
        actions.watch(lead.service)
        actions.watch(lead.service)
        assert kinds() == ["late"]
    words = (
        "No newer activity data have come since 3 April 2026; they were due on 10 April 2026. "
        "A&E is known up to 2 April 2026. Signals and lists may miss something."
    )
    for member in (lead, supervisor, analyst):
        told = Announcement.objects.filter(to=member.membership, words=words)
        assert told.count() == 1, member.role


def test_a_feed_that_knows_nothing_new_does_not_count_as_newer(
    lead: Actor, analyst: Actor, robin: Case
) -> None:
    deliver(analyst, feed_files([robin], []))
    with time_machine.travel(at("2026-04-09 09:00"), tick=False):
        deliver(analyst, feed_files([robin], [], as_of="2026-04-09"))
    with time_machine.travel(at("2026-04-13 09:00"), tick=False):
        actions.watch(lead.service)
        assert kinds() == ["late"]


def test_when_the_data_are_whole_again_everybody_hears_of_it_once(
    lead: Actor, analyst: Actor, robin: Case
) -> None:
    deliver(analyst, feed_files([robin], []))
    with time_machine.travel(at("2026-04-14 09:00"), tick=False):
        actions.watch(lead.service)
        fresh = feed_files([robin], [], as_of="2026-04-14", cut_off="2026-04-13T23:00:00")
        deliver(analyst, fresh)
        assert kinds() == []
        actions.watch(lead.service)
    whole = Announcement.objects.filter(words="The activity data are whole again.")
    assert whole.filter(to=lead.membership).count() == 1
    assert queries.health(lead) == []


def test_what_hiu_monitor_found_at_the_source_is_shown_on_every_page_that_stands_on_it(
    client: Client, lead: Actor, analyst: Actor, robin: Case
) -> None:
    deliver(analyst, feed_files([robin], [], health=[HALVED]))
    assert kinds() == ["halved"]
    pages = {
        lead: ["/", "/clients/", f"/clients/{robin.pk}/", f"/activity/client/{robin.pk}/",
               "/activity/signals/", "/activity/signals/measures/", "/activity/patterns/",
               f"/activity/client/{robin.pk}/signals/", reverse("intake:hospitals")],
        make_member(lead.service, Role.SUPERVISOR): ["/", "/activity/signals/"],
        analyst: ["/activity/feeds/"],
    }  # fmt: skip
    for actor, addresses in pages.items():
        sign_in(client, actor)
        for address in addresses:
            page = client.get(address, follow=True).content.decode()
            assert "March 2026 holds 210 A&amp;E attendances" in page, address
            assert "it does not mean that nobody came" in page, address


def test_a_manifest_of_before_or_with_nonsense_as_its_health_is_taken_in_all_the_same(
    lead: Actor, analyst: Actor, robin: Case
) -> None:
    feed = deliver(analyst, feed_files([robin], []))
    assert feed.health == []
    odd = feed_files([robin], [], health=["what", {"kind": "unheard of"}, {"kind": "halved"}],
                     cut_off="2026-04-02T21:00:00")  # fmt: skip
    deliver(analyst, odd)
    assert kinds() == []


def test_a_hospital_that_fell_silent_while_others_go_on_is_named(
    lead: Actor, analyst: Actor, robin: Case
) -> None:
    make_hospital(lead, "RYY02", "Brook Cottage")
    cut = {"RXX01": "2026-04-02T20:39:00", "RYY02": "2026-03-20T10:00:00"}
    deliver(analyst, feed_files([robin], [], site_cut_offs=cut))
    fault = FeedFault.objects.get()
    assert (fault.kind, fault.site_code) == ("stopped", "RYY02")
    assert fault.words == (
        "Brook Cottage has sent no A&E attendances after 20 March 2026, while others did."
    )


def test_last_months_content_under_new_dates_is_noticed(
    lead: Actor, analyst: Actor, robin: Case
) -> None:
    days = [(3, "10:15"), (7, "02:40"), (8, "22:05"), (19, "13:30"), (24, "09:00")]
    rows = [
        event(robin, f"2026-{month:02d}-{day:02d} {clock}", source_ref=f"{month}-{day}")
        for month in (2, 3)
        for day, clock in days
    ]
    deliver(analyst, feed_files([robin], rows))
    fault = FeedFault.objects.get()
    assert fault.kind == "repeated"
    assert fault.words == (
        "Ashdown General: March 2026 holds the same visits as February 2026. "
        "The same content seems to have come again."
    )


def test_a_month_that_only_resembles_the_one_before_is_not_repeated(
    lead: Actor, analyst: Actor, robin: Case
) -> None:
    rows = [
        event(robin, f"2026-{month:02d}-{day:02d} {10 + month}:15", source_ref=f"{month}-{day}")
        for month in (2, 3)
        for day in (3, 7, 8, 19, 24)
    ]
    deliver(analyst, feed_files([robin], rows))
    assert kinds() == []


def test_silence_says_when_it_cannot_be_sure(lead: Actor, analyst: Actor) -> None:
    from openhiu.web.monitoring.models import Signal

    kim = make_client(lead, "Kim", "9990000034", opened="2025-12-01 09:00")
    deliver(analyst, feed_files([kim], [], health=[HALVED]))
    signal = Signal.objects.get(rule="silence")
    actions.raise_for(lead.service)
    signal.refresh_from_db()
    assert "part of the data is missing or wrong at present" in signal.why


def test_roles_that_see_nothing_of_the_data_see_no_banner(
    client: Client, lead: Actor, analyst: Actor, robin: Case
) -> None:
    deliver(analyst, feed_files([robin], [], health=[HALVED]))
    admin = make_member(lead.service, Role.ADMIN)
    assert "The data are not whole" not in sign_in(client, admin).get("/").content.decode()


# --- the feed's own rhythm ---


def delivered(analyst: Actor, robin: Case, *days: str) -> None:
    """A delivery at nine on each day that knows everything of the evening before."""
    for day in days:
        with time_machine.travel(at(f"{day} 09:00"), tick=False):
            cut_off = (at(f"{day} 09:00") - timedelta(hours=10)).strftime("%Y-%m-%dT%H:%M:%S")
            deliver(analyst, feed_files([robin], [], as_of=day, cut_off=cut_off))


# Monday 13 to Friday 17 April 2026, the week after Easter.
WEEK = ("2026-04-13", "2026-04-14", "2026-04-15", "2026-04-16", "2026-04-17")


@pytest.mark.parametrize(
    ("days", "still_well", "late"),
    [
        # Every working day, the last on Friday: due on Monday, late on Tuesday.
        (WEEK, "2026-04-20 23:00", "2026-04-21 00:30"),
        # Every day, the last on Sunday the 19th: due on Monday, late on Tuesday.
        ((*WEEK, "2026-04-18", "2026-04-19"), "2026-04-20 23:00", "2026-04-21 00:30"),
        # Every day, the last on Saturday: due on Sunday, late on Monday.
        ((*WEEK, "2026-04-18"), "2026-04-19 23:00", "2026-04-20 00:30"),
        # Every second day, the last on Sunday the 19th: due on Tuesday, late on Wednesday.
        (("2026-04-13", "2026-04-15", "2026-04-17", "2026-04-19"),
         "2026-04-21 23:00", "2026-04-22 00:30"),
        # Three deliveries are no rhythm yet: a week, Wednesday the 22nd, and a working day.
        (WEEK[:3], "2026-04-22 23:00", "2026-04-23 00:30"),
        # Every month: no longer than data may be old at all, Tuesday 14 April, and a working day.
        (("2026-01-07", "2026-02-06", "2026-03-08", "2026-04-07"),
         "2026-04-14 23:00", "2026-04-15 00:30"),
    ],
)  # fmt: skip
def test_without_an_agreement_a_feed_is_late_by_its_own_rhythm(
    lead: Actor, analyst: Actor, robin: Case, days: tuple[str, ...], still_well: str, late: str
) -> None:
    delivered(analyst, robin, *days)
    with time_machine.travel(at(still_well), tick=False):
        actions.watch(lead.service)
        assert "late" not in kinds()
    with time_machine.travel(at(late), tick=False):
        actions.watch(lead.service)
        assert "late" in kinds()


def test_what_was_agreed_goes_before_the_rhythm(lead: Actor, analyst: Actor, robin: Case) -> None:
    EarlyWarningRules.objects.create(
        service=lead.service, version=1, made_by=lead.membership, feed_every_days=7
    )
    delivered(analyst, robin, *WEEK)
    with time_machine.travel(at("2026-04-24 23:00"), tick=False):
        actions.watch(lead.service)
        assert kinds() == []


def test_many_deliveries_of_one_day_are_one_day_of_the_rhythm(
    lead: Actor, analyst: Actor, robin: Case
) -> None:
    for hour in range(9, 15):
        with time_machine.travel(at(f"2026-04-13 {hour:02}:00"), tick=False):
            deliver(analyst, feed_files([robin], [], as_of="2026-04-13",
                                        cut_off=f"2026-04-13T{hour - 1:02}:00:00"))  # fmt: skip
    with time_machine.travel(at("2026-04-17 09:00"), tick=False):
        actions.watch(lead.service)
        assert kinds() == []


def test_until_it_is_late_the_morning_page_says_at_its_top_that_the_data_are_old(
    client: Client, lead: Actor, analyst: Actor, robin: Case
) -> None:
    # At weekends too, the last on Friday: due on Saturday, late on Monday.
    delivered(analyst, robin, "2026-04-11", "2026-04-12", *WEEK)
    make_signal(robin)
    supervisor = make_member(lead.service, Role.SUPERVISOR)
    with time_machine.travel(at("2026-04-18 12:00"), tick=False):
        assert "Old data" not in sign_in(client, lead).get("/").content.decode()
    with time_machine.travel(at("2026-04-19 12:00"), tick=False):
        actions.watch(lead.service)
        assert kinds() == []
        for actor in (lead, supervisor):
            page = sign_in(client, actor).get("/").content.decode()
            assert "Newer ones were due on 18 April 2026. Someone may have come" in page
            if actor is lead:
                assert page.index("Old data") < page.index("Early warnings (1)")


@pytest.mark.parametrize("role", [Role.LEAD, Role.SUPERVISOR, Role.ANALYST])
def test_once_told_it_stands_once_on_the_morning_page(
    client: Client, lead: Actor, analyst: Actor, robin: Case, role: Role
) -> None:
    actor = {Role.LEAD: lead, Role.ANALYST: analyst}.get(role) or make_member(lead.service, role)
    delivered(analyst, robin, *WEEK)
    with time_machine.travel(at("2026-04-22 09:00"), tick=False):
        actions.watch(lead.service)
        page = sign_in(client, actor).get("/").content.decode()
        assert page.count("No newer activity data have come since 17 April 2026") == 1
        assert "Old data" not in page
    # It ends: what was said of it waits for nobody, and that it is over is said once.
    with time_machine.travel(at("2026-04-22 11:00"), tick=False):
        deliver(analyst, feed_files([robin], [], as_of="2026-04-22",
                                    cut_off="2026-04-21T23:00:00"))  # fmt: skip
        page = sign_in(client, actor).get("/").content.decode()
        assert "No newer activity data" not in page
        assert page.count("The activity data are whole again") >= 1
