"""`python -m bench.web`: fill a service, serve it, let people come, write what they met.

    python -m bench.web [--quick] [--home FOLDER] [--only WORD ...] [--alone]

Without `--home` the database is made in a temporary folder and thrown away. `--quick` is a short
run with fewer users: it is printed and changes no page.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, Final

from bench.web import report
from bench.web.serving import Served, served

QUICK: Final = {"users": (1, 20), "seconds": 2.0, "warm_seconds": 1.0}
FULL: Final = {"users": (1, 20, 200), "seconds": 6.0, "warm_seconds": 2.0}
PACED_USERS: Final = 20
_PAUSE: Final = 1.0  # seconds between one's requests, where people are not in a hurry


def main() -> None:
    """Fill, serve, measure, write."""
    asked = argparse.ArgumentParser(prog="python -m bench.web", description=__doc__)
    asked.add_argument("--quick", action="store_true")
    asked.add_argument("--alone", action="store_true", help="one request at a time, no load")
    asked.add_argument("--home", type=Path)
    asked.add_argument("--only", nargs="*", default=[])
    given = asked.parse_args()
    results: dict[str, Any] = report.machine()
    with ExitStack() as stack:
        home = given.home or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        place = stack.enter_context(served(home.resolve()))
        _set_up(home.resolve())
        results["pages"] = _measured(place, given)
    print(report.table(results))
    if not (given.quick or given.only or given.alone):
        report.save(results)
        report.write()


def _set_up(home: Path) -> None:
    """Django in this process, on the database that is being served; rows where there are none."""
    from openhiu.web.config.database import attached, roles

    server = attached(home / "database")
    assert server is not None
    os.environ |= {"OPENHIU_HOME": str(home), "DATABASE_URL": server.url(roles.APPLICATION),
                   "DJANGO_SETTINGS_MODULE": "openhiu.web.config.settings"}  # fmt: skip
    import django

    django.setup()
    from openhiu.web.access.models import Service

    if not Service.objects.filter(name="Bench").exists():
        from bench.web.service import Size, make_service

        print("making the service", flush=True)
        make_service(Size())
    _tidied(server.url(roles.OWNER))


def _tidied(owner_url: str) -> None:
    """As the database leaves itself after a quiet while."""
    import psycopg

    with psycopg.connect(owner_url, autocommit=True) as owner:
        owner.execute("vacuum analyze")


def _measured(place: Served, given: argparse.Namespace) -> list[dict[str, Any]]:
    from django.core.handlers.wsgi import WSGIHandler

    from bench.web.alone import look_at
    from bench.web.pages import PAGES
    from bench.web.sessions import signed_in

    users = {role: signed_in(role) for role in ("lead", "supervisor")}
    handler, rows = WSGIHandler(), []
    for page in PAGES:
        if given.only and not any(word in page.name for word in given.only):
            continue
        with _open_rows():
            asked = [(user, page.requests(user.actor)) for user in users[page.role]]
        row = {"name": page.name, "p95_aim_ms": page.p95_ms}
        row |= look_at(handler, asked[-1][1][0], asked[-1][0])
        if not given.alone:
            row |= _loaded(place, page, asked, QUICK if given.quick else FULL)
        rows.append(row)
        print(json.dumps(row), flush=True)
    return rows


def _loaded(place: Served, page: Any, asked: list[Any], how: Any) -> dict[str, Any]:
    people = [
        {"cookies": user.cookies, "requests": turns[nth % len(turns) :] + turns[: nth % len(turns)]}
        for nth, (user, turns) in enumerate(asked)
    ]
    plan = {
        "port": place.port, "watch": {"web": place.web, "database": place.database},
        "at_most": page.at_most, "seconds": how["seconds"], "warm_seconds": how["warm_seconds"],
    }  # fmt: skip
    cells = {str(count): _cell(plan | {"pause": 0}, people[:count], how) for count in how["users"]}
    return {"users": cells, "paced": _cell(plan | {"pause": _PAUSE}, people[:PACED_USERS], how)}


def _cell(plan: dict[str, Any], people: list[dict[str, Any]], how: Any) -> dict[str, Any]:
    """One measurement; the pace that searches are held to begins anew."""
    from openhiu.web.people.models import SearchPace

    with _open_rows():
        SearchPace.objects.all().delete()
    step = how["warm_seconds"] / len(people)
    spread = [person | {"after": nth * step} for nth, person in enumerate(people)]
    done = subprocess.run(
        [sys.executable, "-m", "bench.web.load"], input=json.dumps(plan | {"users": spread}),
        stdout=subprocess.PIPE, text=True, check=True,
    )  # fmt: skip
    met: dict[str, Any] = json.loads(done.stdout)
    return met


@contextmanager
def _open_rows() -> Iterator[Any]:
    """A transaction that sees the made-up service's rows; the service itself goes out."""
    from django.db import transaction

    from openhiu.web.access.models import Service
    from openhiu.web.access.row_security import set_service

    with transaction.atomic():
        service = Service.objects.get(name="Bench")
        set_service(service.pk)
        yield service


if __name__ == "__main__":
    main()
