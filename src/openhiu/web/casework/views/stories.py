"""The story vault: reading it, writing with a client, being read by two, taking out."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from openhiu.web.access.audit import Did, record
from openhiu.web.access.gate import NotAllowed, allow
from openhiu.web.access.permissions import Permission
from openhiu.web.casework import story_policies
from openhiu.web.casework.actions import stories as writing
from openhiu.web.casework.actions import telling
from openhiu.web.casework.forms import stories as forms
from openhiu.web.casework.models import Story
from openhiu.web.casework.presenters import stories as words
from openhiu.web.casework.quarter import earlier, in_words
from openhiu.web.casework.queries import stories as found
from openhiu.web.casework.queries.cases import case_or_missing
from openhiu.web.casework.views.asking import Page, actor_of, ask

PER_PAGE = 20
EVERY = "every"


@allow(Permission.READ_STORIES)
@require_GET
def show_vault(request: HttpRequest) -> HttpResponse:
    """Those that wait for this reader, then the stories of a quarter: at first the last two."""
    actor = actor_of(request)
    known = earlier(8)
    asked = request.GET.get("quarter", "")
    quarter = asked if asked in (*known, EVERY) else ""
    only = () if quarter == EVERY else [quarter] if quarter else known[:2]
    page = Paginator(found.vault(actor, only), PER_PAGE).get_page(request.GET.get("page"))
    waiting = found.waiting(actor)
    record(actor, Did.LISTED, page="stories", rows=len(page.object_list) + len(waiting))
    told = {
        "waiting": [words.row(one, number) for number, one in enumerate(waiting, 1)],
        "rows": [words.row(one, number) for number, one in enumerate(page, page.start_index())],
        "page": page,
        "quarters": [("", "The last two quarters"), *((one, in_words(one)) for one in known),
                     (EVERY, "Every quarter")],
        "quarter": quarter,
    }  # fmt: skip
    return render(request, "casework/vault.html", told)


@allow(Permission.READ_STORIES)
@require_GET
def show_story(request: HttpRequest, story_id: UUID) -> HttpResponse:
    """The words, who read them, and where they stand."""
    actor = actor_of(request)
    story = found.story_or_missing(actor, story_id)
    record(actor, Did.LOOKED, person=story.case.person_id, about=story)
    (shelved,) = found.shelved(actor, [story])
    told = {
        **words.row(shelved),
        "ways": words.ways(actor, story),
        "approval": words.approval(story),
        "reviews": [words.review(one, story.edition) for one in _reviews(story)],
        "uses": found.uses_of(story),
    }
    return render(request, "casework/story.html", told)


def _reviews(story: Story) -> list[Any]:
    return list(story.reviews.select_related("by__user").order_by("-at"))


@allow(Permission.WRITE_CLIENT)
@require_http_methods(["GET", "POST"])
def write_story(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Write a story or a quote with a client who said yes to it."""
    actor = actor_of(request)
    case = case_or_missing(actor, case_id)
    why = story_policies.why_not_write(actor, case)
    back = reverse("casework:consent", args=[case.pk])
    if why and request.method == "GET":
        may_ask = why in story_policies.ASKABLE
        told = {"why": why, "case": case, "may_ask": may_ask}
        return render(request, "casework/story_not_yet.html", told)
    page = Page(
        title="Write a story or a quote",
        caption=case.person.full_name,
        note="Write it together, then read it to them. It is told without their name, and only "
        "after two colleagues found that nobody could tell who it is.",
        back=back,
        draft=f"story:{case.pk}",
        done="Saved. Now read it to them, and record their yes to these words.",
    )

    def save(said: dict[str, Any]) -> str:
        return writing.link_to(writing.write_story(by=actor, case=case, **said))

    return ask(request, forms.StoryForm, page, save, initial={"quarter": earlier(1)[0]})


