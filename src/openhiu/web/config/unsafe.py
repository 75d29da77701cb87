"""What would make serving unsafe: a home folder and an environment come in; findings go out.

One list for all of it: `hiu check` shows it, `hiu web` and the application itself do not start
while anything on it is wrong. Each finding says what is wrong and what to do.
"""

from __future__ import annotations

import contextlib
import stat
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import psycopg
from psycopg.conninfo import conninfo_to_dict

from openhiu.errors import ConfigurationFault
from openhiu.web.config import home as homes
from openhiu.web.config.mail import mail

SHORTEST_KEY: Final = 50
_FEWEST_DIFFERENT: Final = 12  # letters of a key that was not typed by a cat
_EXAMPLES: Final = ("changeme", "change-me", "insecure", "secret-key", "example", "django-insecure")
_LOOPBACK: Final = {"localhost", "127.0.0.1", "::1", "[::1]"}
_PROVED: Final = {"verify-full"}
_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO


@dataclass(frozen=True)
class Place:
    """What is looked at: the home folder and the environment."""

    home: Path
    environment: Mapping[str, str]

    def get(self, name: str, otherwise: str = "") -> str:
        """One setting, without blanks around it."""
        return self.environment.get(name, otherwise).strip()

    @property
    def hosts(self) -> list[str]:
        """The names that pages are served under."""
        names = self.get("OPENHIU_HOSTS", "localhost,127.0.0.1").split(",")
        return [name.strip() for name in names if name.strip()]

    @property
    def tls(self) -> bool:
        """Whether a proxy that speaks TLS stands before it."""
        return self.get("OPENHIU_TLS") == "1"

    @property
    def demo(self) -> bool:
        """Whether it is a demonstration that is to be served."""
        return self.get("OPENHIU_DEMO") == "1"


@dataclass(frozen=True)
class Found:
    """One thing that was looked at; `wrong` is empty where it is well."""

    name: str
    well: str
    wrong: str = ""
    remedy: str = ""

    @property
    def is_wrong(self) -> bool:
        """Whether serving would be unsafe."""
        return bool(self.wrong)

    @property
    def mark(self) -> str:
        """For the terminal."""
        return "NO" if self.wrong else "ok"

    @property
    def words(self) -> str:
        """The sentence a person reads."""
        return self.wrong or self.well

    def as_dict(self) -> dict[str, Any]:
        """The same for --json."""
        return {"name": self.name, "well": not self.wrong, "words": self.words,
                "remedy": self.remedy}  # fmt: skip


Wrong = tuple[str, str] | None  # a sentence and what to do
Look = Callable[[Place], Wrong]


def looked(home: Path, environment: Mapping[str, str]) -> list[Found]:
    """Everything on the list, each with what was found; the database too where it answers."""
    place = Place(home, environment)
    found = [_found(name, well, look(place)) for name, (well, look) in SETTINGS.items()]
    return found + list(_in_database(place))


def refuse(home: Path, environment: Mapping[str, str]) -> None:
    """Raises ConfigurationFault with the first thing that is wrong."""
    _refuse(looked(home, environment))


def refuse_settings(home: Path, environment: Mapping[str, str]) -> None:
    """The same without asking the database, which may be away for a moment."""
    place = Place(home, environment)
    _refuse([_found(name, well, look(place)) for name, (well, look) in SETTINGS.items()])


def _refuse(found: list[Found]) -> None:
    for one in found:
        if one.is_wrong:
            raise ConfigurationFault(one.wrong, remedy=one.remedy)


def _found(name: str, well: str, wrong: Wrong) -> Found:
    return Found(name, well, *wrong) if wrong else Found(name, well)


# --- keys ---
def _key(place: Place) -> Wrong:
    file = _key_file(place)
    if not file.exists():
        return None  # hiu web makes a good one at the first start
    key = file.read_text("utf-8", "replace").strip()
    if len(key) < SHORTEST_KEY:
        return "The secret key is too short.", f"Put {SHORTEST_KEY} random characters in its file."
    if len(set(key)) < _FEWEST_DIFFERENT or any(word in key.casefold() for word in _EXAMPLES):
        return (
            "The secret key is an example, or could be guessed.",
            "Delete its file to have a new one made; everybody signs in again.",
        )
    return None


def _files_closed(place: Place) -> Wrong:
    for file in _secret_files(place):
        with contextlib.suppress(OSError):
            held = file.stat()
            if held.st_mode & _OTHERS:
                return (
                    f"The file {file.name} can be read by other accounts of this machine.",
                    f"chmod 600 {file}",
                )
    return None


def _secret_files(place: Place) -> Iterator[Path]:
    yield _key_file(place)
    yield Path(place.get("OPENHIU_KEYS_FILE") or place.home / "field-keys")
    yield from (place.home / "database").glob("*.password")
    for name in ("OPENHIU_MAIL_PASSWORD_FILE", "OPENHIU_METRICS_TOKEN_FILE"):
        if value := place.get(name):
            yield Path(value)


def _key_file(place: Place) -> Path:
    return Path(place.get("OPENHIU_SECRET_KEY_FILE") or place.home / "secret-key")


