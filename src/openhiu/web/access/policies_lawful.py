"""What has to be true before an agreement or a gateway is agreed, signed or renewed: sentences."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from django.utils import timezone

from openhiu.web.access import assessed, enforcing, lawful, policies
from openhiu.web.access.actor import Actor
from openhiu.web.access.audit import Did
from openhiu.web.access.gate import NotAllowed
from openhiu.web.access.models import (
    Agreement,
    AgreementParty,
    AuditEntry,
    Gateway,
    Membership,
    Organisation,
)
from openhiu.web.access.models.lawful import State
from openhiu.web.access.permissions import Permission

_STATE: Any = State
CHANGED_SINCE: Final = "It was changed since you read it. Read it again, then agree it."
OWN_DRAFT: Final = "You drafted this. A second person agrees it, whatever role you act in."
# Each is asked of every agreement before it can be agreed: its name and what is missing.
ESSENTIAL: Final = {
    "article_6": "the UK GDPR Article 6 basis",
    "article_9": "the UK GDPR Article 9 basis",
    "schedule_1": "the Schedule 1 condition",
    "confidentiality": "how the duty of confidence is met",
    "review_on": "the day it is looked at again",
    "assessment": "the reference of the impact assessment",
    "rights": "how people's rights are seen to",
    "accuracy": "how it is kept accurate",
    "security": "how it is kept secure",
    "retention": "how long it is kept",
    "breach": "what happens after a breach",
}


def must_end_after_start(starts_on: date, ends_on: date) -> None:
    """Refuse dates the wrong way round."""
    if ends_on < starts_on:
        raise NotAllowed("An agreement ends after it starts.")


def unsaid(agreement: Agreement) -> list[str]:
    """What an agreement does not say yet and has to, in the order of its page."""
    lacking = [words for name, words in ESSENTIAL.items() if not getattr(agreement, name)]
    if not agreement.items and not agreement.data_sets:
        lacking.insert(0, "what may be shared")
    if agreement.review_on and not agreement.starts_on <= agreement.review_on <= agreement.ends_on:
        lacking.append("a day to look at it again between its start and its end")
    if agreement.assessment:
        why = assessed.why_not_rest_on(agreement.service_id, agreement.assessment)
        lacking += [why] if why else []
    parties = AgreementParty.objects.filter(agreement=agreement).select_related("organisation")
    lacking += [
        f"the ODS code or register number of {one.organisation.name}"
        for one in parties.order_by("organisation__name")
        if not one.ods_code and not one.register_number
    ]
    return lacking


def may_agree(by: Actor, one: Agreement | Gateway, lacking: list[str]) -> None:
    """Somebody else than who drafted it, and nothing essential unsaid."""
    if why := why_not_agree(by, one, lacking):
        raise NotAllowed(why)


def why_not_agree(by: Actor, one: Agreement | Gateway, lacking: list[str]) -> str:
    """Why this actor cannot agree it now, or nothing."""
    if one.state != _STATE.DRAFTED:
        return "Only a draft can be agreed."
    if why := lawful.why_not_with(one):
        return why
    if lacking:
        return f"It does not say yet: {'; '.join(lacking)}."
    if lawful.last_day(one) < timezone.localdate():
        return "Its last day has passed."
    return OWN_DRAFT if by.user.pk in _writers(one) else ""


def _writers(one: Agreement | Gateway) -> set[Any]:
    """The users who wrote any of a draft: who began it, and whoever changed it since."""
    began = Membership.objects.filter(pk=one.drafted_by_id).values_list("user_id", flat=True)
    changed = AuditEntry.objects.filter(
        service=one.service_id, about=one._meta.label_lower, about_id=one.pk,
        did__in=(Did.ADDED, Did.CHANGED), result="done",
    )  # fmt: skip
    return {*began, *changed.values_list("user_id", flat=True)}


def may_sign(held: Agreement, party: AgreementParty, signed_on: date, said: Iterable[str]) -> None:
    """An agreed text, once for each party, and not in the future."""
    if held.state != _STATE.AGREED:
        raise NotAllowed("The text is agreed first, then signed. A draft cannot be signed.")
    if party.signed_on is not None:
        raise NotAllowed("They have signed already.")
    enforcing.must_not_enforce(held.organisation, party.organisation)
    if why := assessed.why_not_rest_on(held.service_id, held.assessment):
        raise NotAllowed(f"It needs {why}.")
    if signed_on > timezone.localdate():
        raise NotAllowed("A signature is noted once it is given, not before.")
    if not all(one.strip() for one in said):
        raise NotAllowed("Say who signed, in which post, and where the signed paper is kept.")


def may_renew(held: Agreement) -> None:
    """Only what was agreed has a next version, and only one at a time."""
    if held.state not in (_STATE.AGREED, _STATE.STANDING):
        raise NotAllowed("Only an agreed version has a next one. A draft can be changed.")
    if Agreement.objects.filter(replaces=held).exclude(state=_STATE.ENDED).exists():
        raise NotAllowed("The next version is begun already.")


def may_draft_gateway(
    by: Actor, data_sets: Iterable[str], kind: str, organisation: Organisation
) -> None:
    """Known data sets; a list of people nobody asked comes on one of its three grounds.

    With a body that enforces nothing crosses but what one case needs.
    """
    policies.needs(by, Permission.MANAGE_AGREEMENTS)
    wanted = set(data_sets)
    if not wanted or wanted - set(lawful.CROSSINGS):
        raise NotAllowed("Choose the data sets that may cross from those shown.")
    if wanted - {lawful.CASE}:
        enforcing.must_not_enforce(organisation)
    if lawful.LIST in wanted and kind not in lawful.GROUNDS_FOR_A_LIST:
        raise NotAllowed(
            "The hospital's list comes as direct care, under section 251 or with consent first."
        )
