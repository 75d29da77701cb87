"""Writes the generated reference pages (`make docs`); a test proves that they are up to date."""

from __future__ import annotations

from pathlib import Path

import click

from openhiu.cli import hiu

ROOT = Path(__file__).parents[2]
COMMAND_LINE = ROOT / "docs" / "reference" / "command-line.md"
MARK = "<!-- generated below this line by make docs -->"


def command_line() -> str:
    """The reference of the command line: what stands above the mark, then every verb."""
    kept = COMMAND_LINE.read_text("utf-8").partition(MARK)[0]
    return f"{kept}{MARK}\n" + "".join(_verb(name, hiu.commands[name]) for name in hiu.commands)


def _verb(name: str, verb: click.Command) -> str:
    lines = [f"\n## hiu {name}\n", f"{' '.join((verb.help or '').split())}\n",
             "| Option | Meaning |", "|---|---|"]  # fmt: skip
    with click.Context(verb) as context:
        for parameter in verb.params:
            record = parameter.get_help_record(context)
            if record:
                option, meaning = record
                lines.append(f"| `{option.replace('|', chr(92) + '|')}` | {meaning} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    COMMAND_LINE.write_text(command_line(), "utf-8")
