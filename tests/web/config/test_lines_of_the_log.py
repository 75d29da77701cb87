"""What is written down holds no word that anybody typed, looked for or was shown."""

from __future__ import annotations

import io
import json
import logging
from typing import Any

import pytest
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from openhiu.web.config import logs, wsgi

CANARY = "Quetzalcanary"
NUMBER = "9990000018"


@pytest.fixture
def written() -> Any:
    """Everything that any logger writes while the test runs, as the product would write it."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logs.Lines())
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    root.removeHandler(handler)
    root.setLevel(before)


def text(lines: list[dict[str, Any]]) -> str:
    return json.dumps(lines)


def test_our_own_words_are_written_with_time_level_and_place(written: Any) -> None:
    logging.getLogger("openhiu.letters").warning("the outbox of a service broke")
    (line,) = written()
    assert (line["level"], line["from"]) == ("warning", "openhiu.letters")
    assert line["event"] == "the outbox of a service broke"
    assert line["place"].startswith("test_lines_of_the_log:")
    assert line["at"].endswith("+00:00")


@pytest.mark.parametrize("name", ["django.security.csrf", "psycopg", "allauth", "py.warnings"])
def test_what_another_library_puts_into_its_words_is_left_out(written: Any, name: str) -> None:
    log = logging.getLogger(name)
    log.warning("Forbidden (%s): %s", "no cookie", f"/people/?q={CANARY}")
    log.warning(f"put together with {CANARY}")
    log.warning({"a": CANARY})
    lines = written()
    assert CANARY not in text(lines)
    assert [line["event"] for line in lines] == ["Forbidden (%s): %s", "", ""]


def test_of_an_error_the_kind_and_the_place_are_written(written: Any) -> None:
    try:
        try:
            raise ValueError(f"Key (nhs_number)=({NUMBER}) already exists")
        except ValueError as fault:
            raise IntegrityError(CANARY) from fault
    except IntegrityError:
        logging.getLogger("openhiu.people").exception("a person could not be saved")
    (line,) = written()
    assert line["error"].startswith("IntegrityError at test_lines_of_the_log.py:")
    assert CANARY not in text([line])
    assert NUMBER not in text([line])


def test_facts_of_other_libraries_are_not_taken_over(written: Any) -> None:
    logging.getLogger("allauth").warning("x", extra={"facts": {"who": CANARY}})
    assert CANARY not in text(written())


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("get", f"/people/?q={CANARY}+{NUMBER}"),
        ("get", f"/{CANARY}/"),
        ("post", "/sign-in/"),
        ("post", f"/people/{NUMBER}"),
        ("get", f"/sign-in/?next=/people/?q={CANARY}"),
    ],
)
def test_a_request_is_written_without_what_was_looked_for_or_typed(
    written: Any, method: str, path: str
) -> None:
    client = Client(headers={"User-Agent": CANARY, "Referer": f"https://x/?{CANARY}"})
    body = {"login": f"{CANARY}@example.org", "password": f"{CANARY} {NUMBER}"}
    answer = client.get(path) if method == "get" else client.post(path, body)
    lines = [line for line in written() if line["from"] == "openhiu.requests"]
    assert [line["status"] for line in lines] == [answer.status_code]
    assert lines[0]["request"] == answer["X-Request-ID"]
    assert set(lines[0]) == {"at", "level", "from", "event", "place", "request", "page", "method",
                             "status", "ms"}  # fmt: skip
    for canary in (CANARY, NUMBER):
        assert canary not in text(written())


def test_everything_written_during_a_request_carries_its_number(written: Any) -> None:
    def answer(_request: HttpRequest) -> HttpResponse:
        logging.getLogger("openhiu.room").warning("inside")
        return HttpResponse()

    response = logs.requests(answer)(RequestFactory().get("/"))
    logging.getLogger("openhiu.room").warning("after")
    inside, _answered, after = written()
    assert inside["request"] == response["X-Request-ID"]
    assert "request" not in after


def test_an_error_outside_every_page_is_not_handed_to_the_web_server(
    written: Any, monkeypatch: Any
) -> None:
    def broken(*_request: Any) -> Any:
        raise ValueError(CANARY)

    monkeypatch.setattr(wsgi, "_pages", broken)
    said: list[Any] = []
    body = b"".join(wsgi.application({}, lambda *told: said.append(told)))
    assert said[0][0].startswith("500")
    assert CANARY.encode() not in body
    assert CANARY not in text(written())


def test_the_settings_write_lines_and_leave_out_what_names_people() -> None:
    told = logs.settings("info")
    assert told["root"] == {"handlers": ["lines"], "level": "INFO"}
    for name in ("axes", "django.db.backends", "django.request"):
        assert told["loggers"][name]["level"] == "CRITICAL"


@pytest.mark.parametrize(
    ("wished", "had"), [("info", "info"), ("LOUD", "warning"), ("", "warning")]
)
def test_an_unknown_level_is_the_usual_one(monkeypatch: Any, wished: str, had: str) -> None:
    monkeypatch.setenv("OPENHIU_LOG", wished)
    assert logs.level() == had
