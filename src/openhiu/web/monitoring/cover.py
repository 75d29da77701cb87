"""What early warnings and arrivals add to cover: clients and days come in; sentences go out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.casework.models import Case
from openhiu.web.design.words import short_day
from openhiu.web.monitoring import lifecycle
from openhiu.web.monitoring.models import Signal


def to_watch(
    actor: Actor, cases: Sequence[Case], _first: date, _last: date
) -> Mapping[UUID, list[str]]:
    """Early warnings that wait for an answer, by client, in the words they were raised with."""
    return _by_case(_signals(actor, cases).filter(state__in=lifecycle.OPEN), "Early warning")


def came_meanwhile(
    actor: Actor, cases: Sequence[Case], first: date, last: date
) -> Mapping[UUID, list[str]]:
    """Early warnings raised in these days, by client, with what was done about each."""
    begin, end = _midnight(first), _midnight(last + timedelta(days=1))
    found = _signals(actor, cases).filter(raised_at__gte=begin, raised_at__lt=end)
    return _by_case(found, "Early warning")


def _signals(actor: Actor, cases: Sequence[Case]) -> Any:
    rows = Signal.objects.filter(service=actor.service_id, case__in=[case.pk for case in cases])
    return rows.order_by("day", "raised_at")


def _by_case(found: Any, label: str) -> dict[UUID, list[str]]:
    said: dict[UUID, list[str]] = {}
    for signal in found:
        answer = f" {signal.get_answer_display()}." if signal.answer else ""
        words = f"{label}, {short_day(signal.day)}: {signal.why}{answer}"
        said.setdefault(signal.case_id, []).append(words)
    return said


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
