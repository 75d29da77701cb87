"""What is shown when something breaks: an error comes in; a page that blames nobody goes out.

The log gets a reference, the kind of error and the place in the program: never its text, which may
hold what a person typed.
"""

from __future__ import annotations

import logging
import secrets
import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from openhiu.web.config.logs import place_of

_log = logging.getLogger("openhiu.trouble")
_AWAY = (OperationalError, InterfaceError)


def server_error(_request: HttpRequest) -> HttpResponse:
    """The page for an error nobody foresaw, or for a database that does not answer just now."""
    fault = sys.exc_info()[1]
    reference = secrets.token_hex(4)
    _log.error("%s: %s", reference, place_of(fault))
    away = isinstance(fault, _AWAY)
    # Without the request: nothing on these pages may need the database.
    page = render_to_string(f"design/{503 if away else 500}.html", {"reference": reference})
    response = HttpResponse(page, status=503 if away else 500)
    if away:
        response["Retry-After"] = "5"
    return response
