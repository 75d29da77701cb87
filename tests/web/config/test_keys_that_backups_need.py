"""A key goes only when no backup on the shelf needs it any more, or somebody says although."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from openhiu.errors import RefusedByPolicy
from openhiu.web.assurance.notebook import Notebook
from openhiu.web.config import field_keys
from openhiu.web.config.backup.shelf import Shelf

MADE = datetime(2026, 11, 10, 3, tzinfo=UTC)
HOUR = timedelta(hours=1)


class Reached(Exception):
    """The file of keys would be worked on now."""


def _reached(_home: Path) -> None:
    raise Reached


@pytest.fixture(autouse=True)
def _one_backup(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENHIU_BACKUP_DIR", str(tmp_path / "shelf"))
    with Shelf(tmp_path / "shelf").new(MADE) as folder:
        (folder / "about.json").write_text(f'{{"made_at": "{MADE.isoformat()}", "files": {{}}}}')


@pytest.mark.parametrize("ended", [None, MADE + HOUR])
def test_a_backup_from_before_everything_was_sealed_anew_keeps_the_key(
    tmp_path: Path, ended: datetime | None
) -> None:
    if ended:
        Notebook(tmp_path).write(field_keys.ROTATED, {"ended_at": ended})
    with pytest.raises(RefusedByPolicy, match="1 backups"):
        field_keys.retire(tmp_path, "0f3a9c21")


def test_without_a_named_shelf_nobody_can_tell_and_the_key_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Notebook(tmp_path).write(field_keys.ROTATED, {"ended_at": MADE + HOUR})
    monkeypatch.setattr(field_keys, "_as_owner", _reached)
    for named in (None, ""):
        if named is None:
            monkeypatch.delenv("OPENHIU_BACKUP_DIR")
        else:
            monkeypatch.setenv("OPENHIU_BACKUP_DIR", named)
        with pytest.raises(RefusedByPolicy, match="nobody named where backups are"):
            field_keys.retire(tmp_path, "0f3a9c21")
        with pytest.raises(Reached):
            field_keys.retire(tmp_path, "0f3a9c21", although=True)


@pytest.mark.parametrize(("ended", "although"), [(MADE - HOUR, False), (MADE + HOUR, True)])
def test_otherwise_it_goes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ended: datetime, although: bool
) -> None:
    Notebook(tmp_path).write(field_keys.ROTATED, {"ended_at": ended})
    monkeypatch.setattr(field_keys, "_as_owner", _reached)
    with pytest.raises(Reached):
        field_keys.retire(tmp_path, "0f3a9c21", although=although)
