"""Asks the program behind the pages (support.backstage) for what a journey takes for granted."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from support.serving import Served

BEHIND = "import django; django.setup(); from support import backstage; backstage.main()"


class Stage:
    """Each method is a function of support.backstage, called by keyword."""

    def __init__(self, program: subprocess.Popen[str], address: str) -> None:
        self._program = program
        self.address = address

    def __call__(self, do: str, **told: Any) -> Any:
        """Have something happen; what it answered."""
        assert self._program.stdin is not None
        assert self._program.stdout is not None
        self._program.stdin.write(json.dumps({"do": do, "with": told}) + "\n")
        self._program.stdin.flush()
        answer = json.loads(self._program.stdout.readline() or '{"trouble": "it has ended"}')
        if why := answer.get("trouble"):  # the last line says it; a long log is cut at its end
            raise AssertionError(f"{why.strip().splitlines()[-1]}\n{why}")
        return answer["is"]


@contextmanager
def backstage(served: Served) -> Iterator[Stage]:
    """The program behind one running application, until the block ends."""
    command = [sys.executable, "-c", BEHIND]
    with subprocess.Popen(
        command, env=served.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as program:
        yield Stage(program, served.address)
        assert program.stdin is not None
        program.stdin.close()
