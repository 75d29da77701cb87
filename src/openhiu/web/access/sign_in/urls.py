"""The addresses of django-allauth that we serve, each with its gate; all others do not exist."""

from __future__ import annotations

from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as factor
from allauth.mfa.webauthn import views as passkey
from django.urls import path

from openhiu.web.access.gate import own_account, public
from openhiu.web.access.proof import proved_again
from openhiu.web.access.sign_in import views
from openhiu.web.access.sign_in.oidc import views as oidc


def _open(view: Any, reason: str) -> Any:
    return public(reason)(view)


def _own(view: Any, reason: str, *, proved: bool = True) -> Any:
    return own_account(reason, proved=proved)(view)


urlpatterns = [
    path("sign-in/", _open(account.login, "one has to sign in somewhere"), name="account_login"),
    path(
        "sign-in/second-factor/",
        _open(factor.authenticate, "second half of signing in; allauth knows the first half"),
        name="mfa_authenticate",
    ),
    path(
        "sign-in/passkey/",
        _open(passkey.login_webauthn, "signing in with a passkey"),
        name="mfa_login_webauthn",
    ),
    path(
        "prove/password/",
        _own(account.reauthenticate, "proves again who is signed in", proved=False),
        name="account_reauthenticate",
    ),
    path(
        "prove/",
        _own(views.ProveView.as_view(), "proves again who is signed in", proved=False),
        name="mfa_reauthenticate",
    ),
    path(
        "prove/passkey/",
        _own(passkey.reauthenticate_webauthn, "proves again who is signed in", proved=False),
        name="mfa_reauthenticate_webauthn",
    ),
    path(
        "set-up/authenticator/",
        _own(views.StartAuthenticatorView.as_view(), "sets up the second factor", proved=False),
        name="mfa_activate_totp",
    ),
    path(
        "set-up/passkey/",
        _own(views.AddPasskeyView.as_view(), "sets up the second factor", proved=False),
        name="mfa_add_webauthn",
    ),
    path(
        "account/authenticator/stop/",
        _own(
            proved_again(views.StopAuthenticatorView.as_view()),
            "stops using one's own authenticator app",
        ),
        name="mfa_deactivate_totp",
    ),
    path(
        "account/passkeys/<int:pk>/remove/",
        _own(proved_again(views.RemovePasskeyView.as_view()), "takes one's own passkey away"),
        name="mfa_remove_webauthn",
    ),
    path(
        "account/password/",
        _own(proved_again(views.NewPasswordView.as_view()), "changes one's own password"),
        name="account_change_password",
    ),
    path("sign-in/stopped/", oidc.cancelled, name="socialaccount_login_cancelled"),
    path("sign-in/with/<slug:provider_id>/", oidc.go, name="openid_connect_login"),
    path("sign-in/with/<slug:provider_id>/back/", oidc.come_back, name="openid_connect_callback"),
]
