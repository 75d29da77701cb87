"""A report can be made again from its folder, to the byte; whatever was changed is found."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from openhiu.errors import InputNotUsable
from openhiu.report.again import make_again
from openhiu.report.board import Board, make
from openhiu.report.files import contents, write
from support.board_reports import AS_OF, PLACE, evaluation, report


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report that stands beside one before it."""
    first = contents(report())
    board = report(evaluation(48), previous=first)
    out = tmp_path_factory.mktemp("reports") / "board"
    write(out, board)
    return out


def copy(folder: Path, to: Path) -> Path:
    for path in folder.rglob("*"):
        if path.is_file():
            there = to / path.relative_to(folder)
            there.parent.mkdir(parents=True, exist_ok=True)
            there.write_bytes(path.read_bytes())
    return to


def test_it_is_the_same_to_the_byte(folder: Path) -> None:
    again = make_again(folder)
    assert again.different == ()
    assert again.same
    assert set(again.contents) == {
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()
    }


def test_a_report_without_facts_and_without_one_before_is_made_again_too(tmp_path: Path) -> None:
    board: Board = make(evaluation(), None, PLACE, as_of=AS_OF)
    write(tmp_path / "board", board)
    assert make_again(tmp_path / "board").same


def test_every_file_stands_in_the_manifest_with_its_hash(folder: Path) -> None:
    manifest = json.loads((folder / "manifest.json").read_bytes())
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert set(manifest["sha256"]) | {"manifest.json"} == there
    assert manifest["plan"] == evaluation()["plan"]["hash"]
    assert "inputs" in manifest["not_to_hand_on"]


def test_a_changed_page_is_named(folder: Path, tmp_path: Path) -> None:
    changed = copy(folder, tmp_path / "board")
    (changed / "board.html").write_bytes(b"<p>48% fewer</p>")
    (changed / "board.pdf").unlink()
    (changed / "more.txt").write_text("x", "utf-8")
    assert make_again(changed).different == ("board.html", "board.pdf", "more.txt")


def _other(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b" ")


@pytest.mark.parametrize("change", [_other, Path.unlink])
@pytest.mark.parametrize(
    "name", ["evaluation.json", "service_facts.json", "place.json", "last_board.json"]
)
def test_a_changed_input_stops_it(
    folder: Path, tmp_path: Path, name: str, change: Callable[[Path], None]
) -> None:
    changed = copy(folder, tmp_path / "board")
    change(changed / "inputs" / name)
    with pytest.raises(InputNotUsable, match=name):
        make_again(changed)


def test_a_manifest_cannot_reach_out_of_its_folder(folder: Path, tmp_path: Path) -> None:
    changed = copy(folder, tmp_path / "board")
    (tmp_path / "secret").write_text("x", "utf-8")
    manifest = json.loads((changed / "manifest.json").read_bytes())
    manifest["sha256"]["inputs/../../secret"] = "0" * 64
    (changed / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    with pytest.raises(InputNotUsable, match="is missing"):
        make_again(changed)


def test_a_folder_that_is_no_report_is_turned_away(tmp_path: Path) -> None:
    with pytest.raises(InputNotUsable, match=r"manifest\.json"):
        make_again(tmp_path)
    (tmp_path / "manifest.json").write_text('{"what": "evaluation"}', "utf-8")
    with pytest.raises(InputNotUsable, match="not of a board report"):
        make_again(tmp_path)
