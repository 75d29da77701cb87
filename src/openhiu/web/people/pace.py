"""How often someone may search: a search comes in, and whether it is one too many goes out."""

from __future__ import annotations

from typing import Final

from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.people.models import SearchPace

A_MINUTE: Final = 60  # searches; safety check 45
_SECONDS: Final = 60


def too_fast(actor: Actor) -> bool:
    """Count one search of this user; True when it is more than sixty within a minute.

    A refused search is not counted, so that waiting always helps.
    """
    pace, _ = SearchPace.objects.select_for_update().get_or_create(
        service_id=actor.service_id, user=actor.user
    )
    now = timezone.now().timestamp()
    recent = [moment for moment in pace.times if now - _SECONDS < moment <= now]
    if len(recent) >= A_MINUTE:
        return True
    pace.times = [*recent, now]
    pace.save(update_fields=["times"])
    return False
