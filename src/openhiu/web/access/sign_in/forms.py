"""Sign-in forms in this house's words, over django-allauth's; recovery codes are ours."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm
from allauth.account.forms import ReauthenticateForm as PasswordAgain
from allauth.account.internal.flows.login import record_authentication
from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.base.internal.flows import check_rate_limit
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django.core.exceptions import ValidationError

from openhiu.web.access.sign_in import recovery
from openhiu.web.design.forms import Email, Secret, Text

CODE = "6 digits from your authenticator app, or one of your recovery codes"


class SignIn(LoginForm):
    """E-mail address and password."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = Email("E-mail address", autocomplete="username")
        self.fields["password"] = Secret("Password", autocomplete="current-password")


class ProvePassword(PasswordAgain):
    """The password again."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"] = Secret("Password", autocomplete="current-password")


class ChangePassword(ChangePasswordForm):
    """The old password, and a new one typed once: it can be shown while typing."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"] = Secret("Password now", autocomplete="current-password")
        self.fields["password1"] = Secret(
            "New password",
            autocomplete="new-password",
            hint="At least 15 characters. Four or five unrelated words work well.",
        )
        del self.fields["password2"]

    def clean(self) -> Any:
        """Typed once is enough: the page can show what was typed."""
        self.cleaned_data["password2"] = self.cleaned_data.get("password1")
        return super().clean()


class WithRecovery:
    """A code from the authenticator app, or a recovery code in its place."""

    use_required_attribute = False
    recovered = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"] = Text(  # type: ignore[attr-defined]
            "Code", hint=CODE, autocomplete="one-time-code", width=10, spellcheck=False
        )

    def clean_code(self) -> str:
        """Whether the code is right; a recovery code is used up by this."""
        typed: str = self.cleaned_data["code"]  # type: ignore[attr-defined]
        clear = check_rate_limit(self.user)  # type: ignore[attr-defined]
        if len(typed.strip()) > 8:
            if not recovery.spend(self.user, typed):  # type: ignore[attr-defined]
                raise get_adapter().validation_error("incorrect_code")
            clear()
            self.recovered = True
            return typed
        code: str = super().clean_code()  # type: ignore[misc]
        clear()
        return code


class SecondFactor(WithRecovery, AuthenticateForm):
    """The second half of signing in."""

    def save(self) -> None:
        """Note in the session how it was proved."""
        if self.recovered:
            record_authentication(context.request, self.user, "mfa", type="recovery")
        else:
            super().save()


class ProveSecondFactor(WithRecovery, ReauthenticateForm):
    """The second factor again."""

    def save(self) -> None:
        """Note in the session how it was proved."""
        if self.recovered:
            record_authentication(
                context.request, self.user, "mfa", type="recovery", reauthenticated=True
            )
        else:
            super().save()


class StartAuthenticator(ActivateTOTPForm):
    """The first code of a new authenticator app."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"] = Text(
            "Code from the app",
            hint="6 digits; a new one comes every 30 seconds",
            autocomplete="one-time-code",
            inputmode="numeric",
            width=5,
        )


class AddPasskey(AddWebAuthnForm):
    """A name for a new passkey; every passkey here proves its user, so it also signs in alone."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        initial = self.initial.get("name")
        self.fields["name"] = Text(
            "Name of this passkey", hint="For example, work phone", required=False, max_length=60
        )
        self.initial["name"] = initial
        self.fields.pop("passwordless", None)

    def clean(self) -> Any:
        """Refuse a passkey whose device did not ask for a fingerprint, a face or a PIN."""
        self.cleaned_data["passwordless"] = True
        try:
            return super().clean()
        except (ValueError, TypeError):
            raise ValidationError("The passkey could not be read. Try again") from None
