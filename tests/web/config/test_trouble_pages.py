"""What a person sees, and what a log keeps, when the database is away or something breaks."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from django.db import InterfaceError, OperationalError, connection, connections
from django.test import Client, RequestFactory

from openhiu.web.config import health
from openhiu.web.config.trouble import server_error

CANARY = "Aoife-9990001111"


def page_for(fault: Exception) -> Any:
    try:
        raise fault
    except Exception:
        return server_error(RequestFactory().get("/"))


@pytest.mark.parametrize("kind", [OperationalError, InterfaceError])
def test_a_database_that_is_away_asks_for_patience(kind: type[Exception]) -> None:
    page = page_for(kind(f"server closed the connection {CANARY}"))
    assert page.status_code == 503
    assert page["Retry-After"] == "5"
    words = page.content.decode()
    assert "Please try again in a moment" in words
    assert "it was not saved" in words
    assert CANARY not in words


def test_a_fault_of_the_program_is_said_to_be_one() -> None:
    page = page_for(ValueError(CANARY))
    assert page.status_code == 500
    assert "not something you did" in page.content.decode()
    assert CANARY not in page.content.decode()


def test_the_log_has_the_reference_and_the_place_but_not_the_words(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.ERROR, logger="openhiu.trouble"):
        page = page_for(ValueError(CANARY))
    (record,) = caplog.records
    reference, _, place = record.getMessage().partition(": ")
    assert reference in page.content.decode()
    assert "ValueError at test_trouble_pages.py:" in place
    assert CANARY not in caplog.text


@pytest.mark.django_db
def test_ready_says_yes_and_nothing_about_anyone(monkeypatch: Any) -> None:
    monkeypatch.setattr(health, "_migrated", False)
    answer = Client().get("/ready")
    assert answer.status_code == 200
    assert answer.json() == {"database": "answers", "migrations": "applied"}


def test_ready_says_no_when_the_database_is_away(django_db_blocker: Any, monkeypatch: Any) -> None:
    connections.close_all()
    monkeypatch.setitem(connection.settings_dict, "HOST", "/nowhere")
    with django_db_blocker.unblock():
        answer = Client().get("/ready")
    assert answer.status_code == 503
    assert answer.json() == {"database": "away", "migrations": "not applied"}


def test_ready_says_no_when_tables_are_missing(own_database: str, monkeypatch: Any) -> None:
    class Behind:
        def __init__(self, _connection: Any) -> None:
            self.loader = self
            self.graph = self

        def leaf_nodes(self) -> list[Any]:
            return []

        def migration_plan(self, _targets: Any) -> list[str]:
            return ["one to apply"]

    monkeypatch.setattr(health, "_migrated", False)
    monkeypatch.setattr(health, "MigrationExecutor", Behind)
    answer = Client().get("/ready")
    assert (answer.status_code, answer.json()["migrations"]) == (503, "not applied")
