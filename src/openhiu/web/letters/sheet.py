"""Everything a letter stands on, looked up once: a letter and its way come in; the facts go out.

Gates judge it and composing writes from it, so that both see the same moment.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from openhiu.web.casework.actions.consent import months_on
from openhiu.web.casework.models import Case
from openhiu.web.letters import filling, languages
from openhiu.web.letters.kinds import HAND, KINDS, MAIL, POST, SIGN_IN, Kind
from openhiu.web.letters.models import AddressCheck, Letter, Letterhead, PostalAddress
from openhiu.web.letters.permitted import Permit, permit
from openhiu.web.letters.texts import Wording, wording
from openhiu.web.mdt.queries.plans import in_force
from openhiu.web.people.models import ContactSafety, Merge, Person
from openhiu.web.people.needs import ACCESSIBLE, Need


@dataclass(frozen=True)
class Version:
    """Of which plan a letter carries words: its number, its day, until when it holds."""

    number: int
    written_on: date
    until: date


@dataclass(frozen=True)
class Sheet:
    """One letter on one way, and the world around it now."""

    letter: Letter
    kind: Kind
    way: str
    case: Case
    person: Person
    safety: ContactSafety | None
    permit: Permit
    place: PostalAddress | None
    head: Letterhead | None
    words: Wording | None
    agreed: Any  # the plan agreed at the meeting, where this letter carries it
    plan: Version | None
    merge_open: bool
    checked: AddressCheck | None
    today: date

    @property
    def to_client(self) -> bool:
        """Whether the client is the one recipient."""
        return self.kind.to_client

    @property
    def neutral(self) -> bool:
        """Whether only neutral words may be found in the post."""
        wish = self.safety.letter if self.safety else ""
        return self.to_client and self.way == POST and wish == ContactSafety.Leave.NEUTRAL

    @property
    def foreign(self) -> bool:
        """Whether it is in another language than English."""
        return self.letter.language != languages.ENGLISH

    @property
    def body(self) -> str:
        """The words that are printed."""
        if self.neutral:
            return self.letter_neutral
        return self.letter.translated if self.foreign else self.letter.body

    @property
    def letter_neutral(self) -> str:
        """The neutral words of this kind, whatever was typed; empty where it has none."""
        return self.words.neutral if self.words else ""

    @property
    def needs(self) -> list[tuple[str, Need]]:
        """The client's accessible-information needs."""
        codes = self.safety.accessible_needs if self.safety else []
        return [(code, ACCESSIBLE[code]) for code in codes if code in ACCESSIBLE]


def sheet(letter: Letter, way: str = "") -> Sheet:
    """Look everything up, now. `way` is the usual one of the kind unless told."""
    kind = KINDS[letter.kind]
    case = Case.objects.select_related("person", "plan", "lead__user").get(pk=letter.case_id)
    person = case.person
    way = way or kind.ways[0]
    found = (
        permit(person, letter.organisation, kind) if letter.organisation else Permit(frozenset())
    )
    agreed = in_force(case) if kind.agreed and "agreed_plan" in found.items else None
    return Sheet(
        letter=letter, kind=kind, way=way, case=case, person=person,
        safety=ContactSafety.objects.filter(person=person).first(),
        permit=found,
        place=_place(letter), head=filling.letterhead(letter.service),
        words=wording(letter.service_id, letter.kind), agreed=agreed,
        plan=_version(kind, case, agreed, found),
        merge_open=_merge_open(person), checked=_checked(person), today=timezone.localdate(),
    )  # fmt: skip


def _place(letter: Letter) -> PostalAddress | None:
    rows = PostalAddress.objects.filter(service=letter.service_id)
    return rows.filter(organisation=letter.organisation_id).first() if letter.organisation else None


def _version(kind: Kind, case: Case, agreed: Any, found: Permit) -> Version | None:
    """The plan whose words are printed, if any are."""
    if kind.agreed:
        if agreed is None:
            return None
        return Version(agreed.number, agreed.agreed_on, agreed.expires_on)
    if not kind.plan or not (kind.to_client or "card" in found.items):
        return None
    written = timezone.localdate(case.plan.updated_at)
    months = case.service.consent_review_months
    return Version(case.plan.version, written, months_on(written, months))


def _merge_open(person: Person) -> bool:
    """Whether somebody has proposed that this record and another are one, undecided yet."""
    waiting = Merge.objects.filter(service=person.service_id, decided_at=None)
    return waiting.filter(kept=person).exists() or waiting.filter(absorbed=person).exists()


def _checked(person: Person) -> AddressCheck | None:
    """Who last said that the address is right, where that is the confirmation that counts."""
    if not person.address_confirmed_on:
        return None
    rows = AddressCheck.objects.filter(person=person, on=person.address_confirmed_on)
    return rows.select_related("by__user").order_by("-at").first()


__all__ = ["HAND", "MAIL", "POST", "SIGN_IN", "Sheet", "Version", "sheet"]
