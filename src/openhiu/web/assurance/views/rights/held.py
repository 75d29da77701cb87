"""What is held about the one who asks, read item by item, decided and put right; and the copy."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openhiu.tables.fields import declared
from openhiu.web.access.actor import Actor
from openhiu.web.access.asking import Page, actor_of, ask, press
from openhiu.web.access.audit import Did, Purpose, record
from openhiu.web.access.gate import Missing, NotAllowed, allow
from openhiu.web.access.permissions import Permission, may
from openhiu.web.access.proof import proved_again
from openhiu.web.assurance.actions import rights as actions
from openhiu.web.assurance.actions.rights.correcting import may_be_corrected
from openhiu.web.assurance.actions.rights.packs import taken
from openhiu.web.assurance.forms import rights as forms
from openhiu.web.assurance.held.deciding import JudgedSection, deciding
from openhiu.web.assurance.held.gathering import Item, item_for
from openhiu.web.assurance.models import AccessPack, RightsRequest
from openhiu.web.assurance.policies.rights import look_at_everything, why_not_confirm
from openhiu.web.assurance.presenters import rights as words
from openhiu.web.assurance.queries import rights as queries

DECIDE, CONFIRM = Permission.DECIDE_RIGHT, Permission.CONFIRM_RIGHT
_METHODS = ["GET", "POST"]


def _looked(request: HttpRequest, request_id: UUID, page: str) -> tuple[Actor, RightsRequest]:
    """A request whose record may be looked at as a whole; the look is recorded.

    The second person looks while a copy waits for them, and no longer.
    """
    actor = actor_of(request)
    found = queries.request_or_missing(actor, request_id)
    if may(actor.role, DECIDE):
        look_at_everything(actor, found)
    elif not any(why_not_confirm(actor, one) == "" for one in found.packs.defer("content")):
        raise NotAllowed("No copy waits for a second person.")
    record(actor, Did.LOOKED, person=found.person_id, about=found, purpose=Purpose.IG_AUDIT,
           page=page)  # fmt: skip
    return actor, found


@allow(CONFIRM)
@proved_again
@require_GET
def show_held(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Everything that is held, by section, with what is still to be decided."""
    actor, found = _looked(request, request_id, "everything held")
    decided = deciding(found)
    told = {
        "right": found,
        "about": words.about(found),
        "sections": words.overview(found, decided),
        "open": decided.open,
        "may_make": may(actor.role, DECIDE) and found.kind == RightsRequest.Kind.ACCESS,
        "may_decide": may(actor.role, DECIDE) and not found.closed_at,
    }
    return render(request, "assurance/rights/held.html", told)


@allow(CONFIRM)
@proved_again
@require_http_methods(_METHODS)
def show_section(request: HttpRequest, request_id: UUID, section: str) -> HttpResponse:
    """One section, a page at a time; what needs no thought of its own is confirmed together."""
    actor, found = _looked(request, request_id, "section")
    part = _part(found, section)
    page = words.page_of(part, request.GET.get("page"))
    may_decide = may(actor.role, DECIDE) and not found.closed_at
    if request.method == "POST":
        if not may_decide:
            raise NotAllowed(f"Your role here cannot {DECIDE}.")
        items = [one.item for one in page]
        return press(request,
                     lambda: actions.confirm_page(by=actor, request=found, items=items),
                     request.get_full_path(), "Noted: these can be given.")  # fmt: skip
    told = {
        "right": found,
        "about": words.about(found),
        "part": part,
        "slug": section,
        "page": page,
        "may_decide": may_decide,
        "together": may_decide and any(one.open and not one.item.alone for one in page),
        "putting_right": found.kind == RightsRequest.Kind.RECTIFICATION,
    }
    return render(request, "assurance/rights/section.html", told)


def _part(found: RightsRequest, section: str) -> JudgedSection:
    model = words.BY_SLUG.get(section, "")
    part = next((one for one in deciding(found).sections if one.section.model == model), None)
    if part is None:
        raise Missing
    return part


def _item(found: RightsRequest, section: str, row: UUID) -> Item:
    item = item_for(found, words.BY_SLUG.get(section, ""), str(row))
    if item is None:
        raise Missing
    return item


def _back(found: RightsRequest, section: str) -> str:
    return reverse("assurance:right_section", args=[found.pk, section])


@allow(DECIDE)
@proved_again
@require_http_methods(_METHODS)
def review(request: HttpRequest, request_id: UUID, section: str, row: UUID) -> HttpResponse:
    """Decide what of one item is given."""
    actor, found = _looked(request, request_id, "item")
    item = _item(found, section, row)
    kept = found.reviews.filter(model=item.model, row=item.row).first()
    page = Page(
        title="What is given of this?", caption=found.reference, back=_back(found, section),
        draft=f"review:{found.pk}:{row}", template="assurance/rights/review.html",
        extra={"item": item},
    )  # fmt: skip
    return ask(
        request, forms.ReviewForm, page,
        lambda said: actions.review(by=actor, request=found, model=item.model, row=item.row,
                                    **forms.as_review(said)),
        initial=_kept_answers(kept), parts=words.parts_of(item),
    )  # fmt: skip


