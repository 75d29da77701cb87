"""The two addresses of an identity provider: going there, and coming back."""

from __future__ import annotations

from typing import Any

from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST, require_safe

from openhiu.web.access.gate import public
from openhiu.web.access.sign_in.oidc.provider import Exchange


class CallbackView(OAuth2CallbackView):
    """Coming back; the exchange is told which sign-in this answers."""

    def _get_state(self, request: HttpRequest, provider: Any) -> Any:
        state, response = super()._get_state(request, provider)
        self.adapter.state = state
        return state, response


@public("signing in with an organisation's own identity provider")
@require_POST
def go(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Send someone to the provider."""
    exchange = _exchange(request, provider_id)
    answer: HttpResponse = exchange.get_provider().redirect_from_request(request)
    return answer


@public("coming back from the identity provider; its token is the proof")
@require_GET
def come_back(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Believe the provider, or say that signing in did not work."""
    answer: HttpResponse = CallbackView.adapter_view(_exchange(request, provider_id))(request)
    return answer


@public("tells someone that they stopped signing in at their organisation")
@require_safe
def cancelled(request: HttpRequest) -> HttpResponse:
    """You stopped half-way."""
    return render(request, "socialaccount/login_cancelled.html")


def _exchange(request: HttpRequest, provider_id: str) -> Exchange:
    exchange = Exchange(request, provider_id)
    try:
        exchange.get_provider()
    except SocialApp.DoesNotExist:
        raise Http404 from None
    return exchange
