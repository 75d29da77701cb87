"""The reports a board reads: an evaluation, the facts of the service and the place come in; a
folder with the same words as PDF, Word, web page and tables goes out.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from openhiu.errors import ExitCode, InputNotUsable, WrongUsage
from openhiu.locality import Locality, read_locality
from openhiu.programme.places import locality_of

if TYPE_CHECKING:
    from openhiu.report.facts import Facts

Say = Callable[[str], None]
EVALUATION: Final = "evaluation.json"


@dataclass(frozen=True)
class BoardOptions:
    """What `hiu report board` was asked for. `again`: a kept report to make once more instead."""

    out: Path
    evaluation: Path | None = None
    as_of: date | None = None
    store: Path | None = None
    facts: Path | None = None
    locality: Path | None = None
    previous: Path | None = None
    again: Path | None = None


@dataclass(frozen=True)
class BoardMade:
    """A board report that was written. `different`: with --again, files that are not the same."""

    title: str
    out: Path
    written: tuple[Path, ...]
    exit_code: ExitCode
    left_out: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    again: bool = False
    different: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """The result for `--json`."""
        told: dict[str, Any] = {
            "title": self.title,
            "out": str(self.out),
            "files": [path.relative_to(self.out).as_posix() for path in self.written],
            "left_out": list(self.left_out),
            "warnings": list(self.warnings),
            "exit_code": int(self.exit_code),
        }
        if self.again:
            told |= {"same": not self.different, "different": list(self.different)}
        return told


def make_board_report(options: BoardOptions, *, say: Say) -> BoardMade:
    """7. One page anyone can read, two of detail, and the method on the back."""
    _refuse_what_does_not_go_together(options)
    if options.again:
        return _once_more(options.again, options.out, say)
    if not (options.evaluation and options.as_of):
        raise WrongUsage(
            "--evaluation and --as-of are needed", remedy="name both, or a kept report with --again"
        )
    return _for_the_first_time(options, options.evaluation, options.as_of, say)


def _for_the_first_time(options: BoardOptions, evaluated: Path, as_of: date, say: Say) -> BoardMade:
    # Loaded here: the writers of paper take longer to load than a list takes to make.
    from openhiu.report import board, files
    from openhiu.report.facts import parse_facts

    data, evaluation = read_evaluation(evaluated)
    facts = parse_facts(_bytes(options.facts), options.facts.name) if options.facts else None
    say("writing the report")
    _refuse_too_early(as_of, evaluation, facts)
    made = board.make(evaluation, facts, _place(options), as_of=as_of, previous=options.previous)
    written = files.write(options.out, made, {EVALUATION: data})
    code = ExitCode.NEEDS_A_PERSON if made.needs_a_person else ExitCode.DONE
    return BoardMade(
        made.title, options.out.resolve(), tuple(written), code, made.left_out, made.warnings
    )


def _refuse_too_early(as_of: date, evaluation: Any, facts: Facts | None) -> None:
    """A report is of a day by which all it tells of has happened."""
    if facts and as_of < facts.to_exclusive:
        raise WrongUsage(
            f"--as-of lies before the end of the period of the facts ({facts.to_exclusive})",
            remedy="give the day after the period or a later one, or the facts of an earlier one",
        )
    evaluated = evaluation.get("as_of") if isinstance(evaluation, dict) else None
    if isinstance(evaluated, str) and as_of.isoformat() < evaluated[:10]:
        raise WrongUsage(
            f"--as-of lies before the day of the evaluation ({evaluated[:10]})",
            remedy="give that day or a later one, or an earlier evaluation",
        )


def _once_more(folder: Path, out: Path, say: Say) -> BoardMade:
    from openhiu.report import files
    from openhiu.report.again import make_again

    say("making it again")
    made = make_again(folder)
    written = files.write_contents(out, made.contents)
    return BoardMade(
        made.board.title, out.resolve(), tuple(written),
        ExitCode.DONE if made.same else ExitCode.NEEDS_A_PERSON, made.board.left_out,
        made.board.warnings, again=True, different=made.different,
    )  # fmt: skip


def _refuse_what_does_not_go_together(options: BoardOptions) -> None:
    given = [options.evaluation, options.as_of, options.facts, options.locality, options.previous]
    if options.again and any(given):
        raise WrongUsage(
            "--again takes everything from the folder it names",
            remedy="give only --again and --out",
        )
    read = [options.evaluation, options.previous, options.again]
    if any(path.resolve() == options.out.resolve() for path in read if path):
        raise WrongUsage(
            "--out is one of the folders that are read", remedy="write the report elsewhere"
        )


def read_evaluation(folder: Path) -> tuple[bytes, Any]:
    """An evaluation in the folder that hiu evaluate wrote, or its file: its bytes, and parsed."""
    data = _bytes(folder / EVALUATION if folder.is_dir() else folder)
    try:
        return data, json.loads(data)
    except (ValueError, RecursionError):
        raise InputNotUsable(
            "not JSON that can be read", file=EVALUATION, remedy="run hiu evaluate again"
        ) from None


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        raise InputNotUsable(
            "there is no such file, or it cannot be read", file=path.name, remedy="check the path"
        ) from None


def _place(options: BoardOptions) -> Locality:
    if options.store:
        return locality_of(options.locality, options.store)
    return read_locality(options.locality) if options.locality else Locality()
