"""What was noted in words with no record meant, and tying it to one."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from openhiu.web.access.asking import Page, actor_of, ask
from openhiu.web.access.audit import Did, Purpose, record
from openhiu.web.access.gate import allow
from openhiu.web.access.permissions import Permission
from openhiu.web.access.proof import proved_again
from openhiu.web.assurance.actions.rights.tying import tie as tie_to_record
from openhiu.web.assurance.forms.rights import FindForm
from openhiu.web.assurance.queries.untied import untied, untied_or_missing


@allow(Permission.DECIDE_RIGHT)
@proved_again
@require_GET
def list_untied(request: HttpRequest) -> HttpResponse:
    """All of them, with the words that say whom somebody meant."""
    actor = actor_of(request)
    rows = untied(actor)
    record(actor, Did.LISTED, purpose=Purpose.IG_AUDIT, page="no record meant", rows=len(rows))
    return render(request, "assurance/rights/untied.html", {"rows": rows})


@allow(Permission.DECIDE_RIGHT)
@proved_again
@require_http_methods(["GET", "POST"])
def tie(request: HttpRequest, kind: str, row_id: UUID) -> HttpResponse:
    """Say whose record it belongs to."""
    actor = actor_of(request)
    found = untied_or_missing(actor, kind, row_id)
    record(actor, Did.LOOKED, about=found.row, purpose=Purpose.IG_AUDIT, page="no record meant")
    page = Page(
        title="Whose record does it belong to?", caption=found.row.about_whom, submit="Tie it",
        back=reverse("assurance:untied"), done="It belongs to that record now.",
        note="The NHS number, or the last name and the date of birth. Only an exact answer counts.",
    )  # fmt: skip
    return ask(request, FindForm, page,
               lambda said: tie_to_record(by=actor, kind=kind, row_id=row_id, **said))  # fmt: skip
