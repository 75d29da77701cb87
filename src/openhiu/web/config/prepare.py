"""Makes a database ready for pages: migrations, row security, seals, style sheets; by the owner.

As a program (`python -m openhiu.web.config.prepare ADDRESS`) it prints what the person who started
it should read: the first administrator's one-time address, while there is none.
"""

from __future__ import annotations

import os
import sys

from openhiu.errors import ConfigurationFault, ExitCode, HiuError
from openhiu.web.config.logs import place_of


def secure_all() -> None:
    """Install row security and grants on the default connection, which is the owner's.

    Raises ConfigurationFault where a table stays open: nothing is served then.
    """
    from django.apps import apps
    from django.db import connection

    from openhiu.web.access import row_security

    row_security.secure(connection, apps, application=_application_role())
    if left_open := row_security.unsecured(connection, apps):
        raise ConfigurationFault(
            f"these tables have no wall between services: {', '.join(left_open)}",
            remedy="run hiu manage migrate; if that does not help, report it as a fault of OpenHIU",
        )


def seal_all() -> None:
    """Make the field keys where none are needed yet, and seal what an older version kept plain.

    Raises ConfigurationFault where the database needs a key that the file has not.
    """
    from pathlib import Path

    from django.conf import settings

    from openhiu.web.access.models import SealKey
    from openhiu.web.access.sealed import keyfile, rotation

    if not SealKey.objects.filter(retired_at=None).exists():
        keyfile.make(Path(settings.FIELD_KEYS_FILE))
    rotation.prove()
    rotation.seal_plain()


def prepare(address: str) -> list[str]:
    """Migrate, secure, collect style sheets; sentences for the person who started it.

    `address` is where pages will be found, as "http://127.0.0.1:8000".
    """
    from django.core.management import call_command

    from openhiu.web.config import founding
    from openhiu.web.config.tables import make_tables

    make_tables()
    secure_all()
    seal_all()
    call_command("collectstatic", interactive=False, verbosity=0)
    return founding.invite_first_administrator(address)


def _application_role() -> str:
    role = os.environ.get("OPENHIU_APPLICATION_ROLE")
    if not role:
        raise ConfigurationFault(
            "it is not known which role serves pages",
            remedy="run this through hiu web or hiu manage, or set OPENHIU_APPLICATION_ROLE",
        )
    return role


def main() -> int:
    """Prepare the database of DATABASE_URL; exit code 0, or that of the fault."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "openhiu.web.config.settings")
    try:
        django.setup()
        sentences = prepare(sys.argv[1])
    except HiuError as fault:
        print(f"{fault.sentence}\n{fault.remedy}", file=sys.stderr)  # noqa: T201  (the program)
        return fault.exit_code
    except Exception as fault:
        # What an error of the database says may hold a row of somebody's; where it arose does not.
        if os.environ.get("HIU_DEBUG"):
            raise
        print(f"a fault of OpenHIU: {place_of(fault)}", file=sys.stderr)  # noqa: T201
        return ExitCode.A_BUG
    print("\n".join(sentences))  # noqa: T201  (the program's answer)
    return 0


if __name__ == "__main__":
    sys.exit(main())
