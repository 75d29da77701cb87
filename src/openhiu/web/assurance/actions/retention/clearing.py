"""What goes by the clock alone: drafts nobody came back to, tokens, quiet words that were read."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from openhiu.web.access.models import Announcement, Draft, Posted, Service
from openhiu.web.assurance.retention.standing import rules_of
from openhiu.web.people.holding_back import held_back


@transaction.atomic
def clear_by_clock(*, service: Service) -> int:
    """Delete this service's passing rows whose days are over; how many. Nothing while all is held.

    A token of a form that was sent belongs to no service; every service's round clears them.
    """
    if held_back(service.pk).holds(None):
        return 0
    rules, now = rules_of(service.pk), timezone.now()
    typed = now - timedelta(days=rules.number("drafts"))
    said = now - timedelta(days=rules.number("told"))
    told = [
        Draft.objects.filter(service=service, saved_at__lt=typed).delete(),
        Announcement.objects.filter(service=service, at__lt=said, seen_at__isnull=False).delete(),
        Posted.objects.filter(at__lt=said).delete(),
    ]
    return sum(int(count) for count, _ in told)
