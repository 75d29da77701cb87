"""Writing what a client lets us tell, reading it before it is told, using it, taking it out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.urls import reverse

from openhiu.web.access import resting
from openhiu.web.access.actor import Actor
from openhiu.web.access.announce import announce, settle
from openhiu.web.access.audit import Did, record
from openhiu.web.access.gate import Missing, NotAllowed, Stale
from openhiu.web.access.models import Membership, Role
from openhiu.web.casework import story_details, story_policies
from openhiu.web.casework import story_lifecycle as states
from openhiu.web.casework.models import Case, Story, StoryReview
from openhiu.web.casework.quarter import in_words

QUOTE: Final = str(Story.Kind.QUOTE)
WAITS: Final = "Words for a report wait for a reader who did not write them."


@transaction.atomic
def write_story(
    *,
    by: Actor,
    case: Case,
    kind: str,
    quarter: str,
    words: str,
    changed: Iterable[str],
    title: str = "",
) -> Story:
    """Write a story ("story") or a quote ("quote") of a client for reports.

    Args:
        by: their lead, or cover.
        case: whose story; they have said yes to it in reports.
        kind: Story.Kind.
        quarter: the quarter it is told for, like "2026-Q3".
        words: the words, with every detail of `changed` changed or not told.
        changed: keys of story_details.DETAILS; all of them.
        title: of a story; a quote has none.

    Raises:
        NotAllowed: not theirs, no consent in force, a detail left, no words, or a quote too long.
    """
    _must(story_policies.why_not_write(by, case))
    title, words = story_details.visible(title), story_details.visible(words)
    _must(_why_not_words(kind, quarter, title, words, changed))
    story = Story.objects.create(
        service=by.service, case=case, kind=kind, quarter=quarter, words=words,
        title="" if kind == QUOTE else title, changed=sorted(set(changed)),
        written_by=by.membership, writers=[str(by.user.pk)],
    )  # fmt: skip
    record(by, Did.ADDED, person=case.person_id, about=story, kind=kind)
    return story


@transaction.atomic
def change_story(
    *,
    by: Actor,
    story: Story,
    version: int,
    quarter: str,
    words: str,
    changed: Iterable[str],
    title: str = "",
) -> Story:
    """Change the words: a new edition, which they and two readers have to agree to again.

    Raises:
        NotAllowed: as for `write_story`; or it stands in a report, or was taken out.
        Stale: someone saved since `version`.
    """
    held = held_story(by, story)
    _must(story_policies.why_not_change(by, held))
    title, words = story_details.visible(title), story_details.visible(words)
    _must(_why_not_words(held.kind, quarter, title, words, changed))
    if held.version != version:
        raise Stale([("Title", held.title, title), ("Words", held.words, words)])
    held.title = "" if held.kind == QUOTE else title
    held.words, held.changed, held.quarter = words, sorted(set(changed)), quarter
    held.edition += 1
    held.state = states.WRITTEN.key
    held.writers = sorted({*held.writers, str(by.user.pk)})
    _save(held)
    settle(by, link_to(held))
    record(by, Did.CHANGED, person=held.case.person_id, about=held, edition=held.edition)
    return held


@transaction.atomic
def note_approval(*, by: Actor, story: Story, version: int, on: date, how: str, said: str) -> Story:
    """Record that the client read or heard these very words and said yes to them.

    Raises:
        NotAllowed: not theirs, recorded already, a day ahead, or nothing said.
        Stale: the words were changed since `version`.
    """
    held = held_story(by, story)
    _must(story_policies.why_not_approve(by, held))
    if held.version != version:
        raise Stale([("Words", held.words, story.words)])
    if not story_policies.is_in_time(on):
        raise NotAllowed("The day they said yes cannot be after today.")
    if not said.strip():
        raise NotAllowed("Say what they said when they read or heard it.")
    held.approved_edition, held.approved_on, held.approved_how = held.edition, on, how
    held.approved_words, held.approved_noted_by = said.strip(), by.membership
    _save(held)
    record(by, Did.RECORDED_CONSENT, person=held.case.person_id, about=held, edition=held.edition)
    _ask_readers(by, held)
    return held


@transaction.atomic
def review_story(
    *, by: Actor, story: Story, edition: int, safe: bool, words: str = ""
) -> StoryReview:
    """Say whether anybody could tell who it is. Two who say no more than that make it ready.

    A reader who doubts sends it back with what has to change.

    Raises:
        NotAllowed: wrote it, read it already, not agreed to by the client, no consent, neither
            reader a supervisor or safeguarding lead, or sent back without words.
        Stale: the words were changed since they were read.
    """
    held = held_story(by, story)
    _must(story_policies.why_not_review(by, held))
    if held.edition != edition:
        raise Stale([("Words", held.words, "")])
    if not safe and not words.strip():
        raise NotAllowed("Say what has to change, so that they can change it.")
    review = StoryReview.objects.create(
        service=by.service, story=held, edition=edition, safe=safe, words=words.strip(),
        by=by.membership, user=by.user, role=str(by.role),
    )  # fmt: skip
    readers = len(story_policies.reviews_of(held))
    to = {0: states.WRITTEN, 1: states.REVIEWED_ONCE}.get(readers, states.READY)
    _move(held, to if safe else states.WRITTEN)
    if not safe:
        held.approved_edition = 0
    _save(held)
    record(by, Did.REVIEWED, about=held, safe=safe, edition=edition)
    _tell_writer(by, held, safe)
    if safe and to is states.REVIEWED_ONCE:
        _ask_readers(by, held)
    return review


def held_story(by: Actor, story: Story) -> Story:
    """The row as it is now, held until the transaction ends; of the actor's service alone."""
    found: Story | None = (
        Story.objects.select_for_update(of=("self",))
        .select_related("case__person", "written_by__user")
        .filter(pk=story.pk, service=by.service_id)
        .first()
    )
    if found is None:
        raise Missing
    return found


