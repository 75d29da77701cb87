"""The verbs an analyst runs on a store every month: extract, identify, monitor."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from openhiu import programme, terminal
from openhiu.cli.options import PATH, Day, hiu, json_too, print_json, where_it_runs
from openhiu.errors import ExitCode

_DATASETS = ("attendances", "admissions", "ambulance", "calls_111", "people")


@hiu.command()
@click.argument("files", nargs=-1, required=True, type=PATH, metavar="FILE...")
@click.option("--store", type=PATH, help="The folder of the activity store; made when missing.")
@click.option("--dataset", type=click.Choice(_DATASETS), help="What the files hold, if not plain.")
@click.option(
    "--dialect",
    default="auto",
    show_default=True,
    metavar="auto|NAME|FILE.toml",
    help="How the columns are named: recognised, a known layout, or your own mapping.",
)
@click.option(
    "--replace-period",
    nargs=2,
    type=Day(),
    metavar="FROM TO",
    default=None,
    help="The files replace all their provider's rows from FROM up to, not with, TO.",
)
@click.option(
    "--submitted-at",
    type=Day(),
    metavar="YYYY-MM-DD",
    default=None,
    help="When the files were made, where no column says so: later versions win.",
)
@click.option("--accept-held", metavar="REASON", help="Take a file in that was held, and say why.")
@click.option("--explain", is_flag=True, help="Draft a mapping for one file; nothing is stored.")
@json_too
def extract(
    files: tuple[Path, ...], store: Path | None, explain: bool, as_json: bool, **given: Any
) -> int:
    """Read a trust's files into the activity store.

    Every row is accepted, superseded, a duplicate, or rejected with its reason in rejects.csv.
    """  # fmt: skip
    if explain:
        if len(files) > 1:
            raise click.UsageError("--explain drafts a mapping for one file.")
        drafted = programme.draft_mapping(files[0])
        print_json({"mapping": drafted}) if as_json else click.echo(drafted, nl=False)
        return ExitCode.DONE
    if store is None:
        raise click.UsageError("Missing option '--store'.")
    options = programme.ReadOptions(**given)
    with terminal.reading(quiet=as_json) as progress:
        received = programme.read_files(files, store, options, on_progress=progress)
    if as_json:
        print_json({"files": [one.as_dict() for one in received]})
    else:
        terminal.show_received(received)
    return max((one.exit_code for one in received), default=ExitCode.DONE)


@hiu.command()
@click.option("--store", type=PATH, required=True, help="The folder of the activity store.")
@click.option("--as-of", type=Day(), required=True, help="The first day that no longer counts.")
@click.option("--out", type=PATH, help="The folder for the list; an earlier list is replaced.")
@click.option("--preset", help="A definition that comes with OpenHIU (default: spec-top-250).")
@click.option("--criteria", type=PATH, help="Your own definition, a TOML file.")
@click.option("--site", "sites", multiple=True, metavar="CODE", help="Only this site's list.")
@click.option("--previous", type=PATH, help="The folder of the list before, to see changes.")
@click.option("--locality", type=PATH, help="Sites and commissioned area (a TOML file).")
@click.option("--explain", metavar="PERSON", help="Say why, or why not, for one person.")
@where_it_runs
@json_too
def identify(out: Path | None, explain: str | None, as_json: bool, **options: Any) -> int:
    """Make the list, with a reason on every line."""
    wanted = programme.ListOptions(**options)
    if explain is not None:
        lines = programme.explain_person(wanted, explain)
        print_json({"explanation": lines}) if as_json else terminal.show_lines(lines)
        return ExitCode.DONE
    if out is None:
        raise click.UsageError("Missing option '--out'.")
    with terminal.working("Making the list", quiet=as_json):
        made = programme.make_list(wanted, out)
    print_json(made.as_dict()) if as_json else terminal.show_list(made)
    return made.exit_code


@hiu.command()
@click.option("--store", type=PATH, required=True, help="The folder of the activity store.")
@click.option("--caseload", type=PATH, required=True, help="Who the clients are, from the service.")
@click.option("--as-of", type=Day(), required=True, help="The first day that no longer counts.")
@click.option("--out", type=PATH, required=True, help="The folder; an earlier feed is replaced.")
@click.option("--locality", type=PATH, help="Sites and commissioned area (a TOML file).")
@where_it_runs
@json_too
def monitor(as_json: bool, **options: Any) -> int:
    """Say what each client has done since: attendances, stays, ambulance and 111.

    Raises early warnings by the rules of the place, and says which data are missing or wrong.
    """
    with terminal.working("Counting activity", quiet=as_json):
        made = programme.make_feed(**options)
    print_json(made.as_dict()) if as_json else terminal.show_feed(made)
    return made.exit_code
