"""Whoever watches is told in words and numbers how it runs, and nothing about anyone."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, connections
from django.test import Client
from django.utils import timezone

from openhiu.web.assurance.notebook import Notebook
from openhiu.web.assurance.queries import running
from openhiu.web.config import health
from openhiu.web.letters.models import Outgoing  # noqa: F401  (its table is looked at)
from openhiu.web.monitoring.models import Feed
from support.web import make_member, make_service

KEY = "OPENHIU_METRICS_TOKEN_FILE"


@pytest.fixture(autouse=True)
def _own_notes(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(settings, "HOME", tmp_path)
    monkeypatch.setattr(health, "_last", None)


def book() -> Notebook:
    return Notebook(settings.HOME)


def ago(**time: float) -> str:
    return (timezone.now() - timedelta(**time)).isoformat()


def all_well() -> None:
    """Everything noted as on a good day, and one service with fresh activity."""
    book().write("backup", {"made_at": ago(hours=3)})
    book().write("log", {"looked_at": ago(seconds=10), "waiting": 0})
    book().write("chain", {"verified_at": ago(hours=4), "entries": 1200, "breaks": 0})
    book().write("timetable", {"watch": {"began": ago(minutes=9), "ended": ago(), "code": 0}})
    drill = {"at": ago(days=2), "good": True, "kind": "rehearsal", "restore_seconds": 61.0}
    book().sign_off(drill, settings.SECRET_KEY.encode())
    actor = make_member(make_service())
    today = timezone.now().date()
    Feed.objects.create(service=actor.service, since=today, as_of=today, rows=1, content_hash="x",
                        data_cut_off=timezone.now() - timedelta(hours=30))  # fmt: skip


def sign(key: str) -> running.Sign:
    return next(one for one in running.of_all() if one.key == key)


@pytest.mark.django_db
def test_on_a_good_day_every_sign_is_good() -> None:
    all_well()
    answer = Client().get("/health")
    assert answer.status_code == 200
    assert answer.json() == {
        "database": "good: answers", "migrations": "good: are those of this version",
        "keys": "good: are there and belong to the database",
        "feed": "good: goes up to 1 day ago", "outbox": "good: nothing waits",
        "backup": "good: the last is of 3 hours ago", "log": "good: is taken to the backups",
        "drill": "good: went well 2 days ago, in 1 minute",
        "chain": "good: holds: 1,200 entries proved 4 hours ago",
        "disk": answer.json()["disk"], "timetable": "good: everything ran",
    }  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("note", "facts", "key", "words"),
    [
        ("backup", {"made_at": "3 days"}, "backup", "the last is of 3 days ago"),
        ("backup", {"made_at": "3 hours", "oldest_at": "40 days"}, "backup",
         "the last is of 3 hours ago; there are backups older than 35 days"),
        ("backup", {}, "backup", "none has been made"),
        ("log", {"looked_at": "1 day", "waiting": 4}, "log",
         "has not been taken to the backups for long; 4 pieces wait"),
        ("chain", {}, "chain", "has never been proved"),
        ("timetable", {"watch": {"began": "1 day", "code": 1}}, "timetable", "watch failed"),
    ],
)  # fmt: skip
def test_what_is_late_is_said_but_keeps_nobody_from_working(
    note: str, facts: dict[str, Any], key: str, words: str
) -> None:
    all_well()
    book().write(note, aged(facts))
    assert (sign(key).state, sign(key).words) == (running.State.LOOK, words)
    assert Client().get("/health").status_code == 200


def aged(facts: dict[str, Any]) -> dict[str, Any]:
    """ "3 days" becomes the moment three days ago."""
    times = {
        "1 day": ago(days=1), "3 days": ago(days=3), "40 days": ago(days=40),
        "3 hours": ago(hours=3),
    }  # fmt: skip
    return {
        name: aged(value) if isinstance(value, dict) else times.get(value, value)
        for name, value in facts.items()
    }  # fmt: skip


@pytest.mark.django_db
def test_a_backup_that_failed_is_said_and_why_only_to_people_with_an_account() -> None:
    all_well()
    book().add("backup", failed_at=ago(minutes=5), failed_why="[Errno 28] /mnt/secret is full")
    assert sign("backup").words == "the last is of 3 hours ago; one failed 5 minutes ago"
    assert "/mnt/secret" in sign("backup").why
    assert "/mnt/secret" not in Client().get("/health").content.decode()


@pytest.mark.django_db
def test_a_changed_record_of_who_looked_is_broken() -> None:
    all_well()
    book().add("chain", breaks=2)
    answer = Client().get("/health")
    assert answer.status_code == 503
    assert answer.json()["chain"] == "broken: was changed: 2 breaks found 4 hours ago"


@pytest.mark.django_db
def test_a_stranger_who_asks_often_makes_no_work_also_while_something_is_broken(
    monkeypatch: Any,
) -> None:
    all_well()
    book().add("chain", breaks=2)
    asked: list[int] = []
    whole = health.of_all
    monkeypatch.setattr(health, "of_all", lambda: asked.append(1) or whole())
    for _ in range(3):
        assert Client().get("/health").status_code == 503
    assert len(asked) == 1


@pytest.mark.django_db
def test_a_full_disk_is_broken(monkeypatch: Any) -> None:
    monkeypatch.setattr(running.shutil, "disk_usage", lambda _place: FullDisk)
    assert sign("disk").state is running.State.BROKEN
    assert Client().get("/health").status_code == 503


class FullDisk:
    free = 100_000_000


@pytest.mark.django_db
def test_a_drill_that_failed_and_a_changed_history_are_said() -> None:
    key = settings.SECRET_KEY.encode()
    book().sign_off({"at": ago(hours=1), "good": False, "kind": "real", "why": "w"}, key)
    assert sign("drill").words == "failed 1 hour ago"
    history = settings.HOME / "running" / "drills.jsonl"
    history.write_text(history.read_text().replace("false", "true"))
    assert sign("drill").words == "a line of its history was changed"


def test_without_its_database_it_says_so(django_db_blocker: Any, monkeypatch: Any) -> None:
    connections.close_all()
    monkeypatch.setitem(connection.settings_dict, "HOST", "/nowhere")
    with django_db_blocker.unblock():
        answer = Client().get("/health")
    assert answer.status_code == 503
    assert answer.json()["database"] == "broken: does not answer"


@pytest.mark.django_db
def test_numbers_are_for_this_machine_and_name_no_service() -> None:
    all_well()
    make_service("Quetzalcanary")
    answer = Client().get("/metrics")
    assert answer.status_code == 200
    text = answer.content.decode()
    assert 'openhiu_sign{sign="backup"} 2.0' in text
    assert 'openhiu_sign{sign="feed"} 1.0' in text, "the new service has never had activity"
    assert "openhiu_backup_age_seconds 108" in text, "3 hours are 10,800 seconds and a moment"
    assert "Quetzalcanary" not in text
    assert Client(REMOTE_ADDR="10.1.2.3").get("/metrics").status_code == 404


@pytest.mark.django_db
def test_behind_a_proxy_numbers_need_the_token(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(settings, "TLS", True)
    assert Client().get("/metrics").status_code == 404
    (tmp_path / "token").write_text("a-token-of-many-letters\n")
    monkeypatch.setenv(KEY, str(tmp_path / "token"))
    for said, status in (("", 404), ("Bearer wrong", 404), ("Bearer a-token-of-many-letters", 200)):
        answer = Client().get("/metrics", headers={"Authorization": said})
        assert answer.status_code == status, said


@pytest.mark.django_db
def test_a_token_that_is_short_opens_nothing(tmp_path: Path, monkeypatch: Any) -> None:
    (tmp_path / "token").write_text("short")
    monkeypatch.setenv(KEY, str(tmp_path / "token"))
    answer = Client().get("/metrics", headers={"Authorization": "Bearer short"})
    assert answer.status_code == 404
