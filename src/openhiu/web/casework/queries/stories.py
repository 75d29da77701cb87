"""The story vault as it may be read: an actor comes in; stories, and where they stand, go out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from openhiu.web.access.actor import Actor
from openhiu.web.access.gate import Missing
from openhiu.web.casework import policies, story_details, story_policies
from openhiu.web.casework import story_lifecycle as states
from openhiu.web.casework.models import Case, Consent, Story, StoryUse
from openhiu.web.casework.queries.consent import newest


@dataclass(frozen=True)
class Shelved:
    """One story in the vault: whether reports may have it today, and whose it is if one may know.

    `case` is set only for those who work with the client: readers judge the words, not the person.
    """

    story: Story
    why_not: str
    case: Case | None
    waits_for_me: bool


def stories(actor: Actor) -> QuerySet[Story]:
    """Every story of the service, newest quarter first. Whose it is stays with their lead."""
    rows = Story.objects.filter(service=actor.service_id)
    related = ("case__person", "written_by__user", "taken_out_by__user")
    return rows.select_related(*related).order_by("-quarter", "kind", "-written_at")


def story_or_missing(actor: Actor, story_id: Any) -> Story:
    """One of them."""
    found = stories(actor).filter(pk=story_id).first()
    if found is None:
        raise Missing
    return found


def vault(actor: Actor, quarters: Iterable[str] = ()) -> list[Shelved]:
    """The stories of some quarters, or of every quarter, as this member may see them."""
    rows, only = stories(actor).prefetch_related("reviews"), list(quarters)
    return shelved(actor, rows.filter(quarter__in=only) if only else rows)


def waiting(actor: Actor) -> list[Shelved]:
    """Those that wait for this member to read them, the longest first."""
    rows = stories(actor).prefetch_related("reviews").filter(state__in=states.WAITING)
    return [one for one in shelved(actor, rows.order_by("written_at")) if one.waits_for_me]


def shelved(actor: Actor, rows: Iterable[Story]) -> list[Shelved]:
    """Stories with how each stands, and whose it is where this member works with them."""
    found = list(rows)
    agreed = agreed_to(actor, (one.case.person_id for one in found))
    mine = set(_mine(actor, found))
    return [
        Shelved(
            story,
            _why_not(story, agreed),
            story.case if story.case_id in mine else None,
            story.state in states.WAITING and not story_policies.why_not_review(actor, story),
        )
        for story in found
    ]


def agreed_to(actor: Actor, people: Iterable[UUID]) -> dict[UUID, Consent]:
    """The newest answer of each of these people to their story in reports; one query."""
    rows = Consent.objects.filter(
        service=actor.service_id, person__in=set(people), kind=Consent.Kind.STORY,
        purpose=story_details.REPORTS,
    ).order_by("-recorded_at", "-answered_on")  # fmt: skip
    return {answer.person_id: answer for answer in newest(rows)}


def tellable(actor: Actor, quarters: Iterable[str]) -> list[Story]:
    """Stories and quotes of these quarters that a report may have today, oldest first."""
    rows = stories(actor).filter(state__in=states.TELLABLE, quarter__in=list(quarters))
    found = list(rows.order_by("written_at", "pk"))
    agreed = agreed_to(actor, (one.case.person_id for one in found))
    return [story for story in found if not _why_not(story, agreed)]


def of_case(case: Case) -> list[Story]:
    """The stories of a case that was already found readable, newest first."""
    rows = Story.objects.filter(service=case.service_id, case=case)
    return list(rows.select_related("written_by__user").order_by("-written_at"))


def uses_of(story: Story) -> list[StoryUse]:
    """The reports a story stands or stood in, newest first."""
    rows = StoryUse.objects.filter(service=story.service_id, story=story)
    return list(rows.select_related("used_by__user", "published_by__user").order_by("-used_at"))


def taken_out_of(actor: Actor, report: UUID) -> bool:
    """Whether an unpublished report holds words that may not be told any more.

    Such a report is not shown or handed out; it is made again.
    """
    uses = StoryUse.objects.filter(service=actor.service_id, report=report, published_at=None)
    held = uses.select_related("story__case__person")
    return any(story_policies.why_not_told(use.story) for use in held)


def _why_not(story: Story, agreed: dict[UUID, Consent]) -> str:
    if story.state not in states.TELLABLE:
        return states.STATES[story.state].meaning
    return story_policies.why_not_agreed(story.case.person, agreed.get(story.case.person_id))


def _mine(actor: Actor, found: list[Story]) -> Iterable[UUID]:
    wanted = {story.case_id for story in found}
    own = Case.objects.filter(policies.scope(actor), service=actor.service_id, pk__in=wanted)
    return own.values_list("pk", flat=True)
