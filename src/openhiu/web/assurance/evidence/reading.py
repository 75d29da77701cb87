"""A framework's questions: its TOML comes in; areas and questions with their evidence go out."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

_FRAMEWORKS: Final = ("dspt", "dtac", "caldicott")


@dataclass(frozen=True)
class Question:
    """What is asked, what the software answers, what shows it, and what only the deployer can show.

    `shown` holds files of the source ("docs/…"), tests ("tests/…::name") and pages
    ("page:ROOM:NAME").
    """

    key: str
    asks: str
    answer: str
    shown: tuple[str, ...]
    deployer: str

    @property
    def whose(self) -> str:
        """Who has to show it."""
        if not self.shown:
            return "yours"
        return "both" if self.deployer else "the software's"


@dataclass(frozen=True)
class Area:
    """Questions that belong together."""

    name: str
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Framework:
    """One way of asking: whose it is, and every question of it."""

    key: str
    title: str
    source: str
    areas: tuple[Area, ...]

    @property
    def questions(self) -> tuple[Question, ...]:
        """All of them, in order."""
        return tuple(one for area in self.areas for one in area.questions)


@cache
def frameworks() -> tuple[Framework, ...]:
    """Every framework there is."""
    folder = files(__package__).joinpath("frameworks")
    return tuple(_read(folder.joinpath(f"{key}.toml").read_text("utf-8")) for key in _FRAMEWORKS)


def _read(text: str) -> Framework:
    told: dict[str, Any] = tomllib.loads(text)
    areas = tuple(
        Area(area["name"], tuple(_question(one) for one in area["question"]))
        for area in told["area"]
    )
    return Framework(told["key"], told["title"], told["source"], areas)


def _question(told: dict[str, Any]) -> Question:
    return Question(
        told["key"], told["asks"], told["answer"], tuple(told["shown"]), told["deployer"]
    )
