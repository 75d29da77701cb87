"""The database that comes with OpenHIU: closed to others, one run a folder, clear about trouble."""

from __future__ import annotations

import os
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from openhiu.errors import ConfigurationFault
from openhiu.web.config import home
from openhiu.web.config.database import attached, binaries, roles, running
from openhiu.web.config.database.server import Supervised
from support.web_database import CARELESS, short_folder, superuser


@pytest.fixture(scope="module")
def server() -> Iterator[Supervised]:
    """A server on a folder of its own."""
    with short_folder() as folder, running(folder / "database", CARELESS) as server:
        yield server


def asked(address: str, statement: str) -> Any:
    with psycopg.connect(address, autocommit=True) as connection:
        return connection.execute(statement).fetchone()[0]  # type: ignore[index]


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_passwords_and_logs_are_readable_by_their_owner_only(server: Supervised) -> None:
    folder = server.places.folder
    closed = [*folder.glob("*.password"), folder / "server.log", folder / "lock"]
    assert len(closed) == 5
    assert {mode(path) for path in closed} == {0o600}
    assert mode(folder / "data") == mode(server.socket) == 0o700
    assert mode(folder) & 0o066 == 0  # nobody else can look into it or write
    assert mode(server.socket / ".s.PGSQL.5432") == 0o700


def test_no_network_is_listened_to(server: Supervised) -> None:
    assert asked(server.url(), "show listen_addresses") == ""
    assert asked(server.url(), "select inet_server_addr() is null") is True


def test_every_way_in_asks_for_a_scram_password(server: Supervised) -> None:
    with superuser(server) as connection:
        ways = connection.execute("select distinct auth_method from pg_hba_file_rules").fetchall()
    assert ways == [("scram-sha-256",)]
    for password in ("", "wrong"):
        with pytest.raises(psycopg.OperationalError, match="password"):
            psycopg.connect(
                host=str(server.socket), user=roles.APPLICATION, dbname=roles.DATABASE,
                password=password,
            )  # fmt: skip


def test_pages_are_damage_checked_and_words_sort_the_same_everywhere(server: Supervised) -> None:
    assert asked(server.url(), "show data_checksums") == "on"
    statement = "select concat_ws(' ', datlocprovider, datlocale) from pg_database where datname = "
    assert asked(server.url(), f"{statement}'openhiu'") == "b C.UTF-8"


def test_the_server_is_not_run_by_root(server: Supervised) -> None:
    assert server.process is not None
    status = Path(f"/proc/{server.process.pid}/status").read_text("utf-8")
    powers = next(line.split()[1] for line in status.splitlines() if line.startswith("CapEff"))
    assert int(powers, 16) == 0


def test_the_extensions_are_in_every_database(server: Supervised) -> None:
    assert asked(server.url(), "select similarity('sian', 'sean') > 0.2") is True
    assert asked(server.url(), "select unaccent('Siân Ó Briain')") == "Sian O Briain"


def test_a_row_that_is_turned_away_leaves_no_word_of_itself_in_the_log(server: Supervised) -> None:
    canary = "CANARY-Aoife-9990001111"
    with psycopg.connect(server.url(roles.OWNER), autocommit=True) as connection:
        connection.execute("create table names (name text primary key, age int)")
        connection.execute("insert into names values (%s, 1)", [canary])
        for statement in (
            f"insert into names values ('{canary}', 2)",
            f"select '{canary}'::int",
            f"syntax error {canary}",
        ):
            with pytest.raises(psycopg.Error):
                connection.execute(statement)  # type: ignore[arg-type]
        connection.execute("drop table names")
    assert canary not in server.places.log.read_text("utf-8")


def test_the_application_cannot_enter_the_other_databases(server: Supervised) -> None:
    with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
        with superuser(server) as connection:
            connection.execute("create database closed")
            connection.execute("revoke all on database closed from public")
        psycopg.connect(server.url(roles.APPLICATION, "closed"))


def test_an_address_does_not_show_its_password_when_printed(server: Supervised) -> None:
    secret = server.places.password(roles.APPLICATION)
    assert secret not in repr(home.addresses_of(server))
    assert secret not in repr(server)


