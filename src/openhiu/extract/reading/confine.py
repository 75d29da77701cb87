"""The walls around the child: limits come in; a process that can do little harm goes out.

Standard library only, because it runs before anything else in the child does.
"""

from __future__ import annotations

import ctypes
import os
import sys
from typing import Final

from openhiu.extract.reading.limits import Limits

_CLONE_NEWUSER: Final = 0x10000000
_CLONE_NEWNET: Final = 0x40000000
_PR_SET_NO_NEW_PRIVS: Final = 38


def confine(limits: Limits, size: int) -> list[str]:
    """Limit this process for good and name the walls that stand.

    Linux has all of them; macOS has those of `resource`; Windows has none, where the parent's
    watchdog is what remains.
    """
    return [*_without_network(), *_within_resources(limits, size)]


def _within_resources(limits: Limits, size: int) -> list[str]:
    try:
        import resource
    except ImportError:
        return []
    seconds = limits.cpu_seconds(size)
    walls = {
        "memory": (resource.RLIMIT_AS, limits.child_memory_bytes, limits.child_memory_bytes),
        "cpu": (resource.RLIMIT_CPU, seconds, seconds + 2),
        # Nothing is written to disk by the child: everything streams.
        "disk": (resource.RLIMIT_FSIZE, 0, 0),
        "files": (resource.RLIMIT_NOFILE, 64, 64),
        "core dumps": (resource.RLIMIT_CORE, 0, 0),
    }
    standing = []
    for name, (kind, soft, hard) in walls.items():
        try:
            resource.setrlimit(kind, (soft, hard))
        except (OSError, ValueError):  # macOS refuses RLIMIT_AS; a lower limit may already stand
            continue
        standing.append(name)
    return standing


def _without_network() -> list[str]:
    """An empty network of its own, and no way to gain rights. Best effort: kernels may refuse."""
    if sys.platform != "linux":
        return []
    libc = ctypes.CDLL(None, use_errno=True)
    standing = []
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0:
        standing.append("privileges")
    flags = _CLONE_NEWNET if os.geteuid() == 0 else _CLONE_NEWNET | _CLONE_NEWUSER
    if libc.unshare(flags) == 0 or libc.unshare(_CLONE_NEWNET | _CLONE_NEWUSER) == 0:
        standing.append("network")
    return standing
