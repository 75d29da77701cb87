"""Identity providers of this place: one TOML file comes in, django-allauth's settings go out.

[[provider]]
id = "cis2"
name = "NHS CIS2"
issuer = "https://am.nhsidentity.spineservices.nhs.uk/openam/oauth2/realms/root/realms/NHSIdentity/realms/Healthcare"
client_id = "..."
secret_file = "/run/secrets/cis2"         # or key_file and key_id for private_key_jwt
scope = ["openid", "profile", "email"]
acr_values = "AAL2_OR_AAL3_ANY"           # asked for
acr_accepted = ["AAL2", "AAL3"]           # and required; without it our own second factor is
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from openhiu.errors import ConfigurationFault

_OPTIONS: Final = {
    "id", "name", "issuer", "client_id", "secret_file", "key_file", "key_id", "key_algorithm",
    "token_auth", "scope", "acr_values", "acr_accepted", "amr_accepted", "trust_email",
    "fetch_userinfo", "phishing_resistant", "form_origins",
}  # fmt: skip
_NEEDED: Final = ("id", "name", "issuer", "client_id")
_REMEDY: Final = "see docs/how-to/sign-in.md"


@dataclass(frozen=True)
class Identity:
    """What the settings need: allauth's apps, which providers prove, where forms may lead."""

    apps: list[dict[str, Any]] = field(default_factory=list)
    proving: frozenset[str] = frozenset()
    strong: frozenset[str] = frozenset()
    origins: list[str] = field(default_factory=list)


def identity(file: str | None) -> Identity:
    """Read the file; without one, people sign in with a password or a passkey.

    Raises:
        ConfigurationFault: the file cannot be read, or a provider in it is not safe to use.
    """
    if not file:
        return Identity()
    try:
        told = tomllib.loads(Path(file).read_text("utf-8")).get("provider", [])
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError):
        raise ConfigurationFault(
            "the file of identity providers cannot be read", remedy=_REMEDY
        ) from None
    for one in told:
        _check(one)
    return Identity(
        apps=[_app(one) for one in told],
        proving=frozenset(
            one["id"] for one in told if one.get("acr_accepted") or one.get("amr_accepted")
        ),
        strong=frozenset(one["id"] for one in told if one.get("phishing_resistant")),
        origins=sorted({origin for one in told for origin in _origins(one)}),
    )


def _check(one: dict[str, Any]) -> None:
    name = one.get("id", "?")
    unknown, missing = set(one) - _OPTIONS, [key for key in _NEEDED if not one.get(key)]
    if unknown or missing:
        words = f"identity provider {name}: unknown {sorted(unknown)}, missing {missing}"
        raise ConfigurationFault(words, remedy=_REMEDY)
    address = urlsplit(one["issuer"])
    if address.scheme != "https" and address.hostname not in ("127.0.0.1", "localhost"):
        raise ConfigurationFault(f"identity provider {name} is not behind TLS", remedy=_REMEDY)
    if bool(one.get("secret_file")) == bool(one.get("key_file")):
        words = f"identity provider {name} needs either secret_file or key_file"
        raise ConfigurationFault(words, remedy=_REMEDY)


def _app(one: dict[str, Any]) -> dict[str, Any]:
    """One provider as allauth wants it."""
    settings: dict[str, Any] = {
        "server_url": one["issuer"].rstrip("/") + "/.well-known/openid-configuration",
        "issuer": one["issuer"],
        "scope": one.get("scope", ["openid", "profile", "email"]),
        "auth_params": {"acr_values": one["acr_values"]} if one.get("acr_values") else {},
        "oauth_pkce_enabled": True,
        "fetch_userinfo": bool(one.get("fetch_userinfo")),
        "trust_email": bool(one.get("trust_email")),
        "acr_accepted": one.get("acr_accepted", []),
        "amr_accepted": one.get("amr_accepted", []),
        "token_auth_method": one.get("token_auth", "client_secret_basic"),
    }
    if one.get("key_file"):
        settings["signing"] = {
            "key": _secret(one, "key_file"),
            "kid": str(one.get("key_id", "")),
            "algorithm": str(one.get("key_algorithm", "RS256")),
        }
    secret = _secret(one, "secret_file") if one.get("secret_file") else ""
    return {
        "provider": "openid_connect",
        "provider_id": one["id"],
        "name": one["name"],
        "client_id": one["client_id"],
        "secret": secret,
        "settings": settings,
    }


def _secret(one: dict[str, Any], key: str) -> str:
    try:
        return Path(one[key]).read_text("utf-8").strip()
    except OSError:
        words = f"the {key} of identity provider {one['id']} cannot be read"
        raise ConfigurationFault(words, remedy=_REMEDY) from None


def _origins(one: dict[str, Any]) -> list[str]:
    """Where a form that starts signing in may lead."""
    address = urlsplit(one["issuer"])
    return [f"{address.scheme}://{address.netloc}", *one.get("form_origins", [])]
