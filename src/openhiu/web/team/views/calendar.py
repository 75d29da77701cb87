"""Somebody's calendar address: its page, and the file that a calendar programme fetches."""

from __future__ import annotations

import hashlib
import hmac
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from openhiu.web.access.actor import Actor
from openhiu.web.access.asking import actor_of, press
from openhiu.web.access.gate import allow, public
from openhiu.web.access.models import Membership
from openhiu.web.access.permissions import Permission, may
from openhiu.web.access.row_security import set_service
from openhiu.web.access.sign_in.guessing import address
from openhiu.web.team import calendar_feed, diary
from openhiu.web.team.actions import calendar_key as keys
from openhiu.web.team.models import CalendarKey

# From one address of the network within an hour: wrong tries, and fetches of one calendar.
WRONG_TRIES: Final = 20
FETCHES: Final = 120
_HOUR: Final = 3600


@allow(Permission.OWN_WORK)
@require_http_methods(["GET", "POST"])
def show_calendar(request: HttpRequest) -> HttpResponse:
    """Whether one's days can be fetched; a new address is shown once, when it is made."""
    actor = actor_of(request)
    told: dict[str, object] = {}
    if request.method == "POST":
        secret = keys.make_key(by=actor)
        path = reverse("team:calendar_file", args=[actor.membership.pk, secret])
        told["address"] = request.build_absolute_uri(path)
    told["key"] = CalendarKey.objects.filter(
        service=actor.service, member=actor.membership
    ).first()  # fmt: skip
    return render(request, "team/calendar.html", told)


@allow(Permission.OWN_WORK)
@require_POST
def stop_calendar(request: HttpRequest) -> HttpResponse:
    """Nobody can fetch one's days any more."""
    actor = actor_of(request)
    return press(
        request, lambda: keys.take_key_away(by=actor), reverse("team:calendar"),
        "The address does not work any more.",
    )  # fmt: skip


@public("a calendar programme has no session; the secret in the address is the proof")
@require_safe
def calendar_file(request: HttpRequest, membership_id: UUID, secret: str) -> HttpResponse:
    """The days of one worker, without anything personal; any wrong address is not there."""
    wrong = f"calendar-wrong:{address(request)}"
    if int(cache.get(wrong, 0)) >= WRONG_TRIES:
        return _too_often()
    found = _found(membership_id, secret)
    if found is None:
        _count(wrong)
        # Answered and not raised: what is raised undoes what was counted.
        return render(request, "design/404.html", status=404)
    member, key = found
    if _count(f"calendar:{key.pk}") > FETCHES:
        return _too_often()
    today = timezone.localdate()
    days = diary.gather(
        Actor(user=member.user, membership=member),
        today - timedelta(days=calendar_feed.BACK_DAYS),
        today + timedelta(days=calendar_feed.AHEAD_DAYS),
    )
    made = calendar_feed.as_calendar(days, salt=key.secret_hash)
    keys.fetched(member, key)
    return _answer(request, made)


def _found(membership_id: UUID, secret: str) -> tuple[Membership, CalendarKey] | None:
    """The membership and its key, when it is in force and the secret is right."""
    member = (
        Membership.objects.filter(pk=membership_id, ended_at=None, user__is_active=True)
        .select_related("user", "service", "team", "organisation")
        .first()
    )
    given = keys.hashed(secret)
    if member is None:
        return None
    set_service(member.service_id)
    key = CalendarKey.objects.filter(service=member.service_id, member=member).first()
    right = key is not None and hmac.compare_digest(key.secret_hash, given)
    return (member, key) if key and right and may(member.role, Permission.OWN_WORK) else None


def _answer(request: HttpRequest, made: bytes) -> HttpResponse:
    etag = f'"{hashlib.sha256(made).hexdigest()[:32]}"'
    if request.headers.get("If-None-Match") == etag:
        answer: HttpResponse = HttpResponseNotModified()
    else:
        answer = HttpResponse(made, content_type="text/calendar; charset=utf-8")
        answer["Content-Disposition"] = 'inline; filename="work.ics"'
    answer["ETag"] = etag
    answer["Referrer-Policy"] = "no-referrer"
    return answer


def _count(key: str) -> int:
    cache.add(key, 0, _HOUR)
    try:
        return int(cache.incr(key))
    except ValueError:  # it ran out between the two
        return 1


def _too_often() -> HttpResponse:
    return HttpResponse(
        "Too many tries. Wait an hour.", status=429, content_type="text/plain",
        headers={"Retry-After": str(_HOUR)},
    )  # fmt: skip
