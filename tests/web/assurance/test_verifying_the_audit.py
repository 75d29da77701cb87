"""The daily proof of the audit: its anchor, and what it notes for the health page."""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from openhiu.web.access import chain
from openhiu.web.access.audit import Did, record
from openhiu.web.access.models import Role
from openhiu.web.access.row_security import set_service
from openhiu.web.assurance.notebook import Facts, Notebook
from openhiu.web.assurance.queries import running
from openhiu.web.config.database import roles
from openhiu.web.config.timetable import COMMANDS
from support.web import make_member, make_service


@pytest.fixture
def home(own_database: str, tmp_path: Path, settings: Any) -> Path:
    """A home folder of its own, and five entries."""
    settings.HOME, settings.AUDIT_ANCHOR = tmp_path, tmp_path / "elsewhere.json"
    with transaction.atomic():
        lead = make_member(make_service(), Role.LEAD)
    for _ in range(5):
        with transaction.atomic():
            set_service(lead.service_id)
            record(lead, Did.LOOKED, person=uuid4())
    return tmp_path


@pytest.fixture
def owner(home: Path, database_server: Any) -> Iterator[Any]:
    address = database_server.url(roles.OWNER, connection.settings_dict["NAME"])
    with psycopg.connect(address, autocommit=True) as session:
        session.execute("alter table access_auditentry disable trigger user")
        session.execute("alter table access_auditentry no force row level security")
        yield session


def verify() -> str:
    out = StringIO()
    call_command("verify_audit", stdout=out, stderr=StringIO())
    return out.getvalue()


def noted(home: Path) -> Facts:
    return Notebook(home).read("chain")


def sign() -> str:
    found = next(one for one in running.of_machine() if one.key == "chain")
    return f"{found.state}: {found.words}"


def test_it_runs_every_day() -> None:
    assert COMMANDS["verify_audit"] == 24 * 60 * 60


def test_the_first_time_an_anchor_begins_and_says_so(home: Path) -> None:
    assert verify() == (
        "5 entries in 1 chains: all hold; there was no anchor, one begins with elsewhere.json\n"
    )
    assert len(chain.read_anchor(home / "elsewhere.json")) == 1
    assert verify() == "5 entries in 1 chains: all hold\n"


def test_the_health_page_hears_that_all_holds(home: Path) -> None:
    verify()
    assert (noted(home)["entries"], noted(home)["breaks"]) == (5, 0)
    assert sign() == "good: holds: 5 entries proved just now"


def test_the_health_page_is_red_after_a_break_and_the_anchor_stays(home: Path, owner: Any) -> None:
    verify()
    before = (home / "elsewhere.json").read_bytes()
    owner.execute("update access_auditentry set did = 'searched' where seq = 2")
    with pytest.raises(CommandError, match="1 breaks found"):
        verify()
    assert sign() == "broken: was changed: 1 breaks found just now"
    assert (home / "elsewhere.json").read_bytes() == before


def test_entries_cut_off_at_the_end_turn_it_red(home: Path, owner: Any) -> None:
    verify()
    owner.execute("delete from access_auditentry where seq > 3")
    with pytest.raises(CommandError, match="1 breaks found"):
        verify()
    assert sign().startswith("broken")


def test_an_anchor_that_cannot_be_used_turns_it_red(home: Path) -> None:
    (home / "elsewhere.json").write_text("{}")
    with pytest.raises(CommandError, match="the anchor cannot be used"):
        verify()
    assert sign().startswith("broken")


def test_an_anchor_that_cannot_be_written_is_a_fault_though_all_holds(
    home: Path, settings: Any
) -> None:
    settings.AUDIT_ANCHOR = home / "no such folder" / "anchor.json"
    with pytest.raises(CommandError, match="all holds, but the anchor cannot be written"):
        verify()
    assert noted(home)["breaks"] == 0
