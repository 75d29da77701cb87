"""A page that opens in a browser without a server: HTML and a password go in, one file comes out.

The file holds a form, a script of our own and the page, sealed with AES-256-GCM under a key that
PBKDF2 makes of the password: both are in every browser (Web Cryptography API, W3C 2017), so that
nothing has to be installed. Until when it may be read is sealed together with the page and cannot
be moved; whether it is over is judged by the clock of the device, which its owner can change.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
from datetime import datetime
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC
from django.template.loader import render_to_string

# From making it until it stops showing anything.
HOURS: Final = 72
# OWASP Password Storage Cheat Sheet, PBKDF2 with SHA-256: about a second on a small telephone.
ROUNDS: Final = 600_000
_KEY: Final = 32
_SALT: Final = 16
_NONCE: Final = 12
_HERE: Final = Path(__file__).parent
_SCRIPT: Final = (_HERE / "opening.js").read_text("utf-8")
_STYLE: Final = (_HERE / "opening.css").read_text("utf-8")


def seal_page(page: str, password: str, *, made: datetime, until: datetime) -> str:
    """The file as HTML text: `page` (a fragment of HTML) opens in it with `password`.

    `made` and `until` carry their time zone. Nothing of `page` is readable in the file.
    """
    salt, nonce = os.urandom(_SALT), os.urandom(_NONCE)
    span = {"made": made.isoformat(), "until": until.isoformat()}
    key = PBKDF2HMAC(hashes.SHA256(), _KEY, salt, ROUNDS).derive(password.encode())
    inside = AESGCM(key).encrypt(nonce, page.encode(), _sealed_with(span))
    sealed = {**span, "rounds": ROUNDS, "salt": _text(salt), "nonce": _text(nonce),
              "inside": _text(inside)}  # fmt: skip
    return render_to_string(
        "casework/downtime_file.html",
        {
            "sealed": json.dumps(sealed),
            "script": _SCRIPT,
            "style": _STYLE,
            # The file lets nothing run or be loaded but its own script and style.
            "policy": f"default-src 'none'; script-src '{_digest(_SCRIPT)}'; "
            f"style-src '{_digest(_STYLE)}'; base-uri 'none'; form-action 'none'",
            "until": until,
        },
    )


def _sealed_with(span: dict[str, str]) -> bytes:
    """What is authenticated beside the page: opening.js writes the same bytes."""
    return f"{span['made']} {span['until']}".encode()


def _digest(text: str) -> str:
    return "sha256-" + _text(hashlib.sha256(text.encode()).digest())


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
