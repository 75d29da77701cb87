"""Sharing agreements: drafted by one, agreed by another, signed by every party, replaced, ended.

The text of an agreed one stays as it is: a change is a new version, and the old one holds until
everybody has signed the new one.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from openhiu.web.access import policies
from openhiu.web.access import policies_lawful as lawful
from openhiu.web.access.actor import Actor
from openhiu.web.access.audit import Did, record
from openhiu.web.access.enforcing import must_not_enforce
from openhiu.web.access.gate import Missing, NotAllowed, Stale
from openhiu.web.access.models import Agreement, AgreementParty, Organisation
from openhiu.web.access.models.lawful import State
from openhiu.web.access.permissions import Permission

_STATE: Any = State
_PART: Any = AgreementParty.Part
# What is written in an agreement and copied into its next version.
TERMS: Final = (
    "purpose", "items", "data_sets", "starts_on", "review_on", "ends_on", "article_6", "article_9",
    "schedule_1", "confidentiality", "assessment", "rights", "accuracy", "security", "retention",
    "breach",
)  # fmt: skip


@transaction.atomic
def draft_agreement(*, by: Actor, organisation: Organisation, **terms: Any) -> Agreement:
    """Write down what an agreement lets one organisation receive; it lets nothing through yet.

    `terms` are those of TERMS: purpose, items, starts_on and ends_on at least. The provider and
    the organisation are its first parties.

    Raises:
        NotAllowed: it would end before it starts, or they enforce, judge or sanction.
    """
    policies.needs(by, Permission.MANAGE_AGREEMENTS)
    lawful.must_end_after_start(terms["starts_on"], terms["ends_on"])
    agreement: Agreement = Agreement.objects.create(
        service=by.service, organisation=organisation, drafted_by=by.membership,
        **_only_terms(terms),
    )  # fmt: skip
    for party in dict.fromkeys((by.service.provider, organisation)):
        _add_party(agreement, party, _PART.CONTROLLER, party.ods_code, "")
    record(by, Did.ADDED, about=agreement, items=list(agreement.items))
    return agreement


@transaction.atomic
def change_draft(*, by: Actor, agreement: Agreement, version: int, **terms: Any) -> Agreement:
    """Change the text of a draft.

    Raises:
        NotAllowed: it is agreed already.
        Stale: somebody else saved since `version` was read.
    """
    held = _held(by, agreement, Permission.MANAGE_AGREEMENTS)
    _must_be_draft(held)
    wanted = _only_terms(terms)
    changed = [name for name in wanted if getattr(held, name) != wanted[name]]
    if held.version != version:
        raise Stale([(name, str(getattr(held, name)), str(wanted[name])) for name in changed])
    for name in changed:
        setattr(held, name, wanted[name])
    lawful.must_end_after_start(held.starts_on, held.ends_on)
    held.version += 1
    held.save()
    record(by, Did.CHANGED, about=held, fields=changed)
    return held


@transaction.atomic
def name_party(
    *, by: Actor, agreement: Agreement, organisation: Organisation, part: str,
    ods_code: str = "", register_number: str = "",
) -> AgreementParty:  # fmt: skip
    """Name an organisation as a party of a draft, or change what is said of it."""
    held = _held(by, agreement, Permission.MANAGE_AGREEMENTS)
    _must_be_draft(held)
    if not ods_code.strip() and not register_number.strip():
        raise NotAllowed("Give the ODS code. A body without one has a charity or company number.")
    AgreementParty.objects.filter(agreement=held, organisation=organisation).delete()
    party = _add_party(held, organisation, part, ods_code, register_number)
    _saved(held)
    record(by, Did.CHANGED, about=held, fields=["parties"])
    return party


@transaction.atomic
def drop_party(*, by: Actor, party: AgreementParty) -> None:
    """Take a party out of a draft; who gives and who receives stay."""
    held = _held(by, party.agreement, Permission.MANAGE_AGREEMENTS)
    _must_be_draft(held)
    if party.organisation_id in (held.organisation_id, by.service.provider_id):
        raise NotAllowed("The service and the organisation that receives are always parties.")
    party.delete()
    _saved(held)
    record(by, Did.CHANGED, about=held, fields=["parties"])


@transaction.atomic
def agree_agreement(*, by: Actor, agreement: Agreement, version: int) -> Agreement:
    """A second person agrees the text as they read it; from now on the parties can sign it.

    Raises:
        NotAllowed: something essential is not said, the impact assessment it names does not
            hold, they wrote some of it themselves, or it was changed since `version` was read.
    """
    held = _held(by, agreement, Permission.AGREE_AGREEMENT)
    if held.version != version:
        raise NotAllowed(lawful.CHANGED_SINCE)
    lawful.may_agree(by, held, lawful.unsaid(held))
    held.state, held.agreed_by, held.agreed_at = _STATE.AGREED, by.membership, timezone.now()
    _saved(held)
    record(by, Did.AGREED, about=held, items=list(held.items))
    return held


@transaction.atomic
def note_signature(
    *, by: Actor, party: AgreementParty, signatory: str, post: str, signed_on: date, document: str
) -> AgreementParty:
    """Somebody signed for a party; with the last signature the agreement can come into force.

    Raises:
        NotAllowed: the text is not agreed, they signed already, the day has not come, a party
            enforces, or no impact assessment that holds stands behind it.
    """
    policies.needs_one_of(by, Permission.MANAGE_AGREEMENTS, Permission.AGREE_AGREEMENT)
    held = _held(by, party.agreement)
    lawful.may_sign(held, party, signed_on, (signatory, post, document))
    party.signatory, party.post = signatory.strip(), post.strip()
    party.signed_on, party.document = signed_on, document.strip()
    party.recorded_by, party.recorded_at = by.membership, timezone.now()
    party.save()
    record(by, Did.CHANGED, about=held, fields=["signatures"])
    days = list(held.parties.values_list("signed_on", flat=True))
    if None not in days:
        held.signed_on = max(days)
        _saved(held)
        _replace(by, held)
    return party


@transaction.atomic
def new_version(*, by: Actor, agreement: Agreement) -> Agreement:
    """Begin the next version of an agreement as a draft with the same text and parties.

    Raises:
        NotAllowed: this version is itself a draft, is over, or its next one is begun already.
    """
    held = _held(by, agreement, Permission.MANAGE_AGREEMENTS)
    lawful.may_renew(held)
    draft: Agreement = Agreement.objects.create(
        service=by.service, organisation=held.organisation, replaces=held,
        number=held.number + 1, drafted_by=by.membership,
        **{name: getattr(held, name) for name in TERMS},
    )  # fmt: skip
    parties = list(held.parties.select_related("organisation"))
    for one in parties:
        _add_party(draft, one.organisation, one.part, one.ods_code, one.register_number)
    if not parties:
        for body in dict.fromkeys((by.service.provider, held.organisation)):
            _add_party(draft, body, _PART.CONTROLLER, body.ods_code, "")
    record(by, Did.ADDED, about=draft, number=draft.number)
    return draft


@transaction.atomic
def end_agreement(*, by: Actor, agreement: Agreement, because: str = "") -> Agreement:
    """End an agreement now: nothing is shared under it from this moment."""
    policies.needs_one_of(by, Permission.MANAGE_AGREEMENTS, Permission.AGREE_AGREEMENT)
    held = _held(by, agreement)
    if held.state in (_STATE.ENDED, _STATE.SUPERSEDED):
        raise NotAllowed("It is over already.")
    held.state, held.ended_by, held.ended_at = _STATE.ENDED, by.membership, timezone.now()
    held.ended_because = because.strip()[:300]
    _saved(held)
    record(by, Did.ENDED_AGREEMENT, about=held)
    return held


@transaction.atomic
def name_organisation(*, by: Actor, name: str, kind: str, ods_code: str = "") -> Organisation:
    """Add a body that agreements or gateways can name.

    Raises:
        NotAllowed: there is one of that name.
    """
    policies.needs(by, Permission.MANAGE_AGREEMENTS)
    if Organisation.objects.filter(name__iexact=name.strip()).exists():
        raise NotAllowed("There is an organisation of that name already.")
    made: Organisation = Organisation.objects.create(
        name=name.strip(), kind=kind, ods_code=ods_code.strip().upper()
    )
    record(by, Did.ADDED, about=made)
    return made


def _replace(by: Actor, new: Agreement) -> None:
    """The version before gives way on the day the new one starts."""
    if new.replaces_id is None:
        return
    old = Agreement.objects.select_for_update().get(pk=new.replaces_id)
    if new.starts_on > timezone.localdate():
        old.ends_on = min(old.ends_on, new.starts_on - timedelta(days=1))
    else:
        old.state = _STATE.SUPERSEDED
    _saved(old)
    record(by, Did.CHANGED, about=old, fields=["state", "ends_on"])


def _add_party(
    agreement: Agreement, organisation: Organisation, part: str, ods_code: str, number: str
) -> AgreementParty:
    must_not_enforce(organisation)
    code = ods_code.strip().upper()
    if code and not organisation.ods_code:
        Organisation.objects.filter(pk=organisation.pk, ods_code="").update(ods_code=code)
    party: AgreementParty = AgreementParty.objects.create(
        service_id=agreement.service_id, agreement=agreement, organisation=organisation,
        part=part, ods_code=code, register_number=number.strip(),
    )  # fmt: skip
    return party


def _held(by: Actor, agreement: Agreement, permission: Permission | None = None) -> Agreement:
    """The agreement as it is now, held until the transaction ends; Missing in another service."""
    if permission:
        policies.needs(by, permission)
    rows = Agreement.objects.select_for_update(of=("self",)).select_related(
        "organisation", "drafted_by", "replaces"
    )
    found: Agreement | None = rows.filter(service=by.service, pk=agreement.pk).first()
    if found is None:
        raise Missing
    return found


def _must_be_draft(held: Agreement) -> None:
    if held.state != _STATE.DRAFTED:
        raise NotAllowed("An agreed version stays as it is. Begin a new version.")


def _saved(held: Agreement) -> None:
    held.version += 1
    held.save()


def _only_terms(terms: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in terms.items() if name in TERMS}
