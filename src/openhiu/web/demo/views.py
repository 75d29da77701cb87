"""The page of personas, and stepping into one's shoes; neither exists outside the demo."""

from __future__ import annotations

from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from openhiu.web.access import session
from openhiu.web.access.gate import public
from openhiu.web.access.models import Membership, User
from openhiu.web.demo import personas

_EVERYBODY = (*personas.PERSONAS, personas.OUTSIDER)


@require_GET
@public("made-up people only; the room is not installed outside the demo")
def choose_persona(request: HttpRequest) -> HttpResponse:
    """Who works here, and what to try as each of them."""
    found = {user.email: user.pk for user in User.objects.all()}
    rows = [(persona, found[persona.email]) for persona in _EVERYBODY if persona.email in found]
    return render(request, "demo/personas.html", {"rows": rows})


@require_POST
@public("made-up people only; the room is not installed outside the demo")
def step_in(request: HttpRequest) -> HttpResponse:
    """Sign in as a persona, as if with password and passkey."""
    key = request.POST.get("persona", "")
    persona = next((one for one in _EVERYBODY if one.key == key), None)
    user = User.objects.filter(email=persona.email).first() if persona else None
    if user is None:
        return HttpResponseRedirect("/demo/")
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[-1])
    record_authentication(request, user, "mfa", type="webauthn")
    session.begin(request)
    request.session[session.MEMBERSHIP] = str(Membership.objects.get(user=user).pk)
    return HttpResponseRedirect("/")
