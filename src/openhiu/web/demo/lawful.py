"""What lets information cross in the made-up service: agreements and gateways, drafted by the
supervisor, agreed by information governance, signed by every party.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from openhiu.web.access import actions
from openhiu.web.access.actor import Actor
from openhiu.web.access.lawful import ACTIVITY, CASELOAD, LIST, ROSTER
from openhiu.web.access.models import Agreement, AgreementParty, Gateway, Organisation
from openhiu.web.assurance.actions import agreements as assessing
from openhiu.web.assurance.actions import ready

_TERMS: Final[dict[str, Any]] = {
    "article_6": "6_1_e",
    "article_9": "9_2_h",
    "schedule_1": "1_2",
    "confidentiality": "explicit",
    "assessment": "DPIA-1",
    "rights": "Whoever is asked first answers, and tells the other within two working days.",
    "accuracy": "Shown live from the service; what is put right is seen at once.",
    "security": "Read in this workspace with a second factor. Nothing is sent by e-mail.",
    "retention": "Nothing is kept by those who read it. Printed copies are asked back.",
    "breach": "By telephone to the service's data protection officer the same day.",
}
_POSTS: Final = ("Chief executive", "Director of operations")


def agree(
    drafter: Actor, second: Actor, to: Organisation, since: date, until: date, **terms: Any
) -> Agreement:
    """An agreement with one organisation, in force from a day."""
    drafted = actions.draft_agreement(
        by=drafter, organisation=to, starts_on=since, ends_on=until, **terms
    )
    return conclude(drafter, second, drafted, since)


def conclude(drafter: Actor, second: Actor, drafted: Agreement, on: date) -> Agreement:
    """What a draft still needs: its terms, the parties' codes, a second person, signatures."""
    review = min(drafted.ends_on, date(on.year + 2, on.month, 1))
    drafted = actions.change_draft(
        by=drafter, agreement=drafted, version=drafted.version, review_on=review, **_TERMS
    )
    for nth, party in enumerate(_parties(drafted)):
        if not party.ods_code:
            actions.name_party(by=drafter, agreement=drafted, organisation=party.organisation,
                               part=party.part, register_number=f"Made-up {nth + 1}")  # fmt: skip
    drafted.refresh_from_db()
    actions.agree_agreement(by=second, agreement=drafted, version=drafted.version)
    for nth, party in enumerate(_parties(drafted)):
        actions.note_signature(
            by=drafter, party=party, signatory=("Ines Varga", "Tomas Quayle")[nth % 2],
            post=_POSTS[nth % 2], signed_on=on, document=f"Contracts folder, sheet {nth + 1}",
        )  # fmt: skip
    drafted.refresh_from_db()
    return drafted


def open_gateway(
    drafter: Actor, second: Actor, hospital: Organisation, since: date, until: date,
    kind: str = "direct_care",
) -> Gateway:  # fmt: skip
    """The ground on which lists and activity come from a hospital, and numbers go there."""
    drafted = actions.draft_gateway(
        by=drafter, kind=kind, reference=f"IGG {since:%Y}/7", organisation=hospital,
        data_sets=[LIST, ACTIVITY, CASELOAD, ROSTER], starts_on=since, expires_on=until,
        purpose="Asking people who come to A&E often whether they want support",
        evidence="Minute 7 of the information governance group, in its folder.",
        article_6="6_1_e", article_9="9_2_h", schedule_1="1_2",
    )  # fmt: skip
    return actions.agree_gateway(by=second, gateway=drafted)


def assess(drafter: Actor, second: Actor, on: date, until: date) -> None:
    """Both impact assessments, signed, and who answers for what."""
    for kind, reference, risk in (
        ("dpia", "DPIA-1", "More is shared than somebody agreed to."),
        ("eqia", "EQIA-1", "Some groups are never reached by telephone."),
    ):
        made = assessing.draft_assessment(
            by=drafter, kind=kind, reference=reference, scope="The whole service", risks=risk,
            measures="Each share needs an agreement and a yes; letters and visits beside calls.",
        )  # fmt: skip
        assessing.note_signed(
            by=second, assessment=made, decision="with_measures", signatory="Dr Petra Lindqvist",
            post="Data protection officer", signed_on=on, review_on=until, document="Folder 3",
        )  # fmt: skip
    for post, name in (
        ("dpo", "Dr Petra Lindqvist"), ("caldicott", "Dr Samuel Adeyinka"), ("siro", "Ines Varga"),
        ("safeguarding", "Idris Cole"),
    ):  # fmt: skip
        ready.name_officer(by=second, post=post, name=name, contact="01632 960 100")


def gateway_with(service_id: Any, hospital: Any, kind: str = "direct_care") -> Gateway:
    """The gateway a list from this hospital is released under."""
    found: Gateway = Gateway.objects.filter(
        service=service_id, organisation=hospital, kind=kind, state="agreed"
    ).latest("expires_on")
    return found


def _parties(agreement: Agreement) -> list[AgreementParty]:
    rows = AgreementParty.objects.filter(agreement=agreement).select_related("organisation")
    return list(rows.order_by("organisation__name"))
