"""The hazard log: hazards.toml comes in; hazards with their ratings, controls and tests go out."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

from openhiu.errors import ConfigurationFault
from openhiu.web.assurance.safety.matrix import Consequence, Likelihood, rating

_FILE: Final = "hazards.toml"


@dataclass(frozen=True)
class Risk:
    """How grave and how likely at one time."""

    consequence: Consequence
    likelihood: Likelihood

    @property
    def rating(self) -> int:
        """From 1 to 5, by the matrix."""
        return rating(self.consequence, self.likelihood)

    @property
    def words(self) -> str:
        """As "4 (major, high)"."""
        return f"{self.rating} ({_said(self.consequence)}, {_said(self.likelihood)})"


@dataclass(frozen=True)
class Control:
    """Something the software does against a hazard: the module that holds it and its tests.

    A test is "path::name", or "path::*" for every test of a file.
    """

    words: str
    module: str
    tests: tuple[str, ...]


@dataclass(frozen=True)
class Hazard:
    """One way in which somebody could come to harm. `deployer` is what is left to whoever runs the
    service: the hazard as it is transferred under DCB0160.
    """

    id: str
    name: str
    cause: str
    effect: str
    initial: Risk
    residual: Risk
    owner: str
    deployer: str
    controls: tuple[Control, ...]


@cache
def hazards() -> tuple[Hazard, ...]:
    """The whole log, in the order of its numbers.

    Raises:
        ConfigurationFault: a hazard lacks something; it is named.
    """
    return read(files(__package__).joinpath(_FILE).read_text("utf-8"))


def read(text: str) -> tuple[Hazard, ...]:
    """The same of any text in the form of hazards.toml."""
    found = tuple(_hazard(entry) for entry in tomllib.loads(text).get("hazard", []))
    numbers = [one.id for one in found]
    for one in found:
        if numbers.count(one.id) > 1:
            raise _fault(one.id, "is there twice")
    return found


def _hazard(entry: dict[str, Any]) -> Hazard:
    number = str(entry.get("id", "a hazard without a number"))
    words = {key: str(entry.get(key, "")).strip() for key in _WORDS}
    for key, said in words.items():
        if not said:
            raise _fault(number, f"has no {key}")
    controls = tuple(_control(number, one) for one in entry.get("control", []))
    if not controls:
        raise _fault(number, "has no control")
    risks = (_risk(number, entry, "initial"), _risk(number, entry, "residual"))
    if risks[1].rating > risks[0].rating:
        raise _fault(number, "is rated higher with its controls than without")
    return Hazard(
        words["id"], words["name"], words["cause"], words["effect"], *risks, words["owner"],
        words["deployer"], controls,
    )  # fmt: skip


_WORDS: Final = ("id", "name", "cause", "effect", "owner", "deployer")


def _control(number: str, entry: dict[str, Any]) -> Control:
    words, module = str(entry.get("words", "")), str(entry.get("module", ""))
    tests = tuple(map(str, entry.get("tests", [])))
    if not (words and module and tests):
        raise _fault(number, "has a control without words, module or test")
    return Control(words, module, tests)


def _risk(number: str, entry: dict[str, Any], when: str) -> Risk:
    told = entry.get(when, {})
    try:
        return Risk(
            Consequence[str(told["consequence"]).upper()],
            Likelihood[str(told["likelihood"]).upper()],
        )
    except KeyError:
        raise _fault(number, f"has no {when} consequence and likelihood that are known") from None


def _said(value: Consequence | Likelihood) -> str:
    return value.name.lower().replace("_", " ")


def _fault(number: str, what: str) -> ConfigurationFault:
    return ConfigurationFault(f"hazard {number} {what}", file=_FILE, remedy="complete its entry")
