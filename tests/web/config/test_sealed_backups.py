"""A backup opens for the right key and comes back whole; anything else is noticed and said."""

from __future__ import annotations

import gzip
import io
import os
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from openhiu.errors import ConfigurationFault, InputNotUsable
from openhiu.web.config.backup import bringing_back, sealing, shipping
from openhiu.web.config.backup.shelf import Shelf
from openhiu.web.config.database import archive
from openhiu.web.config.database.places import Places

CANARY = b"Robin Canary, 9990000018"
TEXT = CANARY * 20_000  # several of age's chunks of 64 KB


class Pair:
    """A key and its public half."""

    def __init__(self) -> None:
        self.secret = sealing.Identity.generate()
        self.public = [self.secret.to_public()]


@pytest.fixture
def pair() -> Pair:
    return Pair()


def opened(file: Path, pair: Pair) -> bytes:
    out = io.BytesIO()
    sealing.unseal(file, [pair.secret], out)
    return out.getvalue()


def test_what_was_sealed_opens_for_its_key_and_shows_nothing_before(
    tmp_path: Path, pair: Pair
) -> None:
    sealed = sealing.seal(io.BytesIO(TEXT), tmp_path / "a.age", pair.public)
    held = (tmp_path / "a.age").read_bytes()
    assert b"Canary" not in held
    assert (len(held), sealing.sha256(tmp_path / "a.age")) == (sealed.size, sealed.sha256)
    assert stat.S_IMODE((tmp_path / "a.age").stat().st_mode) == 0o600
    assert opened(tmp_path / "a.age", pair) == TEXT


def test_another_key_does_not_open_it(tmp_path: Path, pair: Pair) -> None:
    sealing.seal(io.BytesIO(TEXT), tmp_path / "a.age", pair.public)
    with pytest.raises(InputNotUsable, match="another key"):
        opened(tmp_path / "a.age", Pair())


@pytest.mark.parametrize("left", [20, 300, 65_536, 65_800, 200_000, -1])
def test_a_file_that_was_cut_short_is_noticed(tmp_path: Path, pair: Pair, left: int) -> None:
    file = tmp_path / "a.age"
    sealing.seal(io.BytesIO(TEXT), file, pair.public)
    file.write_bytes(file.read_bytes()[:left])
    with pytest.raises(InputNotUsable, match="cut short"):
        opened(file, pair)


@pytest.mark.parametrize("at", [250, 70_000, -1])
def test_one_changed_bit_is_noticed(tmp_path: Path, pair: Pair, at: int) -> None:
    file = tmp_path / "a.age"
    sealing.seal(io.BytesIO(TEXT), file, pair.public)
    held = bytearray(file.read_bytes())
    held[at] ^= 1
    file.write_bytes(held)
    with pytest.raises(InputNotUsable, match="changed"):
        opened(file, pair)


def test_a_source_that_breaks_leaves_no_file(tmp_path: Path, pair: Pair) -> None:
    class Broken(io.RawIOBase):
        def read(self, size: int = -1) -> bytes:
            raise OSError(5, "Input/output error")

    with pytest.raises(OSError, match="could not be written"):
        sealing.seal(Broken(), tmp_path / "a.age", pair.public)
    assert list(tmp_path.iterdir()) == []


def test_a_key_is_made_for_its_owner_alone_and_never_over_another(tmp_path: Path) -> None:
    public = sealing.new_identity(tmp_path / "key")
    assert public.startswith("age1")
    assert stat.S_IMODE((tmp_path / "key").stat().st_mode) == 0o600
    (found,) = sealing.identities(tmp_path / "key")
    assert str(found.to_public()) == public
    with pytest.raises(ConfigurationFault, match="already"):
        sealing.new_identity(tmp_path / "key")


@pytest.mark.parametrize("text", ["", "age1nonsense", "AGE-SECRET-KEY-1"])
def test_a_backup_for_nobody_is_refused(text: str) -> None:
    with pytest.raises(ConfigurationFault):
        sealing.recipients(text)


