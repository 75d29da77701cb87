"""`hiu manage look_after_the_team`, hourly: what comes due for workers, and signs of overload."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from openhiu.web.access.models import Service
from openhiu.web.access.row_security import set_service
from openhiu.web.team.actions.busy import watch
from openhiu.web.team.actions.care_settings import warn_of_checks
from openhiu.web.team.actions.own import forget_old


class Command(BaseCommand):
    """Goes through every service; each thing is told of once. Prints counts and no names."""

    help = "Warn of DBS checks, look for signs of overload, delete old private pages"

    def handle(self, *_args: Any, **_options: Any) -> None:
        """One transaction a service."""
        for service in Service.objects.order_by("name"):
            with transaction.atomic():
                set_service(service.pk)
                warned, told, gone = warn_of_checks(service), watch(service), forget_old(service)
            self.stdout.write(
                f"{service}: {warned} warnings, {told} told in general, {gone} old pages deleted"
            )
