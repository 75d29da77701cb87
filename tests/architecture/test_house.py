"""The house rules that a reader relies on: every room has a sign, no room is a junk drawer."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import pytest

from openhiu.extract.store.shape import Shape
from openhiu.tables.activity import ATTENDANCES

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "openhiu"
# Migrations are written by Django from the models.
MODULES = sorted(p for p in SOURCE.rglob("*.py") if not p.match("migrations/0*.py"))
JUNK = {"core", "common", "utils", "util", "helpers", "misc", "services", "lib", "base_utils"}
# Declared tables are as long as what they declare.
DECLARED = {"activity.py", "codes.py"}


def name(path: Path) -> str:
    return str(path.relative_to(SOURCE))


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_module_says_at_its_door_what_it_is(path: Path) -> None:
    docstring = ast.get_docstring(ast.parse(path.read_text("utf-8")))
    assert docstring, "no module docstring"
    assert len(docstring.split()) >= 5


@pytest.mark.parametrize("path", [p for p in MODULES if p.name not in DECLARED], ids=name)
def test_a_file_stays_below_300_lines(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= 300


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_function_stays_below_40_lines(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            body = node.end_lineno - node.body[0].lineno + 1 if node.end_lineno else 0
            assert body <= 40, f"{node.name} has {body} lines"


def test_there_is_no_junk_drawer() -> None:
    names = {part for path in MODULES for part in path.relative_to(SOURCE).with_suffix("").parts}
    assert not names & JUNK


def test_every_dependency_says_why_it_is_here() -> None:
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    declared = tomllib.loads(text)["project"]
    wanted = [*declared["dependencies"], *declared["optional-dependencies"]["spark"]]
    lines = text.splitlines()
    for dependency in wanted:
        index = next(i for i, line in enumerate(lines) if f'"{dependency}"' in line)
        assert lines[index - 1].strip().startswith("#"), f"{dependency} has no reason above it"
    for line in (ROOT / "requirements" / "test.in").read_text("utf-8").splitlines():
        assert line.startswith("#") or "#" in line, f"{line} has no reason beside it"


def test_adrs_are_numbered_once() -> None:
    numbers = [path.name[:4] for path in (ROOT / "docs" / "adr").glob("[0-9]*.md")]
    assert len(numbers) == len(set(numbers))


def test_sql_steps_have_a_sentence_and_no_value_but_parameters() -> None:
    for path in sorted(SOURCE.rglob("*.sql")):
        text = path.read_text("utf-8")
        assert text.startswith("-- "), f"{path.name} does not say what it holds"
        # The store serves five tables with one set of queries: names in braces are fragments made
        # of declared column names. A definition of a list has nothing of the kind.
        parts = set(re.findall(r"\{([a-z_]+)\}", text))
        allowed = set(Shape(ATTENDANCES).parts()) if "store" in path.parts else set()
        assert parts <= allowed, f"{path.name} is put together from strings"


def test_no_two_test_files_share_a_name() -> None:
    """Pytest imports test files by their bare name: the second of a pair is not collected."""
    names = sorted(path.name for path in (ROOT / "tests").rglob("test_*.py"))
    assert names == sorted(set(names))
