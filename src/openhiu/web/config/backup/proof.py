"""Whether a database that came back is the service it was: addresses come in; proofs go out.

As a program (`python -m openhiu.web.config.backup.proof prove`) it runs as the role that serves
pages, reads the audit's heads from standard input and prints what it found as JSON.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

from openhiu.errors import ConfigurationFault
from openhiu.web.config import home as homes

_PROVE: Final = "prove"
_FORGET: Final = "forget"


def of(
    home: Path, addresses: homes.Addresses, heads: dict[str, Any], *, demo: bool
) -> tuple[list[str], list[str]]:
    """Bring the tables to this version, put the walls up and prove all of it.

    Sentences about what was proved, and about what a person has to look at before anybody is
    served. Raises ConfigurationFault with the first thing that does not hold.
    """
    from openhiu.web.config.serve import environment_of, prepare

    environment = {**environment_of(home, addresses, demo=demo), "OPENHIU_POOL": "0"}
    prepare(environment, addresses, 0)
    removed = _run(_FORGET, {**environment, "DATABASE_URL": addresses.owner}, {})
    found = _run(_PROVE, environment, heads)
    if found["faults"]:
        raise ConfigurationFault(
            f"what came back is not right: {found['faults'][0]}",
            remedy="do not serve it; take an older backup and find out what happened to this one",
        )
    return [*found["proved"], *removed["proved"]], [*removed["faults"], *waiting(home)]


def _run(what: str, environment: dict[str, str], told: dict[str, Any]) -> dict[str, list[str]]:
    """This module as a program of its own; what it found."""
    done = subprocess.run(
        [sys.executable, "-m", "openhiu.web.config.backup.proof", what],
        env=environment, input=json.dumps(told), capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise ConfigurationFault(
            "what came back could not be looked at",
            remedy="do not serve it; see that the disk has room, and try again",
        )
    found: dict[str, list[str]] = json.loads(done.stdout.splitlines()[-1])
    return found


def waiting(home: Path) -> list[str]:
    """Sentences about each whom a restore brought back and could not remove once more."""
    from openhiu.web.assurance.notebook import Notebook

    return [
        f"Somebody who had been removed came back, and is served until it is settled. "
        f"{one.get('reference')}: {one.get('why')}"
        for one in Notebook(home).read("removals").get("waiting") or []
    ]


def forget_again() -> dict[str, list[str]]:
    """Remove once more what was removed since the backup was made; run by the tables' owner.

    A drill leaves the analysts' stores alone: they are those that people work with.
    """
    from django.conf import settings

    from openhiu.web.assurance.actions.retention.replaying import replay

    home = Path(settings.HOME)
    told = replay(home, stores=not (home.parent.parent / "drill.lock").exists())
    sentence = f"what was removed since stays removed: {told.removed} once more"
    wrong = [f"{fault[:1].upper()}{fault[1:]}." for fault in told.faults]
    return {"proved": [] if wrong or told.waiting else [sentence], "faults": wrong}


def prove(heads: dict[str, Any]) -> dict[str, list[str]]:
    """What holds and what does not, of the default connection."""
    proved, faults = list[str](), list[str]()
    for sentence, wrong in (_chains(heads), _tables(), _walls(), _sign_in(), _sealed()):
        faults += wrong
        if not wrong:
            proved.append(sentence)
    return {"proved": proved, "faults": faults}


def _chains(heads: dict[str, Any]) -> tuple[str, list[str]]:
    from openhiu.web.access import chain

    found = chain.verify(heads)
    wrong = [f"audit chain {one.chain}, entry {one.seq}: {one.why}" for one in found.breaks]
    return f"the audit's chains hold: {found.entries} entries", wrong


def _tables() -> tuple[str, list[str]]:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return "the tables are those of this version", [f"not applied: {one[0]}" for one in waiting]


def _walls() -> tuple[str, list[str]]:
    """The wall between services stands, and does hide rows."""
    from django.apps import apps
    from django.db import connection, transaction

    from openhiu.web.access import row_security

    wrong = [f"no wall on {name}" for name in row_security.unsecured(connection, apps)]
    models = row_security.secured_models(apps)
    with transaction.atomic():
        row_security.set_service(None)
        wrong += [
            f"rows of {model._meta.db_table} show without a service"
            for model in models
            if model._default_manager.exists()
        ]
    return f"the wall between services stands on {len(models)} tables", wrong


def _sign_in() -> tuple[str, list[str]]:
    """Somebody made up for this moment signs in with their password; nothing of it stays."""
    import secrets

    from django.conf import settings
    from django.db import transaction
    from django.test import Client
    from django.urls import reverse

    from openhiu.web.access.models import User

    password, email = secrets.token_urlsafe(24), f"drill-{secrets.token_hex(6)}@example.invalid"
    settings.ALLOWED_HOSTS = ["localhost"]
    client = Client(HTTP_HOST="localhost", raise_request_exception=False)
    with transaction.atomic():
        User.objects.create_user(email=email, name="Made up for a drill", password=password)
        told = {"login": email, "password": password}
        answer = client.post(reverse("account_login"), told, secure=settings.TLS)
        let_in = answer.status_code == 302 and "_auth_user_id" in client.session
        transaction.set_rollback(True)
    return "signing in works", [] if let_in else ["nobody can sign in"]


def _sealed() -> tuple[str, list[str]]:
    """The keys that came back are those of what is sealed."""
    from openhiu.web.access.sealed import rotation

    try:
        rotation.prove(note=False)
    except ConfigurationFault as fault:
        return "", [fault.sentence]
    return "everything that is sealed opens", [f"not readable: {one}" for one in rotation.broken()]


def main() -> int:
    """Prove the database of DATABASE_URL; prints one line of JSON."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "openhiu.web.config.settings")
    django.setup()
    told = json.load(sys.stdin)
    found = forget_again() if sys.argv[1] == _FORGET else prove(told)
    print(json.dumps(found))  # noqa: T201  (the program's answer)
    return 0


if __name__ == "__main__":
    sys.exit(main())
