"""The national data opt-out on a list: asking who may stay, applying the reply, forgetting both."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from openhiu.errors import ExitCode, InputNotUsable
from openhiu.identify.opt_out import applying, asking
from openhiu.identify.opt_out.folder import read_folder
from openhiu.tables.opt_out import RULES


@dataclass(frozen=True)
class OptOutDone:
    """What was done, in lines a person reads and in facts for `--json`; nobody is named."""

    lines: tuple[str, ...]
    facts: dict[str, Any]
    exit_code: ExitCode = ExitCode.DONE

    def as_dict(self) -> dict[str, Any]:
        """The result for `--json`."""
        return {**self.facts, "exit_code": int(self.exit_code)}


def ask_opt_outs(listed: Path, out: Path, *, mailbox: str, to: str) -> OptOutDone:
    """Write the file of numbers that asks who may stay on a list."""
    asked = asking.ask(read_folder(listed), out, mailbox=mailbox, to=to, now=datetime.now(UTC))
    lines = [
        f"{asked.name}.dat asks about {asked.numbers} NHS numbers.",
        "Send it through MESH; a reply takes about 40 minutes. Nothing may leave before it.",
    ]
    if asked.without_number:
        lines.append(
            f"{asked.without_number} people have no NHS number to ask by. They will be left out."
        )
    return OptOutDone(tuple(lines), {"out": str(out), **asdict(asked)})


def apply_opt_outs(
    listed: Path, *, asked: Path, reply: Path, out: Path, valid_days: int
) -> OptOutDone:
    """Write the list without those whom the reply leaves out."""
    listing, now = read_folder(listed), datetime.now(UTC)
    stay = applying.may_stay(
        asked, reply, now=now, days=valid_days, of_list=listing.fingerprint
    )  # fmt: skip
    note = asking.read_asked(asked)
    applied = applying.apply(
        listing, stay, asked=note, reply=reply.read_bytes(), now=now, days=valid_days
    )
    if applied.table.num_rows == 0:
        raise InputNotUsable("the reply leaves nobody on the list", file=reply.name,
                             remedy="nothing was written; look at what was sent")  # fmt: skip
    written = applying.write(out, applied)
    line = (
        f"{out.name} holds the list after opt-outs. Upload this folder, not the one before. It "
        f"can be released for {valid_days} days from when was asked."
    )
    facts = {"out": str(out), "files": [path.name for path in written], "flow": applied.flow,
             "opt_out": applied.manifest["opt_out"]}  # fmt: skip
    return OptOutDone((line,), facts)


def forget_opt_outs(folder: Path, *, days: int) -> OptOutDone:
    """Remove questions and replies that may not be used any more."""
    gone = asking.forget(folder, days=days, now=datetime.now(UTC))
    return OptOutDone((f"{len(gone)} files removed.",), {"removed": gone})


def opt_out_rules() -> OptOutDone:
    """For which purposes opt-outs apply, and why."""
    lines = tuple(
        f"{'applies' if rule.applies else 'does not apply'}: {rule.use or 'any use'}, "
        f"{rule.basis or 'any other basis'}. {rule.why}"
        for rule in RULES
    )
    return OptOutDone(lines, {"rules": [asdict(rule) for rule in RULES]})
