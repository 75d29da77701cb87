"""What `hiu backup`, `hiu restore` and `hiu drill` do: options come in; facts to show go out."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from openhiu.errors import ConfigurationFault
from openhiu.web.assurance.notebook import Facts, Notebook
from openhiu.web.config import home as homes
from openhiu.web.config.backup import drilling, making, restoring, sealing, shipping
from openhiu.web.config.backup.shelf import Shelf

# A little less than a day and a week: what is looked at every hour must not slip by an hour each.
_A_DAY: Final = timedelta(hours=23, minutes=30)
_A_WEEK: Final = timedelta(days=6, hours=23, minutes=30)
Say = Callable[[str], None]


def new_key(file: Path) -> dict[str, Any]:
    """Make a pair of keys."""
    public = sealing.new_identity(file)
    return {
        "public_key": public,
        "secret_key": f"in {file}: move it to a safe place away from this machine, with a second "
        "copy elsewhere; whoever has it reads every backup, and without it nobody does",
    }


def listed(shelf: Path | None) -> dict[str, Any]:
    """The backups there are."""
    found = _shelf(shelf).backups()
    return {"backups": [
        f"{backup.folder.name}, OpenHIU {backup.about['openhiu']}, "
        f"{sum(one['size'] for one in backup.about['files'].values()) / 1e6:.1f} MB"
        for backup in found
    ]}  # fmt: skip


def backup(
    home: Path | None, shelf: Path | None, recipient: str | None, *, if_due: bool
) -> dict[str, Any]:
    """Make a backup now, or, `if_due`, when the last one is a day old."""
    place, kept = homes.folder(home), _shelf(shelf)
    last = Notebook(place).read(making.NOTE).get("made_at")
    if if_due and _younger(last, _A_DAY):
        return {"nothing_to_do": f"the last backup is of {last}"}
    to = sealing.recipients(recipient or os.environ.get("OPENHIU_BACKUP_RECIPIENT", ""))
    shipping.ship_and_note(place, kept, to)
    return making.make(place, kept, to).as_dict()


def restore(
    *, home: Path | None, shelf: Path | None, identity: Path, name: str | None,
    until: datetime | None, from_dump: bool, secret_key: Path | None, field_keys: Path | None,
    removed: Path | None, unsigned: bool, say: Say,
) -> dict[str, Any]:  # fmt: skip
    """Bring a backup back, into a new home or into the server that the environment names."""
    kept = {"secret-key": secret_key, "field-keys": field_keys, shipping.REMOVED: removed}
    wish = restoring.Wish(
        by=sealing.identities(identity), name=name, from_dump=from_dump, unsigned=unsigned,
        until=until.replace(tzinfo=UTC) if until else None,
        kept={name: file for name, file in kept.items() if file is not None},
    )  # fmt: skip
    place = homes.folder(home)
    named = homes.named_addresses(os.environ)
    if named is None:
        found = restoring.restore(place, _shelf(shelf), wish, say)
    else:
        found = restoring.restore_into_server(place, named, _shelf(shelf), wish, say)
    return found.as_dict()


def drill(
    home: Path | None, shelf: Path | None, identity: Path | None, *, if_due: bool, say: Say
) -> dict[str, Any]:
    """Hold a drill now, or, `if_due`, when the last one that went well is a week old."""
    place = homes.folder(home)
    if if_due:
        key = homes.secret_key(place).encode()
        good = [one["at"] for one in Notebook(place).drills(key) if one["good"] and one["genuine"]]
        if good and _younger(good[-1], _A_WEEK):
            return {"nothing_to_do": f"the last drill that went well is of {good[-1]}"}
    by = sealing.identities(identity) if identity else []
    found: Facts = drilling.drill(place, _shelf(shelf) if identity else None, by, say)
    return found


def _shelf(named: Path | None) -> Shelf:
    place = named or os.environ.get("OPENHIU_BACKUP_DIR")
    if not place:
        raise restoring.no_shelf()
    return Shelf(Path(place).resolve())


def _younger(moment: str | None, limit: timedelta) -> bool:
    try:
        return moment is not None and datetime.now(UTC) - datetime.fromisoformat(moment) < limit
    except ValueError:
        raise ConfigurationFault(
            "the note of the last backup is not readable",
            remedy="delete the folder `running` in the home; it is written anew",
        ) from None
