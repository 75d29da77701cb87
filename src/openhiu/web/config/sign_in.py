"""Settings of signing in: the second factor, how guessing is slowed, what a password must be."""

from __future__ import annotations

import os
from datetime import timedelta

TLS = os.environ.get("OPENHIU_TLS") == "1"

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"

# --- passwords: long and not guessable, without rules of composition or forced change ---
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.ScryptPasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "openhiu.web.access.sign_in.passwords.LongEnough",
        "OPTIONS": {"least": 15, "most": 128},
    },
    {"NAME": "openhiu.web.access.sign_in.passwords.NotKnown"},
    {"NAME": "openhiu.web.access.sign_in.passwords.NotOfThisPlace"},
]

# --- django-allauth: accounts by invitation, e-mail address and password, then a second factor ---
ACCOUNT_ADAPTER = "openhiu.web.access.sign_in.adapters.Accounts"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # an address is proved by the invitation it was given
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_TEMPLATE_EXTENSION = "html"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 5 * 60
ACCOUNT_FORMS = {
    "login": "openhiu.web.access.sign_in.forms.SignIn",
    "reauthenticate": "openhiu.web.access.sign_in.forms.ProvePassword",
    "change_password": "openhiu.web.access.sign_in.forms.ChangePassword",
}
# A code can only be guessed at by someone who knows the password; `key` is that account.
# Passwords: axes slows one account from one address (below), this all accounts from one address.
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "5/5m/key",
    "password_failed": "20/5m/ip",
}
MFA_ADAPTER = "openhiu.web.access.sign_in.adapters.Factors"
MFA_SUPPORTED_TYPES = ["totp", "webauthn"]  # recovery codes are ours: hashed (sign_in.recovery)
MFA_FORMS = {
    "authenticate": "openhiu.web.access.sign_in.forms.SecondFactor",
    "reauthenticate": "openhiu.web.access.sign_in.forms.ProveSecondFactor",
    "activate_totp": "openhiu.web.access.sign_in.forms.StartAuthenticator",
    "add_webauthn": "openhiu.web.access.sign_in.forms.AddPasskey",
}
MFA_TOTP_ISSUER = "OpenHIU"
MFA_TOTP_TOLERANCE = 0  # one step of 30 seconds, used once
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"  # a passkey alone is then two factors
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not TLS  # a laptop's loopback
SOCIALACCOUNT_ADAPTER = "openhiu.web.access.sign_in.adapters.Providers"
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False

# --- django-axes: after five failures a delay that grows, for one account from one address ---
# Someone elsewhere therefore cannot lock an account.
AXES_FAILURE_LIMIT = 5
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_COOLOFF_TIME = "openhiu.web.access.sign_in.guessing.cool_off"
AXES_USERNAME_CALLABLE = "openhiu.web.access.sign_in.guessing.name_tried"
AXES_LOCKOUT_CALLABLE = "openhiu.web.access.sign_in.guessing.slowed_down"
AXES_CLIENT_IP_CALLABLE = "openhiu.web.access.sign_in.guessing.address"
AXES_RESET_ON_SUCCESS = True
AXES_ENABLE_ACCESS_FAILURE_LOG = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
AXES_SENSITIVE_PARAMETERS = ["login", "password", "code", "credential"]
# Codes that were used, and counts of tries, are shared by all workers.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "access_kept",
        "TIMEOUT": timedelta(hours=1).total_seconds(),
    }
}
