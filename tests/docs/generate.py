"""Writes the generated reference pages (`make docs`); a test proves that they are up to date."""

from __future__ import annotations

from pathlib import Path

import click

from openhiu.cli import hiu
from openhiu.web.assurance.inventory import reference
from openhiu.web.config import variables

ROOT = Path(__file__).parents[2]
COMMAND_LINE = ROOT / "docs" / "reference" / "command-line.md"
CONFIGURATION = ROOT / "docs" / "reference" / "configuration.md"
INVENTORY = ROOT / "docs" / "reference" / "inventory.md"
MARK = "<!-- generated below this line by make docs -->"


def command_line() -> str:
    """The reference of the command line: what stands above the mark, then every verb."""
    kept = COMMAND_LINE.read_text("utf-8").partition(MARK)[0]
    return f"{kept}{MARK}\n" + "".join(_verb(name, verb) for name, verb in verbs().items())


def verbs() -> dict[str, click.Command]:
    """Every verb as it is typed after `hiu`; of a verb with parts, the verb and then each part."""
    found: dict[str, click.Command] = {}
    for name, verb in hiu.commands.items():
        found[name] = verb
        if isinstance(verb, click.Group):
            found |= {f"{name} {part}": inner for part, inner in verb.commands.items()}
    return found


def _verb(name: str, verb: click.Command) -> str:
    lines = [f"\n## hiu {name}\n", f"{' '.join((verb.help or '').split())}\n"]
    if isinstance(verb, click.Group):
        parts = [f"`hiu {name} {part}`" for part in verb.commands]
        return "\n".join([*lines, f"One of: {', '.join(parts)}."]) + "\n"
    lines += ["| Option | Meaning |", "|---|---|"]
    with click.Context(verb) as context:
        for parameter in verb.params:
            record = parameter.get_help_record(context)
            if record:
                option, meaning = record
                lines.append(f"| `{option.replace('|', chr(92) + '|')}` | {meaning} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    COMMAND_LINE.write_text(command_line(), "utf-8")
    CONFIGURATION.write_text(variables.page(), "utf-8")
    INVENTORY.write_text(reference.page(), "utf-8")
