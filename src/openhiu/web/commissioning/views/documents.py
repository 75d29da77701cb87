"""Documents: what is missing, made with progress shown, read, taken away, made again, set aside."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openhiu.web.access.asking import Page, actor_of, ask
from openhiu.web.access.audit import Did, Purpose, record
from openhiu.web.access.gate import Missing, allow
from openhiu.web.access.once import led_to, repeated
from openhiu.web.access.permissions import Permission, may
from openhiu.web.commissioning import actions, policies, presenters, queries
from openhiu.web.commissioning.actions.making import STEPS
from openhiu.web.commissioning.area.files import zipped
from openhiu.web.commissioning.forms import SetAsideForm
from openhiu.web.commissioning.making.documents import KINDS
from openhiu.web.commissioning.models import Document, Making
from openhiu.web.reporting.faults import Altered
from openhiu.web.reporting.keeping import kept
from openhiu.web.reporting.views import serving


@allow(Permission.SEE_AREA)
@require_GET
def shelf(request: HttpRequest) -> HttpResponse:
    """Every document: what can be made, and what was."""
    actor = actor_of(request)
    record(actor, Did.LISTED, purpose=Purpose.COMMISSIONING, page="documents")
    return render(request, "commissioning/documents.html", presenters.library(actor))


@allow(Permission.MAKE_DOCUMENT)
@require_http_methods(["GET", "POST"])
def make(request: HttpRequest, what: str) -> HttpResponse:
    """See what is missing first, then make it."""
    if what not in KINDS:
        raise Missing
    actor = actor_of(request)
    if first := repeated(request):
        return first
    if request.method == "POST":
        making = actions.ask_for_document(by=actor, what=what)
        return led_to(request, reverse("commissioning:progress", args=[making.pk]))
    told = presenters.before_making(actor, KINDS[what])
    return render(request, "commissioning/make.html", told)


@allow(Permission.MAKE_DOCUMENT)
@require_POST
def again(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """Make a kept document once more from what it was made from, and compare every byte."""
    if first := repeated(request):
        return first
    actor = actor_of(request)
    document = queries.document_or_missing(actor, document_id)
    making = actions.ask_for_document(by=actor, what=document.what, again=document)
    return led_to(request, reverse("commissioning:progress", args=[making.pk]))


@allow(Permission.MAKE_DOCUMENT)
@require_GET
def progress(request: HttpRequest, making_id: UUID) -> HttpResponse:
    """How far it is; a finished one leads to the document."""
    making = queries.making_or_missing(actor_of(request), making_id)
    if making.state == Making.State.DONE and making.document_id:
        return redirect(f"{reverse('commissioning:document', args=[making.document_id])}"
                        + ("#again" if making.again_id else ""))  # fmt: skip
    told = {"making": making, "steps": presenters.steps(making, STEPS),
            "kind": KINDS.get(making.what)}  # fmt: skip
    return render(request, "commissioning/progress.html", told)


@allow(Permission.SEE_AREA)
@require_GET
def document(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """One document: its files, what is missing in it, what it was made from."""
    actor = actor_of(request)
    found = queries.document_or_missing(actor, document_id)
    record(actor, Did.LOOKED, about=found, purpose=Purpose.COMMISSIONING, what=found.what)
    told = {
        "document": found,
        "page": presenters.document_page(found, queries.comparisons(found)),
        "missing": presenters.document_missing(found),
        "changed": presenters.changed_since(
            found, queries.latest_area(actor), queries.latest_tiers(actor)
        ),
        "may_make": may(actor.role, Permission.MAKE_DOCUMENT),
        "running": queries.running(actor),
    }
    return render(request, "commissioning/document.html", told)


@allow(Permission.SEE_AREA)
@require_GET
def read(request: HttpRequest, document_id: UUID, name: str) -> HttpResponse:
    """A document's own web page."""
    if not name.endswith(".html"):
        raise Missing
    return _file(request, document_id, name, on_screen=True)


@allow(Permission.SEE_AREA)
@require_GET
def file(request: HttpRequest, document_id: UUID, name: str) -> HttpResponse:
    """One file of a document, to be saved."""
    return _file(request, document_id, name, on_screen=False)


@allow(Permission.SEE_AREA)
@require_GET
def figure(request: HttpRequest, document_id: UUID, name: str) -> HttpResponse:
    """One picture of a document, for the page that shows it: it is that page that is recorded."""
    if not name.endswith((".svg", ".png")):
        raise Missing
    found = queries.document_or_missing(actor_of(request), document_id)
    try:
        return serving.drawn(queries.document_file(found, name), name)
    except Altered as why:
        return serving.altered(request, why, found)


@allow(Permission.SEE_AREA)
@require_GET
def everything(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """Every file of a document with its manifest, as one zip."""
    actor = actor_of(request)
    found = queries.document_or_missing(actor, document_id)
    try:
        held = {one["name"]: queries.document_file(found, one["name"]) for one in found.files}
        held["manifest.json"] = kept(found.service_id, found.manifest, "manifest.json")
    except Altered as why:
        return serving.altered(request, why, found)
    record(actor, Did.EXPORTED, about=found, purpose=Purpose.COMMISSIONING, what=found.what,
           file="all", sha256=found.manifest)  # fmt: skip
    return serving.download(zipped(held), f"{found.what}-edition-{found.edition}.zip")


@allow(Permission.MAKE_DOCUMENT)
@require_http_methods(["GET", "POST"])
def set_aside(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """Put a document away."""
    actor = actor_of(request)
    found = queries.document_or_missing(actor, document_id)
    policies.must(policies.why_not_set_aside(actor, found))
    asked = presenters.question(found)
    page = Page(
        title=asked["title"], back=reverse("commissioning:document", args=[found.pk]),
        caption=asked["caption"], note=asked["text"], submit=asked["submit"], variant="warning",
        done="Set aside. Its files stay.",
    )  # fmt: skip
    return ask(request, SetAsideForm, page,
               lambda said: actions.set_aside(by=actor, document=found, note=said["note"])
               and None)  # fmt: skip


def _file(
    request: HttpRequest, document_id: UUID, name: str, *, on_screen: bool
) -> HttpResponse:  # fmt: skip
    actor = actor_of(request)
    found: Document = queries.document_or_missing(actor, document_id)
    try:
        data = queries.document_file(found, name)
    except Altered as why:
        return serving.altered(request, why, found)
    digest = next(each["sha256"] for each in found.files if each["name"] == name)
    record(
        actor, Did.LOOKED if on_screen else Did.EXPORTED, about=found,
        purpose=Purpose.COMMISSIONING, what=found.what, file=name, sha256=digest,
    )  # fmt: skip
    if on_screen:
        return serving.read_on_screen(data)
    return serving.download(data, presenters.download_name(found, name))
