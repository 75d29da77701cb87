"""Whether the application can work: a question comes in; a few words, and no more, go out."""

from __future__ import annotations

import time
from typing import Final

from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse

from openhiu.web.access.gate import public
from openhiu.web.assurance.queries.running import Sign, State, of_all

_migrated = False  # once the tables are there they stay
_FRESH: Final = 15.0  # seconds an answer is good for: watchers ask often, and so may strangers
_last: tuple[float, list[Sign]] | None = None


@transaction.non_atomic_requests
@public("watching software asks without an account; the answer is about no person")
def health(_request: HttpRequest) -> HttpResponse:
    """Each sign in words: 200 while people can work safely, 503 while something is broken."""
    signs = all_signs()
    broken = any(sign.state is State.BROKEN for sign in signs)
    said = {sign.key: f"{sign.state}: {sign.words}" for sign in signs}
    return JsonResponse(said, status=503 if broken else 200)


@transaction.non_atomic_requests
@public("the start waits for it without an account; the answer is about no person")
def ready(_request: HttpRequest) -> HttpResponse:
    """200 when the database answers and its tables are those of this version, else 503."""
    answers, migrated = _look()
    said = {"database": "answers" if answers else "away", "migrations": _words(migrated)}
    return JsonResponse(said, status=200 if answers and migrated else 503)


def all_signs() -> list[Sign]:
    """The signs over all services, at most some seconds old, good or broken: strangers may ask."""
    global _last
    if _last is None or time.monotonic() - _last[0] > _FRESH:
        _last = (time.monotonic(), of_all())
    return _last[1]


def _look() -> tuple[bool, bool]:
    global _migrated
    try:
        with connection.cursor() as cursor:
            cursor.execute("select 1")
        if not _migrated:
            executor = MigrationExecutor(connection)
            _migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        connection.close()
        return False, False
    return True, _migrated


def _words(migrated: bool) -> str:
    return "applied" if migrated else "not applied"
