"""An ID token and what it must say come in; its claims go out, or a refusal that says why.

Everything OpenID Connect Core 3.1.3.7 asks is checked here, and the signature always: the token
came over TLS from the provider, but a proxy or a mixed-up provider must not be believed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import jwt
from django.utils import timezone

# Signatures with a key pair; nothing that the client's secret could also make, and never "none".
ALGORITHMS: Final = ("RS256", "PS256", "ES256", "RS384", "ES384", "RS512", "ES512")
LEEWAY: Final = 60  # seconds two clocks may differ
OLDEST: Final = 10 * 60  # seconds since the token was made
REQUIRED: Final = ("iss", "sub", "aud", "exp", "iat", "nonce")


class Refused(Exception):
    """The token cannot be believed; the sentence says why and holds nothing of it."""


@dataclass(frozen=True)
class Expected:
    """What a token must say: from whom, for whom, in answer to which request, how well proved."""

    issuer: str
    client_id: str
    nonce: str
    acr: frozenset[str] = field(default_factory=frozenset)
    amr: frozenset[str] = field(default_factory=frozenset)


def claims_of(token: str, keys: Mapping[str, Any], expected: Expected) -> dict[str, Any]:
    """The claims of a token that can be believed.

    Args:
        token: the compact ID token.
        keys: the provider's key set, as its jwks_uri gives it.
        expected: what it must say.

    Raises:
        Refused: it is not signed by the provider, or does not say what it must.
    """
    try:
        claims: dict[str, Any] = jwt.decode(
            token,
            key=_key(token, keys),
            algorithms=list(ALGORITHMS),
            audience=expected.client_id,
            issuer=expected.issuer,
            leeway=LEEWAY,
            options={"require": list(REQUIRED), "verify_iat": True, "strict_aud": False},
        )
    except (jwt.PyJWTError, ValueError, TypeError, KeyError, AttributeError):
        raise Refused("the token is not signed by the provider, or not meant for us") from None
    _check(claims, expected)
    return claims


def _key(token: str, keys: Mapping[str, Any]) -> Any:
    """The one signing key that the token names."""
    header = jwt.get_unverified_header(token)
    if header.get("alg") not in ALGORITHMS:
        raise Refused("the token is signed in a way we do not accept")
    if {"jwk", "jku", "x5u", "x5c", "crit"} & set(header):
        raise Refused("the token brings its own key")
    fitting = [
        key
        for key in keys["keys"]
        if key.get("use", "sig") == "sig"
        and key.get("kty") in ("RSA", "EC")
        and key.get("alg", header["alg"]) == header["alg"]
        and ("kid" not in header or key.get("kid") == header["kid"])
    ]
    if len(fitting) != 1:
        raise Refused("the provider has no such key")
    return jwt.PyJWK(fitting[0], algorithm=header["alg"]).key


def _check(claims: dict[str, Any], expected: Expected) -> None:
    audience = claims["aud"] if isinstance(claims["aud"], list) else [claims["aud"]]
    if claims.get("azp", expected.client_id) != expected.client_id:
        raise Refused("the token was made for another application")
    if len(audience) > 1 and "azp" not in claims:
        raise Refused("the token is for several applications and does not say for which")
    if not expected.nonce or claims["nonce"] != expected.nonce:
        raise Refused("the token does not answer this sign-in")
    if not isinstance(claims["sub"], str) or not claims["sub"].strip():
        raise Refused("the token does not say who it is about")
    if timezone.now().timestamp() - claims["iat"] > OLDEST + LEEWAY:
        raise Refused("the token is too old")
    if expected.acr and claims.get("acr") not in expected.acr:
        raise Refused("the provider did not ask for a second factor")
    if expected.amr and not expected.amr & _several(claims.get("amr")):
        raise Refused("the provider did not ask for a second factor")


def _several(value: object) -> set[str]:
    return {str(item) for item in value} if isinstance(value, list) else set()
