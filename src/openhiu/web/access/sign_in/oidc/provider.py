"""The identity provider as django-allauth knows it, with what its generic one leaves out.

A nonce, the ID token's signature, a floor under how well someone was proved, private_key_jwt; and
nothing of all this can be changed from the address bar.
"""

from __future__ import annotations

import secrets
import time
from typing import Any

import jwt
from allauth.account.utils import get_next_redirect_url
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers.base import ProviderException
from allauth.socialaccount.providers.base.constants import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Client
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import HttpRequest

from openhiu.web.access.sign_in.oidc.tokens import Expected, Refused, claims_of

ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
ASSERTION_SECONDS = 60


class Client(OAuth2Client):
    """Fetches the tokens; proves itself with its secret or with a signature of its own key."""

    signing: dict[str, str] | None = None
    audience = ""

    def get_access_token(
        self, code: str, pkce_code_verifier: str | None = None, extra_data: Any = None
    ) -> Any:
        """Exchange the code for tokens."""
        extra = {**(extra_data or {}), **(self._assertion() if self.signing else {})}
        return super().get_access_token(code, pkce_code_verifier, extra)

    def _assertion(self) -> dict[str, str]:
        assert self.signing is not None  # noqa: S101 - asked by the caller
        now = int(time.time())
        claims = {
            "iss": self.consumer_key,
            "sub": self.consumer_key,
            "aud": self.audience,
            "jti": secrets.token_urlsafe(24),
            "iat": now,
            "exp": now + ASSERTION_SECONDS,
        }
        signed = jwt.encode(
            claims,
            self.signing["key"],
            algorithm=self.signing["algorithm"],
            headers={"kid": self.signing["kid"]},
        )
        return {"client_assertion_type": ASSERTION, "client_assertion": signed}


class Exchange(OpenIDConnectOAuth2Adapter):
    """One sign-in: fetches the tokens and believes only a token that can be believed."""

    client_class = Client
    state: dict[str, Any] | None = None  # set by the callback view

    def get_client(self, request: HttpRequest, app: Any) -> Client:
        """A client that proves itself as configured."""
        client: Client = super().get_client(request, app)
        client.signing = app.settings.get("signing")
        client.audience = self.openid_config["token_endpoint"]
        if client.signing:
            client.basic_auth, client.consumer_secret = False, ""
        return client

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **kwargs: Any) -> Any:
        """Who signed in.

        Raises:
            ProviderException: the token was refused.
        """
        try:
            claims = claims_of(
                str(kwargs["response"].get("id_token", "")), self._keys(), self.expected(app)
            )
        except Refused as why:
            raise ProviderException(str(why)) from None
        data = {"id_token": claims}
        if app.settings.get("fetch_userinfo"):
            data["userinfo"] = self._userinfo(token.token, claims["sub"])
        return self.get_provider().sociallogin_from_response(request, data)

    def expected(self, app: Any) -> Expected:
        """What the token has to say."""
        issuer = self.openid_config["issuer"]
        if issuer.rstrip("/") != app.settings["issuer"].rstrip("/"):
            raise Refused("the provider calls itself by another name")
        return Expected(
            issuer=issuer,
            client_id=app.client_id,
            nonce=str((self.state or {}).get("nonce", "")),
            acr=frozenset(app.settings.get("acr_accepted", ())),
            amr=frozenset(app.settings.get("amr_accepted", ())),
        )

    def _keys(self) -> Any:
        with get_adapter().get_requests_session() as session:
            answer = session.get(self.openid_config["jwks_uri"])
            answer.raise_for_status()
        return answer.json()

    def _userinfo(self, access_token: str, subject: str) -> dict[str, Any]:
        told: dict[str, Any] = self._fetch_user_info(access_token)
        if told.get("sub") != subject:
            raise ProviderException("the provider told us about someone else")
        return told


class IdentityProvider(OpenIDConnectProvider):
    """One configured provider."""

    oauth2_adapter_class = Exchange
    pkce_enabled_default = True

    def get_redirect_from_request_kwargs(self, request: HttpRequest) -> dict[str, Any]:
        """Only where to go afterwards comes from the request; what is asked for does not."""
        where = get_next_redirect_url(request)
        return {"process": AuthProcess.LOGIN, **({"next_url": where} if where else {})}

    def redirect(self, request: HttpRequest, process: Any, **kwargs: Any) -> Any:
        """Send the person to the provider, with a nonce that only this sign-in knows."""
        nonce = secrets.token_urlsafe(32)
        params = {**self.get_auth_params(), "nonce": nonce}
        return super().redirect(request, process, auth_params=params, nonce=nonce, **kwargs)

    def extract_uid(self, data: dict[str, Any]) -> str:
        """The provider's own lasting name for someone."""
        return str(data["id_token"]["sub"])

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:  # noqa: ARG002
        """Nothing of what the provider tells is kept."""
        return {}

    def extract_email_addresses(self, data: dict[str, Any]) -> list[Any]:  # noqa: ARG002
        """None are kept: an address only finds the invitation, once."""
        return []

    def invited_address(self, data: dict[str, Any]) -> str:
        """The address under which someone may have been invited; empty when it is not proved."""
        told = {**data["id_token"], **data.get("userinfo", {})}
        proved = told.get("email_verified") in (True, "true") or self.app.settings["trust_email"]
        return str(told.get("email", "")).strip().lower() if proved else ""

    def sociallogin_from_response(self, request: HttpRequest, response: dict[str, Any]) -> Any:
        """A sign-in that also knows the proved address and a name to start with."""
        login = super().sociallogin_from_response(request, response)
        told = {**response["id_token"], **response.get("userinfo", {})}
        login.invited_address = self.invited_address(response)
        login.invited_name = str(told.get("name", ""))[:200]
        return login


provider_classes = [IdentityProvider]
