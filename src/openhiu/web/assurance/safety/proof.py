"""What the run of all tests showed comes in; whether each control of a hazard is proved goes out.

A run writes its outcomes as {"commit": …, "version": …, "digest": …, "outcomes": {"path::test":
"passed" | "failed" | "skipped"}}; a test with parameters is as good as the worst of them. `digest`
is over the files that were tried: a run of other files proves nothing about these.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib import metadata
from pathlib import Path
from typing import Any

from openhiu.errors import InputNotUsable
from openhiu.web.assurance.safety import files
from openhiu.web.assurance.safety.log import Control, Hazard


class Proved(StrEnum):
    """How one control stands."""

    YES = "proved: every test of it passed"
    NO = "NOT proved: a test of it failed or did not run"
    OTHER = "NOT proved: that run was of another version of the files"
    UNKNOWN = "no run of the tests was supplied"


@dataclass(frozen=True)
class Run:
    """The outcomes of one run of the tests, and of which software; `of_these`: of these files."""

    commit: str
    outcomes: Mapping[str, str]
    of_these: bool = True

    def standing(self, control: Control) -> Proved:
        """Whether every test of a control ran and passed, with these files."""
        if not self.of_these:
            return Proved.OTHER
        return Proved.YES if all(self._passed(test) for test in control.tests) else Proved.NO

    def _passed(self, test: str) -> bool:
        if not test.endswith("::*"):
            return self.outcomes.get(test) == "passed"
        mine = [said for name, said in self.outcomes.items() if name.startswith(test[:-1])]
        return "passed" in mine and set(mine) <= {"passed", "skipped"}

    def unproved(self, log: tuple[Hazard, ...]) -> list[str]:
        """One line for each control without a passing test; one for all where it proves none."""
        if not self.of_these:
            return [f"{Proved.OTHER} (commit {self.commit})"]
        return [
            f"{hazard.id} {hazard.name}: {control.words!r} has no passing test"
            for hazard in log
            for control in hazard.controls
            if self.standing(control) is not Proved.YES
        ]


def standing(control: Control, run: Run | None) -> Proved:
    """How a control stands; nothing is claimed where no run is known."""
    return run.standing(control) if run else Proved.UNKNOWN


def about_these_files() -> dict[str, str]:
    """What a run of the tests writes about the software that was tried."""
    return {"version": metadata.version("openhiu"), "digest": files.digest(files.hashes())}


def _here(told: Mapping[str, Any]) -> bool:
    return all(told.get(name) == said for name, said in about_these_files().items())


def read_run(path: Path) -> Run:
    """The outcomes that a run of the tests wrote.

    Raises:
        InputNotUsable: it is not such a file.
    """
    try:
        told: dict[str, Any] = json.loads(path.read_bytes())
        outcomes = {str(name): str(said) for name, said in told["outcomes"].items()}
        return Run(str(told["commit"]), outcomes, of_these=_here(told))
    except (OSError, ValueError, KeyError, AttributeError, TypeError):
        raise InputNotUsable(
            "these are no outcomes of a run of the tests",
            file=path.name,
            remedy="run make test in the source of OpenHIU; it writes build/safety-proof.json",
        ) from None
