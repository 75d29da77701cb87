"""How guessing is slowed: failures of an account from an address come in, a delay goes out.

Someone at another address is not slowed by it, so that nobody can lock out somebody else.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from axes.models import AccessFailureLog, AccessLog
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

AFTER: Final = 5  # failures before the first delay; AXES_FAILURE_LIMIT
FIRST: Final = timedelta(minutes=1)
LONGEST: Final = timedelta(hours=1)
REMEMBERED: Final = timedelta(days=1)


def cool_off(request: HttpRequest | None) -> timedelta:
    """How long to wait: one minute after five failures, doubled with each further five, an hour."""
    failures = _failures(request) if request is not None else AFTER
    doubled = FIRST * 2 ** min(max(failures // AFTER - 1, 0), 10)
    return min(doubled, LONGEST)


def _failures(request: HttpRequest) -> int:
    """Failures of this account from this address since they last got in, within a day."""
    about = {"username": name_tried(request, None), "ip_address": address(request)}
    since = timezone.now() - REMEMBERED
    last = AccessLog.objects.filter(**about, attempt_time__gt=since).order_by("-attempt_time")
    got_in = last.values_list("attempt_time", flat=True).first()
    return int(AccessFailureLog.objects.filter(**about, attempt_time__gt=got_in or since).count())


def name_tried(request: HttpRequest | None, credentials: dict[str, Any] | None = None) -> str:
    """The e-mail address being tried, in small letters."""
    given = (credentials or {}).get("email") or (credentials or {}).get("username")
    if not given and request is not None:
        user = getattr(request, "user", None)
        given = request.POST.get("login") or getattr(user, "email", "")
    return str(given or "").strip().lower()[:255]


def address(request: HttpRequest) -> str | None:
    """The address a request came from, as the server in front of us says."""
    found: str | None = request.META.get("REMOTE_ADDR")
    return found or None


def slowed_down(
    request: HttpRequest, _response: HttpResponse | None = None, _credentials: Any = None
) -> HttpResponse:
    """The page that says how long to wait; the same whether or not there is such an account."""
    minutes = int(cool_off(request).total_seconds() // 60)
    return render(request, "access/slowed_down.html", {"minutes": minutes}, status=429)
