"""Makes or brings up to date the tables of a database, as their owner.

An empty database gets them straight from the models: replaying every migration from the first takes
minutes of a first start and ends in the same tables (tests/web/config/test_migrations.py compares
the two). One that has tables is migrated.
"""

from __future__ import annotations

from typing import Final

# One of pghistory's migrations writes a function, which no model describes.
_REPLAYED: Final = frozenset({"pghistory"})


def make_tables() -> None:
    """Every table of this version, with its triggers, on the default connection."""
    from django.core.management import call_command
    from django.db import connection

    if not connection.introspection.table_names():
        _from_models()
    call_command("migrate", interactive=False, verbosity=0)


def _from_models() -> None:
    """All of them or none: who is stopped in the middle begins with an empty database again."""
    from django.apps import apps
    from django.conf import settings
    from django.core.management import call_command
    from django.db import transaction

    named = settings.MIGRATION_MODULES
    unknown = {app.label: None for app in apps.get_app_configs() if app.label not in _REPLAYED}
    with transaction.atomic():
        settings.MIGRATION_MODULES = unknown
        try:
            call_command("migrate", run_syncdb=True, interactive=False, verbosity=0)
            call_command("pgtrigger", "install", verbosity=0)
        finally:
            settings.MIGRATION_MODULES = named
        call_command("migrate", fake=True, interactive=False, verbosity=0)
