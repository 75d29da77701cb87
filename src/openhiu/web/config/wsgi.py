"""The application as web servers know it: requests come in, answers go out."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterable
from typing import Any, Final

from django.core.wsgi import get_wsgi_application

from openhiu.web.config import home, unsafe
from openhiu.web.config.logs import place_of

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "openhiu.web.config.settings")
unsafe.refuse_settings(home.folder(), os.environ)
_pages: Final = get_wsgi_application()
_log: Final = logging.getLogger("openhiu.trouble")


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer one request; an error that reaches this far is not shown to the web server.

    It would write the error's text into its log, and that may hold what a person typed.
    """
    try:
        return _pages(environ, start_response)
    except Exception as fault:
        _log.error("outside every page: %s", place_of(fault))
        start_response("500 Internal Server Error", [("Content-Type", "text/plain")])
        return [b"Something went wrong. Try again in a minute.\n"]
