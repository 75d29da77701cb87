"""A backup somebody else put together is not brought back; what is missing is said loudly."""

from __future__ import annotations

import io
import json
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import psycopg
import pytest

from openhiu.cli import main
from openhiu.errors import InputNotUsable, RefusedByPolicy
from openhiu.web.assurance.notebook import Notebook, signature
from openhiu.web.config import home as homes
from openhiu.web.config import serve
from openhiu.web.config.backup import (
    bringing_back,
    command,
    making,
    measuring,
    proof,
    restoring,
    sealing,
    shipping,
    trusting,
)
from openhiu.web.config.backup.shelf import Shelf

OURS, OTHER = "k" * 60, "f" * 60
QUIET: Any = lambda _words: None  # noqa: E731  (nobody listens)


@dataclass
class Place:
    """A shelf, the key that opens what is on it, and the installation's secret key beside it."""

    folder: Path
    shelf: Shelf
    by: list[sealing.Identity]

    @property
    def to(self) -> list[sealing.Recipient]:
        return [one.to_public() for one in self.by]

    def backup(self, key: str, removed: int = 0, **inside: Any) -> None:
        """A backup as whoever has this secret key would make it."""
        now = datetime(2026, 11, 11, 3, tzinfo=UTC)
        shutil.rmtree(self.shelf.folder, ignore_errors=True)
        with self.shelf.new(now) as folder:
            text = json.dumps({"files": {}, "small_files": {}, **inside}).encode()
            sealed = sealing.seal(io.BytesIO(text), folder / making.MANIFEST, self.to)
            said = {
                "made_at": now.isoformat(), "openhiu": version("openhiu"), "removed": removed,
                "files": {sealed.name: {"size": sealed.size, "sha256": sealed.sha256}},
            }  # fmt: skip
            said["signature"] = signature(said, key.encode())
            (folder / making.ABOUT).write_text(json.dumps(said))

    def list_of(self, lines: str) -> None:
        """What lies on the shelf as the list of removals."""
        self.shelf.folder.mkdir(exist_ok=True)
        target = self.shelf.folder / f"{shipping.REMOVED}.age"
        sealing.seal(io.BytesIO(lines.encode()), target, self.to)

    def take(self, key: bytes | None = OURS.encode(), given: Path | None = None) -> list[str]:
        """What is said while the list is brought into a new home."""
        home = self.folder / "back"
        home.mkdir()
        return trusting.take_removed(home, self.shelf, self.by, key, given)

    @property
    def taken(self) -> str:
        return (self.folder / "back" / shipping.REMOVED).read_text("utf-8")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    monkeypatch.delenv("OPENHIU_SECRET_KEY_FILE", raising=False)
    (tmp_path / "secret-key").write_text(OURS)
    return Place(tmp_path, Shelf(tmp_path / "shelf"), [sealing.Identity.generate()])


def test_what_another_key_signed_is_not_even_opened(place: Place) -> None:
    place.backup(OTHER)
    wish = restoring.Wish(by=[])
    with pytest.raises(InputNotUsable, match="not made by the installation"):
        restoring.opened(place.shelf, wish, OURS.encode())


def test_what_our_key_signed_is_opened(place: Place) -> None:
    place.backup(OURS, heads={})
    found = restoring.opened(place.shelf, restoring.Wish(by=place.by), OURS.encode())
    assert found[1]["heads"] == {}


class Empty:
    """A server's database that holds nothing."""

    def __enter__(self) -> Empty:
        return self

    def __exit__(self, *_fault: object) -> None: ...


@pytest.fixture
def _empty_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(psycopg, "connect", lambda _address: Empty())
    monkeypatch.setattr(measuring, "names", lambda _connection: [])


def into_server(place: Place, home: Path, **more: Any) -> None:
    addresses = homes.Addresses("a", "o")
    wish = restoring.Wish(by=place.by, **more)
    restoring.restore_into_server(home, addresses, place.shelf, wish, QUIET)


@pytest.mark.usefixtures("_empty_server")
def test_a_server_takes_nothing_that_somebody_else_signed(place: Place) -> None:
    place.backup(OTHER)
    with pytest.raises(InputNotUsable, match="not made by the installation"):
        into_server(place, place.folder / "back", kept={"secret-key": place.folder / "secret-key"})
    with pytest.raises(InputNotUsable, match="not made by the installation"):
        into_server(place, place.folder)  # the home lives on, with its key


