"""The database, or the process that looks after it, is killed: nothing that was saved is lost."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import psycopg
import pytest

from faults.web.database_runs import family, gone, supervisor, wait_until
from openhiu.errors import ConfigurationFault
from openhiu.web.config.database import attached, roles, running
from openhiu.web.config.database.server import Server, Supervised
from support.web_database import short_folder

SAVED = 50


def save_fifty(address: str) -> psycopg.Connection[tuple[int, ...]]:
    """Fifty committed rows, and an open transaction with one more."""
    connection = psycopg.connect(address)
    connection.execute("create table saved (n int)")
    connection.commit()
    for number in range(SAVED):
        connection.execute("insert into saved values (%s)", [number])
        connection.commit()
    connection.execute("insert into saved values (-1)")
    return connection


def saved(address: str) -> list[int]:
    with psycopg.connect(address) as connection:
        rows = connection.execute("select n from saved order by n").fetchall()
    return [row[0] for row in rows]


def test_every_process_killed_at_once_loses_no_committed_row() -> None:
    with short_folder() as folder, running(folder / "database") as server:
        with save_fifty(server.url(roles.OWNER)) as open_one:
            assert server.process is not None
            for number in family(server.process.pid):
                os.kill(number, signal.SIGKILL)
            server.process.wait()
            assert not server.alive
            open_one.close()
        server.start()
        assert saved(server.url(roles.OWNER)) == list(range(SAVED))


def test_the_main_process_killed_alone_is_started_again() -> None:
    with short_folder() as folder, running(folder / "database") as server:
        save_fifty(server.url(roles.OWNER)).close()
        assert server.process is not None
        server.process.kill()
        server.process.wait()
        server.start()
        assert saved(server.url(roles.OWNER)) == list(range(SAVED))


def test_a_killed_supervisor_takes_the_database_with_it() -> None:
    with short_folder() as folder:
        with supervisor(folder / "database") as (process, number):
            running_one = attached(folder / "database")
            assert running_one is not None
            save_fifty(running_one.url(roles.OWNER)).close()
            process.kill()
            wait_until(lambda: gone(number), "the database has stopped too")
        with running(folder / "database") as server:
            assert saved(server.url(roles.OWNER)) == list(range(SAVED))


def test_a_database_that_outlived_its_supervisor_is_stopped_by_the_next_run() -> None:
    """As where the kernel cannot tie a child to its parent: a server runs and nobody holds it."""
    with short_folder() as folder:
        with running(folder / "database") as made:
            pass
        left = Supervised(made.places, made.socket, made.account, made.programs, {})
        made.account.give(left.places.new_socket_folder())
        left.start()
        assert left.process is not None
        save_fifty(left.url(roles.OWNER)).close()
        with running(folder / "database") as server:
            assert gone(left.process.pid)
            assert saved(server.url(roles.OWNER)) == list(range(SAVED))
        left.process.wait()


def test_two_runs_on_one_folder_are_one_too_many(tmp_path: Path) -> None:
    with short_folder() as folder:
        with supervisor(folder / "database") as (process, number):
            with (
                pytest.raises(ConfigurationFault, match="already running") as refusal,
                running(folder / "database"),
            ):
                pass
            assert "another --home" in refusal.value.remedy
            assert not gone(number)
            assert isinstance(attached(folder / "database"), Server)
            process.kill()
            process.wait()
        with running(folder / "database") as server:  # the killed one holds nothing back
            assert server.alive
