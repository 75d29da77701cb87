"""`hiu`: arguments come in, an exit code goes out. No logic lives here."""

from __future__ import annotations

import json
import os
import sys
import traceback
from datetime import date
from pathlib import Path
from typing import Any

import click

from openhiu import programme, terminal
from openhiu.errors import ExitCode, HiuError

_DATASETS = ("attendances", "admissions", "ambulance", "calls_111", "people")
_FIRST_YEAR = 1948  # the NHS is no older
_PATH = click.Path(path_type=Path)


class _Day(click.ParamType[date]):
    """A date written YYYY-MM-DD."""

    name = "YYYY-MM-DD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        try:
            day = value if isinstance(value, date) else date.fromisoformat(value)
        except ValueError:
            self.fail("not a date written YYYY-MM-DD", param, ctx)
        if day.year < _FIRST_YEAR:
            self.fail(f"a date before {_FIRST_YEAR}", param, ctx)
        return day


_as_json = click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
_engine = click.option(
    "--engine", default="duckdb", show_default=True, metavar="duckdb|spark|ADDRESS",
    help="Where the counting runs: duckdb, spark, or the address of a Spark master or server.",
)  # fmt: skip


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="openhiu", prog_name="hiu")
def hiu() -> None:
    """Run a High Intensity Use service, from the hospital's extract to the list."""


@hiu.command()
@click.argument("files", nargs=-1, required=True, type=_PATH, metavar="FILE...")
@click.option("--store", type=_PATH, help="The folder of the activity store; made when missing.")
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
    type=_Day(),
    metavar="FROM TO",
    default=None,
    help="The files replace all their provider's rows from FROM up to, not with, TO.",
)
@click.option(
    "--submitted-at",
    type=_Day(),
    metavar="YYYY-MM-DD",
    default=None,
    help="When the files were made, where no column says so: later versions win.",
)
@click.option("--accept-held", metavar="REASON", help="Take a file in that was held, and say why.")
@click.option("--explain", is_flag=True, help="Draft a mapping for one file; nothing is stored.")
@_as_json
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
        _print_json({"mapping": drafted}) if as_json else click.echo(drafted, nl=False)
        return ExitCode.DONE
    if store is None:
        raise click.UsageError("Missing option '--store'.")
    options = programme.ReadOptions(**given)
    with terminal.reading(quiet=as_json) as progress:
        received = programme.read_files(files, store, options, on_progress=progress)
    if as_json:
        _print_json({"files": [one.as_dict() for one in received]})
    else:
        terminal.show_received(received)
    return max((one.exit_code for one in received), default=ExitCode.DONE)


@hiu.command()
@click.option("--store", type=_PATH, required=True, help="The folder of the activity store.")
@click.option("--as-of", type=_Day(), required=True, help="The first day that no longer counts.")
@click.option("--out", type=_PATH, help="The folder for the list; an earlier list is replaced.")
@click.option("--preset", help="A definition that comes with OpenHIU (default: spec-top-250).")
@click.option("--criteria", type=_PATH, help="Your own definition, a TOML file.")
@click.option("--site", "sites", multiple=True, metavar="CODE", help="Only this site's list.")
@click.option("--previous", type=_PATH, help="The folder of the list before, to see changes.")
@click.option("--locality", type=_PATH, help="Sites and commissioned area (a TOML file).")
@click.option("--explain", metavar="PERSON", help="Say why, or why not, for one person.")
@_engine
@_as_json
def identify(out: Path | None, explain: str | None, as_json: bool, **options: Any) -> int:
    """Make the list, with a reason on every line."""
    wanted = programme.ListOptions(**options)
    if explain is not None:
        lines = programme.explain_person(wanted, explain)
        _print_json({"explanation": lines}) if as_json else terminal.show_lines(lines)
        return ExitCode.DONE
    if out is None:
        raise click.UsageError("Missing option '--out'.")
    with terminal.working("Making the list", quiet=as_json):
        made = programme.make_list(wanted, out)
    _print_json(made.as_dict()) if as_json else terminal.show_list(made)
    return made.exit_code


