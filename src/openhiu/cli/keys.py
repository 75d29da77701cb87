"""The verbs of the keys that seal notes, addresses, telephone numbers and documents."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from openhiu import terminal
from openhiu.cli.options import PATH, hiu, json_too, print_json
from openhiu.errors import ExitCode

_home = click.option("--home", type=PATH, help="The home folder (default: ~/.openhiu).")


@hiu.group()
def keys() -> None:
    """The keys that seal what is written about people (outside the database)."""


@keys.command()
@_home
@json_too
def add(home: Path | None, as_json: bool) -> int:
    """Make a new key. It seals from now on; the older ones still open."""
    from openhiu.web.config import field_keys  # Django loads for the web alone

    said = field_keys.add(home)
    lines = [
        f"The key {said['added']} seals from now on.",
        f"Copy {said['file']} to where its copy is kept, and then run hiu keys rotate.",
    ]
    _show(said, lines, as_json)
    return ExitCode.DONE


@keys.command()
@_home
@click.option("--thorough", is_flag=True, help="Open every value, to see that it belongs there.")
@json_too
def check(home: Path | None, thorough: bool, as_json: bool) -> int:
    """Count what is sealed with which key; say what is not sealed."""
    from openhiu.web.config import field_keys

    with terminal.working("Counting", quiet=as_json):
        said = field_keys.check(home, thorough=thorough)
    lines = [
        f"{one['id']}  made on {one['made_on']}  {one['values']:,} values"
        f"{'  (seals)' if one['seals'] else ''}"
        for one in said["keys"]
    ]
    lines.append(f"Not sealed: {said['not_sealed']:,}. Without a key: {said['without_key']:,}.")
    _show(said, [*lines, *said["broken"]], as_json)
    return ExitCode.DONE if said["good"] else ExitCode.NEEDS_A_PERSON


@keys.command()
@_home
@json_too
def rotate(home: Path | None, as_json: bool) -> int:
    """Seal everything anew with the newest key, while the service goes on."""
    from openhiu.web.config import field_keys

    with terminal.working("Sealing anew", quiet=as_json) as say:
        said = field_keys.rotate(home, lambda done, of: say(f"table {done} of {of}"))
    _show(said, [f"{said['rows']:,} rows are sealed anew with the key {said['key']}."], as_json)
    return ExitCode.DONE


@keys.command()
@click.argument("key_id", metavar="ID")
@_home
@click.option("--although", is_flag=True, help="Although backups still need it, or may.")
@json_too
def retire(key_id: str, home: Path | None, although: bool, as_json: bool) -> int:
    """Take a key out of the file for good, when nothing is sealed with it any more."""
    from openhiu.web.config import field_keys

    said = field_keys.retire(home, key_id, although=although)
    lines = [
        f"The key {key_id} is no longer in {said['file']}.",
        "Backups made before the rotation still need it: keep its copy as long as you keep them.",
    ]
    _show(said, lines, as_json)
    return ExitCode.DONE


def _show(said: dict[str, Any], lines: list[str], as_json: bool) -> None:
    print_json(said) if as_json else terminal.show_lines(lines)
