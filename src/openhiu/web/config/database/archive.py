"""The write-ahead log on its way out: a folder comes in; settings that hand it over go out.

PostgreSQL hands each finished piece to a closed folder beside its data; another process seals the
pieces and takes them to where backups are kept (config/backup/shipping). Without a place for
backups nothing is handed over, so that nothing heaps up.
"""

from __future__ import annotations

import os
import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from openhiu.web.config.database.account import Account
from openhiu.web.config.database.places import Places

# A piece is closed after this long even if it is not full: no more than this is ever only here.
SECONDS: Final = 60


def outgoing(places: Places) -> Path:
    """Where finished pieces wait."""
    return places.folder / "outgoing"


def settings(places: Places, account: Account) -> Mapping[str, str]:
    """PostgreSQL's settings; empty where no backups were ever asked for.

    Once begun it goes on, also for a command that was started without the setting: one piece that
    is never handed over would be a hole in what can be restored.
    """
    folder = outgoing(places)
    if not folder.exists() and not os.environ.get("OPENHIU_BACKUP_DIR"):
        return {}
    folder.mkdir(mode=0o700, exist_ok=True)
    account.give(folder)
    place = shlex.quote(str(folder)).replace("%", "%%")
    return {
        "archive_mode": "on",
        "archive_timeout": str(SECONDS),
        # Under another name first: what has its name is whole and on the disk.
        "archive_command": f'cp "%p" {place}/.%f && sync {place}/.%f && mv {place}/.%f {place}/%f',
    }
