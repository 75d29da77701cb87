"""What clients let us tell in a period: stories and quotes that two found safe, in force today."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from openhiu.web.access.actor import Actor
from openhiu.web.access.models import Role
from openhiu.web.casework.facts.period import Period
from openhiu.web.casework.models import Story, StoryReview
from openhiu.web.casework.quarter import in_words
from openhiu.web.casework.queries.stories import tellable
from openhiu.web.casework.story_policies import reviews_of
from openhiu.web.design.words import initial_lower


def told(actor: Actor, period: Period) -> dict[str, list[dict[str, Any]]]:
    """Words for the report. `ref` names the story in the vault, and nobody."""
    found = tellable(actor, period.quarters)
    return {
        "quotes": [_quote(one) for one in found if one.kind == Story.Kind.QUOTE],
        "stories": [_story(one) for one in found if one.kind == Story.Kind.STORY],
    }


def _quote(story: Story) -> dict[str, Any]:
    return {"words": story.words, "quarter": in_words(story.quarter), "ref": str(story.pk)}


def _story(story: Story) -> dict[str, Any]:
    reviews = reviews_of(story)
    return {
        "title": story.title,
        "words": story.words,
        "reviewers": _readers(reviews),
        "reviewed_on": max(one.at for one in reviews).date().isoformat(),
        "ref": str(story.pk),
    }


def _readers(reviews: Iterable[StoryReview]) -> list[str]:
    """The roles they read it in, and no names; "another" tells two people of one role apart."""
    named: list[str] = []
    for review in reviews:
        role = initial_lower(str(Role(review.role).label))
        named.append(f"another {role}" if role in named else role)
    return named
