"""Backups and drills run by the clock where they were asked for; every run is noted."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest

from openhiu.errors import ConfigurationFault
from openhiu.web.assurance.notebook import Notebook
from openhiu.web.config import home as homes
from openhiu.web.config import keeping, timetable
from openhiu.web.config.backup import command, making, sealing, shipping, trusting
from openhiu.web.config.serve import environment_of

ASKED = {"OPENHIU_BACKUP_DIR": "/mnt/backup", "OPENHIU_BACKUP_RECIPIENT": "age1x"}


class Run:
    """A process that goes on until it is given a code."""

    code: int | None = None

    def poll(self) -> int | None:
        return self.code


@pytest.fixture
def _asked(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in ASKED.items():
        monkeypatch.setenv(name, value)


def commands(home: Path) -> set[str]:
    return set(keeping.timetable(home, {"OPENHIU_HOME": str(home)}).commands)


def test_without_a_place_for_backups_none_are_made(tmp_path: Path) -> None:
    assert commands(tmp_path) == set(timetable.COMMANDS)


@pytest.mark.usefixtures("_asked")
def test_with_a_place_and_a_key_backups_and_drills_run(tmp_path: Path) -> None:
    assert commands(tmp_path) - set(timetable.COMMANDS) == {"backup", "drill"}


def test_a_place_without_a_key_is_not_enough(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setenv("OPENHIU_BACKUP_DIR", "/mnt/backup")
    assert commands(tmp_path) == set(timetable.COMMANDS)


@pytest.mark.usefixtures("_asked")
@pytest.mark.parametrize("server", [None, "postgresql://app@h/d"])
def test_removals_are_taken_away_every_few_seconds_of_either_kind_of_server(
    tmp_path: Path, monkeypatch: Any, server: str | None
) -> None:
    monkeypatch.delenv("DATABASE_URL")
    if server:
        monkeypatch.setenv("DATABASE_URL", server)
    key = tmp_path / "key"
    monkeypatch.setenv("OPENHIU_BACKUP_RECIPIENT", sealing.new_identity(key))
    monkeypatch.setenv("OPENHIU_BACKUP_DIR", str(tmp_path / "shelf"))
    (tmp_path / shipping.REMOVED).write_text("a line\n")
    sealed, until = tmp_path / "shelf" / "removed.jsonl.age", time.monotonic() + 60
    with keeping.log_taken_away(tmp_path):
        while not sealed.exists() and time.monotonic() < until:
            time.sleep(0.1)
    assert trusting.opened(sealed, sealing.identities(key)) == b"a line\n"
    noted = Notebook(tmp_path).read(shipping.NOTE)
    assert ("looked_at" in noted) is (server is None), "the log of a named server is its keeper's"


def test_every_run_is_noted_with_its_end(tmp_path: Path, monkeypatch: Any) -> None:
    run, seconds = Run(), [0.0]
    monkeypatch.setattr(keeping, "in_a_process", lambda *_environments: lambda _name: run)
    table = keeping.timetable(tmp_path, {})
    table.now = lambda: seconds[0]
    table._due = {"watch": 10.0}
    seconds[0] = 11
    table.run_due()
    noted = Notebook(tmp_path).read(keeping.NOTE)["watch"]
    assert (noted["ended"], noted["code"]) == (None, None)
    run.code = 1
    table.run_due()
    noted = Notebook(tmp_path).read(keeping.NOTE)["watch"]
    assert noted["code"] == 1
    assert noted["ended"] >= noted["began"]


def test_those_who_serve_pages_never_learn_who_may_read_every_row(
    tmp_path: Path, monkeypatch: Any
) -> None:
    monkeypatch.setenv("OPENHIU_DATABASE_OWNER_URL", "postgresql://owner:secret@h/d")
    monkeypatch.setenv("OPENHIU_DATABASE_BACKUP_URL", "postgresql://backup:secret@h/d")
    told = environment_of(tmp_path, homes.Addresses("postgresql://app@h/d", "x"), demo=False)
    assert "secret" not in str(told)


@pytest.mark.usefixtures("_asked")
def test_a_backup_is_made_only_when_the_last_one_is_a_day_old(
    tmp_path: Path, monkeypatch: Any
) -> None:
    monkeypatch.delenv("DATABASE_URL")
    told: dict[str, Any] = {"shelf": tmp_path / "shelf", "recipient": None, "if_due": True}
    Notebook(tmp_path).write(making.NOTE, {"made_at": "2026-11-10T11:00:00+00:00"})
    # It is ten o'clock on the 11th: 23 hours ago.
    assert set(command.backup(tmp_path, **told)) == {"nothing_to_do"}
    Notebook(tmp_path).write(making.NOTE, {"made_at": "2026-11-10T10:00:00+00:00"})
    with pytest.raises(ConfigurationFault, match="not one of age"):
        command.backup(tmp_path, **told)


def test_a_drill_counts_only_if_it_went_well_and_its_line_is_genuine(
    tmp_path: Path, monkeypatch: Any
) -> None:
    (tmp_path / "secret-key").write_text("k" * 60)
    monkeypatch.delenv("OPENHIU_SECRET_KEY_FILE", raising=False)
    held: list[Any] = []
    monkeypatch.setattr(command.drilling, "drill", lambda *_: held.append(1) or {"good": True})

    def due() -> bool:
        held.clear()
        command.drill(tmp_path, None, None, if_due=True, say=lambda _words: None)
        return bool(held)

    assert due()
    line = {"at": "2026-11-09T10:00:00+00:00", "good": False, "kind": "rehearsal", "why": "w"}
    Notebook(tmp_path).sign_off(line, b"k" * 60)
    assert due(), "the last one failed"
    Notebook(tmp_path).sign_off({**line, "good": True}, b"not the key")
    assert due(), "somebody else wrote that line"
    Notebook(tmp_path).sign_off({**line, "good": True}, b"k" * 60)
    assert not due()
