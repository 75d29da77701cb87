"""Search over 100,000 made-up people: a home folder comes in; milliseconds and plans go out.

    python -m bench.web_people /tmp/a-folder [--people 100000]

The first run makes the database in the folder. Processor time is that of this process and of the
database's own together, as the role that serves pages, behind row security.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import subprocess
import sys
import time
from contextlib import ExitStack
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import psycopg

GIVEN = """Mary John Susan David Margaret Peter Siân Mohammed Patricia Michael Linda James Karen
Paul Julie Andrew Christine Stephen Jean Mark Anne Robert Carol William Elizabeth
Thomas Aisha Kevin Zoe Krzysztof Agnieszka Priya Wei Chinedu Fatima Owen Niamh Callum
Gwen Dylan""".split()  # noqa: SIM905
COMMON = """Smith Jones Taylor Brown Williams Wilson Johnson Davies Patel Robinson Wright
Thompson Evans Walker White Roberts Green Hall Wood Jackson Clarke Khan Ali Ahmed
Begum Murphy Kelly Nowak Singh O'Brien McDonald Lewis Harris Clark Cooper Ward Morris
Moore Hughes Edwards""".split()  # noqa: SIM905
STARTS = (
    "Ash Ber Cal Dun East Far Gras Hol Ing Kil Lang Mar Nor Os Pen Quar Rad Sted Thorn Ul Wal Yar"
)
ENDS = "by combe dale field ford ham hurst land ley mere more ridge shaw stead ton wick wood worth"
TEXTS = {
    "two letters": "sm",
    "common name": "smith",
    "both names": "mary smith",
    "half typed": "siân o'br",
    "rare name": "quarhurst",
    "misspelt": "micheal robbinson",
    "nickname": "peggy khan",
    "birthday": "3/4/1971",
    "last digits": "4821",
    "NHS number": "999 012 3456",
    "nobody": "xylophant qqq",
}
ROUNDS = 30


def main() -> None:
    """Make the people where they are missing, then measure."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("home", type=Path)
    asked.add_argument("--people", type=int, default=100_000)
    given = asked.parse_args()
    os.environ |= {"OPENHIU_HOME": str(given.home.resolve()), "OPENHIU_POOL": "0"}
    os.environ["DJANGO_SETTINGS_MODULE"] = "openhiu.web.config.settings"
    os.environ.pop("DATABASE_URL", None)
    with ExitStack() as stack:
        from openhiu.web.config import home

        home.make(given.home.resolve())
        addresses = stack.enter_context(home.database(given.home.resolve()))
        _migrated(addresses)
        os.environ["DATABASE_URL"] = addresses.application
        import django

        django.setup()
        actors = _actors(given.people)
        with psycopg.connect(addresses.owner, autocommit=True) as owner:
            owner.execute("analyze")  # as the server does by itself after a while
        _measured(actors)


def _migrated(addresses: Any) -> None:
    command = [sys.executable, "-m", "openhiu.web.manage", "migrate", "--verbosity", "0"]
    named = {"DATABASE_URL": addresses.application, "OPENHIU_DATABASE_OWNER_URL": addresses.owner}
    environment = {**os.environ, **named}
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)


def _actors(people: int) -> dict[str, Any]:
    from django.db import transaction

    from openhiu.web.access.models import Membership, Organisation, Role, Service, User
    from openhiu.web.access.row_security import set_service

    with transaction.atomic():
        found = Membership.objects.filter(service__name="Bench").order_by("role")
        if not found.exists():
            provider = Organisation.objects.create(name="Bench", kind="provider")
            service = Service.objects.create(name="Bench", provider=provider)
            for role in (Role.LEAD, Role.SUPERVISOR):
                user = User.objects.create_user(f"{role}@example.org", role)
                Membership.objects.create(
                    user=user, service=service, organisation=provider, role=role
                )
            set_service(service.pk)
            make_people(service, people)
        _let_see(found.get(role=Role.LEAD))
    from openhiu.web.access.actor import Actor

    return {m.role: Actor(m.user, m) for m in found.all()}


def _let_see(lead: Any) -> None:
    """A thousand people whom the lead may see: as many as four hospitals' lists hold."""
    import pgtrigger
    from django.utils import timezone

    from openhiu.web.access.row_security import set_service
    from openhiu.web.people.models import Person

    set_service(lead.service_id)
    few = list(Person.objects.order_by("nhs_number").values_list("pk", flat=True)[:1000])
    with pgtrigger.ignore():
        Person.objects.filter(pk__in=few).update(made_by=lead, made_at=timezone.now())


def make_people(service: Any, people: int) -> None:
    """So many people of a service, with a telephone number each; its rows must be open."""
    import pgtrigger

    from openhiu.web.people.fold import date_key
    from openhiu.web.people.indexing import endings, family_sound, line
    from openhiu.web.people.models import Person, Phone

    chance = random.Random(6)
    rare = [start + end for start in STARTS.split() for end in ENDS.split()]
    batch, phones = [], []
    for nth in range(people):
        given = chance.choice(GIVEN)
        family = chance.choice(COMMON) if chance.random() < 0.45 else chance.choice(rare)
        if chance.random() < 0.3:
            family += chance.choice(["", "son", "s", "e", "-" + chance.choice(COMMON)])
        born = date(1930, 1, 1) + timedelta(days=chance.randrange(27_000))
        number, phone = f"999{nth:07d}", f"07700{chance.randrange(1_000_000):06d}"
        person = Person(
            service=service, given_name=given, family_name=family, birth_date=born,
            nhs_number=number, family_sound=family_sound(family),
            search_text=line(
                [given, family], [number, *endings(phone, service.pk), date_key(born)]
            ),
        )  # fmt: skip
        batch.append(person)
        phones.append(Phone(service=service, person=person, number=phone))
    with pgtrigger.ignore():  # their history is not what is measured
        Person.objects.bulk_create(batch, batch_size=2000)
        Phone.objects.bulk_create(phones, batch_size=2000)


def _measured(actors: dict[str, Any]) -> None:
    from django.db import connection, transaction

    from openhiu.web.access.row_security import set_service
    from openhiu.web.people.search import search

    start = time.process_time()
    sum(number * number for number in range(2_000_000))
    print(f"this machine now: {time.process_time() - start:.3f} s for two million squares")
    for role, actor in actors.items():
        print(f"{role:12} {'found':>5} {'cpu ms':>7} {'of it database':>14} {'p95 wall ms':>11}")
        for label, text in TEXTS.items():
            walls, before = [], None
            for turn in range(ROUNDS + 3):
                if turn == 3:
                    before = _cpu(connection)
                start = time.perf_counter()
                with transaction.atomic():
                    set_service(actor.service_id)
                    hits = search(actor, text)
                walls.append((time.perf_counter() - start) * 1000)
            after = _cpu(connection)
            ours, theirs = (
                (b - a) * 1000 / ROUNDS for a, b in zip(before or after, after, strict=True)
            )
            p95 = statistics.quantiles(walls[3:], n=20)[-1]
            print(f"{label:12} {len(hits):5} {ours + theirs:7.1f} {theirs:14.1f} {p95:11.1f}")


def _cpu(connection: Any) -> tuple[float, float]:
    """Seconds of processor time so far: this process, and the database's process serving it."""
    pid = connection.connection.info.backend_pid
    stat = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return time.process_time(), (int(stat[11]) + int(stat[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
