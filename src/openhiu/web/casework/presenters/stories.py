"""Words for the story vault: stories come in; tags, buttons and the reasons against them go out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from openhiu.web.access.actor import Actor
from openhiu.web.access.models import Role
from openhiu.web.casework import story_lifecycle as states
from openhiu.web.casework import story_policies
from openhiu.web.casework.models import Consent, Story, StoryReview
from openhiu.web.casework.quarter import in_words
from openhiu.web.casework.queries.stories import Shelved


@dataclass(frozen=True)
class Way:
    """Something that can be done with a story: its button, or why not."""

    words: str
    url: str
    why_not: str
    quiet: bool = False  # never what a page asks for first


def row(found: Shelved, number: int = 1) -> dict[str, Any]:
    """One story as the vault lists it; `number` tells quotes without a title apart."""
    story = found.story
    state = states.STATES[story.state]
    return {
        "story": story,
        "number": number,
        "named": named(story),
        "state": state,
        "quarter": in_words(story.quarter),
        "why_not": found.why_not if story.state in states.TELLABLE else "",
        "case": found.case,
        "waits_for_me": found.waits_for_me,
    }


def named(story: Story) -> str:
    """What a story is called on a page."""
    if story.title:
        return str(story.title)
    return "A quote" if story.kind == Story.Kind.QUOTE else "A story"


def ways(actor: Actor, story: Story) -> list[Way]:
    """What this member may do with a story now; only what may ever be theirs to do."""
    every = (
        ("Say whether it is safe", "review_story", story_policies.why_not_review(actor, story)),
        (
            "Record their yes to the words",
            "approve_story",
            story_policies.why_not_approve(actor, story),
        ),
        ("Change the words", "change_story", story_policies.why_not_change(actor, story)),
        ("Take it out", "take_out_story", story_policies.why_not_take_out(actor, story)),
    )
    return [
        Way(words, reverse(f"casework:{name}", args=[story.pk]), why, name in _QUIET)
        for words, name, why in every
    ]


_QUIET = ("take_out_story", "change_story")


def approval(story: Story) -> str:
    """Whether the client said yes to these words, in one sentence."""
    if not story.approved_edition or story.approved_on is None:
        return "They have not said yes to these words yet."
    how = Consent.Route(story.approved_how).label.lower() if story.approved_how else ""
    if story.approved_edition != story.edition:
        return "They said yes to earlier words. The words were changed since."
    return f"They said yes to these words on {story.approved_on:%-d %B %Y} ({how})."


def review(one: StoryReview, edition: int) -> dict[str, Any]:
    """What one reader found."""
    return {
        "by": one.by.user.name,
        "role": str(Role(one.role).label),
        "at": one.at,
        "found": "Nobody could tell who it is" if one.safe else "Something has to change",
        "words": one.words,
        "earlier": one.edition != edition,
    }
