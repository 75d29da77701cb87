"""Views of django-allauth that need one thing more: a session that knows it was just proved."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.views import PasswordChangeView
from allauth.mfa.base.views import ReauthenticateView
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.internal import auth
from allauth.mfa.webauthn.views import AddWebAuthnView, RemoveWebAuthnView
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse, reverse_lazy

from openhiu.web.access import session
from openhiu.web.access.audit import Did, record
from openhiu.web.access.row_security import set_service
from openhiu.web.access.sign_in import recovery

KEEP_ONE = "Keep at least one passkey or an authenticator app: add another one first."
KEEP_PASSKEY = "Your role needs a passkey: add another one first."


class AddPasskeyView(AddWebAuthnView):
    """Add a passkey; making it is also proving it."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Ask the device for a passkey that can sign in alone."""
        told: dict[str, Any] = super().get_context_data(**kwargs)
        told["form"] = kwargs.get("form", told.get("form")) or self.get_form()
        told["js_data"] = {"creation_options": auth.begin_registration(self.request.user, True)}
        return told

    def form_valid(self, form: Any) -> HttpResponse:
        """Keep the passkey and note in the session that it was used."""
        response: HttpResponse = super().form_valid(form)
        note_change(self.request, session.PASSKEY, "The passkey was added")
        return response

    def get_success_url(self) -> str:
        """On to recovery codes, or back to the account."""
        return after_setting_up(self.request)


class StartAuthenticatorView(ActivateTOTPView):
    """Start using an authenticator app; its first code is also a proof, used up by this."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Keep the app's secret and note in the session that it was used."""
        response: HttpResponse = super().form_valid(form)
        app = Authenticator.objects.get(user=self.request.user, type="totp")
        app.wrap().validate_code(form.cleaned_data["code"])
        note_change(self.request, "totp", "The authenticator app was added")
        return response

    def get_success_url(self) -> str:
        """On to recovery codes, or back to the account."""
        return after_setting_up(self.request)


class RemovePasskeyView(RemoveWebAuthnView):
    """Take a passkey away, unless it is the last thing that protects the account."""

    success_url = reverse_lazy("access:account")

    def form_valid(self, form: Any) -> HttpResponse:
        """Take it away, or say why not."""
        why = _why_keep(self.request, session.PASSKEY)
        if why:
            messages.error(self.request, why)
            return HttpResponseRedirect(str(self.success_url))
        response: HttpResponse = super().form_valid(form)
        note_change(self.request, "", "The passkey was taken away")
        return response


class StopAuthenticatorView(DeactivateTOTPView):
    """Stop using the authenticator app, unless it is the last thing that protects the account."""

    success_url = reverse_lazy("access:account")

    def form_valid(self, form: Any) -> HttpResponse:
        """Take it away, or say why not."""
        why = _why_keep(self.request, "totp")
        if why:
            messages.error(self.request, why)
            return HttpResponseRedirect(str(self.success_url))
        response: HttpResponse = super().form_valid(form)
        note_change(self.request, "", "The authenticator app is no longer used")
        return response


class NewPasswordView(PasswordChangeView):
    """Change the password; every other session ends."""

    success_url = reverse_lazy("access:account")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Send back who has none, because their organisation signs them in."""
        if not request.user.has_usable_password():
            return HttpResponseRedirect(str(self.success_url))
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        return response

    def form_valid(self, form: Any) -> HttpResponse:
        """Keep the new password."""
        response: HttpResponse = super().form_valid(form)
        note_change(self.request, "", "The password was changed")
        return response


class ProveView(ReauthenticateView):
    """The second factor again, as a code; says whether a passkey would do as well."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Offer the passkey to those who have one."""
        told: dict[str, Any] = super().get_context_data(**kwargs)
        held = Authenticator.objects.filter(user=self.request.user, type=session.PASSKEY)
        return {**told, "may_use_passkey": held.exists()}


def after_setting_up(request: HttpRequest) -> str:
    """Where setting up a second factor leads: to recovery codes when there are none yet."""
    left = recovery.left(request.user)
    return reverse("access:recovery_codes" if left == 0 else "access:account")


def note_change(request: HttpRequest, factor: str, words: str) -> None:
    """After a change of how someone signs in: a new session key, and an entry in the audit."""
    if factor:
        record_authentication(
            request,
            request.user,
            "mfa",
            type=factor,
            reauthenticated=True,
        )
    request.session.cycle_key()
    messages.success(request, words)
    actor = getattr(request, "actor", None)
    if actor:
        set_service(actor.service_id)
        record(actor, Did.CHANGED_SIGN_IN, about=actor.user, factor=factor)


def _why_keep(request: HttpRequest, kind: str) -> str:
    """Why this second factor cannot be taken away now; empty: it can."""
    held = list(Authenticator.objects.filter(user=request.user).values_list("type", flat=True))
    if len(held) < 2:
        return KEEP_ONE
    roles = {one.role for one in session.held_by(request.user)}
    if kind == session.PASSKEY and roles & session.NEED_PASSKEY and held.count(kind) < 2:
        return KEEP_PASSKEY
    return ""
