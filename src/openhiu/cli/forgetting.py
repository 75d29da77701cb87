"""The verb that forgets people in an analyst's store."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from openhiu import programme
from openhiu.cli.options import PATH, hiu, json_too, print_json
from openhiu.errors import ExitCode


@hiu.command()
@click.option("--store", type=PATH, required=True, help="The folder of the activity store.")
@click.option(
    "--people",
    type=PATH,
    required=True,
    help="A CSV file with the columns issuer, person_id and birth_date; person_id alone: keys of "
    "the store.",
)
@click.option("--keep-activity", is_flag=True, help="Let their activity keep its identifier.")
@json_too
def forget(store: Path, people: Path, keep_activity: bool, as_json: bool) -> int:
    """Take people out of a store for good: who they are, and that activity is theirs."""
    whom = programme.read_to_forget(people)
    told = programme.forget_people(store, whom.keys, activity=not keep_activity, known=whom.known)
    if as_json:
        print_json(asdict(told))
    else:
        click.echo(
            f"{told.people} rows about people are gone, and {told.activity} rows of activity lead "
            f"to nobody now; {told.submissions} submissions were written anew.\n"
            "Remove the file that named them."
        )
        if told.not_followed:
            click.echo(
                f"{told.not_followed} NHS numbers stand in the store with somebody who has another "
                "name and date of birth: nothing was done by those."
            )
    return ExitCode.DONE
