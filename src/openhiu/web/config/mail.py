"""How mail leaves: the environment comes in; what the exchange room needs goes out.

| Name | |
|---|---|
| OPENHIU_MAIL_HOST | the mail server; without it nothing leaves by mail |
| OPENHIU_MAIL_PORT | 587, or 465 for implicit TLS |
| OPENHIU_MAIL_TLS | starttls (usual), implicit, or none (to this machine alone) |
| OPENHIU_MAIL_FROM | the address mail comes from |
| OPENHIU_MAIL_USER, OPENHIU_MAIL_PASSWORD_FILE | the sign-in; the password is in a file |
| OPENHIU_MAIL_SECURE | domains to which documents may go, with commas: nhs.net |
| OPENHIU_MAIL_SECONDS | patience with each answer |
| OPENHIU_MAIL_AUTHORITY_FILE | certificates to trust instead of the machine's |
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from openhiu.errors import ConfigurationFault

_HERE: Final = {"localhost", "127.0.0.1", "::1"}
_PORTS: Final = {"starttls": 587, "implicit": 465, "none": 25}
_REMEDY: Final = "see docs/how-to/letters.md"


def mail(environment: Mapping[str, str]) -> dict[str, Any]:
    """The settings' MAIL; empty where no server is named.

    Raises:
        ConfigurationFault: it could not be sent safely.
    """
    host = environment.get("OPENHIU_MAIL_HOST", "").strip()
    if not host:
        return {}
    tls = environment.get("OPENHIU_MAIL_TLS", "starttls")
    sender = environment.get("OPENHIU_MAIL_FROM", "").strip()
    if tls not in _PORTS:
        raise ConfigurationFault("OPENHIU_MAIL_TLS is not one of its values", remedy=_REMEDY)
    if tls == "none" and host not in _HERE:
        raise ConfigurationFault("mail would leave this machine in the open", remedy=_REMEDY)
    if "@" not in sender:
        raise ConfigurationFault("OPENHIU_MAIL_FROM is not an address", remedy=_REMEDY)
    secure = environment.get("OPENHIU_MAIL_SECURE", "nhs.net").casefold().split(",")
    return {
        "host": host, "tls": tls, "sender": sender,
        "port": _number(environment.get("OPENHIU_MAIL_PORT", str(_PORTS[tls]))),
        "seconds": _number(environment.get("OPENHIU_MAIL_SECONDS", "20")),
        "user": environment.get("OPENHIU_MAIL_USER", ""),
        "password_file": environment.get("OPENHIU_MAIL_PASSWORD_FILE", ""),
        "authority": environment.get("OPENHIU_MAIL_AUTHORITY_FILE", ""),
        "secure": tuple(one.strip().lstrip("@") for one in secure if one.strip()),
    }  # fmt: skip


def _number(text: str) -> int:
    if not text.isdigit():
        raise ConfigurationFault("a number of the mail settings is none", remedy=_REMEDY)
    return int(text)
