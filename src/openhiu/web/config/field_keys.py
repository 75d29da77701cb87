"""What `hiu keys` does: a home folder comes in; its database is worked on as the tables' owner.

Runs beside a service that is being served: every batch is a transaction of its own.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from openhiu.errors import ConfigurationFault, RefusedByPolicy
from openhiu.web.assurance.notebook import Notebook
from openhiu.web.config import home
from openhiu.web.config.backup.shelf import Shelf

ROTATED: Final = "rotated"
Tell = Callable[[int, int], object]


def add(named: Path | None) -> dict[str, Any]:
    """Put a new key in front of the file. What is written from now on is sealed with it."""
    with _as_owner(named):
        from openhiu.web.access.sealed import keyfile, rotation

        rotation.prove()
        key = keyfile.add(_file())
        rotation.prove()
        return {"added": key.id, "file": str(_file())}


def check(named: Path | None, *, thorough: bool) -> dict[str, Any]:
    """How many values stand under which key, and how many are not sealed; {"good": bool, ...}.

    `thorough` opens every one of them as well, and names those that do not belong where they stand.
    """
    with _as_owner(named):
        from openhiu.web.access.sealed import envelope, rotation

        rotation.prove(note=False)
        standing = rotation.standing()
        under: Counter[str] = sum((one.under for one in standing), Counter())
        broken = rotation.broken() if thorough else []
        ring = envelope.ring()
        known = {key.id for key in ring.keys}
        return {
            "file": str(_file()),
            "keys": [
                {"id": key.id, "made_on": key.made_on, "values": under[key.id],
                 "seals": key == ring.newest}
                for key in ring.keys
            ],
            "not_sealed": under[""],
            "without_key": sum(n for key, n in under.items() if key and key not in known),
            "columns": [
                {"column": one.column, "history": one.history, "values": one.under.total()}
                for one in standing
            ],
            "broken": broken,
            "good": not broken and not under[""] and set(under) <= known,
        }  # fmt: skip


def rotate(named: Path | None, tell: Tell | None = None) -> dict[str, Any]:
    """Seal everything anew with the newest key; may be stopped and begun again."""
    with _as_owner(named):
        from openhiu.web.access.sealed import envelope, rotation

        written = rotation.rotate(tell)
        Notebook(home.folder(named)).write(ROTATED, {"ended_at": datetime.now(UTC)})
        return {"key": envelope.ring().newest.id, "rows": written}


def retire(named: Path | None, key_id: str, *, although: bool = False) -> dict[str, Any]:
    """Take a key that nothing needs any more out of the file.

    Raises RefusedByPolicy while backups need it or nobody named where they are, unless `although`
    they may need it, it is to go.
    """
    if not although:
        _refuse_while_backups_need_it(home.folder(named))
    with _as_owner(named):
        from openhiu.web.access.sealed import rotation

        rotation.retire(key_id)
        return {"retired": key_id, "file": str(_file())}


def _refuse_while_backups_need_it(place: Path) -> None:
    """What was saved before everything was sealed anew opens with the old key alone."""
    shelf = os.environ.get("OPENHIU_BACKUP_DIR")
    if not shelf:  # no shelf named is not the same as no backups: they may be made elsewhere
        raise RefusedByPolicy(
            "nobody named where backups are, so nobody can tell whether one still needs this key",
            remedy="name the place with OPENHIU_BACKUP_DIR; where there are no backups, or a copy "
            "of the key is kept apart for them, say --although",
        )
    saved = Shelf(Path(shelf)).backups()
    ended = Notebook(place).read(ROTATED).get("ended_at")
    anew = datetime.fromisoformat(str(ended)) if ended else datetime.max.replace(tzinfo=UTC)
    needed = sum(one.made_at < anew for one in saved)
    if needed:
        raise RefusedByPolicy(
            f"{needed} backups are from before everything was sealed anew, and need the old key",
            remedy="wait until they have run out (35 to 49 days); with a copy of the key kept "
            "apart for them, say --although",
        )


@contextmanager
def _as_owner(named: Path | None) -> Iterator[None]:
    place = home.folder(named)
    home.make(place)
    with home.database(place) as addresses:
        if not addresses.owner:
            raise ConfigurationFault(
                "the tables' owner is not named",
                remedy="set OPENHIU_DATABASE_OWNER_URL for this command",
            )
        os.environ |= {
            "OPENHIU_HOME": str(place), "DATABASE_URL": addresses.owner,
            "OPENHIU_APPLICATION_ROLE": addresses.application_role, "OPENHIU_POOL": "0",
        }  # fmt: skip
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "openhiu.web.config.settings")
        import django
        from django.db import connections

        django.setup()
        try:
            yield
        finally:
            connections.close_all()


def _file() -> Path:
    from django.conf import settings

    return Path(settings.FIELD_KEYS_FILE)
