"""A small server under the real Content Security Policy, for pages drawn by tests."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

POLICY = (
    "default-src 'none'; script-src 'self' 'nonce-abc'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; font-src 'self'; manifest-src 'self'; "
    "base-uri 'none'; frame-ancestors 'none'; object-src 'none'"
)
KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


class Site:
    """Pages by path, answers to posts by path, and everything that was posted."""

    def __init__(self, static: Path) -> None:
        self.static = static
        self.pages: dict[str, str] = {}
        self.answers: dict[str, tuple[int, Any]] = {}
        self.moved: dict[str, str] = {}
        self.posted: list[tuple[str, str]] = []
        self.address = ""


@contextmanager
def serving(site: Site) -> Iterator[Site]:
    """The site on loopback until the block ends."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler_of(site))
    site.address = f"http://127.0.0.1:{server.server_port}"
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()


def handler_of(site: Site) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *said: Any) -> None:
            """Say nothing."""

        def answer(self, status: int, kind: str, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", f"{kind}; charset=utf-8")
            self.send_header("Content-Security-Policy", POLICY)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_GET(self) -> None:
            path = self.path.split("?")[0]
            if path in site.moved:
                self.send_response(302)
                self.send_header("Location", site.moved[path])
                self.send_header("Content-Length", "0")
                self.end_headers()
            elif path in site.answers:
                status, body = site.answers[path]
                self.answer(status, "application/json", json.dumps(body).encode())
            elif path in site.pages:
                self.answer(200, "text/html", site.pages[path].encode())
            elif path.startswith("/static/"):
                file = site.static / path.removeprefix("/static/")
                body = file.read_bytes() if file.is_file() else b""
                self.answer(200 if body else 404, KINDS.get(file.suffix, "text/plain"), body)
            else:
                self.answer(404, "text/plain", b"")

        def do_POST(self) -> None:
            text = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
            site.posted.append((self.path, text))
            status, body = site.answers.get(self.path, (200, {}))
            self.answer(status, "application/json", json.dumps(body).encode())

    return Handler
