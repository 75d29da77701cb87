"""Who PostgreSQL runs as: a folder and the programs come in; a way to start them goes out.

PostgreSQL refuses to run as root, rightly. An ordinary person runs it as themselves. Root hands it
to an account without power, or, where no account can reach the folders, to a user namespace.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from openhiu.errors import ConfigurationFault

_LAUNCH: Final = Path(__file__).with_name("launch.py")
# The first is for places that make an account for it; the others are on nearly every machine.
_ACCOUNTS: Final = ("openhiu-db", "postgres", "nobody")


@dataclass(frozen=True)
class Account:
    """A way to run a program: as oneself ("same"), as "UID:GID", or in a "namespace"."""

    who: str

    @property
    def owner(self) -> tuple[int, int] | None:
        """Whose the data files have to be; None where they stay as they were made."""
        if ":" not in self.who:
            return None
        user, group = self.who.split(":")
        return int(user), int(group)

    def give(self, path: Path) -> None:
        """Hand a file or folder over to the account."""
        if self.owner is not None:
            os.chown(path, *self.owner)

    def command(self, words: Sequence[str | Path], folder: Path) -> list[str]:
        """The words that run a program as this account; it dies with this process."""
        launch = [sys.executable, "-I", "-S", str(_LAUNCH), str(os.getpid()), self.who]
        return [*launch, str(folder), str(int(signal.SIGINT)), *map(str, words)]

    def run(self, words: Sequence[str | Path], folder: Path) -> subprocess.CompletedProcess[str]:
        """Run a program to its end; what it says is captured."""
        return subprocess.run(
            self.command(words, folder), capture_output=True, text=True, umask=0o077, check=False
        )

    def start(self, words: Sequence[str | Path], folder: Path, log: Any) -> subprocess.Popen[bytes]:
        """Start a program; what it says goes to the open file `log`."""
        return subprocess.Popen(
            self.command(words, folder),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            umask=0o077,
            start_new_session=True,  # Ctrl-C is for us: the database stops last
        )


def choose(folder: Path, data: Path, program: Path) -> Account:
    """The first account that can both run the program and reach the folder.

    Data that exists stays with its owner. Raises ConfigurationFault where no way works.
    """
    if os.geteuid() != 0:
        return Account("same")
    for account in _candidates(data):
        if account.run([program, "--version"], folder).returncode == 0:
            return account
    raise ConfigurationFault(
        "PostgreSQL does not run as root, and no other account can reach its folder",
        remedy="run OpenHIU as an ordinary account, or keep its data in a folder such as "
        "/var/lib/openhiu that the account openhiu-db may enter",
    )


def _candidates(data: Path) -> Iterator[Account]:
    import pwd  # not on Windows, where there is no root either

    if data.exists():
        held = data.stat()
        yield Account("namespace" if held.st_uid == 0 else f"{held.st_uid}:{held.st_gid}")
        return
    for name in _ACCOUNTS:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        yield Account(f"{entry.pw_uid}:{entry.pw_gid}")
    yield Account("namespace")