def made(shelf: Shelf, at: datetime, wal_from: str | None = None) -> None:
    with shelf.new(at) as folder:
        about = f'{{"made_at": "{at.isoformat()}", "files": {{}}, "wal_from": '
        (folder / "about.json").write_text(about + (f'"{wal_from}"}}' if wal_from else "null}"))


NOW = datetime(2026, 11, 11, 3, tzinfo=UTC)


def test_backups_are_kept_for_35_days(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    for days in range(40):
        made(shelf, NOW - timedelta(days=days))
    gone = shelf.tidy(NOW)
    assert len(gone) == 4, "those of 36, 37, 38 and 39 days; 35 days is not older than 35 days"
    assert len(shelf.backups()) == 36


def test_a_fortnight_without_backups_takes_none_of_the_newest_seven(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    for days in range(9):
        made(shelf, NOW - timedelta(days=40 + days))
    assert len(shelf.tidy(NOW)) == 2
    assert len(shelf.backups()) == 7


def test_after_49_days_only_the_newest_of_all_is_left(tmp_path: Path) -> None:
    """Who was removed from the records lives on in every backup from before."""
    shelf = Shelf(tmp_path)
    for days in range(9):
        made(shelf, NOW - timedelta(days=50 + days))
    assert len(shelf.tidy(NOW)) == 8
    assert [backup.made_at for backup in shelf.backups()] == [NOW - timedelta(days=50)]


def test_the_log_is_kept_from_the_oldest_backup_on(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    made(shelf, NOW, "000000010000000000000005")
    for number in (3, 4, 5, 6):
        (shelf.wal / f"00000001000000000000000{number}.gz.age").touch()
    (shelf.wal / "00000002.history.gz.age").touch()
    shelf.tidy(NOW)
    kept = sorted(piece.name.split(".")[0] for piece in shelf.wal.iterdir())
    assert kept == ["000000010000000000000005", "000000010000000000000006", "00000002"]


def test_what_a_killed_run_left_is_no_backup_and_goes_with_the_next(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    with shelf.held():
        left = tmp_path / ".half-2026-11-10T030000Z-aa"
        left.mkdir()
        (left / "about.json").write_text('{"made_at": "2026-11-10T03:00:00+00:00", "files": {}}')
    assert shelf.backups() == []
    with shelf.held():
        assert not left.exists()


def test_two_backups_at_once_are_refused(tmp_path: Path) -> None:
    again = Shelf(tmp_path).held()
    with Shelf(tmp_path).held(), pytest.raises(ConfigurationFault, match="another backup"), again:
        pass


def test_pieces_of_the_log_are_let_go_only_when_they_are_on_the_shelf(
    tmp_path: Path, pair: Pair
) -> None:
    waiting = archive.outgoing(Places(tmp_path / "home" / "database"))
    waiting.mkdir(parents=True)
    (waiting / "000000010000000000000001").write_bytes(TEXT)
    (waiting / ".000000010000000000000002").write_bytes(b"half")  # not whole yet
    blocked = Shelf(tmp_path / "blocked")
    blocked.folder.touch()  # a file stands where the folder should be
    shipping.ship_and_note(tmp_path / "home", blocked, pair.public)
    assert (waiting / "000000010000000000000001").exists()
    shelf = Shelf(tmp_path / "shelf")
    assert shipping.ship(tmp_path / "home", shelf, pair.public) == 1
    assert [path.name for path in waiting.iterdir()] == [".000000010000000000000002"]
    assert b"Canary" not in (shelf.wal / "000000010000000000000001.gz.age").read_bytes()


def test_a_file_of_a_backup_that_is_not_the_one_written_is_noticed(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    with shelf.new(NOW) as folder:
        (folder / "x.age").write_bytes(b"123")
        (folder / "about.json").write_text(
            '{"made_at": "2026-11-11T03:00:00+00:00", '
            f'"files": {{"x.age": {{"size": 3, "sha256": "{sealing.sha256(folder / "x.age")}"}}}}}}'
        )
    backup = shelf.find()
    assert backup.file("x.age").exists()
    os.truncate(backup.folder / "x.age", 2)
    with pytest.raises(InputNotUsable, match="cut short"):
        backup.file("x.age")


def test_what_was_removed_goes_along_whenever_the_list_has_grown(
    tmp_path: Path, pair: Pair
) -> None:
    home, shelf = tmp_path / "home", Shelf(tmp_path / "shelf")
    home.mkdir()
    shipping.ship_and_note(home, shelf, pair.public)
    sealed = shelf.folder / "removed.jsonl.age"
    assert opened(sealed, pair) == b"", "one that is not there was taken away by somebody"
    (home / shipping.REMOVED).write_bytes(b"one\n")
    shipping.ship_and_note(home, shelf, pair.public)
    # Appended while it was sealed: the sealed one is newer than what it lacks.
    (home / shipping.REMOVED).write_bytes(b"one\ntwo\n")
    os.utime(home / shipping.REMOVED, (1, 1))
    shipping.ship_and_note(home, shelf, pair.public)
    assert opened(sealed, pair) == b"one\ntwo\n"
    before = sealed.read_bytes()
    shipping.ship_and_note(home, shelf, pair.public)
    assert sealed.read_bytes() == before, "it is sealed only when it has changed"


def test_a_list_that_was_replaced_on_the_shelf_is_put_right(tmp_path: Path, pair: Pair) -> None:
    home, shelf = tmp_path / "home", Shelf(tmp_path / "shelf")
    home.mkdir()
    (home / shipping.REMOVED).write_bytes(b"one\n")
    shipping.ship_and_note(home, shelf, pair.public)
    sealed = shelf.folder / "removed.jsonl.age"
    sealing.seal(io.BytesIO(b""), sealed, pair.public)
    shipping.ship_and_note(home, shelf, pair.public)
    assert opened(sealed, pair) == b"one\n"


def test_a_fresh_home_never_writes_its_empty_list_over_a_full_one(
    tmp_path: Path, pair: Pair
) -> None:
    """The machine is lost; somebody starts another beside the same shelf before the restore."""
    home, shelf = tmp_path / "home", Shelf(tmp_path / "shelf")
    home.mkdir()
    shelf.folder.mkdir()
    full = b"x" * 1000
    sealing.seal(io.BytesIO(full), shelf.folder / "removed.jsonl.age", pair.public)
    shipping.ship_and_note(home, shelf, pair.public)
    (aside,) = shipping.set_aside(shelf)
    assert opened(aside, pair) == full
    assert opened(shelf.folder / "removed.jsonl.age", pair) == b""


def test_a_list_that_was_cut_at_home_does_not_replace_the_whole_one(
    tmp_path: Path, pair: Pair
) -> None:
    home, shelf = tmp_path / "home", Shelf(tmp_path / "shelf")
    home.mkdir()
    (home / shipping.REMOVED).write_bytes(b"x" * 1000)
    shipping.ship_and_note(home, shelf, pair.public)
    (home / shipping.REMOVED).write_bytes(b"")
    shipping.ship_and_note(home, shelf, pair.public)
    (aside,) = shipping.set_aside(shelf)
    assert opened(aside, pair) == b"x" * 1000


def test_pieces_of_the_log_that_are_opened_are_closed_to_others_at_once(
    tmp_path: Path, pair: Pair
) -> None:
    shelf, name = Shelf(tmp_path / "shelf"), "000000010000000000000005"
    made(shelf, NOW, name)
    sealing.seal(io.BytesIO(gzip.compress(TEXT)), shelf.wal / f"{name}.gz.age", pair.public)
    before = os.umask(0)
    try:
        bringing_back._open_log(shelf, shelf.find(), [pair.secret], tmp_path / "log")
    finally:
        os.umask(before)
    assert (tmp_path / "log" / name).read_bytes() == TEXT
    assert stat.S_IMODE((tmp_path / "log" / name).stat().st_mode) == 0o600