def _move(story: Story, to: states.State) -> None:
    if story.state != to.key:
        _must(states.why_not(story.state, to.key))
        story.state = to.key


def _save(story: Story) -> None:
    story.version += 1
    story.save()


def _must(why: str) -> None:
    if why:
        raise NotAllowed(why)


def _why_not_words(kind: str, quarter: str, title: str, words: str, changed: Iterable[str]) -> str:
    if kind not in Story.Kind.values:
        return "Choose a story or a quote."
    try:
        in_words(quarter)
    except ValueError:
        return "Choose the quarter it is told for."
    if not words or (kind != QUOTE and not title):
        return "Write the words, and a title for a story."
    if kind == QUOTE and len(words) > story_details.LONGEST_QUOTE:
        return f"A quote has at most {story_details.LONGEST_QUOTE} characters. Make it a story."
    still = story_details.left(changed)
    return f"Still to change, or to leave out: {'; '.join(still).lower()}." if still else ""


def link_to(story: Story) -> str:
    """The address of its page."""
    return reverse("casework:story", args=[story.pk])


def _ask_readers(by: Actor, story: Story) -> None:
    """Supervisors and safeguarding leads are asked, without whoever wrote or read it."""
    done = {*story.writers, *(str(one.user_id) for one in story_policies.reviews_of(story))}
    asked = Membership.objects.filter(
        service=by.service, role__in=(Role.SUPERVISOR, Role.SAFEGUARDING), ended_at=None,
        user__is_active=True,
    ).exclude(user__in=done)  # fmt: skip
    settle(by, link_to(story))
    for member in resting.to_tell(asked):
        announce(to=member, words=WAITS, link=link_to(story))


def _tell_writer(by: Actor, story: Story, safe: bool) -> None:
    said: dict[Any, str] = {
        states.READY.key: "What you wrote for reports was read by two and is ready.",
        states.REVIEWED_ONCE.key: "What you wrote for reports was read by one. One more is needed.",
    }
    words = said.get(story.state, "") if safe else "What you wrote for reports needs a change."
    if story.state == states.READY.key or not safe:
        settle(by, link_to(story))
    announce(to=story.written_by, words=words, link=link_to(story))
