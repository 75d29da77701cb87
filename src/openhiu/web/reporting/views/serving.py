"""Kept files as answers: drawn in a page, read on a page of their own, or downloaded."""

from __future__ import annotations

import base64
import re
from hashlib import sha256
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from openhiu.web.access.actor import Actor
from openhiu.web.access.announce import tell_supervisors
from openhiu.web.access.audit import Did, record
from openhiu.web.reporting.faults import Altered

KINDS: Final = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "html": "text/html; charset=utf-8",
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "svg": "image/svg+xml",
    "png": "image/png",
}
# A kept file runs nothing, fetches nothing and sends nothing, whatever is in it.
CLOSED: Final = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
_STYLE: Final = re.compile(rb"<style[^>]*>(.*?)</style>", re.DOTALL | re.IGNORECASE)


def actor_of(request: HttpRequest) -> Actor:
    """Who acts; the gate has made sure of it."""
    actor: Actor = request.actor
    return actor


def download(data: bytes, name: str) -> HttpResponse:
    """A file to be saved under its own name."""
    answer = HttpResponse(data, content_type=kind_of(name))
    plain = re.sub(r"[^\w.-]", "_", name.rpartition("/")[2], flags=re.ASCII)
    answer["Content-Disposition"] = f'attachment; filename="{plain}"'
    answer["Content-Security-Policy"] = f"{CLOSED}; sandbox"
    return answer


def drawn(data: bytes, name: str) -> HttpResponse:
    """A figure, for an `<img>`: its own style sheet is the only thing that counts in it."""
    answer = HttpResponse(data, content_type=kind_of(name))
    answer["Content-Disposition"] = "inline"
    answer["Content-Security-Policy"] = f"{CLOSED}; style-src 'unsafe-inline'; sandbox"
    return answer


def read_on_screen(data: bytes) -> HttpResponse:
    """A report's own web page: its own style sheets by their hashes, its pictures, nothing more."""
    hashes = " ".join(
        f"'sha256-{base64.b64encode(sha256(style).digest()).decode()}'"
        for style in _STYLE.findall(data)
    )
    answer = HttpResponse(data, content_type=KINDS["html"])
    # A sandbox lets the page's links out into a tab of their own and nothing else.
    answer["Content-Security-Policy"] = (
        f"{CLOSED}; img-src data:; style-src {hashes or chr(39) + 'none' + chr(39)}; "
        "sandbox allow-popups allow-popups-to-escape-sandbox"
    )
    return answer


def kind_of(name: str) -> str:
    """The kind of a file by its ending."""
    return KINDS.get(name.rpartition(".")[2].lower(), "application/octet-stream")


def altered(request: HttpRequest, why: Altered, about: object) -> HttpResponse:
    """A file that is not what was kept is shown to nobody, and whoever supervises is told."""
    actor = actor_of(request)
    record(actor, Did.TRIED, about=about, result="altered", file=why.name)
    tell_supervisors(actor, "A kept file is not as it was kept. It is not shown any more.")
    return render(request, "reporting/altered.html", {"name": why.name}, status=409)
