"""The child process: a job comes in on standard input; a checked list, or faults, go out as JSON.

It is run by its path and enters the packages above it as empty shells, so that neither Django nor
any setting is in it. A parser's own words may quote a cell, so a crash is told by exit code alone.
"""

from __future__ import annotations

import json
import os
import sys
import types
from datetime import date
from pathlib import Path
from typing import Any, Final

USABLE: Final = 0
REFUSED: Final = 3
OUT_OF_MEMORY: Final = 12
FAILED: Final = 70
_PACKAGES: Final = (
    "openhiu.web.intake.reading", "openhiu.web.intake", "openhiu.web", "openhiu",
)  # fmt: skip


def enter_packages() -> None:
    """Put the packages above this file in place as empty shells."""
    folder = Path(__file__).resolve().parent
    for name in _PACKAGES:
        shell = types.ModuleType(name)
        shell.__path__ = [str(folder)]
        sys.modules[name] = shell
        folder = folder.parent
    # pyarrow would load pandas for its first array, which takes over a second.
    sys.modules["pandas"] = None  # type: ignore[assignment]


def main() -> int:
    """Read the job, put up the walls, parse, answer."""
    job = json.load(sys.stdin)
    from openhiu.web.intake.reading.confine import confine
    from openhiu.web.intake.reading.faults import NotUsable

    confine()
    try:
        answer, code = answer_to(job), USABLE
    except NotUsable as refusal:
        answer, code = {"faults": [fault.as_dict() for fault in refusal.faults]}, REFUSED
    except MemoryError:
        return OUT_OF_MEMORY
    except BaseException:  # a parser's panic is no Exception
        return FAILED
    sys.stdout.write(json.dumps(answer))
    return code


def answer_to(job: dict[str, Any]) -> dict[str, Any]:
    """The checked list of a job. Raises NotUsable."""
    from openhiu.web.intake.reading.listing import read_listing
    from openhiu.web.intake.reading.unpacking import unpack

    files = unpack({name: Path(path) for name, path in job["files"].items()})
    return read_listing(
        files,
        sites=frozenset(job["sites"]),
        ours=job["ours"],
        today=date.fromisoformat(job["today"]),
    )


if __name__ == "__main__":
    enter_packages()
    code = main()
    sys.stdout.flush()
    # Skips the interpreter's own clean-up: a parser's threads have nothing left to save.
    os._exit(code)
