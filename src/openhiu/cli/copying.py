"""The verb that copies what an analyst's store holds about somebody, for them."""

from __future__ import annotations

from pathlib import Path

import click

from openhiu import programme
from openhiu.cli.options import PATH, hiu, json_too, print_json
from openhiu.errors import ExitCode
from openhiu.programme.copying import copy_person


@hiu.command("person-copy")
@click.option("--store", type=PATH, required=True, help="The folder of the activity store.")
@click.option(
    "--people",
    type=PATH,
    required=True,
    help="A CSV file with a column person_id: the one person's identifiers or NHS number.",
)
@click.option("--out", type=PATH, required=True, help="The folder; an earlier copy is replaced.")
@json_too
def person_copy(store: Path, people: Path, out: Path, as_json: bool) -> int:
    """Copy everything a store holds about somebody who asks for it."""
    made = copy_person(store, {key for _, key in programme.read_keys(people)}, out)
    if as_json:
        print_json(made.as_dict())
    else:
        rows = ", ".join(f"{name} {count}" for name, count in made.rows.items()) or "nothing"
        click.echo(f"Rows found: {rows}. Written to {made.out}. Remove the file that named them.")
    return ExitCode.DONE
