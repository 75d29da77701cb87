"""`hiu manage look_for_news`, every few minutes: a store that has news is counted again."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from openhiu.web.access.models import Service
from openhiu.web.monitoring.actions.news import look_for_news
from openhiu.web.monitoring.turns import give_turns


class Command(BaseCommand):
    """Goes through the services that have a store; one whose store is as it was costs nothing."""

    help = "Take in what is new in the stores of the services."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """A line for each service; one that cannot be counted does not keep the others waiting."""
        services = list(Service.objects.exclude(store="").order_by("name"))
        give_turns(services, lambda service: look_for_news(service), self.stdout, self.stderr)