@hiu.command()
@click.option("--out", type=_PATH, required=True, help="The folder to write the files into.")
@click.option(
    "--people",
    default=30_000,
    show_default=True,
    type=click.IntRange(100, 300_000),
    help="People who attend in an average year.",
)
@click.option(
    "--sites", default=3, show_default=True, type=click.IntRange(1, 20), help="Hospital sites."
)
@click.option(
    "--from", "first", type=_Day(), default="2024-04-01", show_default=True, help="The first day."
)
@click.option(
    "--to",
    "last",
    type=_Day(),
    default="2026-04-01",
    show_default=True,
    help="The first day after the last.",
)
@click.option("--seed", default=1, show_default=True, help="Same seed, same bytes.")
@click.option("--dirty", is_flag=True, help="Add damaged files, to see what extract does.")
@_as_json
def synthetic(out: Path, as_json: bool, **options: Any) -> int:
    """Make up a trust that behaves like the published ones. Nobody in it is real."""  # fmt: skip
    with terminal.working("Making up a trust", quiet=as_json) as say:
        trust = programme.make_synthetic(out, **options, say=say)
    _print_json(trust.as_dict()) if as_json else terminal.show_trust(trust, out)
    return ExitCode.DONE


@hiu.command()
@click.option(
    "--out",
    type=_PATH,
    default=Path("demo-out"),
    show_default=True,
    help="The folder for everything the demonstration writes.",
)
@click.option(
    "--people",
    default=30_000,
    show_default=True,
    type=click.IntRange(100, 200_000),
    help="People who attend in an average year.",
)
def demo(out: Path, people: int) -> int:
    """Show it all: a made-up trust, its files read, its list made and explained."""  # fmt: skip
    with terminal.working("Demonstration", quiet=False) as say:
        shown = programme.demonstrate(out, people=people, say=say)
    terminal.show_demonstration(shown)
    return ExitCode.DONE


def main(arguments: list[str] | None = None) -> int:
    """Run `hiu` and give the exit code of the contract."""
    as_json = "--json" in (sys.argv if arguments is None else arguments)
    # Whatever is written holds people's data: nobody but its owner may read it unless they say so.
    os.umask(0o077)
    try:
        code = hiu.main(args=arguments, prog_name="hiu", standalone_mode=False)
        return int(code or 0)
    except click.exceptions.Abort:
        terminal.show_error("stopped", "nothing half done was left behind; run it again")
        return 130
    except click.exceptions.NoArgsIsHelpError as fault:
        click.echo(fault.format_message())
        return ExitCode.DONE
    except click.ClickException as fault:
        sentence = fault.format_message().rstrip(".")
        terminal.show_error(sentence, "see hiu --help, or hiu VERB --help")
        return ExitCode.WRONG_USAGE
    except HiuError as fault:
        terminal.show_error(fault.sentence, fault.remedy)
        if as_json:
            _print_json(fault.as_dict())
        return fault.exit_code
    except Exception as fault:
        return _a_bug(fault)


def _a_bug(fault: Exception) -> int:
    """Say where, never what: the text of an unforeseen error can hold a person's data."""
    if os.environ.get("HIU_DEBUG"):
        traceback.print_exc()
    place = traceback.extract_tb(fault.__traceback__)[-1]
    where = f"{Path(place.filename).name} line {place.lineno}"
    terminal.show_error(
        f"{type(fault).__name__} in {where}: this is a fault of OpenHIU, not of your file",
        "report it with these words; set HIU_DEBUG=1 to see more on your own screen",
    )
    return ExitCode.A_BUG


def _print_json(result: dict[str, Any]) -> None:
    click.echo(json.dumps(result, ensure_ascii=False, default=str))


def run() -> None:
    """The console script."""
    sys.exit(main())


if __name__ == "__main__":
    run()
