"""What an organisation reads by signing in: letters to it, as long as the client's yes holds."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from openhiu.web.access.audit import Did, record
from openhiu.web.access.gate import NotAllowed, allow
from openhiu.web.access.permissions import Permission
from openhiu.web.casework.presenters.shared import name_in
from openhiu.web.casework.views.asking import actor_of
from openhiu.web.letters import keeping, queries
from openhiu.web.letters.kinds import KINDS
from openhiu.web.letters.models import Outgoing
from openhiu.web.letters.permitted import permit
from openhiu.web.letters.views.serving import download


@allow(Permission.SEE_SHARED)
@require_GET
def received(request: HttpRequest) -> HttpResponse:
    """Letters to the reader's organisation, newest first."""
    actor = actor_of(request)
    rows = [(item, KINDS[item.letter.kind].title, _name(item)) for item in queries.received(actor)]
    record(actor, Did.LISTED, page="letters to us", rows=len(rows))
    return render(request, "letters/received.html", {"rows": rows})


def _name(item: Outgoing) -> str:
    letter = item.letter
    person = letter.case.person
    return name_in(person, permit(person, letter.organisation, KINDS[letter.kind]).items)


@allow(Permission.SEE_SHARED)
@require_GET
def read(request: HttpRequest, item_id: UUID) -> HttpResponse:
    """One of them, to read; the look is recorded, and is the receipt."""
    actor = actor_of(request)
    item = queries.received_or_missing(actor, item_id)
    copy = item.pdf or item.word
    try:
        content = keeping.kept(copy)
    except keeping.Altered:
        raise NotAllowed("The kept copy is not as it was made. It is given to nobody.") from None
    record(actor, Did.LOOKED, person=item.letter.case.person_id, about=item, page="letter to us")
    return download(content, copy.form)
