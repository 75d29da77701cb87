"""Evidence as it is read on a page: questions with links to the pages that show them."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.urls import reverse

from openhiu.web.assurance.evidence.make import words_of
from openhiu.web.assurance.evidence.reading import Framework, Question


def in_short(framework: Framework) -> dict[str, Any]:
    """One framework in a line: its questions, and how many need the deployer."""
    counts = Counter(one.whose for one in framework.questions)
    return {"framework": framework, "questions": len(framework.questions),
            "yours": counts["yours"] + counts["both"]}  # fmt: skip


def areas(framework: Framework) -> list[tuple[str, list[dict[str, Any]]]]:
    """Each area with its questions."""
    return [(area.name, [_question(one) for one in area.questions]) for area in framework.areas]


def _question(one: Question) -> dict[str, Any]:
    return {"question": one, "shown": [_place(place) for place in one.shown]}


def _place(place: str) -> dict[str, str]:
    """A piece of evidence; a page that needs nothing to be named has a link."""
    name = place.removeprefix("page:")
    if name == place:
        return {"words": words_of(place), "link": ""}
    # What is about one client is reached from that client's page.
    link = "" if name == "casework:seen" else reverse(name)
    return {"words": "A page of the workspace" if link else "A page of each client", "link": link}
