"""A quiet word about a page of this room: the newest takes the place of older ones."""

from __future__ import annotations

from django.utils import timezone

from openhiu.web.access.announce import announce
from openhiu.web.access.models import Announcement, Membership


def tell(*, to: Membership, words: str, link: str) -> None:
    """Tell one member; what they had not yet put aside about the same page is said no more."""
    older = Announcement.objects.filter(service=to.service_id, to=to, link=link, seen_at=None)
    older.update(seen_at=timezone.now())
    announce(to=to, words=words, link=link)
