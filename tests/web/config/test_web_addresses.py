"""Where the database is and who signs in to it: what may be said, and what is refused."""

from __future__ import annotations

import stat
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from openhiu.errors import ConfigurationFault
from openhiu.web.config import demonstrate, home, serve, unsafe
from openhiu.web.config.address import POOL, databases, role_of


def test_an_address_becomes_settings_and_the_rest_goes_to_the_client_library() -> None:
    address = "postgresql://app:p%40ss@db.example:5433/hiu?sslmode=verify-full&sslrootcert=/ca.pem"
    one = databases({"DATABASE_URL": address})["default"]
    assert (one["HOST"], one["PORT"], one["NAME"]) == ("db.example", "5433", "hiu")
    assert (one["USER"], one["PASSWORD"]) == ("app", "p@ss")
    assert one["OPTIONS"]["sslmode"] == "verify-full"
    assert one["OPTIONS"]["sslrootcert"] == "/ca.pem"


def test_a_socket_folder_is_an_address_too() -> None:
    one = databases({"DATABASE_URL": "postgresql://app:x@/hiu?host=%2Fvar%2Frun"})["default"]
    assert (one["HOST"], one["NAME"]) == ("/var/run", "hiu")


def test_every_request_is_one_transaction_on_a_pooled_and_checked_connection() -> None:
    one = databases({"DATABASE_URL": "postgresql://app@/hiu"})["default"]
    assert one["ATOMIC_REQUESTS"] is True
    assert one["CONN_HEALTH_CHECKS"] is True
    assert one["OPTIONS"]["pool"]["max_size"] == POOL == 8


def test_commands_can_do_without_a_pool() -> None:
    one = databases({"DATABASE_URL": "postgresql://app@/hiu", "OPENHIU_POOL": "0"})["default"]
    assert "pool" not in one["OPTIONS"]


def test_what_is_not_an_address_is_refused_without_repeating_it() -> None:
    with pytest.raises(ConfigurationFault) as refusal:
        databases({"DATABASE_URL": "hunter2 is my password"})
    assert "hunter2" not in refusal.value.sentence + refusal.value.remedy


def test_the_role_of_an_address_is_known() -> None:
    assert role_of("postgresql://openhiu_app:x@h/db") == "openhiu_app"


def test_pages_are_not_served_by_the_owner_of_the_tables() -> None:
    with pytest.raises(ConfigurationFault, match="same role"):
        home.named_addresses(
            {
                "DATABASE_URL": "postgresql://boss@h/db",
                "OPENHIU_DATABASE_OWNER_URL": "postgresql://boss@h/db",
            }
        )


def test_without_a_named_server_the_embedded_one_is_meant() -> None:
    assert home.named_addresses({}) is None


class TestTheHomeFolder:
    @pytest.fixture(autouse=True)
    def own_key(self, monkeypatch: Any) -> None:
        monkeypatch.delenv("OPENHIU_SECRET_KEY_FILE", raising=False)

    def test_it_is_closed_and_gets_a_long_secret_key_once(self, tmp_path: Path) -> None:
        home.make(tmp_path / "home")
        key = tmp_path / "home" / "secret-key"
        first = key.read_text("utf-8")
        assert len(first) >= 64
        assert stat.S_IMODE(key.stat().st_mode) == 0o600
        assert stat.S_IMODE(key.parent.stat().st_mode) & 0o066 == 0
        home.make(tmp_path / "home")
        assert key.read_text("utf-8") == first

    @pytest.mark.parametrize("short", ["", "secret", "x" * 49])
    def test_a_short_key_stops_the_start(self, tmp_path: Path, short: str) -> None:
        (tmp_path / "secret-key").write_text(short)
        with pytest.raises(ConfigurationFault, match="too short") as refusal:
            home.make(tmp_path)
        assert "delete the file" in refusal.value.remedy

    def test_a_key_may_lie_elsewhere(self, tmp_path: Path, monkeypatch: Any) -> None:
        monkeypatch.setenv("OPENHIU_SECRET_KEY_FILE", str(tmp_path / "mounted"))
        home.make(tmp_path / "home")
        assert (tmp_path / "mounted").exists()
        assert not (tmp_path / "home" / "secret-key").exists()

    def test_a_demonstration_never_goes_into_a_server_that_is_named(
        self, tmp_path: Path, monkeypatch: Any
    ) -> None:
        monkeypatch.setenv("DATABASE_URL", "postgresql://app@real.example/hiu")
        with pytest.raises(ConfigurationFault, match="never goes into one that is named"):
            demonstrate.build(tmp_path, tmp_path, tmp_path, date(2026, 7, 1), print)
        with pytest.raises(ConfigurationFault, match="never goes into one that is named"):
            serve.serve(tmp_path, 0, demo=True)

    def test_the_pages_of_a_demonstration_are_told_of_the_server_it_started(
        self, tmp_path: Path
    ) -> None:
        (tmp_path / home.STAMP).write_text("2026-07-01")
        home.make(tmp_path)
        addresses = home.Addresses("postgresql:///openhiu?host=/tmp&user=app", "")
        environment = serve.environment_of(tmp_path, addresses, demo=True)
        unsafe.refuse_settings(tmp_path, environment)
