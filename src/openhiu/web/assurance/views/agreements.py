"""The register of sharing agreements: drafted, agreed, signed, renewed and ended here."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openhiu.web.access import actions, policies_lawful, upgraded
from openhiu.web.access.actions.agreements import TERMS
from openhiu.web.access.asking import Page, actor_of, ask, press
from openhiu.web.access.audit import Did, record
from openhiu.web.access.gate import allow
from openhiu.web.access.models import Agreement, Organisation
from openhiu.web.access.permissions import Permission, may
from openhiu.web.assurance.forms import agreements as forms
from openhiu.web.assurance.presenters import agreements as words
from openhiu.web.assurance.queries import agreements as queries

SEE: Final = Permission.SEE_AGREEMENTS
DRAFT: Final = Permission.MANAGE_AGREEMENTS
AGREE: Final = Permission.AGREE_AGREEMENT


def link_to(agreement: Agreement) -> str:
    """Where one agreement stands."""
    return str(reverse("assurance:agreement", args=[agreement.pk]))


@allow(SEE)
@require_GET
def show_agreements(request: HttpRequest) -> HttpResponse:
    """Every agreement: with whom, what for, and how it stands."""
    actor = actor_of(request)
    rows = [words.agreement(one) for one in queries.agreements(actor)]
    told = {
        "live": [one for one in rows if one.row.state not in ("ended", "superseded")],
        "over": [one for one in rows if one.row.state in ("ended", "superseded")],
        "may_draft": may(actor.role, DRAFT),
        "may_home": may(actor.role, Permission.SEE_ASSURANCE),
    }
    return render(request, "assurance/agreements/list.html", told)


@allow(SEE)
@require_GET
def show_agreement(request: HttpRequest, agreement_id: UUID) -> HttpResponse:
    """One agreement, its parties, what is missing, and what can be done now."""
    actor = actor_of(request)
    found = queries.agreement_or_missing(actor, agreement_id)
    record(actor, Did.LOOKED, about=found)
    unsaid = policies_lawful.unsaid(found) if found.state == "drafted" else []
    told = {
        "shown": words.agreement(found), "agreement": found, "items": words.items(found),
        "data_sets": words.data_sets(found), "unsaid": unsaid, "next": queries.next_of(found),
        "may_draft": may(actor.role, DRAFT), "may_agree": may(actor.role, AGREE),
        "why_not_agree": policies_lawful.why_not_agree(actor, found, unsaid),
        "old_until": upgraded.old_holds_until(),
    }  # fmt: skip
    return render(request, "assurance/agreements/agreement.html", told)


@allow(DRAFT)
@require_http_methods(["GET", "POST"])
def new_agreement(request: HttpRequest) -> HttpResponse:
    """Write down a draft."""
    actor = actor_of(request)
    page = Page(title="Draft a sharing agreement", back=reverse("assurance:agreements"),
                draft="agreement:new", submit="Save the draft", done="The draft is saved. It lets "
                "nothing through until a second person agrees it and every party signs.",
                note="Not in the list? Add the organisation first.")  # fmt: skip
    return ask(
        request, forms.AgreementForm, page,
        lambda said: link_to(actions.draft_agreement(by=actor, **said)),
        organisations=queries.others(actor),
    )  # fmt: skip


@allow(DRAFT)
@require_http_methods(["GET", "POST"])
def new_organisation(request: HttpRequest) -> HttpResponse:
    """Add a body that agreements can name."""
    actor = actor_of(request)
    page = Page(title="Add an organisation", back=reverse("assurance:agreements"),
                done="The organisation can be named now.")  # fmt: skip
    return ask(
        request, forms.OrganisationForm, page,
        lambda said: actions.name_organisation(by=actor, **said) and None,
    )  # fmt: skip


@allow(DRAFT)
@require_http_methods(["GET", "POST"])
def change_draft(request: HttpRequest, agreement_id: UUID) -> HttpResponse:
    """Go on writing a draft."""
    actor = actor_of(request)
    found = queries.agreement_or_missing(actor, agreement_id)
    page = Page(title="The agreement", caption=found.organisation.name, back=link_to(found),
                draft=f"agreement:{found.pk}", version=lambda: _version(found))  # fmt: skip
    initial = {name: getattr(found, name) for name in (*TERMS, "version")}

    def save(said: dict[str, Any]) -> None:
        actions.change_draft(by=actor, agreement=found, **said)

    return ask(request, forms.DraftForm, page, save, initial=initial)


@allow(DRAFT)
@require_http_methods(["GET", "POST"])
def name_party(request: HttpRequest, agreement_id: UUID) -> HttpResponse:
    """Name a party, or say more of one."""
    actor = actor_of(request)
    found = queries.agreement_or_missing(actor, agreement_id)
    page = Page(title="Name a party", caption=found.organisation.name, back=link_to(found),
                note="What is said of a party that is named already takes the place of what stood "
                "there.", done="The party is named.")  # fmt: skip
    return ask(
        request, forms.PartyForm, page,
        lambda said: actions.name_party(by=actor, agreement=found, **said) and None,
        organisations=Organisation.objects.order_by("name"),
    )  # fmt: skip


@allow(DRAFT)
@require_POST
def drop_party(request: HttpRequest, party_id: UUID) -> HttpResponse:
    """Take a party out of a draft."""
    actor = actor_of(request)
    party = queries.party_or_missing(actor, party_id)
    return press(request, lambda: actions.drop_party(by=actor, party=party),
                 link_to(party.agreement), "The party was taken out.")  # fmt: skip


@allow(AGREE)
@require_POST
def agree(request: HttpRequest, agreement_id: UUID) -> HttpResponse:
    """A second person agrees the text as it stood on the page they read."""
    actor = actor_of(request)
    found = queries.agreement_or_missing(actor, agreement_id)
    sent = request.POST.get("version", "")
    read = int(sent) if sent.isdecimal() else 0
    return press(
        request, lambda: actions.agree_agreement(by=actor, agreement=found, version=read),
        link_to(found), "Agreed. Now every party signs it.",
    )  # fmt: skip


@allow(SEE)
@require_http_methods(["GET", "POST"])
def sign(request: HttpRequest, party_id: UUID) -> HttpResponse:
    """Note that somebody signed for a party."""
    actor = actor_of(request)
    party = queries.party_or_missing(actor, party_id)
    page = Page(title="Who signed?", caption=party.organisation.name,
                back=link_to(party.agreement), done="The signature is noted.")  # fmt: skip
    return ask(
        request, forms.SignatureForm, page,
        lambda said: actions.note_signature(by=actor, party=party, **said) and None,
    )  # fmt: skip


@allow(DRAFT)
@require_POST
def renew(request: HttpRequest, agreement_id: UUID) -> HttpResponse:
    """Begin the next version; this one holds until the next is signed."""
    actor = actor_of(request)
    found = queries.agreement_or_missing(actor, agreement_id)
    return press(request, lambda: actions.new_version(by=actor, agreement=found), link_to(found),
                 "The next version is begun. This one holds until that is signed.")  # fmt: skip


@allow(SEE)
@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, agreement_id: UUID) -> HttpResponse:
    """End an agreement now."""
    actor = actor_of(request)
    found = queries.agreement_or_missing(actor, agreement_id)
    page = Page(title="End this agreement now?", caption=found.organisation.name,
                back=link_to(found), submit="End it", variant="warning", done="It is ended.",
                note="From this moment they see nothing under it. Ending cannot be "
                "undone; a new agreement can be drafted.")  # fmt: skip
    return ask(
        request, forms.EndForm, page,
        lambda said: actions.end_agreement(by=actor, agreement=found, **said) and None,
    )  # fmt: skip


def _version(agreement: Agreement) -> int:
    return int(Agreement.objects.values_list("version", flat=True).get(pk=agreement.pk))
