"""What the design tests share: an environment of the room's templates, and a page of everything.

The room has no rows, so nothing here touches a database.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django
import pytest
from django.conf import settings
from jinja2 import Environment, FileSystemLoader

if "DJANGO_SETTINGS_MODULE" not in os.environ and not settings.configured:
    settings.configure(USE_TZ=True, TIME_ZONE="Europe/London", USE_I18N=False, SECRET_KEY="x" * 50)
    django.setup()

import openhiu.web.design
from openhiu.web.design.jinja import environment

ROOM = Path(openhiu.web.design.__file__).parent
Draw = Callable[..., str]


@pytest.fixture(scope="session")
def templates() -> Environment:
    """The room's own environment, with addresses of static files as they stand in the folder."""
    env = environment(loader=FileSystemLoader(ROOM / "jinja2"), autoescape=True)
    env.globals["static"] = lambda name: f"/static/{name}"
    return env


@pytest.fixture
def draw(templates: Environment) -> Draw:
    """Draws a piece of template with the macros of both files at hand and a csrf token there."""

    def drawn(source: str, **context: Any) -> str:
        imports = (
            '{% import "design/forms.html" as forms with context %}'
            '{% import "design/parts.html" as parts with context %}'
        )
        given = {"csrf_token": "t", "csrf_input": "", **context}
        return templates.from_string(imports + source).render(given)

    return drawn
