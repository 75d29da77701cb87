"""`hiu demo`, the web half: a made-up store comes in; a service with two years of work goes out."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

from openhiu.errors import ConfigurationFault
from openhiu.web.config import home as homes
from openhiu.web.config.serve import environment_of, prepare

Say = Callable[[str], None]


def is_built(home: Path) -> bool:
    """Whether this home folder holds a made-up service that was built to its end."""
    return (home / homes.STAMP).exists()


def build(home: Path, store: Path, lists: Path, as_of: date, say: Say) -> None:
    """Make the made-up service in a home folder of its own; `say` hears how far it is.

    Raises ConfigurationFault where the folder holds something else: real and made-up people never
    share a database.
    """
    if is_built(home):
        return
    homes.refuse_a_named_server(os.environ)
    homes.refuse_the_other_kind(home, demo=True)
    homes.make(home)
    with homes.database(home) as addresses:
        environment = environment_of(home, addresses, demo=True)
        prepare(environment, addresses, 0)
        _tell({**environment, "OPENHIU_POOL": "0"}, store, lists, as_of, say)
    (home / homes.STAMP).write_text(f"{as_of}\n", "utf-8")


def _tell(environment: dict[str, str], store: Path, lists: Path, as_of: date, say: Say) -> None:
    """Let two years happen in a process of its own: it moves the clock."""
    command = [sys.executable, "-m", "openhiu.web.demo", str(store.resolve()),
               str(lists.resolve()), as_of.isoformat()]  # fmt: skip
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as building:
        for line in building.stdout or ():
            say(line.strip())
    if building.returncode:
        raise ConfigurationFault(
            "the made-up service could not be built",
            remedy="what went wrong stands above this line; delete the folder and try again",
        )
