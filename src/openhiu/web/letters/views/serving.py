"""A kept copy as an answer: it is saved under a name that tells nothing."""

from __future__ import annotations

from typing import Final

from django.http import HttpResponse

_KINDS: Final = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def download(content: bytes, form: str) -> HttpResponse:
    """A file to be saved and printed."""
    answer = HttpResponse(content, content_type=_KINDS[form])
    answer["Content-Disposition"] = f'attachment; filename="letter.{form}"'
    answer["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'; sandbox"
    return answer
