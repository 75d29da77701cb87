"""Every variable that the program reads is declared once, and every declared one is read."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import openhiu
from openhiu.web.config import variables

SOURCE = Path(openhiu.__file__).parent
DECLARED_IN = SOURCE / "web" / "config" / "variables.py"
NAME = re.compile(r"(?:OPENHIU|HIU)_[A-Z][A-Z_]*|DATABASE_URL")


def read_in(path: Path) -> set[str]:
    """Names that stand alone as a text of the program: sentences do not read anything."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            found |= {node.value} if NAME.fullmatch(node.value) else set()
    return found


def read() -> set[str]:
    return set().union(*(read_in(p) for p in SOURCE.rglob("*.py") if p != DECLARED_IN))


def test_what_is_read_is_declared() -> None:
    assert read() - variables.names() == set()


def test_what_is_declared_is_read() -> None:
    assert variables.names() - read() == set()


def test_each_is_declared_once_with_a_meaning_and_an_example() -> None:
    every = [variable for group in variables.GROUPS.values() for variable in group]
    assert len(every) == len(variables.names())
    for variable in every:
        assert variable.meaning.endswith("."), variable.name
        assert variable.default, variable.name
        assert variable.example, variable.name
        assert re.fullmatch(r"\d+\.\d+\.\d+", variable.since), variable.name
