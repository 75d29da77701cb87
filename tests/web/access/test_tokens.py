"""Forged and mistaken ID tokens are refused, each for its own reason; the right one is believed."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Callable
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from jwt.algorithms import ECAlgorithm, RSAAlgorithm

from openhiu.web.access.sign_in.oidc.tokens import Expected, Refused, claims_of

ISSUER, CLIENT, NONCE = "https://id.example", "openhiu", "n-0S6_WzA2Mj"
OURS = rsa.generate_private_key(public_exponent=65537, key_size=2048)
THEIRS = rsa.generate_private_key(public_exponent=65537, key_size=2048)
CURVE = ec.generate_private_key(ec.SECP256R1())


def jwk(key: Any, kid: str, alg: str = "RS256", **more: Any) -> dict[str, Any]:
    kind = ECAlgorithm if alg.startswith("ES") else RSAAlgorithm
    return json.loads(kind.to_jwk(key.public_key())) | {
        "kid": kid,
        "alg": alg,
        "use": "sig",
        **more,
    }


KEYS = {"keys": [jwk(OURS, "1"), jwk(CURVE, "2", "ES256")]}
EXPECTED = Expected(ISSUER, CLIENT, NONCE, acr=frozenset({"AAL2", "AAL3"}))


def good(**changed: Any) -> dict[str, Any]:
    now = int(time.time())
    told = {
        "iss": ISSUER, "sub": "123", "aud": CLIENT, "exp": now + 300, "iat": now,
        "nonce": NONCE, "acr": "AAL2", **changed,
    }  # fmt: skip
    return {name: value for name, value in told.items() if value is not ...}


def signed(
    claims: dict[str, Any], key: Any = OURS, alg: str = "RS256", kid: str = "1", **head: Any
) -> str:
    return jwt.encode(claims, key, algorithm=alg, headers={"kid": kid, **head})


def raw(header: dict[str, Any], claims: dict[str, Any], signature: bytes = b"") -> str:
    parts = [json.dumps(header).encode(), json.dumps(claims).encode(), signature]
    return ".".join(base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts)


def with_our_public_key_as_secret() -> str:
    """RS256 swapped for HS256: the public key used as if it were a shared secret."""
    import hashlib
    import hmac

    pem = OURS.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    unsigned = raw({"alg": "HS256", "kid": "1", "typ": "JWT"}, good()).rstrip(".")
    mac = hmac.new(pem, unsigned.encode(), hashlib.sha256).digest()
    return f"{unsigned}.{base64.urlsafe_b64encode(mac).rstrip(b'=').decode()}"


def altered() -> str:
    head, body, signature = signed(good()).split(".")
    claims = json.loads(base64.urlsafe_b64decode(body + "=="))
    claims["sub"] = "someone else"
    changed = base64.urlsafe_b64encode(json.dumps(claims).encode()).rstrip(b"=").decode()
    return f"{head}.{changed}.{signature}"


def at(seconds: int) -> int:
    return int(time.time()) + seconds


FORGED: dict[str, Callable[[], str]] = {
    "unsigned, alg none": lambda: raw({"alg": "none"}, good()),
    "unsigned, alg None in capitals": lambda: raw({"alg": "NONE", "kid": "1"}, good()),
    "signature cut off": lambda: signed(good()).rsplit(".", 1)[0] + ".",
    "claims changed after signing": altered,
    "signed by another key under our provider's key id": lambda: signed(good(), THEIRS),
    "signed by a key the provider does not have": lambda: signed(good(), THEIRS, kid="9"),
    "public key used as a shared secret": with_our_public_key_as_secret,
    "signed with the client secret": lambda: signed(good(), "s" * 40, "HS256"),
    "algorithm swapped for one of another key": lambda: signed(good(), CURVE, "ES256", kid="1"),
    "brings its own key": lambda: signed(good(), THEIRS, jwk=jwk(THEIRS, "1")),
    "names an address for its key": lambda: signed(good(), THEIRS, jku="https://evil.example/k"),
    "critical extension nobody knows": lambda: signed(good(), crit=["b64"], b64=False),
    "another issuer": lambda: signed(good(iss="https://evil.example")),
    "issuer with something more": lambda: signed(good(iss=ISSUER + ".evil.example")),
    "no issuer": lambda: signed(good(iss=...)),
    "for another application": lambda: signed(good(aud="other")),
    "for several, not saying which": lambda: signed(good(aud=[CLIENT, "other"])),
    "made for another application": lambda: signed(good(azp="other")),
    "no audience": lambda: signed(good(aud=...)),
    "another nonce": lambda: signed(good(nonce="replayed")),
    "no nonce": lambda: signed(good(nonce=...)),
    "empty nonce": lambda: signed(good(nonce="")),
    "expired": lambda: signed(good(exp=at(-120))),
    "never expires": lambda: signed(good(exp=...)),
    "not yet valid": lambda: signed(good(nbf=at(600))),
    "made in the future": lambda: signed(good(iat=at(600))),
    "made an hour ago": lambda: signed(good(iat=at(-3600))),
    "does not say when it was made": lambda: signed(good(iat=...)),
    "about nobody": lambda: signed(good(sub=...)),
    "about an empty name": lambda: signed(good(sub=" ")),
    "proved with a password only": lambda: signed(good(acr="AAL1")),
    "does not say how it was proved": lambda: signed(good(acr=...)),
    "not a token": lambda: "hello",
    "empty": lambda: "",
}


@pytest.mark.parametrize("kid", ["1", "2"])
def test_the_right_token_is_believed(kid: str) -> None:
    key, alg = (OURS, "RS256") if kid == "1" else (CURVE, "ES256")
    assert claims_of(signed(good(), key, alg, kid), KEYS, EXPECTED)["sub"] == "123"


def test_a_token_for_several_that_names_us_is_believed() -> None:
    token = signed(good(aud=[CLIENT, "other"], azp=CLIENT))
    assert claims_of(token, KEYS, EXPECTED)["sub"] == "123"


@pytest.mark.parametrize("forged", FORGED)
def test_a_forged_token_is_refused(forged: str) -> None:
    with pytest.raises(Refused) as refused:
        claims_of(FORGED[forged](), KEYS, EXPECTED)
    assert "123" not in str(refused.value)


def test_a_key_for_encryption_does_not_sign() -> None:
    keys = {"keys": [jwk(OURS, "1", use="enc")]}
    with pytest.raises(Refused):
        claims_of(signed(good()), keys, EXPECTED)


def test_a_sign_in_without_a_nonce_of_its_own_is_refused() -> None:
    with pytest.raises(Refused):
        claims_of(signed(good(nonce="")), KEYS, Expected(ISSUER, CLIENT, ""))


@pytest.mark.parametrize(
    ("amr", "believed"), [(["pwd", "mfa"], True), (["pwd"], False), ("mfa", False)]
)
def test_methods_can_stand_for_the_level(amr: Any, believed: bool) -> None:
    expected = Expected(ISSUER, CLIENT, NONCE, amr=frozenset({"mfa"}))
    token = signed(good(amr=amr))
    if believed:
        assert claims_of(token, KEYS, expected)
    else:
        with pytest.raises(Refused, match="second factor"):
            claims_of(token, KEYS, expected)
