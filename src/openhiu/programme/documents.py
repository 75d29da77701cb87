"""What every command that writes a folder of documents gives back: the folder and its place come
in; what the command line says and its exit code go out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from openhiu.errors import ExitCode

if TYPE_CHECKING:
    from openhiu.report.folder import Folder

Say = Callable[[str], None]


@dataclass(frozen=True)
class Made:
    """A folder of documents that was written. `lines` are the answer in a few sentences;
    `missing` pairs what nobody has said with how to say it.
    """

    title: str
    out: Path
    written: tuple[Path, ...]
    lines: tuple[str, ...] = ()
    missing: tuple[tuple[str, str], ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def exit_code(self) -> ExitCode:
        """Done, or done and somebody has to look."""
        return ExitCode.NEEDS_A_PERSON if self.missing or self.warnings else ExitCode.DONE

    def as_dict(self) -> dict[str, Any]:
        """The result for `--json`."""
        return {
            "title": self.title,
            "out": str(self.out),
            "files": [path.relative_to(self.out).as_posix() for path in self.written],
            "lines": list(self.lines),
            "missing": [{"what": what, "remedy": remedy} for what, remedy in self.missing],
            "warnings": list(self.warnings),
            "exit_code": int(self.exit_code),
        }


def put_down(out: Path, folder: Folder, lines: tuple[str, ...] = ()) -> Made:
    """Write a folder and say what it is."""
    # Loaded here: the writers of paper take longer to load than a list takes to make.
    from openhiu.report.folder import write

    written = write(out, folder)
    missing = tuple((one.what, one.remedy) for one in folder.missing)
    return Made(folder.title, out.resolve(), tuple(written), lines, missing, folder.warnings)
