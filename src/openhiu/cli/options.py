"""What every verb of the command line shares: the group, dates, paths and the common options."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any, Final

import click

_FIRST_YEAR: Final = 1948  # the NHS is no older
PATH: Final = click.Path(path_type=Path)


class Day(click.ParamType[date]):
    """A date written YYYY-MM-DD."""

    name = "YYYY-MM-DD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day, or wrong usage."""
        try:
            day = value if isinstance(value, date) else date.fromisoformat(value)
        except ValueError:
            self.fail("not a date written YYYY-MM-DD", param, ctx)
        if day.year < _FIRST_YEAR:
            self.fail(f"a date before {_FIRST_YEAR}", param, ctx)
        return day


json_too = click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
where_it_runs = click.option(
    "--engine", default="duckdb", show_default=True, metavar="duckdb|spark|ADDRESS",
    help="Where the counting runs: duckdb, spark, or the address of a Spark master or server.",
)  # fmt: skip


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="openhiu", prog_name="hiu")
def hiu() -> None:
    """Run a High Intensity Use service, from the hospital's extract to the list."""


def print_json(result: dict[str, Any]) -> None:
    """The result as one JSON object on standard output."""
    click.echo(json.dumps(result, ensure_ascii=False, default=str))
