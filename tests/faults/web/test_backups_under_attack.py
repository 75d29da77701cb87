"""A backup is killed or its disk fills up: those before it stay, and nothing half does."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from openhiu.web.assurance.notebook import Notebook
from openhiu.web.config import home as homes
from openhiu.web.config.backup import making, sealing, shipping
from openhiu.web.config.backup.shelf import Shelf
from openhiu.web.config.database import archive, roles, running
from openhiu.web.config.database.places import Places
from support.web_database import CARELESS, short_folder

# As much of the tables as a backup looks at, and 40 MB that do not compress.
_TABLES = """
    create table django_migrations (app text, name text);
    create table access_auditentry (service_id uuid, seq bigint, hash text);
    create table filler (noise text);
    insert into filler select string_agg(md5(random()::text), '')
        from generate_series(1, 1250000) as n
        group by n % 4000"""
PATIENCE = 60.0
_BACKUP = ("-m", "openhiu.cli", "backup")
# Sets the limit, then becomes the command. Not done between fork and exec: where another test of
# this process has spoken with a server by gRPC, its threads do not survive a plain fork.
_STARVED = (
    "import os, resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
    "resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]),) * 2); "
    "os.execv(sys.executable, [sys.executable, *sys.argv[2:]])"
)


@dataclass
class Service:
    home: Path
    public: str

    def backup(self, shelf: Path, limit: int | None = None) -> subprocess.Popen[str]:
        """`hiu backup` in a process of its own; files may not grow over `limit`."""
        words = [sys.executable, *(["-c", _STARVED, str(limit)] if limit else []), *_BACKUP]
        words += ["--home", str(self.home)]
        words += ["--to", str(shelf), "--recipient", self.public, "--json"]
        return subprocess.Popen(
            words, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )  # fmt: skip

    def why(self) -> str:
        return str(Notebook(self.home).read(making.NOTE).get("failed_why"))


def environment() -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith("OPENHIU_")}
    kept.pop("DATABASE_URL", None)
    return kept


@pytest.fixture(scope="module")
def service() -> Iterator[Service]:
    with short_folder() as place, pytest.MonkeyPatch.context() as patch:
        patch.delenv("DATABASE_URL", raising=False)
        home = place / "home"
        homes.make(home)
        with running(home / "database", CARELESS) as server:
            with psycopg.connect(server.url(roles.OWNER)) as connection:
                connection.execute(_TABLES.encode())
            yield Service(home, sealing.new_identity(place / "key"))


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[Path]:
    """A disk of that size; the test is left out where none can be mounted."""
    folder.mkdir()
    words = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)]
    if shutil.which("mount") is None or subprocess.run(words, capture_output=True).returncode:
        pytest.skip("no disk can be mounted here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def whole(process: subprocess.Popen[str]) -> None:
    _, said = process.communicate(timeout=PATIENCE * 5)
    assert process.returncode == 0, said


def test_a_backup_that_is_killed_leaves_no_backup_and_the_next_one_is_whole(
    service: Service, tmp_path: Path
) -> None:
    shelf = Shelf(tmp_path / "shelf")
    whole(service.backup(shelf.folder))
    (before,) = shelf.backups()
    process = service.backup(shelf.folder)
    until = time.monotonic() + PATIENCE
    while not list(shelf.folder.glob(".half-*/.half-*")) and time.monotonic() < until:
        assert process.poll() is None, "it ended before it could be killed"
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert list(shelf.folder.glob(".half-*")), "it was killed while it wrote"
    assert [one.folder for one in shelf.backups()] == [before.folder]
    whole(service.backup(shelf.folder))
    assert len(shelf.backups()) == 2
    assert not list(shelf.folder.glob(".half-*"))
    for backup in shelf.backups():
        for name in backup.about["files"]:
            backup.file(name)


@pytest.mark.parametrize("limit", [100, 1_000_000, 10_000_000])
def test_files_that_may_not_grow_leave_the_shelf_as_it_was(
    service: Service, tmp_path: Path, limit: int
) -> None:
    shelf = tmp_path / "shelf"
    process = service.backup(shelf, limit)
    _, said = process.communicate(timeout=PATIENCE * 5)
    assert process.returncode == 4, said
    assert "no backup was made" in said
    assert Shelf(shelf).backups() == []
    assert not list(shelf.glob(".half-*"))


def test_a_full_disk_is_said_and_the_next_try_succeeds(service: Service, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 20) as disk:
        process = service.backup(disk / "shelf")
        _, said = process.communicate(timeout=PATIENCE * 5)
        assert process.returncode == 4
        assert "No space left on device" in said
        assert "No space left on device" in service.why()
        assert not list((disk / "shelf").glob(".half-*"))
        subprocess.run(["mount", "-o", "remount,size=300m", str(disk)], check=True)
        whole(service.backup(disk / "shelf"))
        assert len(Shelf(disk / "shelf").backups()) == 1
        assert service.why() == "None"


def test_the_log_waits_while_the_disk_of_the_backups_is_full(
    service: Service, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    waiting = archive.outgoing(Places((home / "database").resolve()))
    waiting.mkdir(parents=True)
    for number in range(1, 4):
        (waiting / f"{number:024X}").write_bytes(os.urandom(800_000))
    with small_disk(tmp_path / "disk", 2) as disk:
        shelf, to = Shelf(disk), sealing.recipients(service.public)
        shipping.ship_and_note(home, shelf, to)
        note = Notebook(home).read(shipping.NOTE)
        kept = len(list(shelf.wal.glob("*.age")))
        assert (kept, note["waiting"]) == (2, 1), "2 of 0.8 MB fit into 2 MB"
        assert "No space left" in note["failed_why"]
        subprocess.run(["mount", "-o", "remount,size=20m", str(disk)], check=True)
        shipping.ship_and_note(home, shelf, to)
        assert len(list(shelf.wal.glob("*.age"))) == 3
        assert Notebook(home).read(shipping.NOTE)["waiting"] == 0


def test_a_place_that_cannot_be_written_is_said(service: Service, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    process = service.backup(tmp_path / "file" / "shelf")
    _, said = process.communicate(timeout=PATIENCE)
    assert process.returncode == 4
    assert "backups cannot be kept there" in said
