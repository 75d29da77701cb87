"""Settings of the web application, from the environment; unsafe ones stop it from starting."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from csp.constants import NONCE

from openhiu.errors import ConfigurationFault
from openhiu.web.config import keeping, logs
from openhiu.web.config.address import databases
from openhiu.web.config.identity import identity
from openhiu.web.config.mail import mail
from openhiu.web.config.sign_in import *  # noqa: F403

HOME = Path(os.environ.get("OPENHIU_HOME", Path.home() / ".openhiu"))
DEMO = os.environ.get("OPENHIU_DEMO") == "1"
DEBUG = False
_SHORTEST_KEY = 50


def _secret_key() -> str:
    """The key of sessions and tokens, from a file that only its owner can read."""
    file = Path(os.environ.get("OPENHIU_SECRET_KEY_FILE", HOME / "secret-key"))
    try:
        key = file.read_text("utf-8").strip()
    except OSError:
        raise ConfigurationFault(
            "there is no secret key", remedy="start with hiu web, which makes one"
        ) from None
    if len(key) < _SHORTEST_KEY:
        raise ConfigurationFault(
            "the secret key is too short", remedy="put at least 50 random characters in its file"
        )
    return key


SECRET_KEY = _secret_key()
# The keys that seal notes, addresses and documents; in a file, never in the database.
# The heads of the audit's chains: worth most where this machine cannot rewrite them.
AUDIT_ANCHOR = Path(os.environ.get("OPENHIU_AUDIT_ANCHOR") or HOME / "audit-anchor.json")
FIELD_KEYS_FILE = Path(os.environ.get("OPENHIU_KEYS_FILE") or HOME / "field-keys")
# Where backups made by the clock go; empty where none are asked for.
BACKUP_DIR = os.environ["OPENHIU_BACKUP_DIR"] if keeping.asked_for(os.environ) else ""
ALLOWED_HOSTS = os.environ.get("OPENHIU_HOSTS", "localhost,127.0.0.1").split(",")
# Behind TLS (always, outside a laptop's loopback) cookies are Secure and carry the __Host- prefix.
TLS = os.environ.get("OPENHIU_TLS") == "1"
_TRUSTED = os.environ.get("OPENHIU_TRUSTED_ORIGINS", "")
if TLS:
    # Pages are served on the loopback alone: only the proxy that speaks TLS can set this header.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CSRF_TRUSTED_ORIGINS = [origin for origin in _TRUSTED.split(",") if origin]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "csp",
    "axes",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "openhiu.web.access.sign_in.oidc",
    "pgtrigger",
    "pghistory",
    "openhiu.web.design",
    "openhiu.web.access",
    "openhiu.web.people",
    "openhiu.web.directory",
    "openhiu.web.team",
    "openhiu.web.intake",
    "openhiu.web.casework",
    "openhiu.web.monitoring",
    "openhiu.web.mdt",
    "openhiu.web.letters",
    "openhiu.web.reporting",
    "openhiu.web.commissioning",
    "openhiu.web.assurance",
    "openhiu.web.exchange",
    *(["openhiu.web.demo"] if DEMO else []),
]
MIDDLEWARE = [
    "openhiu.web.config.logs.requests",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "openhiu.web.access.middleware.Headers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "openhiu.web.access.middleware.SessionLimits",
    "openhiu.web.access.middleware.Gate",
    "pghistory.middleware.HistoryMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "openhiu.web.config.urls"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,
        "OPTIONS": {
            "environment": "openhiu.web.design.jinja.environment",
            "context_processors": [
                "openhiu.web.access.context.who",
                "openhiu.web.team.outside.told",
            ],
        },
    },
    # allauth's mails and a few of its fall-backs are Django templates.
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    },
]

# The database of DATABASE_URL, one transaction a request; hiu web starts one where it is not set.
DATABASES = databases(os.environ)
AUTH_USER_MODEL = "access.User"
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = False
USE_TZ = True
STATIC_URL = "/static/"
STATIC_ROOT = Path(os.environ.get("OPENHIU_STATIC_ROOT", HOME / "static"))

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # Names carry a hash of the contents: a new version is never drawn with an old style sheet.
    "staticfiles": {"BACKEND": "openhiu.web.design.storage.HashedFiles"},
}

# --- sessions: 15 minutes idle, 12 hours in all; both local settings ---
IDLE_SECONDS = int(os.environ.get("OPENHIU_IDLE_SECONDS", 15 * 60))
ABSOLUTE_SECONDS = int(os.environ.get("OPENHIU_ABSOLUTE_SECONDS", 12 * 60 * 60))
WARN_SECONDS = 120
# How old the newest A&E attendance may be before every page that shows activity says so.
ACTIVITY_STALE_DAYS = int(os.environ.get("OPENHIU_ACTIVITY_STALE_DAYS", 7))
SESSION_COOKIE_AGE = ABSOLUTE_SECONDS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = TLS
SESSION_COOKIE_NAME = "__Host-openhiu" if TLS else "openhiu"
CSRF_COOKIE_NAME = "__Host-openhiu-csrf" if TLS else "openhiu-csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "openhiu.web.access.views.errors.csrf_failure"

# --- headers ---
SECURE_HSTS_SECONDS = 31_536_000 if TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = TLS
# A list built into browsers is a decision about a whole domain, for whoever owns the domain.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
# What came to the proxy in the open is sent on to https; these are asked from this machine itself.
SECURE_SSL_REDIRECT = TLS
SECURE_REDIRECT_EXEMPT = ["^ready$", "^health$", "^metrics$"]
# "no-referrer" would make browsers send `Origin: null` with every form; addresses hold nothing
# personal and other sites still see nothing.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# Forms may also lead to the identity providers that sign people in.
_IDENTITY = identity(os.environ.get("OPENHIU_IDENTITY_FILE"))
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": _IDENTITY.apps}}
PROVIDERS_THAT_PROVE, PROVIDERS_THAT_RESIST_PHISHING = _IDENTITY.proving, _IDENTITY.strong
CONTENT_SECURITY_POLICY: dict[str, Any] = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'", NONCE],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "connect-src": ["'self'"],
        "font-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'", *_IDENTITY.origins],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "object-src": ["'none'"],
    }
}
LOGGING = logs.settings(logs.level())
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
# How letters leave by mail; without a server they are posted, or read by signing in.
MAIL = mail(os.environ)
PGHISTORY_APPEND_ONLY = True
