"""Stories for tests: a lead and a client come in; words in any state of the vault go out."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.models import Role
from openhiu.web.casework import actions
from openhiu.web.casework.models import Case, Story
from openhiu.web.casework.story_details import DETAILS
from support.web import make_member
from support.web_casework import make_case, yes

WORDS = "Somebody asked what I used to enjoy. Now I help in a kitchen once a week."
SAID = "That is how it was."


def agreed(by: Actor, case: Case | None = None, **changes: Any) -> Case:
    """A client who lets their story be used in reports."""
    held = case or make_case(by)
    actions.answer_story(by=by, person=held.person, **yes(**changes))
    return held


def written(by: Actor, case: Case | None = None, kind: str = "story", **changes: Any) -> Story:
    """Words that nobody has read yet; `case` has agreed already."""
    told = {"quarter": "2026-Q4", "words": WORDS, "title": "A kitchen", "changed": list(DETAILS)}
    return actions.write_story(by=by, case=case or agreed(by), kind=kind, **{**told, **changes})


def approved(by: Actor, story: Story | None = None, **changes: Any) -> Story:
    """Words that the client has said yes to."""
    held = story or written(by, **changes)
    return actions.note_approval(
        by=by, story=held, version=held.version, on=timezone.localdate(), how="spoken", said=SAID
    )


def read_by(*readers: Actor, story: Story, safe: bool = True, words: str = "") -> Story:
    """What each of them found, in turn."""
    for reader in readers:
        actions.review_story(by=reader, story=story, edition=story.edition, safe=safe, words=words)
    story.refresh_from_db()
    return story


def ready(by: Actor, story: Story | None = None, **changes: Any) -> Story:
    """Words that the client said yes to and two people found safe."""
    held = approved(by, story, **changes)
    return read_by(*two_readers(by), story=held)


def two_readers(by: Actor) -> tuple[Actor, Actor]:
    """A supervisor and a safeguarding lead of the service."""
    return make_member(by.service, Role.SUPERVISOR), make_member(by.service, Role.SAFEGUARDING)


def in_report(by: Actor, *stories: Story, report: Any = None) -> Any:
    """A report made by somebody with these stories; its key."""
    key = report or uuid4()
    actions.use_in_report(
        by=by, report=key, named="Board report", link="/reports/1/",
        refs=[story.pk for story in stories],
    )  # fmt: skip
    return key
