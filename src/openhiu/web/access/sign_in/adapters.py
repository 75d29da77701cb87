"""What django-allauth asks this application: may they sign in, prove again, join, and as whom."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal import ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.exceptions import InvalidTag
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from openhiu.web.access import session
from openhiu.web.access.actions.invitations import accept_from_provider
from openhiu.web.access.gate import NotAllowed
from openhiu.web.access.models import User
from openhiu.web.access.sign_in.sealing import opened, sealed

WRONG = "The e-mail address or the password is not right"


class Accounts(DefaultAccountAdapter):
    """Accounts by invitation only; sessions start their clocks; nothing is sent by e-mail."""

    error_messages = {  # noqa: RUF012 - allauth's own name
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": WRONG,
        "username_password_mismatch": WRONG,
        "incorrect_password": "The password is not right",
        "too_many_login_attempts": "Too many tries. Wait five minutes, then try again",
        "rate_limited": "Too many tries. Wait five minutes, then try again",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Nobody makes an account without an invitation."""
        return False

    def login(self, request: HttpRequest, user: User) -> None:
        """Sign in, with a new session key and new clocks."""
        super().login(request, user)
        session.begin(request)

    def pre_authenticate(self, request: HttpRequest, **_credentials: Any) -> None:
        """Count tries by address only: one account from one address is axes' to slow down."""
        used = ratelimit.consume(request, app="allauth.account", action="password_failed")
        self._login_failed_rl_usage = used
        if not used:
            raise self.validation_error("too_many_login_attempts")

    def reauthenticate(self, user: User, password: str) -> bool:
        """Whether this is their password; a wrong one counts like one at signing in."""
        found = self.authenticate(context.request, email=user.email, password=password)
        return found is not None and found.pk == user.pk

    def is_reauthentication_required(self, **_app: Any) -> bool:
        """Changing a second factor needs a fresh proof; signing in just now is one."""
        request = context.request
        return not (session.recently_proved(request) or session.just_began(request))

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:  # noqa: ARG002
        """Say that the account is closed, to someone who knows its password."""
        return render(request, "access/account_closed.html", status=403)

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """allauth's own remarks are left out: our pages say what happened."""

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Nothing is sent: the account page and the audit show every change."""


class Factors(DefaultMFAAdapter):
    """Second factors; secrets of authenticator apps are kept encrypted."""

    error_messages = {  # noqa: RUF012 - allauth's own name
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "The code is not right, or was used before. Wait for the next one",
    }

    def encrypt(self, text: str) -> str:
        """As kept in the database."""
        return sealed(text)

    def decrypt(self, encrypted_text: str) -> str:
        """As it was; under another secret key a secret that no app has, so that no code fits."""
        try:
            return opened(encrypted_text)
        except (InvalidTag, ValueError):
            return generate_totp_secret()

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:  # noqa: A002
        """A first name for a passkey; people may change it."""
        held = Authenticator.objects.filter(user=user, type=type).count()
        return f"Passkey {held + 1}"


class Providers(DefaultSocialAccountAdapter):
    """Identity providers: known people by the provider's name for them, invited people once."""

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Let in who is known, join who is invited, refuse everyone else."""
        if sociallogin.is_existing:
            return
        user = None
        with suppress(NotAllowed):  # a role that cannot stand beside the one they hold
            user = accept_from_provider(sociallogin.invited_address, sociallogin.invited_name)
        if user is None:
            raise ImmediateHttpResponse(
                render(request, "socialaccount/not_invited.html", status=403)
            )
        sociallogin.connect(request, user)

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:  # noqa: ARG002
        """Nobody makes an account without an invitation."""
        return False

    def get_requests_session(self) -> Any:
        """Asks a provider; never follows it to another address."""
        session_ = super().get_requests_session()
        session_.max_redirects = 0
        return session_

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Nothing is sent."""
