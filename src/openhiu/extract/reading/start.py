"""Where the child process begins: run by its path, it loads the parser and no room around it.

The packages above are entered without running their `__init__`, so that no engine and no module of
a third party is in the child when the walls go up.
"""

from __future__ import annotations

import os
import sys
import types
from pathlib import Path
from typing import Final

_PACKAGES: Final = ("openhiu.extract.reading", "openhiu.extract", "openhiu")


def enter_packages() -> None:
    """Put the packages above this file in place as empty shells."""
    folder = Path(__file__).resolve().parent
    for name in _PACKAGES:
        shell = types.ModuleType(name)
        shell.__path__ = [str(folder)]
        sys.modules[name] = shell
        folder = folder.parent


if __name__ == "__main__":
    enter_packages()
    from openhiu.extract.reading.child import main

    code = main()
    sys.stdout.flush()
    # Skips the interpreter's own clean-up: a parser's threads have nothing left to save.
    os._exit(code)
