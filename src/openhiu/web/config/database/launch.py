"""Becomes another program: run as a script, it gives up root, ties itself to its parent, and execs.

Arguments: the parent's process number, who to be ("same", "UID:GID" or "namespace"), the folder
to stand in, the signal to get when the parent dies, then the program with its arguments.
"""

import ctypes
import os
import sys
from pathlib import Path

_NEW_USER_NAMESPACE = 0x10000000  # CLONE_NEWUSER
_SIGNAL_WHEN_PARENT_DIES = 1  # PR_SET_PDEATHSIG
_NOBODY = 65534


def become(who: str) -> None:
    """Change to an account, or into a user namespace where root has no power, or stay."""
    if who == "namespace":
        outsides = {"uid": os.geteuid(), "gid": os.getegid()}  # inside, nobody can tell
        _call("unshare", _NEW_USER_NAMESPACE)
        Path("/proc/self/setgroups").write_text("deny")
        for kind, outside in outsides.items():
            Path(f"/proc/self/{kind}_map").write_text(f"{_NOBODY} {outside} 1")
    elif who != "same":
        user, group = (int(part) for part in who.split(":"))
        os.setgroups([])
        os.setgid(group)
        os.setuid(user)


def tie_to(parent: int, signal_number: int) -> None:
    """Ask the kernel for a signal when the parent dies; only Linux can, others do without."""
    if sys.platform != "linux":
        return
    _call("prctl", _SIGNAL_WHEN_PARENT_DIES, signal_number)
    if os.getppid() != parent:  # it died before the kernel was asked
        sys.exit(1)


def _call(name: str, *arguments: int) -> None:
    if getattr(ctypes.CDLL(None, use_errno=True), name)(*arguments):
        raise OSError(ctypes.get_errno(), f"{name} is not allowed here")


def main() -> None:
    """Become the program; on failure say why in one line and exit with 1."""
    parent, who, folder, signal_number, *command = sys.argv[1:]
    try:
        become(who)
        # After the change of account: that is what clears the wish for a signal.
        tie_to(int(parent), int(signal_number))
        os.chdir(folder)
        os.execv(command[0], command)  # noqa: S606  (fixed arguments, no shell wanted)
    except OSError as fault:
        sys.exit(f"{Path(command[0]).name}: {fault.strerror}")


if __name__ == "__main__":
    main()