def _key_apart(place: Place) -> Wrong:
    shelf = place.get("OPENHIU_BACKUP_DIR")
    if not shelf:
        return None
    folder = Path(shelf).resolve()
    keys = (_key_file(place), Path(place.get("OPENHIU_KEYS_FILE") or place.home / "field-keys"))
    if any(folder in key.resolve().parents for key in keys):
        return "A key lies among the backups.", "Keep keys apart from what they open."
    if folder.is_relative_to(place.home.resolve()):
        return (
            "Backups are kept inside the home folder: one accident would take both.",
            "Name another disk with OPENHIU_BACKUP_DIR.",
        )
    return None


# --- pages ---
def _debug(place: Place) -> Wrong:
    for name in ("DEBUG", "DJANGO_DEBUG", "HIU_DEBUG"):
        if place.get(name).casefold() not in ("", "0", "false", "no"):
            return f"{name} is set: error pages would show what rows hold.", f"Unset {name}."
    return None


def _hosts(place: Place) -> Wrong:
    if not place.hosts or any("*" in name or name.startswith(".") for name in place.hosts):
        return (
            "OPENHIU_HOSTS would let pages be served under any name.",
            "Name each host that people open, with commas.",
        )
    return None


def _tls(place: Place) -> Wrong:
    away = [name for name in place.hosts if name not in _LOOPBACK]
    if away and not place.tls:
        return (
            "Pages would be served away from this machine without TLS.",
            "Put a proxy that speaks TLS before it and set OPENHIU_TLS=1 (docs/how-to/deploy.md).",
        )
    return None


def _origins(place: Place) -> Wrong:
    for origin in filter(None, place.get("OPENHIU_TRUSTED_ORIGINS").split(",")):
        if "*" in origin or (urlsplit(origin).scheme != "https" and place.tls):
            return (
                "OPENHIU_TRUSTED_ORIGINS names an address that is open or without TLS.",
                "Name whole addresses that begin with https://.",
            )
    return None


def _mail(place: Place) -> Wrong:
    try:
        mail(place.environment)
    except ConfigurationFault as fault:
        return fault.sentence, fault.remedy
    return None


# --- the database ---
def _two_roles(place: Place) -> Wrong:
    try:
        homes.named_addresses(place.environment)
    except ConfigurationFault as fault:
        return fault.sentence, fault.remedy
    return None


def _database_tls(place: Place) -> Wrong:
    for name in ("DATABASE_URL", "OPENHIU_DATABASE_OWNER_URL", "OPENHIU_DATABASE_BACKUP_URL"):
        with contextlib.suppress(psycopg.ProgrammingError):
            parts = conninfo_to_dict(place.get(name))
            host = str(parts.get("host", parts.get("hostaddr", "")))
            near = not host or host.startswith("/") or host in _LOOPBACK
            if not near and parts.get("sslmode") not in _PROVED:
                return (
                    f"{name} leads over the network without proof of who answers.",
                    "Add sslmode=verify-full and sslrootcert=FILE to it.",
                )
    return None


def _one_kind(place: Place) -> Wrong:
    try:
        homes.refuse_the_other_kind(place.home, demo=place.demo)
    except ConfigurationFault as fault:
        return fault.sentence, fault.remedy
    return None


SETTINGS: Final[Mapping[str, tuple[str, Look]]] = {
    "key": ("The secret key is long and random.", _key),
    "files": ("Files with keys and passwords are closed to other accounts.", _files_closed),
    "apart": ("Keys, service and backups are kept apart.", _key_apart),
    "debug": ("Nothing that shows what rows hold is switched on.", _debug),
    "hosts": ("Pages are served under names that were named.", _hosts),
    "tls": ("Pages leave this machine over TLS only, or not at all.", _tls),
    "origins": ("Forms are taken from named addresses only.", _origins),
    "mail": ("Mail leaves over TLS only, or not at all.", _mail),
    "roles": ("Pages are served by a role that does not own the tables.", _two_roles),
    "database tls": ("The database is reached here, or over TLS that is proved.", _database_tls),
    "one kind": ("Made-up and real people do not share a database.", _one_kind),
}


def _in_database(place: Place) -> Iterator[Found]:
    """What only the server itself can say; nothing where none is named or it does not answer."""
    address = place.get("DATABASE_URL")
    if not address:
        return
    try:
        with psycopg.connect(address, connect_timeout=5) as connection:
            row = connection.execute(_POWERS).fetchone()
    except psycopg.Error:
        yield Found("database", "", "The database does not answer.",
                    "See that it runs and that DATABASE_URL leads to it.")  # fmt: skip
        return
    yield Found("database", "The database answers.")
    above = bool(row and any(row))
    yield Found(
        "powers", "The role that serves pages has no powers over the server.",
        "The role that serves pages is a superuser, makes roles or passes row security."
        if above else "",
        "alter role … nosuperuser nobypassrls nocreaterole nocreatedb noreplication"
        if above else "",
    )  # fmt: skip


_POWERS: Final = """
    select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication,
           pg_has_role(current_user, (select datdba from pg_database
                                      where datname = current_database()), 'member')
    from pg_roles where rolname = current_user"""
