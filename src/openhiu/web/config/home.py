"""The home folder of one installation: it comes in; its secret key and its database go out."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from openhiu.errors import ConfigurationFault
from openhiu.web.config.address import role_of
from openhiu.web.config.database import Server, attached, roles, running
from openhiu.web.config.database.places import write_closed

_SHORTEST_KEY: Final = 50
# Written into the home of a made-up service: real and made-up people never share one.
STAMP: Final = "demonstration"


@dataclass(frozen=True)
class Addresses:
    """The database twice: as the role that serves pages, and as the one that owns the tables."""

    application: str = field(repr=False)  # both hold passwords
    owner: str = field(repr=False)

    @property
    def application_role(self) -> str:
        """The role that rights are granted to."""
        return role_of(self.application)


def folder(named: Path | None = None) -> Path:
    """The home folder: as named, or OPENHIU_HOME, or .openhiu in the person's own."""
    return (named or Path(os.environ.get("OPENHIU_HOME", Path.home() / ".openhiu"))).resolve()


def make(home: Path) -> None:
    """Make the home folder and its secret key where they are missing, closed to other people.

    Raises ConfigurationFault where the key is short: a short key can be guessed.
    """
    # Root hands the database to another account, which has to pass through; files stay closed.
    home.mkdir(parents=True, exist_ok=True)
    home.chmod(0o711 if os.name == "posix" and os.geteuid() == 0 else 0o700)
    key = Path(os.environ.get("OPENHIU_SECRET_KEY_FILE", home / "secret-key"))
    if not key.exists():
        write_closed(key, secrets.token_urlsafe(64))
    if len(key.read_text("utf-8").strip()) < _SHORTEST_KEY:
        raise ConfigurationFault(
            f"the secret key in {key} is too short",
            remedy="delete the file to have a new one made (everyone signs in again), "
            f"or put at least {_SHORTEST_KEY} random characters into it",
        )


def secret_key(home: Path) -> str:
    """The installation's secret key. Raises ConfigurationFault where there is none."""
    file = Path(os.environ.get("OPENHIU_SECRET_KEY_FILE", home / "secret-key"))
    try:
        return file.read_text("utf-8").strip()
    except OSError:
        raise ConfigurationFault(
            "there is no secret key", file=file.name,
            remedy="start with hiu web, which makes one, or bring back the one that was kept",
        ) from None  # fmt: skip


def kept_apart(home: Path) -> dict[str, Path]:
    """The keys that no backup holds, by the name they have in a home folder."""
    return {
        "secret-key": Path(os.environ.get("OPENHIU_SECRET_KEY_FILE") or home / "secret-key"),
        "field-keys": Path(os.environ.get("OPENHIU_KEYS_FILE") or home / "field-keys"),
    }


def refuse_a_named_server(environment: Mapping[str, str]) -> None:
    """Raises ConfigurationFault where a demonstration would go into a server of somebody's own.

    Asked before it starts one of its own, whose address its pages are told by the same variable.
    """
    if environment.get("DATABASE_URL"):
        raise ConfigurationFault(
            "DATABASE_URL names a server, and a demonstration never goes into one that is named",
            remedy="unset DATABASE_URL and try again",
        )


def refuse_the_other_kind(home: Path, *, demo: bool) -> None:
    """Raises ConfigurationFault where made-up and real people would come to share a folder."""
    if (home / STAMP).exists() and not demo:
        raise ConfigurationFault(
            "this folder holds a demonstration", file=home.name,
            remedy="serve it with hiu demo, or name another folder for a real service",
        )  # fmt: skip
    if demo and (home / "database").exists() and not (home / STAMP).exists():
        raise ConfigurationFault(
            "this folder holds a service that is not a finished demonstration", file=home.name,
            remedy="name another folder, or delete this one if it is an unfinished demo",
        )  # fmt: skip


def addresses_of(server: Server) -> Addresses:
    """How to reach an embedded server."""
    return Addresses(server.url(roles.APPLICATION), server.url(roles.OWNER))


def named_addresses(environment: Mapping[str, str]) -> Addresses | None:
    """The server that the environment names; None where it names none.

    Raises ConfigurationFault where pages would be served by the role that owns the tables.
    """
    application = environment.get("DATABASE_URL", "")
    if not application:
        return None
    owner = environment.get("OPENHIU_DATABASE_OWNER_URL", "")
    if owner and role_of(owner) == role_of(application):
        raise ConfigurationFault(
            "DATABASE_URL and OPENHIU_DATABASE_OWNER_URL name the same role",
            remedy="make a second role that owns nothing and serve pages with that one "
            "(docs/adr/0007): the wall between services needs it",
        )
    return Addresses(application, owner)


@contextmanager
def database(home: Path) -> Iterator[Addresses]:
    """The database of a home folder: the named one, one that runs already, or one started here."""
    if (named := named_addresses(os.environ)) is not None:
        yield named
    elif (server := attached(home / "database")) is not None:
        yield addresses_of(server)
    else:
        with running(home / "database") as started:
            yield addresses_of(started)
