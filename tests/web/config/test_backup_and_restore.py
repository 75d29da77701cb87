"""A saved service comes back whole, elsewhere, to its last minute; what is wrong is said."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest

from openhiu.errors import ConfigurationFault, InputNotUsable, RefusedByPolicy
from openhiu.web.assurance.notebook import Notebook
from openhiu.web.config import home as homes
from openhiu.web.config.backup import drilling, making, restoring, sealing, shipping
from openhiu.web.config.backup.shelf import Shelf
from openhiu.web.config.database import roles, running
from support.saved_service import CANARY, Saved, hand_over, saved_service
from support.web_database import superuser

PEOPLE = b"select count(*) from people_person"
QUIET: Any = lambda _words: None  # noqa: E731  (nobody listens)


@pytest.fixture(scope="module")
def saved(django_db_setup: None, django_db_blocker: Any) -> Iterator[Saved]:
    """Three people, a backup of them, then a fourth of whom only the log knows."""
    with saved_service(django_db_blocker) as service:
        making.make(service.home, service.shelf, service.public)
        service.add_person(django_db_blocker)
        hand_over(service)
        shipping.ship(service.home, service.shelf, service.public)
        yield service


@pytest.fixture
def new_home(saved: Saved) -> Iterator[Path]:
    place = saved.home.parent / "back"
    yield place
    shutil.rmtree(place, ignore_errors=True)


def wish(saved: Saved, **more: Any) -> restoring.Wish:
    return restoring.Wish(by=saved.by, kept=saved.kept, **more)


def people_in(home: Path) -> int:
    with (
        running(home / "database", {"archive_mode": "off"}) as server,
        superuser(server, roles.DATABASE) as connection,
    ):
        row = connection.execute(PEOPLE).fetchone()
    assert row is not None
    return int(row[0])


def test_nothing_on_the_shelf_shows_who_is_in_it(saved: Saved) -> None:
    files = [path for path in saved.shelf.folder.rglob("*") if path.is_file()]
    assert len(files) >= 5, "dump, files, manifest, what is said openly, a piece of the log"
    for path in files:
        assert CANARY.encode() not in path.read_bytes()
        assert path.stat().st_mode & 0o077 == 0


def test_the_keys_of_sealed_fields_and_the_secret_key_are_not_in_a_backup(
    saved: Saved, tmp_path: Path
) -> None:
    _, inside = restoring.opened(saved.shelf, wish(saved), None)
    assert set(inside["small_files"]) == set()
    text = json.dumps(inside)
    for file in saved.kept.values():
        assert file.read_text("utf-8").split()[-1] not in text


def test_from_files_and_log_the_service_comes_back_to_its_last_minute(
    saved: Saved, new_home: Path
) -> None:
    found = restoring.restore(new_home, saved.shelf, wish(saved), QUIET)
    assert found.warnings == []
    assert [words.partition(":")[0] for words in found.proved] == [
        "the audit's chains hold", "the tables are those of this version",
        found.proved[2], "signing in works", "everything that is sealed opens",
        "what was removed since stays removed",
    ]  # fmt: skip
    assert people_in(new_home) == 4


def test_from_the_dump_it_comes_back_as_it_was_when_it_was_made(
    saved: Saved, new_home: Path
) -> None:
    found = restoring.restore(new_home, saved.shelf, wish(saved, from_dump=True), QUIET)
    assert len(found.proved) == 6
    assert people_in(new_home) == 3


def test_a_folder_in_which_something_is_stays_as_it_is(saved: Saved, new_home: Path) -> None:
    new_home.mkdir()
    (new_home / "mine").write_text("kept")
    with pytest.raises(RefusedByPolicy, match="writes over nothing"):
        restoring.restore(new_home, saved.shelf, wish(saved), QUIET)
    assert [path.name for path in new_home.iterdir()] == ["mine"]


def test_with_another_key_nothing_comes_back_and_nothing_is_left(
    saved: Saved, new_home: Path
) -> None:
    wrong = restoring.Wish(by=[sealing.Identity.generate()], kept=saved.kept)
    with pytest.raises(InputNotUsable, match="another key"):
        restoring.restore(new_home, saved.shelf, wrong, QUIET)
    assert not list(new_home.parent.glob("*back*"))


def copied(saved: Saved, to: Path) -> tuple[Shelf, Path]:
    shutil.copytree(saved.shelf.folder, to)
    shelf = Shelf(to)
    return shelf, shelf.find().folder


@pytest.mark.parametrize("name", [making.DUMP, making.BASE, making.MANIFEST])
def test_a_file_that_was_cut_short_is_noticed_before_anything_is_made(
    saved: Saved, new_home: Path, tmp_path: Path, name: str
) -> None:
    shelf, folder = copied(saved, tmp_path / "shelf")
    (folder / name).write_bytes((folder / name).read_bytes()[:-1])
    with pytest.raises(InputNotUsable, match="cut short"):
        restoring.restore(new_home, shelf, wish(saved), QUIET)
    assert not new_home.exists()


def test_a_backup_put_together_by_somebody_else_is_noticed(
    saved: Saved, new_home: Path, tmp_path: Path
) -> None:
    """Whoever knows the public key can seal; only the installation can sign."""
    shelf, folder = copied(saved, tmp_path / "shelf")
    about = json.loads((folder / making.ABOUT).read_text())
    about["made_at"] = "2026-11-11T12:00:00+00:00"
    (folder / making.ABOUT).write_text(json.dumps(about))
    with pytest.raises(InputNotUsable, match="not made by the installation"):
        restoring.restore(new_home, shelf, wish(saved), QUIET)


def test_a_hole_in_the_log_is_said(saved: Saved, new_home: Path, tmp_path: Path) -> None:
    shelf, _ = copied(saved, tmp_path / "shelf")
    last = max(path.name for path in shelf.wal.glob("0*.gz.age"))
    after = f"{int(last[:24], 16) + 2:024X}.gz.age"
    shutil.copy(shelf.wal / last, shelf.wal / after)
    found = restoring.restore(new_home, shelf, wish(saved), QUIET)
    assert found.warnings == [
        "A piece of the log is missing: what was written after it is not here."
    ]


def test_a_newer_openhiu_is_needed_for_a_newer_backup(
    saved: Saved, new_home: Path, tmp_path: Path
) -> None:
    shelf, folder = copied(saved, tmp_path / "shelf")
    about = json.loads((folder / making.ABOUT).read_text())
    about["openhiu"] = "99.0.0"
    (folder / making.ABOUT).write_text(json.dumps(about))
    with pytest.raises(ConfigurationFault, match=r"made by OpenHIU 99\.0\.0"):
        restoring.restore(new_home, shelf, wish(saved), QUIET)


def test_a_drill_proves_the_way_and_signs_it_off(saved: Saved) -> None:
    before = Notebook(saved.home).read(making.NOTE)
    found = drilling.drill(saved.home, None, [], QUIET)
    assert (found["kind"], found["good"], len(found["proved"])) == ("rehearsal", True, 6)
    assert Notebook(saved.home).read(making.NOTE) == before, "it is no backup of the service"
    key = homes.secret_key(saved.home).encode()
    assert Notebook(saved.home).drills(key)[-1]["genuine"]
    assert not (saved.home / "drill").exists()


def test_a_drill_with_the_key_kept_elsewhere_finds_out_that_the_audit_was_changed(
    saved: Saved, tmp_path: Path
) -> None:
    with saved.superuser() as connection:
        connection.execute("set session_replication_role = replica")
        connection.execute("update access_auditentry set did = 'shared' where seq = 2")
    try:
        making.make(saved.home, Shelf(tmp_path), saved.public)
        with pytest.raises(ConfigurationFault, match="changed after it was written"):
            drilling.drill(saved.home, Shelf(tmp_path), saved.by, QUIET)
    finally:
        with saved.superuser() as connection:
            connection.execute("set session_replication_role = replica")
            connection.execute("update access_auditentry set did = 'looked' where seq = 2")
    last = Notebook(saved.home).drills(homes.secret_key(saved.home).encode())[-1]
    assert (last["good"], last["genuine"]) == (False, True)
    assert CANARY not in json.dumps(last)


def test_a_server_of_ones_own_is_saved_and_brought_back_into_an_empty_database(
    saved: Saved, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, new_home: Path
) -> None:
    server, shelf = saved.server, Shelf(tmp_path / "shelf")
    with saved.superuser() as connection:
        connection.execute("create role reader login bypassrls password 'reads-all'")
        connection.execute("grant pg_read_all_data to reader")
        connection.execute("grant connect on database openhiu to reader")
        connection.execute("create database empty owner openhiu_owner")
    address = f"postgresql://reader:reads-all@/openhiu?host={server.socket}"
    monkeypatch.setenv("OPENHIU_PG_BINDIR", str(server.programs))  # as new as the server
    monkeypatch.setenv("DATABASE_URL", server.url())
    monkeypatch.setenv("OPENHIU_DATABASE_OWNER_URL", server.url(roles.OWNER))
    with pytest.raises(ConfigurationFault, match="no role is named"):
        making.make(saved.home, shelf, saved.public)
    monkeypatch.setenv("OPENHIU_DATABASE_BACKUP_URL", address)
    made = making.make(saved.home, shelf, saved.public)
    assert not made.has_files
    full = homes.Addresses(server.url(), server.url(roles.OWNER))
    with pytest.raises(RefusedByPolicy, match="holds tables already"):
        restoring.restore_into_server(new_home, full, shelf, wish(saved), QUIET)
    empty = homes.Addresses(
        server.url(roles.APPLICATION, "empty"), server.url(roles.OWNER, "empty")
    )
    nameless = restoring.Wish(by=saved.by)
    with pytest.raises(RefusedByPolicy, match="who made this backup"):
        restoring.restore_into_server(new_home, empty, shelf, nameless, QUIET)
    monkeypatch.setenv("OPENHIU_KEYS_FILE", str(saved.home / "field-keys"))
    found = restoring.restore_into_server(new_home, empty, shelf, wish(saved), QUIET)
    assert (found.rows, len(found.proved)) == (made.rows, 6)
    with psycopg.connect(empty.application) as connection:
        row = connection.execute(PEOPLE).fetchone()
    assert row == (0,), "the wall stands: without a service there are no rows"


def test_what_was_written_after_a_moment_can_be_left_out(
    saved: Saved, new_home: Path, django_db_blocker: Any
) -> None:
    moment = saved.one(b"select clock_timestamp()")
    saved.add_person(django_db_blocker)
    hand_over(saved)
    shipping.ship(saved.home, saved.shelf, saved.public)
    found = restoring.restore(new_home, saved.shelf, wish(saved, until=moment), QUIET)
    assert people_in(new_home) == 4
    assert datetime.fromisoformat(found.reached) <= moment.astimezone(UTC)


@pytest.fixture
def the_disk_waits(saved: Saved) -> Iterator[None]:
    """What is committed stays in memory for ten seconds: these servers do not wait for the disk."""
    with superuser(saved.server, roles.DATABASE) as connection:
        connection.execute("alter system set wal_writer_delay = '10s'")
        connection.execute("select pg_reload_conf()")
        yield
        connection.execute("alter system reset wal_writer_delay")
        connection.execute("select pg_reload_conf()")


@pytest.mark.usefixtures("the_disk_waits")
def test_what_was_written_is_handed_over_without_waiting_for_a_full_piece(
    saved: Saved, django_db_blocker: Any
) -> None:
    stands = shipping.close_piece(saved.home, "")
    saved.add_person(django_db_blocker)
    piece = saved.one(b"select pg_walfile_name(pg_current_wal_insert_lsn())")
    after = shipping.close_piece(saved.home, stands)
    assert after != stands
    assert saved.one(b"select pg_walfile_name(pg_current_wal_insert_lsn())") > piece
    assert shipping.close_piece(saved.home.parent / "no home", "here") == "here"
