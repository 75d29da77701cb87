"""A fresh proof before what is risky: exports, opening another's record, roles, sign-in."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.mfa.models import Authenticator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from openhiu.web.access import drafts, session
from openhiu.web.access.session import recently_proved

__all__ = ["proved_again", "recently_proved", "to_prove"]
View = Callable[..., HttpResponse]


def proved_again(view: View) -> View:
    """Put a view behind a proof of the last five minutes; put this under `allow`.

    Someone sent away comes back to the same page; what they had typed into a form with a draft
    key is kept.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if recently_proved(request):
            return view(request, *args, **kwargs)
        actor = getattr(request, "actor", None)
        if request.method == "POST" and actor:
            key = request.POST.get("draft", "")
            drafts.keep_draft(actor.membership, key, drafts.fields_of(request.POST))
        return to_prove(request)

    return guarded


def to_prove(request: HttpRequest) -> HttpResponseRedirect:
    """Lead to the page where one proves again who one is, and from there back here."""
    kinds = set(Authenticator.objects.filter(user=request.user).values_list("type", flat=True))
    back = urlencode({"next": request.get_full_path() if request.method == "GET" else request.path})
    if session.PASSKEY in kinds:
        return HttpResponseRedirect(f"{reverse('mfa_reauthenticate_webauthn')}?{back}")
    if kinds:
        return HttpResponseRedirect(f"{reverse('mfa_reauthenticate')}?{back}")
    # Someone whose organisation signs them in proves it there.
    return HttpResponseRedirect(f"{reverse('access:lock')}?{back}")
