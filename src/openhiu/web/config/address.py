"""Which database: a libpq address comes in; Django's settings for it go out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

from openhiu.errors import ConfigurationFault

POOL: Final = 8  # connections a worker process may hold
_NAMES: Final = {
    "dbname": "NAME",
    "user": "USER",
    "password": "PASSWORD",
    "host": "HOST",
    "port": "PORT",
}


def databases(environment: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """Django's DATABASES from DATABASE_URL; empty, and so unusable, where it is not set.

    OPENHIU_POOL=0 asks for plain connections: commands and tests need no pool. Everything else in
    the address (sslmode, sslrootcert ...) goes to libpq as it is.
    """
    address = environment.get("DATABASE_URL", "")
    if not address:
        return {}
    parts = _read(address)
    options: dict[str, Any] = {"application_name": "openhiu", "connect_timeout": 5}
    options |= {name: value for name, value in parts.items() if name not in _NAMES}
    if environment.get("OPENHIU_POOL") != "0":
        # A short patience with a lost server: the next request tries anew, not a timer.
        options["pool"] = {"min_size": 1, "max_size": POOL, "timeout": 5, "reconnect_timeout": 1}
    return {
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            **{ours: parts.get(theirs, "") for theirs, ours in _NAMES.items()},
            "OPTIONS": options,
            # Row security is set for a transaction: every request has to be one.
            "ATOMIC_REQUESTS": True,
            # A connection that a restart of the server has broken is replaced before it is used.
            "CONN_HEALTH_CHECKS": True,
        }
    }


def role_of(address: str) -> str:
    """The role that an address signs in as."""
    return str(_read(address).get("user", ""))


def _read(address: str) -> dict[str, Any]:
    try:
        return dict(conninfo_to_dict(address))
    except ProgrammingError:
        raise ConfigurationFault(
            "DATABASE_URL is not the address of a PostgreSQL database",
            remedy="write it as postgresql://user:password@host:5432/database?sslmode=verify-full",
        ) from None
