"""Django's commands on the database of this installation: arguments come in, an exit code goes out.

`python -m openhiu.web.manage COMMAND`, or `hiu manage COMMAND`. Where no server is named the
embedded one is used: one that runs already, or one started for the command.
"""

from __future__ import annotations

import os
import sys
from typing import Final

from openhiu.errors import ConfigurationFault, ExitCode
from openhiu.web.config import home
from openhiu.web.config.logs import place_of

# These make or read no rows, and must work on a machine without a database.
_WITHOUT_DATABASE: Final = {
    "check",
    "collectstatic",
    "diffsettings",
    "findstatic",
    "help",
    "version",
}
_AS_OWNER: Final = {"migrate", "makemigrations", "sqlmigrate", "createcachetable"}
_ONLY_LOOKING: Final = {"--plan", "--check", "--help", "-h"}


def run(arguments: list[str]) -> int:
    """Run one command; what Django prints goes where it always goes."""
    place = home.folder()
    home.make(place)
    os.environ["OPENHIU_HOME"] = str(place)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "openhiu.web.config.settings")
    os.environ.setdefault("OPENHIU_POOL", "0")
    command = arguments[0] if arguments else "help"
    if command in _WITHOUT_DATABASE:
        _execute(arguments)
        return 0
    with home.database(place) as addresses:
        _run_on(addresses, command, arguments)
    return 0


def _run_on(addresses: home.Addresses, command: str, arguments: list[str]) -> None:
    os.environ["OPENHIU_APPLICATION_ROLE"] = addresses.application_role
    os.environ["DATABASE_URL"] = addresses.application
    if command in _AS_OWNER:
        os.environ["DATABASE_URL"] = _owner(addresses)
    _execute(arguments)
    if command == "migrate" and not _ONLY_LOOKING & set(arguments):
        from openhiu.web.config.prepare import seal_all, secure_all

        secure_all()
        seal_all()


def _owner(addresses: home.Addresses) -> str:
    if not addresses.owner:
        raise ConfigurationFault(
            "the tables' owner is not named",
            remedy="set OPENHIU_DATABASE_OWNER_URL for this command",
        )
    return addresses.owner


def _execute(arguments: list[str]) -> None:
    from django.core.management import execute_from_command_line
    from django.db import connections

    execute_from_command_line(["hiu manage", *arguments])
    if connections.databases:
        connections.close_all()


def main() -> int:
    """The program: a fault becomes one line, a remedy and its exit code."""
    try:
        return run(sys.argv[1:])
    except ConfigurationFault as fault:
        print(f"{fault.sentence}\n{fault.remedy}", file=sys.stderr)  # noqa: T201  (the program)
        return fault.exit_code
    except Exception as fault:
        # What an error says may hold a row of somebody's: where it arose does not.
        print(f"a fault of OpenHIU: {place_of(fault)}", file=sys.stderr)  # noqa: T201
        return ExitCode.A_BUG


if __name__ == "__main__":
    sys.exit(main())
