"""The national data opt-out on a list: request, apply, forget, rules."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from openhiu import programme, terminal
from openhiu.cli.options import PATH, hiu, json_too, print_json

_DAYS = click.option(
    "--valid-days", type=click.IntRange(1, 7), default=7, show_default=True,
    help="For so many days from asking a reply may be used.",
)  # fmt: skip
_LIST = click.option(
    "--list", "listed", type=PATH, required=True, help="The folder that hiu identify wrote."
)


@hiu.group("opt-out")
def opt_out() -> None:
    """Apply the national data opt-out to a list before it leaves the hospital."""


@opt_out.command()
@_LIST
@click.option("--out", type=PATH, required=True, help="The folder for the file to be sent.")
@click.option("--mailbox", required=True, metavar="MAILBOX", help="Your own MESH mailbox.")
@click.option("--to", default="X26HC036", show_default=True, help="The opt-out service's mailbox.")
@json_too
def request(listed: Path, out: Path, as_json: bool, **mailboxes: str) -> int:
    """Write the file of NHS numbers that asks who may stay."""
    return _told(programme.ask_opt_outs(listed, out, **mailboxes), as_json)


@opt_out.command()
@_LIST
@click.option("--asked", type=PATH, required=True, help="The file that was sent (.dat).")
@click.option("--reply", type=PATH, required=True, help="The file that came back.")
@click.option("--out", type=PATH, required=True, help="The folder for the list after opt-outs.")
@_DAYS
@json_too
def apply(listed: Path, as_json: bool, **files: Any) -> int:
    """Write the list with those alone whom the reply names."""
    return _told(programme.apply_opt_outs(listed, **files), as_json)


@opt_out.command()
@click.option("--folder", type=PATH, required=True, help="Where questions and replies lie.")
@_DAYS
@json_too
def forget(folder: Path, valid_days: int, as_json: bool) -> int:
    """Remove questions and replies that may not be used any more."""
    return _told(programme.forget_opt_outs(folder, days=valid_days), as_json)


@opt_out.command()
@json_too
def rules(as_json: bool) -> int:
    """Say for which purposes opt-outs apply, and why."""
    return _told(programme.opt_out_rules(), as_json)


def _told(done: programme.OptOutDone, as_json: bool) -> int:
    print_json(done.as_dict()) if as_json else terminal.show_lines(done.lines)
    return done.exit_code
