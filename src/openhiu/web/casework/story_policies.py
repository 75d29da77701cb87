"""Who may write, read, agree to and use a story: reasons as sentences, or nothing."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.models import Role
from openhiu.web.access.permissions import Permission, may
from openhiu.web.casework import policies, story_details
from openhiu.web.casework import story_lifecycle as states
from openhiu.web.casework.models import Case, Consent, Story, StoryReview
from openhiu.web.people.models import Person

# One of the two readers answers for safety; the other may be any lead who did not write it.
ANSWERING: tuple[object, ...] = (Role.SUPERVISOR, Role.SAFEGUARDING)
NO_CONSENT = (
    "They have not said yes to their story in reports. Ask, and record the answer under consent."
)
OUT_OF_DATE = "Their yes to using the story has passed its review date. Ask again first."
TAKEN_BACK = "They took back their yes to using the story."
# What an answer from them would change; a death or another lead is not among it.
ASKABLE = (NO_CONSENT, OUT_OF_DATE, TAKEN_BACK)
DIED = "This person has died. What they let us tell stays here and is not used."


def consent_of(person: Person, purpose: str = story_details.REPORTS) -> Consent | None:
    """The newest answer to using their story for a purpose."""
    asked = Consent.objects.filter(
        service=person.service_id, person=person, kind=Consent.Kind.STORY, purpose=purpose
    )
    newest: Consent | None = asked.order_by("-recorded_at", "-answered_on").first()
    return newest


def why_not_agreed(person: Person, answer: Consent | None) -> str:
    """Why the story of this person cannot be told in reports today, or nothing."""
    if person.died or person.died_on:
        return DIED
    if answer is not None and answer.given and answer.withdrawn_at:
        return TAKEN_BACK
    if not policies.holds(answer):
        return NO_CONSENT
    return "" if policies.in_date(answer) else OUT_OF_DATE


def why_not_write(by: Actor, case: Case) -> str:
    """Why this member cannot write a story of this client, or nothing."""
    if not may(by.role, Permission.WRITE_CLIENT):
        return "Leads and cover write stories, with the client."
    if not policies.is_theirs(by, case):
        return policies.SOMEONE_ELSES
    return why_not_agreed(case.person, consent_of(case.person))


def why_not_told(story: Story) -> str:
    """Why a report may not have this story today, or nothing. `case.person` is read."""
    if story.state not in states.TELLABLE:
        return states.why_not(story.state, states.USED.key)
    return why_not_agreed(story.case.person, consent_of(story.case.person))


def why_not_change(by: Actor, story: Story) -> str:
    """Why the words cannot be changed by this member, or nothing."""
    return why_not_write(by, story.case) or states.why_not(story.state, states.WRITTEN.key)


def why_not_approve(by: Actor, story: Story) -> str:
    """Why the client's own yes to the words cannot be recorded now, or nothing."""
    if why := why_not_write(by, story.case):
        return why
    if story.state not in states.WAITING:
        return states.why_not(story.state, states.REVIEWED_ONCE.key)
    if story.approved_edition == story.edition:
        return "Their yes to these words is recorded already."
    return ""


def why_not_review(by: Actor, story: Story) -> str:
    """Why this member cannot say whether a story is safe, or nothing."""
    if not may(by.role, Permission.REVIEW_STORY):
        return "Supervisors, safeguarding leads and leads read stories before they are told."
    if story.state not in states.WAITING:
        return "Nobody needs to read this now."
    if str(by.user.pk) in story.writers:
        return "You wrote this. Someone else reads it before it is told."
    if story.approved_edition != story.edition:
        return "They have not said yes to these words yet. Their lead reads it with them first."
    before = list(story.reviews.filter(edition=story.edition, safe=True))
    if any(one.user_id == by.user.pk for one in before):
        return "You have read this already. A second person has to."
    if not complete([*(one.role for one in before), str(by.role)], states.READERS):
        return (
            "One of the two readers is a supervisor or the safeguarding lead. A lead has read it."
        )
    return why_not_agreed(story.case.person, consent_of(story.case.person))


def complete(roles: list[str], readers: int) -> bool:
    """Whether readers in these roles are as many as needed only with somebody who answers."""
    return len(roles) < readers or any(role in ANSWERING for role in roles)


def why_not_take_out(by: Actor, story: Story) -> str:
    """Why this member cannot take a story out, or nothing: a doubt needs nobody's leave."""
    if not may(by.role, Permission.REVIEW_STORY) and not policies.is_theirs(by, story.case):
        return "Those who write or read stories take them out."
    return states.why_not(story.state, states.TAKEN_OUT.key)


def reviews_of(story: Story) -> list[StoryReview]:
    """Who found the present words safe, in order."""
    rows = story.reviews.filter(edition=story.edition, safe=True)
    return list(rows.select_related("by__user").order_by("at"))


def is_in_time(day: date) -> bool:
    """Whether a day of saying yes is not ahead."""
    return day <= timezone.localdate()
