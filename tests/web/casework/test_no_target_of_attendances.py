"""Nothing that the product says or keeps sets somebody a target of coming to A&E less."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps

import openhiu

ROOT = Path(openhiu.__file__).parent
COMING = r"(?:attend(?:ances?|ing)?|A&(?:amp;)?E|emergency department|visits? to hospital)"
AIM = r"(?:targets?|aims?|goals?|quotas?|limits?|maximum|no more than|at most)"
LESS = r"(?:fewer|less|reduc\w+|cut(?:ting)? down|bring(?:ing)? down|lower)"
A_TARGET = re.compile(
    rf"\b{AIM}\b[^.|\n]{{0,50}}\b{COMING}\b|\b{COMING}\b[^.|\n]{{0,30}}\b{AIM}\b", re.IGNORECASE
)
# What is said of many people together may say "fewer"; what is said to or of one may not.
OF_ONE = re.compile(
    rf"{A_TARGET.pattern}|\b{LESS}\b[^.|\n]{{0,40}}\b{COMING}\b"
    r"|(?<!not tell you to )\b(?:stay|keep) away from A&(?:amp;)?E",
    re.IGNORECASE,
)


def words_of(file: Path) -> Iterator[str]:
    """What a file can say: a template without its comments, a module's texts without docstrings."""
    text = file.read_text("utf-8")
    if file.suffix != ".py":
        yield re.sub(r"\{#.*?#\}|^#[^\n]*$", "", text, flags=re.DOTALL | re.MULTILINE)
        return
    tree = list(ast.walk(ast.parse(text)))
    told = {id(node.value) for node in tree if isinstance(node, ast.Expr)}
    for node in tree:
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.value


def said_under(folder: str) -> Iterator[tuple[str, str]]:
    """What made-up people tell is theirs, and the hazard log has to name the harm."""
    for file in sorted((ROOT / folder).rglob("*")):
        if file.name == "hazards.toml" or "stories" in file.parts:
            continue
        if file.suffix in {".html", ".py", ".toml", ".txt"}:
            yield from ((file.relative_to(ROOT).as_posix(), text) for text in words_of(file))


@pytest.mark.parametrize(("pattern", "folder"), [
    (OF_ONE, "web"), (A_TARGET, "report"), (A_TARGET, "evaluate"), (A_TARGET, "identify"),
], ids=["web", "report", "evaluate", "identify"])  # fmt: skip
def test_no_page_letter_or_report_sets_one(pattern: re.Pattern[str], folder: str) -> None:
    said = list(said_under(folder))
    assert len(said) > 50
    assert [(where, found[0]) for where, text in said for found in pattern.finditer(text)] == []


def test_no_row_about_anybody_has_room_for_one() -> None:
    named = [f"{model._meta.label}.{field.name}" for model in apps.get_models()
             for field in model._meta.get_fields()]  # fmt: skip
    room = re.compile(r"\.\w*(target|quota|aim|limit|maximum)\w*(attend|visit|coming|_ae\b)|"
                      r"\.\w*(attend|visit)\w*(target|quota|aim|limit|maximum)")  # fmt: skip
    assert len(named) > 500
    assert [name for name in named if room.search(name.lower())] == []


@pytest.mark.parametrize("said", [
    "Our goal: no attendances in May", "At most two visits to hospital a month",
    "Come to A&amp;E less often: attendances, target 3", "Try to reduce your attendances",
    "Please stay away from A&E",
])  # fmt: skip
def test_it_would_be_found(said: str) -> None:
    assert OF_ONE.search(said)