def test_a_second_run_on_the_folder_is_told_so(server: Supervised) -> None:
    with (
        pytest.raises(ConfigurationFault, match="already running") as refusal,
        running(server.places.folder),
    ):
        pass
    assert "--home" in refusal.value.remedy
    assert server.alive


def test_a_command_joins_the_server_that_runs_already(server: Supervised, monkeypatch: Any) -> None:
    monkeypatch.delenv("DATABASE_URL")
    with home.database(server.places.folder.parent) as addresses:
        assert addresses == home.addresses_of(server)
        assert asked(addresses.application, "select 1") == 1
    assert server.alive


def test_nothing_is_joined_once_the_server_has_stopped() -> None:
    with short_folder() as folder:
        with running(folder / "database", CARELESS):
            pass
        assert attached(folder / "database") is None
        assert attached(folder / "never") is None


def test_what_was_written_is_there_at_the_next_start() -> None:
    with short_folder() as folder:
        with (
            running(folder / "database", CARELESS) as server,
            psycopg.connect(server.url(roles.OWNER)) as connection,
        ):
            connection.execute("create table kept as select 42 as answer")
        with running(folder / "database", CARELESS) as server:
            assert asked(server.url(roles.OWNER), "select answer from kept") == 42


def test_a_folder_deep_down_gets_its_socket_elsewhere() -> None:
    with short_folder() as folder:
        deep = folder / "a-folder-with-a-rather-long-name" / ("b" * 60)
        deep.mkdir(parents=True)
        with running(deep, CARELESS) as server:
            assert not server.socket.is_relative_to(deep)
            assert mode(server.socket) == 0o700
            assert asked(server.url(), "select 1") == 1
            socket = server.socket
        assert not socket.exists()


def test_a_first_start_that_was_cut_short_is_begun_anew() -> None:
    with short_folder() as folder:
        half = folder / "database" / "data.new"
        half.mkdir(parents=True)
        (half / "PG_VERSION").write_text("18")
        with running(folder / "database", CARELESS) as server:
            assert asked(server.url(), "select 1") == 1
        assert not half.exists()


def test_data_of_another_major_version_is_left_alone() -> None:
    with short_folder() as folder:
        data = folder / "database" / "data"
        data.mkdir(parents=True, mode=0o700)
        (data / "PG_VERSION").write_text("17\n")
        with (
            pytest.raises(ConfigurationFault, match="written by PostgreSQL 17, this is 18"),
            running(folder / "database"),
        ):
            pass
        assert [path.name for path in data.iterdir()] == ["PG_VERSION"]


def test_a_folder_that_holds_something_else_is_left_alone() -> None:
    with short_folder() as folder:
        (folder / "database" / "data").mkdir(parents=True)
        (folder / "database" / "data" / "letter.txt").write_text("Dear")
        with (
            pytest.raises(ConfigurationFault, match="not a PostgreSQL data folder"),
            running(folder / "database"),
        ):
            pass


def test_a_damaged_server_says_why_it_did_not_start() -> None:
    with (
        short_folder() as folder,
        pytest.raises(ConfigurationFault, match="shared_buffers"),
        running(folder / "database", {"shared_buffers": "nonsense"}),
    ):
        pass


def test_a_named_folder_without_programs_is_said_to_be_one(
    monkeypatch: Any, tmp_path: Path
) -> None:
    monkeypatch.setenv("OPENHIU_PG_BINDIR", str(tmp_path))
    with pytest.raises(ConfigurationFault, match="no PostgreSQL in"):
        binaries.find()


def test_programs_of_a_named_folder_come_first(monkeypatch: Any) -> None:
    found = binaries.find()
    monkeypatch.setenv("OPENHIU_PG_BINDIR", str(found))
    assert binaries.find() == found
    assert binaries.major_version(found) == "18"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root hands its data to another account")
def test_root_without_a_passable_folder_uses_a_user_namespace() -> None:
    with short_folder() as folder:
        folder.chmod(0o700)
        try:
            with running(folder / "database", CARELESS) as server:
                assert server.account.who == "namespace"
                assert asked(server.url(), "select 1") == 1
                assert (folder / "database" / "data").stat().st_uid == 0
        except ConfigurationFault:
            allowed = subprocess.run(["unshare", "--user", "true"], capture_output=True)
            assert allowed.returncode != 0  # a machine that forbids namespaces refuses clearly
