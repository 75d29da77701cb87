"""The walls around the child that parses: no network, little memory and time, nothing written.

Standard library only, because it runs before anything else in the child does.
"""

from __future__ import annotations

import ctypes
import os
import sys
from typing import Final

from openhiu.web.intake.reading.limits import CHILD_CPU_SECONDS, CHILD_MEMORY

_CLONE_NEWUSER: Final = 0x10000000
_CLONE_NEWNET: Final = 0x40000000
_PR_SET_NO_NEW_PRIVS: Final = 38


def confine() -> None:
    """Limit this process for good, as far as the system can; the parent's watchdog is the rest."""
    if sys.platform == "linux":
        libc = ctypes.CDLL(None, use_errno=True)
        libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
        if os.geteuid() != 0 or libc.unshare(_CLONE_NEWNET) != 0:
            libc.unshare(_CLONE_NEWNET | _CLONE_NEWUSER)
    _within_resources()


def _within_resources() -> None:
    try:
        import resource
    except ImportError:  # Windows has none
        return
    for kind, most in (
        (resource.RLIMIT_AS, CHILD_MEMORY),
        (resource.RLIMIT_CPU, CHILD_CPU_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, 64),
        (resource.RLIMIT_CORE, 0),
    ):
        try:
            resource.setrlimit(kind, (most, most))
        except (OSError, ValueError):  # macOS refuses RLIMIT_AS
            continue
