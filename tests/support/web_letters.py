"""Letters for tests: a lead comes in; a client who may be written to, a draft, an item go out."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.models import Organisation
from openhiu.web.access.sealed import update_each
from openhiu.web.casework import actions as casework
from openhiu.web.casework.models import Case, Plan
from openhiu.web.letters import actions
from openhiu.web.letters.channels import Answer, How, Parcel
from openhiu.web.letters.models import Letter, Letterhead, Outgoing, PostalAddress
from openhiu.web.people.models import ContactSafety, Person
from support.web_casework import make_agreement, make_case, make_partner, share_with, yes

ADDRESS = "14 Harbour Row\nThornaby"
ITEMS = ["name", "birth_date", "nhs_number", "phase", "what_matters", "card"]
PRACTICE = "Riverside Surgery"
MAILBOX = "hiu@riverside.nhs.net"


def make_client(lead: Actor, *, plan: dict[str, Any] | None = None, **facts: Any) -> Case:
    """A client whose address was confirmed today and to whom it is safe to write."""
    case = make_case(
        lead, **{"given_name": "Robin", "family_name": "Sample", "address": ADDRESS,
                 "postcode": "TS17 6AA", "address_confirmed_on": timezone.localdate(),
                 "gp_practice": PRACTICE, "nhs_number": "9990000018", **facts},
    )  # fmt: skip
    update_each(Plan.objects.filter(case=case),
        warning_signs="I stop opening the post", what_helps="A walk by the river",
        come_if="I have hurt myself", out_of_hours="Samaritans: 116 123",
    )  # fmt: skip
    wishes = {"letter": "yes", "accessible_needs": []} | (plan or {})
    ContactSafety.objects.create(
        service=lead.service, person=case.person, reviewed_on=timezone.localdate(),
        reviewed_by=lead.membership, **wishes,
    )  # fmt: skip
    return Case.objects.select_related("person", "plan").get(pk=case.pk)


def make_practice(lead: Actor, case: Case, items: list[str] | None = None, **facts: Any
                  ) -> Organisation:  # fmt: skip
    """A GP practice with an agreement, to which the client said yes; its post and its mailbox."""
    organisation = Organisation.objects.create(
        name=facts.pop("name", PRACTICE), kind=Organisation.Kind.PARTNER
    )
    agreement = make_agreement(lead.service, organisation, purpose="telling the practice")
    casework.answer_share(
        by=lead, person=case.person, agreement=agreement, items=items or ITEMS, **yes()
    )
    PostalAddress.objects.create(
        **{"service": lead.service, "organisation": organisation, "changed_by": lead.membership,
           "address": "1 Bridge Street\nStockton", "mailbox": MAILBOX, "is_practice": True, **facts}
    )  # fmt: skip
    return organisation


def make_partner_of(lead: Actor, case: Case, items: list[str] | None = None) -> Actor:
    """Somebody of an organisation with whom some items are shared."""
    agreement = make_agreement(lead.service)
    share_with(lead, case, agreement, items or ["name", "what_matters"])
    PostalAddress.objects.create(
        service=lead.service, organisation=agreement.organisation, changed_by=lead.membership,
        address="2 Bridge Street\nStockton",
    )  # fmt: skip
    return make_partner(agreement)


def make_letterhead(lead: Actor) -> Letterhead:
    return Letterhead.objects.create(
        service=lead.service, name="Tees listening service", address="The Quay\nStockton",
        phone="01632 960 100", changed_by=lead.membership,
    )  # fmt: skip


def make_letter(lead: Actor, case: Case, kind: str = "hello", **facts: Any) -> Letter:
    return actions.write_letter(by=lead, case=case, kind=kind, ring="01632 960 001", **facts)


def make_item(lead: Actor, case: Case, kind: str = "hello", way: str = "post", **facts: Any
              ) -> Outgoing:  # fmt: skip
    return actions.put_in(by=lead, letter=make_letter(lead, case, kind, **facts), way=way)


def said_no(lead: Actor, person: Person) -> None:
    """They ask us to stop."""
    casework.answer_take_part(by=lead, person=person, **yes(given=False))


class HeldChannel:
    """A way out that exists in the tests alone: it keeps what it is given and says what is told."""

    key = "mail"

    def __init__(self, *answers: Answer) -> None:
        self.given: list[Parcel] = []
        self.answers = list(answers)
        self.known: dict[str, Answer] = {}
        self.secure = True

    def why_not_ready(self) -> str:
        return ""

    def why_not_to(self, address: str) -> str:
        return "" if self.secure and address.endswith("nhs.net") else "Not a secure mailbox."

    def send(self, parcel: Parcel) -> Answer:
        self.given.append(parcel)
        return self.answers.pop(0) if self.answers else Answer(How.SENT, receipt="250 ok")

    def look_up(self, key: str) -> Answer | None:
        return self.known.get(key)


def days_ago(count: int) -> Any:
    return timezone.localdate() - timedelta(days=count)
