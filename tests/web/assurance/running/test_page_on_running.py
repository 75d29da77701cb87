"""The page on running: who may see it, what it says on a good day and on a bad one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from openhiu.web.access.models import Role
from openhiu.web.assurance.notebook import Notebook
from openhiu.web.assurance.ready import running as lines
from openhiu.web.assurance.ready.lines import Standing, State
from openhiu.web.assurance.ready.standing import seen
from support.web import make_member, make_service, sign_in

pytestmark = pytest.mark.django_db
PAGE = "/assurance/running/"


@pytest.fixture(autouse=True)
def _own_notes(tmp_path: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(settings, "HOME", tmp_path)


def held(**facts: Any) -> None:
    at = (timezone.now() - timedelta(days=2)).isoformat()
    line = {"at": at, "good": True, "kind": "rehearsal", "restore_seconds": 75.4, "rows": 12,
            "proved": ["the audit's chains hold: 12 entries", "signing in works"]}  # fmt: skip
    Notebook(settings.HOME).sign_off({**line, **facts}, settings.SECRET_KEY.encode())


def page_for(client: Client, role: Role) -> Any:
    return sign_in(client, make_member(make_service(), role)).get(PAGE)


@pytest.mark.parametrize(
    ("role", "status"),
    [(Role.SUPERVISOR, 200), (Role.AUDITOR, 200), (Role.ADMIN, 200), (Role.LEAD, 403),
     (Role.PARTNER, 403)],
)  # fmt: skip
def test_those_who_look_after_it_see_it(client: Client, role: Role, status: int) -> None:
    assert page_for(client, role).status_code == status


def test_on_the_first_day_it_says_what_is_not_there_yet(client: Client) -> None:
    text = page_for(client, Role.SUPERVISOR).content.decode()
    for words in (
        "Backup: none has been made", "Restore drill: none has been held",
        "Nobody knows yet whether this service could be brought back", "has never arrived",
    ):  # fmt: skip
        assert words in text


def test_drills_are_shown_with_what_was_proved_and_how_long_it_took(client: Client) -> None:
    held()
    held(good=False, why="dump.age: it is cut short or was changed")
    text = page_for(client, Role.ADMIN).content.decode()
    assert "0:01:15" in text
    assert "the audit&#39;s chains hold: 12 entries; signing in works" in text
    assert text.index("cut short") < text.index("signing in works"), "the newest first"


def test_a_line_that_was_changed_is_not_believed(client: Client) -> None:
    held(good=False, why="it failed")
    history = settings.HOME / "running" / "drills.jsonl"
    history.write_text(history.read_text().replace('"good": false', '"good": true'))
    text = page_for(client, Role.ADMIN).content.decode()
    assert "Line was changed" in text
    assert "Went well" not in text


def test_why_a_backup_failed_is_told_here(client: Client) -> None:
    Notebook(settings.HOME).add("backup", failed_at=timezone.now(), failed_why="the disk is full")
    assert "the disk is full" in page_for(client, Role.ADMIN).content.decode()


def test_only_the_key_that_is_kept_elsewhere_proves_that_key() -> None:
    service = make_service()
    (line,) = (one for one in lines.LINES if one.key == "key_proved")
    assert line.look is not None
    held()
    assert line.look(service).state is State.MISSING
    held(kind="real")
    assert line.look(service).state is State.IN_PLACE


# --- the line of readiness: saved every day, sealed, and away from the machine ---


@pytest.fixture
def saved(tmp_path: Any, monkeypatch: Any) -> Any:
    """Made by the clock an hour ago, the log with it, on another disk."""
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    disks = {shelf: 2, tmp_path: 1}
    monkeypatch.setattr(settings, "BACKUP_DIR", str(shelf))
    monkeypatch.setattr(lines, "_device", disks.get)
    book, now = Notebook(settings.HOME), timezone.now()
    book.add("backup", made_at=now - timedelta(hours=1))
    book.add("log", looked_at=now)
    return disks


def look() -> Standing:
    (line,) = (one for one in lines.LINES if one.key == "saved")
    assert line.look is not None
    return line.look(make_service())


def test_backups_that_are_made_lately_and_lie_away_are_seen_and_somebody_says_where(
    saved: Any,
) -> None:
    assert look().state is State.IN_PLACE
    (line,) = (one for one in lines.LINES if one.key == "saved")
    standing = seen(make_service(), line, None).standing
    assert standing.state is State.TO_CONFIRM
    assert "On which other machine" in standing.evidence


def test_one_backup_by_hand_is_no_backup_every_day(saved: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(settings, "BACKUP_DIR", "")
    assert look().state is State.MISSING
    assert "by the clock" in look().evidence


def test_backups_on_the_disk_of_the_service_are_lost_with_it(saved: Any, tmp_path: Any) -> None:
    saved[tmp_path / "shelf"] = 1
    assert "one accident would take both" in look().evidence
    del saved[tmp_path / "shelf"]
    assert "is not there" in look().evidence


def test_the_disk_of_a_folder_is_the_one_it_lies_on(tmp_path: Any) -> None:
    assert lines._device(tmp_path) == tmp_path.stat().st_dev
    assert lines._device(tmp_path / "nowhere") is None


def test_a_log_that_does_not_reach_the_backups_keeps_the_line_open(saved: Any) -> None:
    Notebook(settings.HOME).add("log", looked_at=timezone.now() - timedelta(hours=2), waiting=3)
    assert look().state is State.MISSING
    assert "has not been taken to the backups for long" in look().evidence


def test_without_a_log_of_our_own_the_backups_alone_are_looked_at(saved: Any) -> None:
    Notebook(settings.HOME).write("log", {})
    assert look().state is State.IN_PLACE


def test_an_old_backup_keeps_the_line_open(saved: Any) -> None:
    Notebook(settings.HOME).add("backup", made_at=timezone.now() - timedelta(hours=30))
    assert look().state is State.MISSING
