"""The template environment: Django's Jinja2 backend gives its options, gets filters and globals."""

from __future__ import annotations

import os
import tempfile
from functools import cache
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.contrib.messages import get_messages
from django.templatetags.static import static
from django.urls import get_script_prefix, get_urlconf, reverse
from jinja2 import (
    ChainableUndefined,
    ChoiceLoader,
    Environment,
    FileSystemBytecodeCache,
    PackageLoader,
    pass_context,
)
from jinja2.runtime import Context

from openhiu.web.design import drawing, words

_ANY_KEY: Final = UUID(int=1)  # stands where the row's own will


def environment(**options: Any) -> Environment:
    """An environment that escapes, forgives missing names and finds the NHS macros."""
    chosen = {
        **options,
        "autoescape": True,
        "loader": ChoiceLoader([options["loader"], PackageLoader("nhsuk_frontend_jinja")]),
        "undefined": ChainableUndefined,
        "trim_blocks": True,
        "lstrip_blocks": True,
        "bytecode_cache": FileSystemBytecodeCache(bytecode_folder()),
    }
    env = Environment(**chosen)  # noqa: S701 - autoescape stands in the line above
    env.filters.update(words.FILTERS)
    env.globals.update(drawing.GLOBALS)
    env.globals.update(
        url=url,
        static=static,
        get_messages=get_messages,
        today=words.today,
        query=query,
    )
    return env


def url(name: str, *args: Any, **kwargs: Any) -> str:
    """The address of a named view."""
    if len(args) == 1 and not kwargs and isinstance(args[0], UUID):
        where = get_urlconf() or settings.ROOT_URLCONF
        return _around_a_key(name, where, get_script_prefix()).replace(str(_ANY_KEY), str(args[0]))
    return str(reverse(name, args=args or None, kwargs=kwargs or None))


@cache
def _around_a_key(name: str, _urlconf: str, _prefix: str) -> str:
    """The address of a view of one row; worked out once, as long lists have hundreds of them."""
    return str(reverse(name, args=[_ANY_KEY]))


@pass_context
def query(context: Context, **changes: Any) -> str:
    """This page's query string with some values changed; None takes a value out.

    For sort links, filters and pages: what else was chosen stays chosen.
    """
    request = context.get("request")
    kept = {key: request.GET.getlist(key) for key in request.GET} if request else {}
    kept |= {key: [value] for key, value in changes.items()}
    pairs = [(key, item) for key, values in kept.items() for item in values if item is not None]
    return f"?{urlencode(pairs)}" if pairs else "?"


def bytecode_folder() -> str:
    """A folder of this account's own: compiled templates are code, so nobody else may write them.

    Raises:
        PermissionError: the folder exists and others may write into it.
    """
    owner = os.getuid() if hasattr(os, "getuid") else 0
    folder = Path(tempfile.gettempdir()) / f"openhiu-templates-{owner}"
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    if hasattr(os, "getuid") and (found.st_uid != owner or found.st_mode & 0o022):
        raise PermissionError(f"{folder} is open to other accounts: remove it")
    return str(folder)
