"""Tests that need one server stay together when the tests are shared out over processes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

CONFTEST = """
import pytest
@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    for item in items:
        item.add_marker(pytest.mark.xdist_group("one"))
"""
TESTS = """
import os, pathlib, time, pytest
@pytest.mark.parametrize("number", range(6))
def test_it(number):
    time.sleep(0.05)
    pathlib.Path(os.environ["SEEN"], f"{os.getpid()}-{number}").touch()
"""


def test_a_group_runs_on_one_process(tmp_path: Path) -> None:
    (tmp_path / "conftest.py").write_text(CONFTEST)
    (tmp_path / "test_it.py").write_text(TESTS)
    seen = tmp_path / "seen"
    seen.mkdir()
    command = [sys.executable, "-m", "pytest", "-q", "-n", "2", "--dist", "loadgroup", "."]
    subprocess.run(
        [*command, "-p", "no:cacheprovider"],
        cwd=tmp_path,
        env={**os.environ, "SEEN": str(seen)},
        check=True,
        capture_output=True,
    )
    assert len(list(seen.iterdir())) == 6
    assert len({path.name.split("-")[0] for path in seen.iterdir()}) == 1
