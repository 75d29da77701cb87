"""The verbs that say what the service changed, and for whom: evaluate, report."""

from __future__ import annotations

from typing import Any

import click

from openhiu import programme, terminal
from openhiu.cli.options import PATH, Day, hiu, json_too, print_json, where_it_runs


@hiu.command()
@click.option("--store", type=PATH, required=True, help="The folder of the activity store.")
@click.option(
    "--roster", type=PATH, required=True, help="Who was listed, asked and supported, and when."
)
@click.option("--as-of", type=Day(), required=True, help="The first day that no longer counts.")
@click.option(
    "--out", type=PATH, required=True, help="The folder; an earlier evaluation is replaced."
)
@click.option("--service", type=PATH, help="What only the service knows (a TOML file).")
@click.option(
    "--service-start", type=Day(), help="The first day of support, where no file says it."
)
@click.option("--locality", type=PATH, help="Sites, priority areas and money (a TOML file).")
@where_it_runs
@json_too
def evaluate(as_json: bool, **options: Any) -> int:
    """Say what changed for the people supported, against what would have happened anyway."""
    wanted = programme.EvaluateOptions(**options)
    with terminal.working("Evaluating", quiet=as_json) as say:
        made = programme.make_evaluation(wanted, say=say)
    print_json(made.as_dict()) if as_json else terminal.show_evaluation(made)
    return made.exit_code
