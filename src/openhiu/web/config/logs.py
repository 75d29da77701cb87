"""What is written down of the running application: events come in; lines of JSON go out.

A line says when, where in the program and in which request, never what anybody typed, looked for or
was shown. Of our own events it has the words; of other libraries' the pattern without what was put
into it; of errors the kind and the place. Addresses appear as the name of the page, without ids.
"""

from __future__ import annotations

import json
import logging
import os
import secrets
import time
import traceback
from collections.abc import Callable
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from django.http import HttpRequest, HttpResponse

OURS: Final = "openhiu"
LEVELS: Final = ("debug", "info", "warning", "error")
_request: ContextVar[str] = ContextVar("request", default="")
_log = logging.getLogger("openhiu.requests")
_PLACES: Final = 3


class Lines(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """The line; whatever goes wrong with it, no value of the event gets into it."""
        said: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(), "from": record.name, "event": _words(record),
            "place": f"{record.module}:{record.lineno}",
        }  # fmt: skip
        if request := _request.get():
            said["request"] = request
        if record.exc_info and record.exc_info[1] is not None:
            said["error"] = place_of(record.exc_info[1])
        facts = getattr(record, "facts", None)
        if isinstance(facts, dict) and record.name.partition(".")[0] == OURS:
            said |= facts
        return json.dumps(said, ensure_ascii=False, default=str)


def settings(level: str) -> dict[str, Any]:
    """Django's LOGGING: everything to standard error as lines, from `level` on."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": {"()": "openhiu.web.config.logs.Lines"}},
        "handlers": {"lines": {"class": "logging.StreamHandler", "formatter": "lines"}},
        "root": {"handlers": ["lines"], "level": level.upper()},
        "loggers": {
            # Django's own handlers would mail errors, or print them with their values.
            "django": {"handlers": [], "level": "WARNING", "propagate": True},
            # An address that is not there, and its like, are no news; the line of a request has it.
            "django.request": {"handlers": [], "level": "CRITICAL", "propagate": False},
            # axes names who was tried; its table holds the same and only this database has it.
            "axes": {"level": "CRITICAL", "propagate": False},
            # Statements with their values.
            "django.db.backends": {"handlers": [], "level": "CRITICAL", "propagate": False},
        },
    }


def level() -> str:
    """The wished level: OPENHIU_LOG, or warnings and worse."""
    wished = os.environ.get("OPENHIU_LOG", "warning").strip().lower()
    return wished if wished in LEVELS else "warning"


def requests(answer: Callable[[HttpRequest], HttpResponse]) -> Callable[..., HttpResponse]:
    """The outermost layer: gives every request a number and writes one line about it."""

    def layer(request: HttpRequest) -> HttpResponse:
        number = secrets.token_hex(8)
        token, began = _request.set(number), time.monotonic()
        try:
            response = answer(request)
            _log.log(_weight(response.status_code), "answered", extra={"facts": {
                "page": _page(request), "method": _method(request),
                "status": response.status_code,
                "ms": round((time.monotonic() - began) * 1000),
            }})  # fmt: skip
        finally:
            _request.reset(token)
        response["X-Request-ID"] = number
        return response

    return layer


def request_number() -> str:
    """The number of the request that is being answered; empty outside one."""
    return _request.get()


def place_of(fault: BaseException | None) -> str:
    """The kind of an error and where it arose, without its text."""
    if fault is None:
        return "an error that was already gone"
    frames = traceback.extract_tb(fault.__traceback__)
    ours = [frame for frame in frames if OURS in frame.filename] or frames[-1:]
    places = [f"{Path(frame.filename).name}:{frame.lineno}" for frame in ours[-_PLACES:]]
    return f"{type(fault).__name__} at {' < '.join(reversed(places))}"


def _words(record: logging.LogRecord) -> str:
    """Ours as they are meant; of others a pattern only if there was something to put into it."""
    if record.name.partition(".")[0] == OURS:
        return record.getMessage()
    if isinstance(record.msg, str) and record.args:
        return record.msg
    return ""  # it may have been put together with values in it


def _page(request: HttpRequest) -> str:
    match = request.resolver_match
    return match.view_name if match is not None else ""


def _method(request: HttpRequest) -> str:
    known = ("GET", "HEAD", "POST", "OPTIONS")
    return request.method if request.method in known else "other"


def _weight(status: int) -> int:
    return logging.ERROR if status >= 500 else logging.INFO


__all__ = ["Lines", "level", "place_of", "request_number", "requests", "settings"]
