"""Repeated posts do not double a record: a form's token comes in, where it led goes out."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme

from openhiu.web.access.models import Posted


def repeated(request: HttpRequest) -> HttpResponse | None:
    """Where the first sending of this form led, or None when this is the first.

    Claims the token, so that a second press while the first is still being saved waits for it.
    Call it at the top of a view that accepts POST; another method answers None.
    """
    token = _token(request)
    if token is None:
        return None
    Posted.objects.bulk_create(
        [Posted(token=token, user_id=request.user.pk, led_to="")], ignore_conflicts=True
    )
    first = Posted.objects.select_for_update().filter(token=token, user_id=request.user.pk).first()
    return HttpResponseRedirect(first.led_to) if first and first.led_to else None


def led_to(request: HttpRequest, url: str) -> HttpResponseRedirect:
    """Redirect to `url` and remember it as what this form led to.

    Raises:
        ValueError: the address is not one of this application's own.
    """
    if not url_has_allowed_host_and_scheme(url, allowed_hosts=None):
        raise ValueError("a form may only lead to an address of this application")
    token = _token(request)
    if token is not None:
        Posted.objects.filter(token=token, user_id=request.user.pk).update(led_to=url)
    return HttpResponseRedirect(url)


def _token(request: HttpRequest) -> UUID | None:
    if request.method != "POST":
        return None
    try:
        return UUID(request.POST.get("posted", ""))
    except ValueError:
        return None
