"""For how long what was kept before agreements and gateways were tied here still holds.

Nothing comes in; a day goes out. After it a list released without a gateway is closed, and an
agreement that was never agreed and signed here lets nothing through.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

# Long enough to have an agreement signed anew, short enough that it is done.
DAYS_AFTER_UPGRADE: Final = 30
# The change of the tables that brought states, signatures and gateways.
_APP, _STEP = "access", "0003"


def old_holds_until() -> date | None:
    """The last day; None where the upgrade is not on record, and then nothing old holds."""
    return _until(str(connection.settings_dict["NAME"]))


@lru_cache(maxsize=4)
def _until(_database: str) -> date | None:
    steps = MigrationRecorder(connection).migration_qs.filter(app=_APP, name__startswith=_STEP)
    first = steps.order_by("applied").values_list("applied", flat=True).first()
    return timezone.localdate(first) + timedelta(days=DAYS_AFTER_UPGRADE) if first else None


def why_not_old(day: date) -> str:
    """Why what was kept from before does not hold on a day, or nothing."""
    until = old_holds_until()
    if until is None:
        return "It was kept from before, and nobody has agreed it here."
    if day > until:
        return f"It was kept from before and not agreed here by {until:%-d %B %Y}."
    return ""
