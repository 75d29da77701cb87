"""The database goes away in the middle of a request: a clear page, then everything works again."""

from __future__ import annotations

import os
import signal
import threading
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from faults.web.database_runs import application, get, gone, wait_until
from openhiu.web.config.database import Server, attached, roles
from support import web_database


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    """A home folder whose database is migrated already."""
    with web_database.short_folder() as folder:
        with web_database.prepared_server(folder / "database"):
            pass
        yield folder


def main_process(server: Server) -> int:
    return int((server.places.data / "postmaster.pid").read_text("utf-8").split()[0])


def running_on(home: Path) -> Server:
    server = attached(home / "database")
    assert server is not None
    return server


def test_a_request_under_way_gets_a_clear_page_and_the_next_one_works(home: Path) -> None:
    with application(home) as (_, address, _):
        server = running_on(home)
        assert get(f"{address}/health")[0] == 200
        answers: list[tuple[int, str]] = []
        with web_database.superuser(server, roles.DATABASE) as connection:
            # The request waits inside the database for this lock when the server is killed.
            connection.execute("begin")
            connection.execute("lock table django_session in access exclusive mode")
            asking = threading.Thread(
                target=lambda: answers.append(get(f"{address}/", "openhiu=" + "x" * 32))
            )
            asking.start()
            with web_database.superuser(server) as watching:
                wait_until(
                    lambda: watching.execute(
                        "select 1 from pg_stat_activity where usename = 'openhiu_app' "
                        "and wait_event_type = 'Lock'"
                    ).fetchone(),
                    "the request waits for the lock",
                )
            os.kill(main_process(server), signal.SIGKILL)
            asking.join()
        ((status, page),) = answers
        assert status == 503
        assert "Please try again in a moment" in page
        wait_until(lambda: get(f"{address}/health")[0] == 200, "the database was started again")
        for _ in range(20):  # every worker and every pooled connection
            assert get(f"{address}/", "openhiu=" + "x" * 32)[0] == 200


def test_a_database_away_for_a_while_is_found_again_without_restarting_the_application(
    home: Path,
) -> None:
    with application(home) as (process, address, _):
        os.kill(process.pid, signal.SIGSTOP)  # nobody starts it again meanwhile
        number = main_process(running_on(home))
        os.kill(number, signal.SIGINT)
        wait_until(lambda: gone(number), "the database has stopped")
        for _ in range(2):
            assert get(f"{address}/", "openhiu=" + "x" * 32)[0] == 503
        assert get(f"{address}/health")[0] == 503
        os.kill(process.pid, signal.SIGCONT)
        wait_until(lambda: get(f"{address}/health")[0] == 200, "the database was started again")
        for _ in range(20):
            assert get(f"{address}/", "openhiu=" + "x" * 32)[0] == 200


def test_told_to_stop_it_stops_both_and_leaves_nothing_running(home: Path) -> None:
    with application(home) as (process, address, _):
        number = main_process(running_on(home))
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0
        assert gone(number)
        with pytest.raises(OSError):
            get(f"{address}/health")
    assert attached(home / "database") is None


def test_the_first_start_says_how_the_first_administrator_gets_in(home: Path) -> None:
    with application(home) as (_, address, said):
        (link,) = [line for line in said if "/join/" in line]
        assert said[0].startswith("Nobody has an account yet")
        # The address moves its secret into a cookie, so that it stays in no history.
        visitor = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
        with visitor.open(link) as page:
            assert page.status == 200
        assert get(f"{address}/join/{'x' * 43}/")[0] != 200


def test_killed_outright_it_leaves_nothing_running(home: Path) -> None:
    with application(home) as (process, address, _):
        number = main_process(running_on(home))
        process.kill()
        process.wait()
        wait_until(lambda: gone(number), "the database has stopped")
        wait_until(lambda: not_served(address), "the web server has stopped")
    with application(home) as (_, address, _):
        assert get(f"{address}/health")[0] == 200


def not_served(address: str) -> bool:
    try:
        get(f"{address}/health")
    except OSError:
        return True
    return False


def test_a_port_in_use_is_named(home: Path) -> None:
    from openhiu.errors import ConfigurationFault
    from openhiu.web.config.serve import serve

    with application(home) as (_, address, _):
        port = int(address.rpartition(":")[2])
        with pytest.raises(ConfigurationFault, match=f"port {port}") as refusal:
            serve(home, port)
        assert "--port" in refusal.value.remedy


def test_pages_are_served_without_the_owners_password(home: Path) -> None:
    with application(home) as (process, _, _):
        server = running_on(home)
        secrets = {server.places.password(role) for role in (roles.OWNER, "openhiu_super")}
        (web,) = [
            number
            for number in children(process.pid)
            if b"granian" in Path(f"/proc/{number}/cmdline").read_bytes()
        ]
        for number in [web, *children(web)]:
            told = Path(f"/proc/{number}/environ").read_bytes().decode()
            told += Path(f"/proc/{number}/cmdline").read_bytes().decode()
            assert not [secret for secret in secrets if secret in told]


def children(number: int) -> list[int]:
    return [
        int(child)
        for task in Path(f"/proc/{number}/task").iterdir()
        for child in (task / "children").read_text("utf-8").split()
    ]
