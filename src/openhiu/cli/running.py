"""Running `hiu`: arguments come in; whatever happens, an exit code of the contract goes out."""

from __future__ import annotations

import os
import sys
import traceback
from pathlib import Path

import click

from openhiu import terminal
from openhiu.cli.options import hiu, print_json
from openhiu.errors import ExitCode, HiuError


def main(arguments: list[str] | None = None) -> int:
    """Run `hiu` and give the exit code of the contract."""
    as_json = "--json" in (sys.argv if arguments is None else arguments)
    # Whatever is written holds people's data: nobody but its owner may read it unless they say so.
    before = os.umask(0o077)
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
            print_json(fault.as_dict())
        return fault.exit_code
    except Exception as fault:
        return _a_bug(fault)
    finally:
        os.umask(before)  # whoever called from Python goes on as they were


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


def run() -> None:
    """The console script."""
    sys.exit(main())
