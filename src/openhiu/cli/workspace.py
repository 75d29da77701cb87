"""The verbs that make something to look at: a made-up trust, the demonstration, the workspace."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

from openhiu import programme, terminal
from openhiu.cli.options import PATH, Day, hiu, json_too, print_json
from openhiu.errors import ExitCode


@hiu.command()
@click.option("--out", type=PATH, required=True, help="The folder to write the files into.")
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
    "--from", "first", type=Day(), default="2024-04-01", show_default=True, help="The first day."
)
@click.option(
    "--to",
    "last",
    type=Day(),
    default="2026-04-01",
    show_default=True,
    help="The first day after the last.",
)
@click.option("--seed", default=1, show_default=True, help="Same seed, same bytes.")
@click.option("--dirty", is_flag=True, help="Add damaged files, to see what extract does.")
@json_too
def synthetic(out: Path, as_json: bool, **options: Any) -> int:
    """Make up a trust that behaves like the published ones. Nobody in it is real."""  # fmt: skip
    with terminal.working("Making up a trust", quiet=as_json) as say:
        trust = programme.make_synthetic(out, **options, say=say)
    print_json(trust.as_dict()) if as_json else terminal.show_trust(trust, out)
    return ExitCode.DONE


@hiu.command()
@click.option(
    "--out",
    type=PATH,
    default=Path("demo-out"),
    show_default=True,
    help="The folder for everything the demonstration writes.",
)
@click.option(
    "--people",
    default=15_000,
    show_default=True,
    type=click.IntRange(100, 200_000),
    help="People who attend in an average year.",
)
@click.option(
    "--as-of", type=Day(), help="The last month's list is of this day (default: this month)."
)
@click.option("--port", default=8000, show_default=True, help="The port of this machine to use.")
@click.option("--no-serve", is_flag=True, help="Make everything, and serve nothing.")
def demo(out: Path, people: int, as_of: date | None, port: int, no_serve: bool) -> int:
    """Show it all: a made-up trust, its list, a service two years old, and what it changed."""
    from openhiu.web.config import demonstrate, serve  # Django loads for the web alone

    today, home = date.today(), out / "service"
    until = as_of or today
    as_of = as_of or today.replace(day=1)
    if not demonstrate.is_built(home):
        with terminal.working("Demonstration", quiet=False) as say:
            shown = programme.demonstrate(out, people=people, as_of=as_of, until=until, say=say)
            demonstrate.build(home, out / "store", out / "lists", as_of, say)
        terminal.show_demonstration(shown)
    if not no_serve:
        serve.serve(home, port, demo=True, ready=click.echo)
    return ExitCode.DONE


@hiu.command()
@click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Where to serve."
)
@click.option("--home", type=PATH, help="The folder of everything it keeps (default: ~/.openhiu).")
def web(port: int, home: Path | None) -> int:
    """Serve the workspace of a High Intensity Use service on this machine."""  # fmt: skip
    from openhiu.web.config import home as homes  # the other verbs start without Django
    from openhiu.web.config.serve import serve

    serve(homes.folder(home), port, ready=click.echo)
    return ExitCode.DONE


@hiu.command(
    context_settings={"ignore_unknown_options": True, "help_option_names": []},
    add_help_option=False,
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED, metavar="COMMAND...")
def manage(arguments: tuple[str, ...]) -> int:
    """Run one of the workspace's maintenance commands on its database."""  # fmt: skip
    from openhiu.web import manage as commands

    return commands.run(list(arguments))