def _kept_answers(kept: Any) -> dict[str, Any]:
    if kept is None:
        return {}
    given = ("some" if kept.without else "all") if kept.given else "none"
    return {"given": given, "without": kept.without, "why": kept.why, "words": kept.words,
            "opinion": kept.opinion, "opinion_by": kept.opinion_by,
            "opinion_on": kept.opinion_on}  # fmt: skip


@allow(DECIDE)
@proved_again
@require_http_methods(_METHODS)
def put_right(request: HttpRequest, request_id: UUID, section: str, row: UUID) -> HttpResponse:
    """Put one field right, or keep it with their words beside it."""
    actor, found = _looked(request, request_id, "item")
    item = _item(found, section, row)
    page = Page(
        title="What is wrong here?", caption=found.reference, back=_back(found, section),
        then=reverse("assurance:right", args=[found.pk]), draft=f"put_right:{found.pk}:{row}",
        template="assurance/rights/review.html", extra={"item": item},
        done="Kept. Everybody who received it is listed below, to be told.",
    )  # fmt: skip
    return ask(request, forms.CorrectForm, page,
               lambda said: _correct(actor, found, item, said),
               parts=_parts(item))  # fmt: skip


def _parts(item: Item) -> list[tuple[str, str]]:
    """What can be put right, and what can only have words beside it; both are offered."""
    named = {one.name: one.label for one in item.facts}
    fields = declared()[item.model]
    also = {
        name: name.replace("_", " ").capitalize()
        for name, kind in fields.items()
        if may_be_corrected(item.model, name) and name not in named and kind != "key"
    }
    return list({**named, **also}.items())


def _correct(actor: Actor, found: RightsRequest, item: Item, said: dict[str, Any]) -> None:
    where = {"model": item.model, "row": item.row, "field": said["field"]}
    if said["outcome"] == "right":
        actions.correct(by=actor, request=found, value=said["value"], reason=said["reason"],
                        **where)  # fmt: skip
    else:
        actions.keep_with_statement(by=actor, request=found, statement=said["statement"],
                                    reason=said["reason"], **where)  # fmt: skip


@allow(DECIDE)
@proved_again
@require_POST
def make(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Put the copy together."""
    actor, found = _looked(request, request_id, "making the copy")
    there = reverse("assurance:right", args=[found.pk])
    return press(request, lambda: actions.make_pack(by=actor, request=found), there,
                 "The copy is made. A second person confirms it before it is given.")  # fmt: skip


def _pack(request: HttpRequest, request_id: UUID, pack_id: UUID) -> tuple[Actor, AccessPack, str]:
    actor = actor_of(request)
    found = queries.request_or_missing(actor, request_id)
    pack = queries.pack_or_missing(actor, found, pack_id)
    return actor, pack, reverse("assurance:right", args=[found.pk])


@allow(CONFIRM)
@proved_again
@require_POST
def confirm(request: HttpRequest, request_id: UUID, pack_id: UUID) -> HttpResponse:
    """The second person has looked."""
    actor, pack, there = _pack(request, request_id, pack_id)
    return press(request, lambda: actions.confirm_pack(by=actor, pack=pack), there,
                 "Confirmed. It can be given.")  # fmt: skip


@allow(CONFIRM)
@require_http_methods(_METHODS)
def send_back(request: HttpRequest, request_id: UUID, pack_id: UUID) -> HttpResponse:
    """The second person wants something changed."""
    actor, pack, there = _pack(request, request_id, pack_id)
    page = Page(title="Send the copy back", back=there, submit="Send it back",
                done="Sent back. The copy was emptied.")  # fmt: skip
    return ask(request, forms.SendBackForm, page,
               lambda said: actions.send_back(by=actor, pack=pack, **said))  # fmt: skip


@allow(CONFIRM)
@proved_again
@require_GET
def take(request: HttpRequest, request_id: UUID, pack_id: UUID) -> HttpResponse:
    """The file, under a name that tells nothing."""
    actor, pack, _ = _pack(request, request_id, pack_id)
    answer = HttpResponse(taken(by=actor, pack=pack), content_type="application/zip")
    answer["Content-Disposition"] = 'attachment; filename="record.zip"'
    return answer


@allow(DECIDE)
@require_http_methods(_METHODS)
def give(request: HttpRequest, request_id: UUID, pack_id: UUID) -> HttpResponse:
    """The person has it."""
    actor, pack, there = _pack(request, request_id, pack_id)
    page = Page(title="They have their copy", back=there, done="Noted.",
                note="Give it in a way that only they can open: in person, or by secure "
                "mail.")  # fmt: skip
    return ask(request, forms.GivenForm, page,
               lambda said: actions.give_pack(by=actor, pack=pack, **said),
               initial={"on": timezone.localdate()})  # fmt: skip
