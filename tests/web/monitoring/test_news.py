"""A store that has news is counted again by itself, within minutes and without anybody's hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from openhiu.web.access.actor import Actor
from openhiu.web.access.models import Announcement, AuditEntry, Service
from openhiu.web.access.row_security import set_service
from openhiu.web.casework.models import Case
from openhiu.web.config.timetable import COMMANDS
from openhiu.web.monitoring import rerun
from openhiu.web.monitoring.actions import news
from openhiu.web.monitoring.faults import Fault, NotUsable
from openhiu.web.monitoring.models import Feed, Signal, StoreLook
from support.web_monitoring import event, feed_files, make_client, steady

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("april")]


class Runs:
    """Stands where `hiu monitor` runs: what was asked of it, and what it answers."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, date]] = []
        self.answer: Any = None

    def __call__(self, store: str, caseload: str, as_of: date) -> dict[str, bytes]:
        self.asked.append((caseload, as_of))
        if isinstance(self.answer, Exception):
            raise self.answer
        files: dict[str, bytes] = self.answer
        return files


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> Iterator[Runs]:
    found = Runs()
    monkeypatch.setattr(rerun, "run", found)
    yield found


@pytest.fixture
def robin(lead: Actor) -> Case:
    case = make_client(lead, "Robin", "9990000018", opened="2025-04-01 09:00")
    return steady(lead, case, "2026-02-02 10:00")


@pytest.fixture
def service(lead: Actor, analyst: Actor, tmp_path: Path) -> Service:
    (tmp_path / "commits").mkdir()
    (tmp_path / "commits" / "00000001.json").write_text("{}")
    Service.objects.filter(pk=lead.service.pk).update(store=str(tmp_path))
    lead.service.refresh_from_db()
    return lead.service


def commit(service: Service, number: int) -> None:
    (Path(service.store) / "commits" / f"{number:08d}.json").write_text("{}")


def test_what_came_last_night_is_a_signal_after_one_look(
    service: Service, robin: Case, runs: Runs
) -> None:
    runs.answer = feed_files([robin], [event(robin, "2026-04-03 02:10")], as_of="2026-04-04",
                             cut_off="2026-04-03T07:00:00")  # fmt: skip
    assert news.look_for_news(service) == "1 new, 0 corrected, 0 taken back"
    # Tomorrow is the first day that does not count: what happened this night does.
    assert [as_of for _, as_of in runs.asked] == [date(2026, 4, 4)]
    assert "9990000018" in runs.asked[0][0]
    set_service(service.pk)
    assert Signal.objects.filter(rule="at_a_distance").exists()
    assert Feed.objects.get().received_by is None
    assert AuditEntry.objects.filter(did="uploaded", user=None).count() == 1


def test_a_store_that_is_as_it_was_is_not_counted_again_until_it_or_the_caseload_changes(
    service: Service, lead: Actor, robin: Case, runs: Runs
) -> None:
    runs.answer = feed_files([robin], [])
    news.look_for_news(service)
    assert news.look_for_news(service) == news.AS_IT_WAS
    assert len(runs.asked) == 1
    commit(service, 2)
    runs.answer = feed_files([robin], [], cut_off="2026-04-02T22:00:00")
    news.look_for_news(service)
    assert len(runs.asked) == 2
    sam = make_client(lead, "Sam", "9990000026")
    runs.answer = feed_files([robin, sam], [], cut_off="2026-04-02T22:10:00")
    news.look_for_news(service)
    assert len(runs.asked) == 3


def test_a_change_that_touched_no_client_is_no_news(
    service: Service, robin: Case, runs: Runs
) -> None:
    runs.answer = feed_files([robin], [])
    news.look_for_news(service)
    commit(service, 2)
    assert news.look_for_news(service) == news.AS_IT_WAS
    assert Feed.objects.count() == 1


def test_a_store_that_cannot_be_counted_is_told_to_whoever_delivers_once(
    service: Service, analyst: Actor, robin: Case, runs: Runs
) -> None:
    runs.answer = NotUsable(Fault("the store is damaged"))
    assert news.look_for_news(service) == "could not be counted"
    commit(service, 2)
    news.look_for_news(service)
    assert Announcement.objects.filter(to=analyst.membership).count() == 1
    assert StoreLook.objects.get().trouble.startswith("The store is damaged")


def test_an_empty_store_or_no_client_costs_nothing(
    service: Service, lead: Actor, runs: Runs
) -> None:
    assert news.look_for_news(service) == news.NOTHING_SENT
    assert runs.asked == []


def test_both_commands_run_for_every_service_by_the_clock(
    service: Service, robin: Case, runs: Runs, capsys: pytest.CaptureFixture[str]
) -> None:
    runs.answer = feed_files([robin], [])
    call_command("look_for_news")
    call_command("watch")
    said = capsys.readouterr().out
    assert f"{service}: 0 new, 0 corrected, 0 taken back" in said
    assert f"{service}: " in said
    assert COMMANDS["look_for_news"] < 5 * 60
    assert COMMANDS["watch"] <= 60 * 60
