"""Where a story stands: used in a report, published with it, taken out of everything at once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.announce import announce, settle
from openhiu.web.access.audit import Did, record
from openhiu.web.access.gate import Missing, NotAllowed
from openhiu.web.access.models import Membership, Role
from openhiu.web.access.permissions import Permission, may
from openhiu.web.casework import policies, story_details, story_policies
from openhiu.web.casework import story_lifecycle as states
from openhiu.web.casework.actions.stories import held_story, link_to
from openhiu.web.casework.models import Story, StoryUse
from openhiu.web.people.holding_back import held_back
from openhiu.web.people.models import Person

GONE: Final = "A story or quote in this report was taken out. Make the report again."
AGAIN: Final = "A story or quote was taken out of a report you made. Make the report again."
PUBLISHED: Final = (
    "Someone took back the use of their words, which stand in a published report. "
    "A supervisor or information governance has to call it back."
)


@transaction.atomic
def use_in_report(
    *, by: Actor, report: UUID, named: str, link: str, refs: Iterable[Any]
) -> list[StoryUse]:
    """Say that a report was made with these stories. Made again, it has what is named now.

    Args:
        by: who made the report.
        report: the key of the report, of whoever keeps reports.
        named: what the report is called, such as "Board report, July to September 2026".
        link: where it stands, an address of ours.
        refs: keys of stories and quotes, as `facts_for` gives them.

    Raises:
        NotAllowed: one of them may not be told today.
        Missing: one of them is not of this service.
    """
    policies.must_hold(by, Permission.MAKE_REPORT)
    wanted = {UUID(str(ref)) for ref in refs}
    before = StoryUse.objects.filter(service=by.service_id, report=report, published_at=None)
    _hold(by, {*wanted, *before.values_list("story", flat=True)})
    before.exclude(story__in=wanted).delete()
    return [_use(by, report, named, link, ref) for ref in sorted(wanted)]


def _use(by: Actor, report: UUID, named: str, link: str, ref: UUID) -> StoryUse:
    story = Story.objects.filter(pk=ref, service=by.service_id).first()
    if story is None:
        raise Missing
    held = held_story(by, story)
    if why := story_policies.why_not_told(held):
        raise NotAllowed(why)
    if held.state != states.USED.key:
        held.state = states.USED.key
        held.version += 1
        held.save(update_fields=["state", "version"])
    use, _ = StoryUse.objects.update_or_create(
        story=held, report=report,
        defaults={
            "service": by.service, "named": named, "link": link, "used_by": by.membership,
            "used_at": timezone.now(), "ended_at": None,
        },
    )  # fmt: skip
    record(by, Did.ADDED, person=held.case.person_id, about=use, what="a story in a report")
    return use


@transaction.atomic
def report_published(*, by: Actor, report: UUID) -> int:
    """Say that a report was published; the number of stories it holds.

    Raises:
        NotAllowed: one of its stories was taken out since, or may not be told any more.
    """
    policies.must_hold(by, Permission.PUBLISH_REPORT)
    unpublished = StoryUse.objects.filter(
        service=by.service_id, report=report, published_at=None
    ).select_related("story__case__person")
    _hold(by, unpublished.values_list("story", flat=True))
    uses = list(unpublished.select_for_update(of=("self",)).order_by("story"))
    for use in uses:
        story = held_story(by, use.story)
        if why := story_policies.why_not_told(story):
            raise NotAllowed(f"{GONE} {why}")
        use.published_at, use.published_by = timezone.now(), by.membership
        use.save(update_fields=["published_at", "published_by"])
        record(by, Did.SHARED, person=story.case.person_id, about=use, what="a published report")
    return len(uses)


@transaction.atomic
def take_out(*, by: Actor, story: Story, reason: str) -> Story:
    """Take a story out of everything not yet published, now.

    Whoever made a report with it is told; where it was published, everyone who may call it back.
    The words are emptied unless they stand in a published report: then they are needed to call
    it back.

    Raises:
        NotAllowed: no right to, no reason, or taken out already.
    """
    held = held_story(by, story)
    why = story_policies.why_not_take_out(by, held)
    if why or not reason.strip():
        raise NotAllowed(why or "Say why it is taken out.")
    _take_out(by, held, reason.strip())
    return held


def take_out_of(by: Actor, person: Person, purpose: str, reason: str) -> int:
    """Every story of somebody who took back their yes; for this room's own actions."""
    if purpose != story_details.REPORTS:
        return 0
    every = Story.objects.filter(service=by.service_id, case__person=person)
    live = list(every.exclude(state=states.TAKEN_OUT.key).order_by("pk"))
    for story in live:
        _take_out(by, held_story(by, story), reason)
    return len(live)


def _take_out(by: Actor, story: Story, reason: str) -> None:
    uses = list(
        StoryUse.objects.select_for_update(of=("self",))
        .select_related("used_by", "published_by")
        .filter(service=by.service_id, story=story, ended_at=None)
    )
    story.state = states.TAKEN_OUT.key
    story.taken_out_at, story.taken_out_by = timezone.now(), by.membership
    story.taken_out_reason = reason
    # Nobody is told it any more; what a court or an inquiry asked for is not destroyed.
    kept = held_back(story.service_id).holds(story.case.person_id, "client")
    if not kept and not any(use.published_at for use in uses):
        story.title, story.words, story.approved_words = "", "", ""
    story.version += 1
    story.save()
    for use in uses:
        _tell(use)
    settle(by, link_to(story))
    record(by, Did.WITHDREW, person=story.case.person_id, about=story, reports=len(uses))


def _hold(by: Actor, keys: Iterable[Any]) -> None:
    """Wait for these stories, then hold them: always before their uses, always in one order.

    Whoever publishes and whoever takes out would otherwise each wait for the other.
    """
    rows = Story.objects.select_for_update(of=("self",)).filter(service=by.service_id)
    list(rows.filter(pk__in=set(keys)).order_by("pk").values_list("pk", flat=True))


def _tell(use: StoryUse) -> None:
    """A draft loses it now; a published report is for everyone who may call it back."""
    if use.published_at is None:
        use.ended_at = timezone.now()
        use.save(update_fields=["ended_at"])
        announce(to=use.used_by, words=AGAIN, link=use.link)
        return
    for member in _concerned(use):
        announce(to=member, words=PUBLISHED, link=use.link)


def _concerned(use: StoryUse) -> Iterable[Membership]:
    """Who may publish and call back, and who made or published it: those who are still here."""
    publishers = [one for one in Role.values if may(Role(one), Permission.PUBLISH_REPORT)]
    theirs = Q(role__in=publishers) | Q(pk__in=[use.used_by_id, use.published_by_id])
    return Membership.objects.filter(
        theirs, service=use.service_id, ended_at=None, user__is_active=True
    )
