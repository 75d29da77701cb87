"""The verbs that keep a service: backups, bringing back, drills, and whether it is set up well."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from openhiu import terminal
from openhiu.cli.options import PATH, hiu, json_too, print_json
from openhiu.errors import ExitCode

_home = click.option("--home", type=PATH, help="The home folder (default: ~/.openhiu).")
_shelf = click.option("--to", "shelf", type=PATH, help="Where backups are (OPENHIU_BACKUP_DIR).")
_identity = click.option("--identity", type=PATH, help="The file with the key that opens backups.")


@hiu.command()
@_home
@_shelf
@click.option("--recipient", help="Public keys that can open it (OPENHIU_BACKUP_RECIPIENT).")
@click.option("--new-key", type=PATH, help="Only make a key: the secret half goes into this file.")
@click.option("--list", "only_list", is_flag=True, help="Only show what is there.")
@click.option("--if-due", is_flag=True, help="Do nothing if the last one is not a day old.")
@json_too
def backup(
    home: Path | None, shelf: Path | None, recipient: str | None, new_key: Path | None,
    only_list: bool, if_due: bool, as_json: bool,
) -> int:  # fmt: skip
    """Save a service, sealed so that this machine itself cannot read what it saved."""  # fmt: skip
    from openhiu.web.config.backup import command  # Django loads for the web alone

    if new_key is not None:
        said: dict[str, Any] = command.new_key(new_key)
    elif only_list:
        said = command.listed(shelf)
    else:
        with terminal.working("Saving the service", quiet=as_json):
            said = command.backup(home, shelf, recipient, if_due=if_due)
    _show(said, as_json)
    return ExitCode.DONE


@hiu.command()
@click.option("--home", type=PATH, help="The new home folder; it must not exist yet.")
@_shelf
@click.option("--identity", type=PATH, required=True, help="The file with the key that opens it.")
@click.option("--name", help="Which backup (default: the newest).")
@click.option("--until", type=click.DateTime(), help="Not after this moment, in UTC.")
@click.option("--from-dump", is_flag=True, help="From the dump instead of files and log.")
@click.option("--secret-key", type=PATH, help="The secret key that was kept apart.")
@click.option("--field-keys", type=PATH, help="The field keys that were kept apart.")
@click.option("--removed", type=PATH, help="removed.jsonl, if it is newer than the one saved.")
@click.option("--unsigned", is_flag=True, help="Although nobody can tell who made it.")
@json_too
def restore(as_json: bool, **options: Any) -> int:
    """Bring a saved service back: into a new folder, or the empty database of DATABASE_URL."""
    from openhiu.web.config.backup import command

    with terminal.working("Bringing the service back", quiet=as_json) as say:
        said = command.restore(say=say, **options)
    _show(said, as_json)
    return ExitCode.NEEDS_A_PERSON if said["warnings"] else ExitCode.DONE


@hiu.command()
@_home
@_shelf
@_identity
@click.option("--if-due", is_flag=True, help="Do nothing if the last one is not a week old.")
@json_too
def drill(
    home: Path | None, shelf: Path | None, identity: Path | None, if_due: bool, as_json: bool
) -> int:
    """Prove that the service could be brought back, and how long it takes."""  # fmt: skip
    from openhiu.web.config.backup import command

    with terminal.working("Drill", quiet=as_json) as say:
        said = command.drill(home, shelf, identity, if_due=if_due, say=say)
    _show(said, as_json)
    return ExitCode.DONE


@hiu.command()
@_home
@json_too
def check(home: Path | None, as_json: bool) -> int:
    """Whether a service is set up safely enough to be served."""  # fmt: skip
    from openhiu.web.config import home as homes
    from openhiu.web.config import unsafe

    found = unsafe.looked(homes.folder(home), os.environ)
    if as_json:
        print_json({"checks": [one.as_dict() for one in found]})
    else:
        for one in found:
            click.echo(f"{one.mark}  {one.words}" + (f"\n   {one.remedy}" if one.remedy else ""))
    return ExitCode.CONFIGURATION if any(one.is_wrong for one in found) else ExitCode.DONE


def _show(said: dict[str, Any], as_json: bool) -> None:
    if as_json:
        print_json(said)
        return
    for name, value in said.items():
        lines = value if isinstance(value, list) else [value]
        for line in lines:
            click.echo(f"{name.replace('_', ' ')}: {_plain(line)}")


def _plain(value: Any) -> str:
    return value.isoformat(" ", "seconds") if isinstance(value, datetime) else str(value)