@pytest.mark.usefixtures("_empty_server")
def test_a_server_demands_the_secret_key_unless_it_is_said_aloud(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Reached(Exception): ...

    def reached(*_told: object) -> None:
        raise Reached

    place.backup(OTHER, made_anew=[])
    monkeypatch.setattr(bringing_back, "dump", reached)
    with pytest.raises(RefusedByPolicy, match="who made this backup"):
        into_server(place, place.folder / "back")
    assert not (place.folder / "back").exists()
    with pytest.raises(Reached):
        into_server(place, place.folder / "back", unsigned=True)
    place.backup(OURS, made_anew=[])
    with pytest.raises(Reached):
        into_server(place, place.folder / "new", kept={"secret-key": place.folder / "secret-key"})
    assert (place.folder / "new" / "secret-key").read_text() == OURS


def test_a_home_folder_demands_the_secret_key_unless_it_is_said_aloud(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a forged backup holds would be unpacked and started: it is not even opened."""

    class Reached(Exception): ...

    def reached(*_told: object) -> None:
        raise Reached

    def into_home(**more: Any) -> None:
        wish = restoring.Wish(by=place.by, **more)
        restoring.restore(place.folder / "back", place.shelf, wish, QUIET)

    place.backup(OTHER)
    monkeypatch.setattr(restoring, "_half", reached)
    with pytest.raises(RefusedByPolicy, match="who made this backup"):
        into_home()
    with pytest.raises(RefusedByPolicy, match="who made this backup"):
        into_home(kept={"secret-key": place.folder / "not-there"})
    with pytest.raises(InputNotUsable, match="not made by the installation"):
        into_home(kept={"secret-key": place.folder / "secret-key"}, unsigned=True)
    with pytest.raises(Reached):
        into_home(unsigned=True)
    place.backup(OURS)
    with pytest.raises(Reached):
        into_home(kept={"secret-key": place.folder / "secret-key"})


def test_of_the_small_files_only_those_known_are_taken() -> None:
    inside = {"small_files": {"../../x": "a", "secret-key": "b", "locality.toml": "c"}}
    assert trusting.small_files(inside) == {"locality.toml": "c"}


def test_a_list_that_is_missing_is_said(place: Place) -> None:
    place.backup(OURS)
    assert place.take() == [trusting.NO_LIST]


def test_a_whole_list_is_taken_and_nothing_said(place: Place) -> None:
    place.backup(OURS, removed=2)
    place.list_of("one\ntwo\nthree\n")
    assert place.take() == []
    assert place.taken == "one\ntwo\nthree\n"


def test_a_list_with_fewer_lines_than_a_backup_knows_of_is_said(place: Place) -> None:
    place.backup(OURS, removed=2)
    place.list_of("one\n")
    assert place.take() == [trusting.SHORT_LIST]


def test_only_signed_backups_say_how_long_the_list_was(place: Place) -> None:
    place.backup(OTHER, removed=200)
    place.list_of("one\n")
    assert place.take() == []


@pytest.mark.parametrize(
    ("given", "taken"), [("one\n", "one\ntwo\n"), ("one\ntwo\n3\n",) * 2, ("else\n",) * 2]
)
def test_of_two_lists_the_longer_is_taken_if_it_is_the_same(
    place: Place, given: str, taken: str
) -> None:
    place.list_of("one\ntwo\n")
    (place.folder / "mine").write_text(given)
    place.take(given=place.folder / "mine")
    assert place.taken == taken


def test_a_list_that_was_set_aside_is_named(place: Place) -> None:
    place.list_of("one\n")
    (place.shelf.folder / "removed.jsonl-20261111T030000.age").touch()
    (said,) = place.take()
    assert "removed.jsonl-20261111T030000.age" in said


def test_who_came_back_and_a_list_that_was_changed_are_warnings_and_no_proof(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ran(what: str, *_told: object) -> dict[str, list[str]]:
        forgot = {"proved": list[str](), "faults": ["Line 2 was changed."]}
        return forgot if what == "forget" else {"proved": ["signing in works"], "faults": []}

    monkeypatch.setattr(serve, "prepare", lambda *_told: [])
    monkeypatch.setattr(proof, "_run", ran)
    waits = [{"reference": "K-1", "why": "It is held."}]
    Notebook(place.folder).write("removals", {"waiting": waits})
    proved, warnings = proof.of(place.folder, homes.Addresses("a", "o"), {}, demo=False)
    assert proved == ["signing in works"]
    assert warnings[0] == "Line 2 was changed."
    assert warnings[1].endswith("K-1: It is held.")


def test_a_restore_with_something_to_look_at_ends_with_exit_code_1(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = {"warnings": list[str]()}
    monkeypatch.setattr(command, "restore", lambda **_options: told)
    words = ["restore", "--identity", str(place.folder), "--json"]
    assert main(words) == 0
    told["warnings"] = [trusting.NO_LIST]
    assert main(words) == 1


def test_what_a_killed_restore_left_goes_first_and_one_that_goes_on_stays(place: Place) -> None:
    left, other = place.folder / ".half-back-0a1b2c", place.folder / ".half-other-0a1b2c"
    for folder in (left, other):
        folder.mkdir()
        (folder / ".dump").write_text("everything, to be read")
    home = place.folder / "back"
    with restoring._half(home) as first:
        assert not left.exists() and other.exists()
        (first / "mine").touch()
        with pytest.raises(OSError), restoring._half(home) as second:
            assert first.exists(), "it goes on"
            assert second.stat().st_mode & 0o077 == 0
            raise OSError
    assert (home / "mine").exists()