@allow(Permission.WRITE_CLIENT)
@require_http_methods(["GET", "POST"])
def change_story(request: HttpRequest, story_id: UUID) -> HttpResponse:
    """Change the words; their yes and two readers are needed again."""
    actor = actor_of(request)
    story = found.story_or_missing(actor, story_id)
    _must(story_policies.why_not_change(actor, story))
    page = _page(
        story,
        "Change the words",
        f"change:{story.pk}",
        note="After a change they say yes again, and two people read it again.",
        done="Saved. Read the new words to them, and record their yes.",
        version=lambda: found.story_or_missing(actor, story_id).version,
    )
    initial = {name: getattr(story, name) for name in ("title", "words", "changed", "quarter")}
    return ask(
        request,
        forms.ChangeStoryForm,
        page,
        lambda said: writing.change_story(by=actor, story=story, **said),
        initial=initial | {"version": story.version},
        kind=story.kind,
    )


@allow(Permission.WRITE_CLIENT)
@require_http_methods(["GET", "POST"])
def approve_story(request: HttpRequest, story_id: UUID) -> HttpResponse:
    """Record the client's own yes to the words."""
    actor = actor_of(request)
    story = found.story_or_missing(actor, story_id)
    _must(story_policies.why_not_approve(actor, story))
    page = _page(
        story,
        "Their yes to the words",
        f"approve:{story.pk}:{story.edition}",
        done="Recorded. Those who read before it is told are asked now.",
        template="casework/story_words.html",
        extra={"story": story},
        outdated="The words were changed. Read the new ones to them first.",
        renew=lambda: _heard(story),
    )

    def save(said: dict[str, Any]) -> None:
        said.pop("agreed")
        writing.note_approval(by=actor, story=story, **said)

    return ask(request, forms.ApprovalForm, page, save, initial=_heard(story))


def _heard(story: Story) -> dict[str, Any]:
    """What the form of their yes begins with, of the words as they are now."""
    story.refresh_from_db()
    return {"on": timezone.localdate(), "version": story.version}


@allow(Permission.REVIEW_STORY)
@require_http_methods(["GET", "POST"])
def review_story(request: HttpRequest, story_id: UUID) -> HttpResponse:
    """Say whether anybody could tell who it is."""
    actor = actor_of(request)
    story = found.story_or_missing(actor, story_id)
    _must(story_policies.why_not_review(actor, story))
    page = _page(
        story,
        "Could anybody tell who this is?",
        f"review:{story.pk}:{story.edition}",
        note="Read it as a neighbour, a cousin, an old colleague or a journalist would.",
        submit="Save what I found",
        done="Thank you for reading it.",
        template="casework/story_words.html",
        extra={"story": story},
        outdated="The words were changed. Read the new ones.",
        renew=lambda: _read(story),
    )
    return ask(
        request,
        forms.ReviewForm,
        page,
        lambda said: writing.review_story(by=actor, story=story, **said),
        initial=_read(story),
    )


def _read(story: Story) -> dict[str, Any]:
    """What a reader's form begins with, of the words as they are now."""
    story.refresh_from_db()
    return {"edition": story.edition}


@allow(Permission.READ_STORIES)
@require_http_methods(["GET", "POST"])
def take_out_story(request: HttpRequest, story_id: UUID) -> HttpResponse:
    """Take it out: this page is the first press, its button the second."""
    actor = actor_of(request)
    story = found.story_or_missing(actor, story_id)
    _must(story_policies.why_not_take_out(actor, story))
    page = _page(
        story,
        "Take it out",
        "",
        note="A report with it that is not published closes to everyone, now: its files are kept, "
        "nobody can open them, and it is made again without it. Where it was published, those who "
        "can call the report back are told. Unless it was published, the words are emptied here.",
        submit="Yes, take it out",
        variant="warning",
        done="Taken out. It counts from now.",
    )
    return ask(
        request,
        forms.TakeOutForm,
        page,
        lambda said: telling.take_out(by=actor, story=story, **said),
    )


def _page(story: Story, title: str, draft: str, **more: Any) -> Page:
    """No name of a client stands above it: readers judge the words."""
    return Page(
        title=title,
        caption=words.named(story),
        back=writing.link_to(story),
        draft=draft,
        **more,
    )


def _must(why: str) -> None:
    if why:
        raise NotAllowed(why)
