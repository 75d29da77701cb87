"""Files of services: bring one, look at what it would do, take it over or put it away."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from openhiu.web.access.asking import Page, actor_of, ask, press
from openhiu.web.access.gate import NotAllowed, allow
from openhiu.web.access.permissions import Permission
from openhiu.web.directory import actions, forms, presenters, queries
from openhiu.web.directory.actions.files import look
from openhiu.web.directory.models import Proposal
from openhiu.web.directory.open_referral.judging import LARGEST

_CHANGE = Permission.CHANGE_DIRECTORY
_SHOWN = 50


@allow(_CHANGE)
@require_http_methods(["GET", "POST"])
def bring_file(request: HttpRequest) -> HttpResponse:
    """Bring a file; it waits until somebody has looked at it."""
    actor = actor_of(request)

    def save(said: dict[str, Any]) -> str:
        file = said["file"]
        if file.size > LARGEST:
            raise NotAllowed(f"The file is larger than {LARGEST // 1024 // 1024} MB.")
        made = actions.propose(
            by=actor, file_name=file.name, data=file.read(), source=said["source"]
        )
        return str(reverse("directory:file", args=[made.pk]))

    page = Page(
        title="Bring a file of services",
        note="Open Referral UK, as JSON. Nothing changes until you have looked at it.",
        back=reverse("directory:services"),
        submit="Look at the file",
        template="directory/files.html",
        done="Read. Look at what it would change.",
        extra={"files": queries.proposals(actor)[:20]},
    )
    return ask(request, forms.FileForm, page, save)


@allow(_CHANGE)
@require_http_methods(["GET", "POST"])
def review_file(request: HttpRequest, proposal_id: UUID) -> HttpResponse:
    """What a file would do to the directory as it is now, and taking it over."""
    actor = actor_of(request)
    proposal = queries.proposal_or_missing(actor, proposal_id)
    if proposal.state != Proposal.State.WAITING and request.method == "GET":
        return render(request, "directory/file_done.html", {"proposal": proposal})

    def save(said: dict[str, Any]) -> None:
        keep = said["keep_ours"] == "ours"
        ends = said["end_removed"]
        actions.take_over(by=actor, proposal=proposal, keep_ours=keep, end_removed=ends)

    page = Page(
        title="Look at this file",
        caption=proposal.source,
        back=reverse("directory:files"),
        then=reverse("directory:file", args=[proposal.pk]),
        submit="Take it over",
        template="directory/file.html",
        done="Taken over.",
        extra=_told(proposal),
    )
    return ask(request, forms.TakeOverForm, page, save)


def _told(proposal: Proposal) -> dict[str, Any]:
    if proposal.state != Proposal.State.WAITING:
        return {"proposal": proposal}
    found = look(proposal)
    return {
        "proposal": proposal,
        "found": found,
        "counts": found.counts(),
        "changed": [(row, presenters.changes(merged.changed) or "other fields")
                    for row, _, merged in found.changed[:_SHOWN]],
        "both": [(row, presenters.changes(merged.both)) for row, merged in found.both[:_SHOWN]],
        "new": [str(service["name"]) for service in found.new[:_SHOWN]],
        "shown": _SHOWN,
    }  # fmt: skip


@allow(_CHANGE)
@require_POST
def put_away(request: HttpRequest, proposal_id: UUID) -> HttpResponse:
    """Nothing of this file is wanted."""
    actor = actor_of(request)
    proposal = queries.proposal_or_missing(actor, proposal_id)
    return press(request, lambda: actions.put_away(by=actor, proposal=proposal),
                 reverse("directory:files"), "Put away. Nothing was changed.")  # fmt: skip
