"""What would make serving unsafe stops it from starting, with a sentence and a way out."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from openhiu.errors import ConfigurationFault
from openhiu.web.config import home as homes
from openhiu.web.config import unsafe
from openhiu.web.config.database import Server, roles
from openhiu.web.config.database.cluster import SUPERUSER


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "secret-key").write_text(secrets.token_urlsafe(64))
    (tmp_path / "secret-key").chmod(0o600)
    return tmp_path


AWAY = {"OPENHIU_HOSTS": "hiu.example.nhs.uk,localhost"}
PROVED = "postgresql://a@db.example/openhiu?sslmode=verify-full&sslrootcert=/ca.pem"


@pytest.mark.parametrize(
    "environment",
    [
        {},
        {**AWAY, "OPENHIU_TLS": "1"},
        {**AWAY, "OPENHIU_TLS": "1", "OPENHIU_TRUSTED_ORIGINS": "https://hiu.example.nhs.uk"},
        {"OPENHIU_DATABASE_OWNER_URL": PROVED},
        {"OPENHIU_MAIL_HOST": "send.nhs.net", "OPENHIU_MAIL_FROM": "a@nhs.net"},
        {"OPENHIU_BACKUP_DIR": "/mnt/backup"},
    ],
)
def test_settings_that_are_well_are_left_alone(home: Path, environment: dict[str, str]) -> None:
    assert [one.words for one in unsafe.looked(home, environment) if one.is_wrong] == []
    unsafe.refuse_settings(home, environment)


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        (AWAY, "without TLS"),
        ({"OPENHIU_HOSTS": "*", "OPENHIU_TLS": "1"}, "under any name"),
        ({"OPENHIU_HOSTS": ".example.nhs.uk", "OPENHIU_TLS": "1"}, "under any name"),
        ({"OPENHIU_HOSTS": " ", "OPENHIU_TLS": "1"}, "under any name"),
        ({"OPENHIU_TLS": "1", "OPENHIU_TRUSTED_ORIGINS": "http://hiu.example"}, "without TLS"),
        ({"OPENHIU_TRUSTED_ORIGINS": "https://*.example"}, "open or without TLS"),
        ({"DEBUG": "1"}, "DEBUG is set"),
        ({"DJANGO_DEBUG": "true"}, "DJANGO_DEBUG is set"),
        ({"DATABASE_URL": "postgresql://a@db.example/openhiu"}, "without proof"),
        ({"DATABASE_URL": "postgresql://a@db.example/openhiu?sslmode=require"}, "without proof"),
        ({"OPENHIU_DATABASE_BACKUP_URL": "postgresql://a@10.0.0.1/openhiu"}, "without proof"),
        (
            {"DATABASE_URL": PROVED, "OPENHIU_DATABASE_OWNER_URL": PROVED},
            "name the same role",
        ),
        (
            {"OPENHIU_MAIL_HOST": "mail.example", "OPENHIU_MAIL_TLS": "none",
             "OPENHIU_MAIL_FROM": "a@nhs.net"},
            "in the open",
        ),
        ({"OPENHIU_BACKUP_DIR": "HOME/backups"}, "one accident"),
    ],
)  # fmt: skip
def test_unsafe_settings_are_refused(
    home: Path, environment: dict[str, str], sentence: str
) -> None:
    told = {name: value.replace("HOME", str(home)) for name, value in environment.items()}
    with pytest.raises(ConfigurationFault, match=sentence) as refusal:
        unsafe.refuse_settings(home, told)
    assert refusal.value.remedy


@pytest.mark.parametrize(
    ("key", "sentence"),
    [
        ("short", "too short"),
        ("a" * 60, "could be guessed"),
        ("django-insecure-uORgfSLwOMdkpepFH8PBWzwmxlSWCN9nqORglXqBK5US0z", "could be guessed"),
    ],
)
def test_a_weak_secret_key_is_refused(home: Path, key: str, sentence: str) -> None:
    (home / "secret-key").write_text(key)
    with pytest.raises(ConfigurationFault, match=sentence):
        unsafe.refuse_settings(home, {})


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660])
@pytest.mark.parametrize("name", ["secret-key", "field-keys", "database/openhiu_app.password"])
def test_keys_that_others_can_read_are_refused(home: Path, name: str, mode: int) -> None:
    (home / "database").mkdir()
    file = home / name
    file.write_text(secrets.token_urlsafe(64))
    file.chmod(mode)
    with pytest.raises(ConfigurationFault, match=f"{file.name} can be read by other accounts"):
        unsafe.refuse_settings(home, {})


def test_a_key_among_the_backups_is_refused(home: Path, tmp_path: Path) -> None:
    told = {"OPENHIU_BACKUP_DIR": str(tmp_path / "b"), "OPENHIU_KEYS_FILE": str(tmp_path / "b/k")}
    with pytest.raises(ConfigurationFault, match="among the backups"):
        unsafe.refuse_settings(home, told)


def test_made_up_and_real_people_do_not_meet(home: Path, monkeypatch: Any) -> None:
    monkeypatch.delenv("DATABASE_URL")
    (home / homes.STAMP).touch()
    with pytest.raises(ConfigurationFault, match="demonstration"):
        unsafe.refuse_settings(home, {"OPENHIU_DEMO": "0"})
    (home / homes.STAMP).unlink()
    (home / "database").mkdir()
    with pytest.raises(ConfigurationFault, match="not a finished demonstration"):
        unsafe.refuse_settings(home, {"OPENHIU_DEMO": "1"})


@pytest.mark.parametrize(
    ("role", "well"), [(roles.APPLICATION, True), (roles.OWNER, False), (SUPERUSER, False)]
)
def test_a_role_with_powers_does_not_serve_pages(
    home: Path, database_server: Server, role: str, well: bool
) -> None:
    found = {one.name: one for one in unsafe.looked(
        home, {"DATABASE_URL": database_server.url(role)}
    )}  # fmt: skip
    assert found["powers"].is_wrong is not well


@pytest.fixture
def powerful(database_server: Server) -> Iterator[str]:
    from support.web_database import superuser

    with superuser(database_server, roles.DATABASE) as connection:
        connection.execute("create role sees_all login bypassrls password 'x'")
        connection.execute("grant connect on database openhiu to sees_all")
        yield f"postgresql://sees_all:x@/openhiu?host={database_server.socket}"
        connection.execute("drop owned by sees_all")
        connection.execute("drop role sees_all")


def test_a_role_that_passes_row_security_is_refused(home: Path, powerful: str) -> None:
    with pytest.raises(ConfigurationFault, match="passes row security"):
        unsafe.refuse(home, {"DATABASE_URL": powerful})


def test_hiu_check_says_each_thing(home: Path, capsys: Any, monkeypatch: Any) -> None:
    from openhiu.cli import main

    monkeypatch.delenv("DATABASE_URL")
    monkeypatch.delenv("OPENHIU_HOME")
    assert main(["check", "--home", str(home)]) == 0
    assert capsys.readouterr().out.count("ok") == len(unsafe.SETTINGS)
    monkeypatch.setenv("DEBUG", "1")
    assert main(["check", "--home", str(home)]) == 4
    assert "NO  DEBUG is set" in capsys.readouterr().out


def test_djangos_own_check_for_deployment_finds_nothing(monkeypatch: Any, settings: Any) -> None:
    """With TLS, as anywhere but on a laptop; settings are read anew in a process of its own."""
    import os
    import subprocess
    import sys

    done = subprocess.run(
        [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "WARNING"],
        env={**os.environ, "OPENHIU_TLS": "1", **AWAY, "OPENHIU_HOME": str(settings.HOME)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout
