"""`/metrics`: a scrape comes in; numbers in the text that monitoring software reads go out.

Nothing is counted by person, service or address. With TLS before the application every visitor
comes from the proxy: then a token is asked for, without it only this machine itself is answered.
"""

from __future__ import annotations

import hmac
import os
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, InfoMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

from openhiu.web.access.gate import public
from openhiu.web.assurance.queries import running
from openhiu.web.config.health import all_signs

_LOOPBACK: Final = {"127.0.0.1", "::1"}
_NUMBERS: Final = {
    "feed": ("openhiu_feed_age_seconds", "Age of the newest activity of the service furthest back"),
    "outbox": ("openhiu_outbox_age_seconds", "How long the oldest letter has waited"),
    "backup": ("openhiu_backup_age_seconds", "Age of the last backup"),
    "log": ("openhiu_log_age_seconds", "Since the log of changes was last taken to the backups"),
    "drill": ("openhiu_drill_age_seconds", "Age of the last restore drill"),
    "disk": ("openhiu_disk_free_bytes", "Room left where the home folder lies"),
    "migrations": ("openhiu_migrations_waiting", "Migrations that are not applied"),
}


@transaction.non_atomic_requests
@require_GET
@public("monitoring software asks without an account; numbers about the machine, about no person")
def metrics(request: HttpRequest) -> HttpResponse:
    """The numbers; 404, as for any address that is not there, for whoever may not ask."""
    if not _may_ask(request):
        raise Http404
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Signs())
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_PLAIN_0_0_4)


def _may_ask(request: HttpRequest) -> bool:
    file = os.environ.get("OPENHIU_METRICS_TOKEN_FILE", "")
    if file:
        said = request.headers.get("Authorization", "").removeprefix("Bearer ")
        token = Path(file).read_text("utf-8").strip()
        return len(token) >= 20 and hmac.compare_digest(said.encode(), token.encode())
    return not settings.TLS and request.META.get("REMOTE_ADDR") in _LOOPBACK


class _Signs:
    """Asked by the library for every scrape."""

    def collect(self) -> Iterator[Metric]:
        """Signs as numbers, and the timetable."""
        signs = all_signs()
        yield InfoMetricFamily("openhiu_release", "Release", {"version": version("openhiu")})
        states = GaugeMetricFamily(
            "openhiu_sign", "2 good, 1 needs a look, 0 broken", labels=["sign"]
        )
        for sign in signs:
            states.add_metric([sign.key], _WORTH[sign.state])
        yield states
        for sign in signs:
            if sign.key in _NUMBERS and sign.number is not None:
                yield GaugeMetricFamily(*_NUMBERS[sign.key], value=sign.number)
        began = GaugeMetricFamily(
            "openhiu_command_began_seconds", "When a command of the timetable last began",
            labels=["command"],
        )  # fmt: skip
        for name, at, _how in running.runs():
            if at is not None:
                began.add_metric([name], at.timestamp())
        yield began


_WORTH: Final = {running.State.GOOD: 2.0, running.State.LOOK: 1.0, running.State.BROKEN: 0.0}
