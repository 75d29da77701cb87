"""One request at a time in this process: pages come in; queries, and what drawing costs, go out."""

from __future__ import annotations

import io
import statistics
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final
from unittest import mock

from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.template.backends.jinja2 import Template

from bench.web.sessions import SignedIn

_TURNS: Final = 15
Asked = dict[str, Any]


def look_at(handler: WSGIHandler, asked: Asked, user: SignedIn) -> dict[str, Any]:
    """Queries of one request; CPU of the whole, and of the whole without drawing any template.

    The second is less than any template could take: the text that the page's templates made the
    time before is used instead.
    """
    _ask(handler, asked, user)
    queries = _counted(handler, asked, user)
    whole = statistics.median(_cpu(handler, asked, user) for _ in range(_TURNS))
    with _drawn_before(handler, asked, user):
        undrawn = statistics.median(_cpu(handler, asked, user) for _ in range(_TURNS))
    return {"queries": queries, "cpu_ms": whole, "undrawn_cpu_ms": undrawn}


def _counted(handler: WSGIHandler, asked: Asked, user: SignedIn) -> int:
    """How often the database is asked. Connections come and go: what asks it is counted."""
    seen: list[str] = []

    def note(execute: Any, sql: str, *more: Any) -> Any:
        seen.append(sql)
        return execute(sql, *more)

    with connection.execute_wrapper(note):
        _ask(handler, asked, user)
    return len(seen)


def _cpu(handler: WSGIHandler, asked: Asked, user: SignedIn) -> float:
    start = time.thread_time()
    _ask(handler, asked, user)
    return (time.thread_time() - start) * 1000


def _ask(handler: WSGIHandler, asked: Asked, user: SignedIn) -> str:
    status: list[str] = []
    answer = handler(_environ(asked, user), lambda line, *_: status.append(line))
    body = b"".join(answer).decode()
    answer.close()
    if not status[0].startswith(str(asked["status"])) or asked["shows"] not in body:
        raise RuntimeError(f"{asked['path']} answered {status[0]}")
    return body


@contextmanager
def _drawn_before(handler: WSGIHandler, asked: Asked, user: SignedIn) -> Iterator[None]:
    """Every template is the text that it was in one request of the same page."""
    kept: dict[int, str] = {}
    real: Callable[..., str] = Template.render

    def keep(template: Any, context: Any = None, request: Any = None) -> str:
        kept[0] = real(template, context, request)
        return kept[0]

    with mock.patch.object(Template, "render", keep):
        _ask(handler, asked, user)
    with mock.patch.object(Template, "render", lambda *_args: kept[0]):
        yield


def _environ(asked: Asked, user: SignedIn) -> dict[str, Any]:
    body = str(asked.get("body", "")).replace("{once}", str(uuid.uuid4())).encode()
    headers = {
        f"HTTP_{name.upper().replace('-', '_')}": value
        for name, value in asked.get("headers", {}).items()
    }
    path, _, query = asked["path"].partition("?")
    return headers | {
        "REQUEST_METHOD": asked["method"], "PATH_INFO": path, "QUERY_STRING": query,
        "SERVER_NAME": "127.0.0.1", "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1",
        "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(body), "wsgi.errors": io.StringIO(),
        "CONTENT_TYPE": "application/x-www-form-urlencoded", "CONTENT_LENGTH": str(len(body)),
        "HTTP_COOKIE": user.cookies, "REMOTE_ADDR": "127.0.0.1",
    }  # fmt: skip
