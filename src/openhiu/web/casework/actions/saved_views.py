"""The list as someone likes to see it: keeping and removing saved views."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.db import transaction

from openhiu.web.access.actor import Actor
from openhiu.web.access.gate import NotAllowed
from openhiu.web.access.models import SavedView

MOST_VIEWS: Final = 12


@transaction.atomic
def keep_view(*, by: Actor, page: str, name: str, filters: Mapping[str, str]) -> SavedView:
    """Keep the filters of a page under a name; the same name again replaces what was there.

    Raises:
        NotAllowed: no name, a name over 60 characters, or too many kept already.
    """
    named = name.strip()
    if not named or len(named) > 60:
        raise NotAllowed("Give the view a name of up to 60 characters.")
    mine = SavedView.objects.filter(service=by.service, user=by.user, page=page)
    if mine.exclude(name=named).count() >= MOST_VIEWS:
        raise NotAllowed(f"You keep {MOST_VIEWS} views already. Remove one first.")
    kept, _ = mine.update_or_create(
        name=named,
        defaults={"filters": dict(filters)},
        create_defaults={
            "service": by.service,
            "user": by.user,
            "page": page,
            "name": named,
            "filters": dict(filters),
        },
    )
    return kept


@transaction.atomic
def remove_view(*, by: Actor, view_id: Any) -> None:
    """Forget one of one's own views; one that is gone already is gone."""
    SavedView.objects.filter(service=by.service, user=by.user, pk=view_id).delete()
