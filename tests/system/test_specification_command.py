"""From a store to a contract, to the list made by it, and back: does the list belong to it?"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from openhiu.extract import open_activity
from support.every_document import KINDS

PLACE = """
name = "Madeup Vale"
[[sites]]
code = "ZT101"
name = "Vale General"
[[sites]]
code = "ZT102"
name = "South Vale Infirmary"
[service]
commissioner_lead = "Head of urgent care"
criteria_file = "ours.toml"
"""
OURS = """
name = "vale-2026"
title = "The 30 with most attendances in 2 months, 16 and over"
window_months = 2
[people]
youngest = 16
[[rules]]
kind = "top"
n = 30
"""


def hiu(*words: str, here: Path) -> tuple[int, dict[str, Any]]:
    done = subprocess.run(
        [sys.executable, "-m", "openhiu.cli", *words, "--json"],
        cwd=here, capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert done.stdout, done.stderr
    return done.returncode, json.loads(done.stdout)


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store, a place with criteria of its own, and its specification."""
    folder = tmp_path_factory.mktemp("contract")
    hiu("synthetic", "--out", "trust", "--people", "1500", "--sites", "2", here=folder)
    files = sorted(path.relative_to(folder).as_posix() for path in folder.glob("trust/attend*.csv"))
    hiu("extract", *files, "--store", "store", here=folder)
    assert open_activity(folder / "store").files
    (folder / "store" / "locality.toml").write_text(PLACE, "utf-8")
    (folder / "store" / "ours.toml").write_text(OURS, "utf-8")
    code, made = hiu("report", "service-specification", "--store", "store", "--as-of", "2026-04-01",
                     "--out", "contract", here=folder)  # fmt: skip
    assert code == 1, made  # something is still to be said
    return folder


def checked(here: Path, listed: str) -> tuple[int, dict[str, Any]]:
    return hiu("report", "service-specification", "--check", listed, "--contract", "contract",
               here=here)  # fmt: skip


def made_list(here: Path, out: str, *more: str) -> Path:
    hiu("identify", "--store", "store", "--as-of", "2026-04-01", "--out", out, *more, here=here)
    return here / out


def test_the_list_of_the_place_is_that_of_its_contract(here: Path) -> None:
    manifest = json.loads((made_list(here, "list") / "manifest.json").read_text("utf-8"))
    told = json.loads((here / "contract" / "service-specification.json").read_text("utf-8"))
    assert manifest["criteria"] == told["criteria"]
    assert manifest["criteria_sha256"] == told["criteria_sha256"]
    assert manifest["criteria_in_words"] == told["criteria_in_words"]
    code, found = checked(here, "list")
    assert (code, found["same"]) == (0, True)


@pytest.mark.parametrize("file", ["criteria.toml", "criteria.json"])
def test_so_is_one_made_with_the_file_beside_the_contract(here: Path, file: str) -> None:
    out = f"by-{file.replace('.', '-')}"
    listed = made_list(here, out, "--criteria", f"contract/{file}")
    assert checked(here, out)[0] == 0
    assert (listed / "list.csv").read_bytes() == (
        made_list(here, "list-again") / "list.csv"
    ).read_bytes()


def test_another_list_is_not_and_the_check_says_why(here: Path) -> None:
    made_list(here, "another", "--preset", "nhse-2026")
    code, found = checked(here, "another")
    assert (code, found["same"]) == (1, False)
    assert "Not the same: the rules." in found["lines"]
    assert "Not the same: the youngest age." in found["lines"]


def test_its_documents_are_among_those_that_are_opened() -> None:
    assert "service-specification" in KINDS
