"""Generated pages are as the code would write them now (`make docs` writes them)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from docs import generate
from openhiu.web.config import variables

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def test_the_command_line_page_is_up_to_date() -> None:
    assert generate.COMMAND_LINE.read_text("utf-8") == generate.command_line()


def test_the_configuration_page_is_up_to_date() -> None:
    assert generate.CONFIGURATION.read_text("utf-8") == variables.page()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\((?!https?:)([^)#\s]+)", page.read_text("utf-8")):
        assert (page.parent / target).exists(), target
