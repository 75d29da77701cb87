"""Writing down a request from police, a court or a like body, and reviewing what was decided."""

from __future__ import annotations

from typing import Any, Final

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from openhiu.web.access import resting
from openhiu.web.access.actor import Actor
from openhiu.web.access.announce import announce, settle
from openhiu.web.access.audit import Did, Purpose, record
from openhiu.web.access.gate import Missing, NotAllowed
from openhiu.web.access.models import Membership, Role
from openhiu.web.access.permissions import Permission, may
from openhiu.web.assurance.clocks import working_days_after
from openhiu.web.assurance.models import Disclosure
from openhiu.web.assurance.policies import disclosures as policies
from openhiu.web.people.models import Person

REVIEW_DAYS: Final = 5  # working days
_NOT_GIVEN: Any = Disclosure.Answer.NOT_GIVEN


@transaction.atomic
def note_disclosure(
    *, by: Actor, person: Person | None = None, about_whom: str = "", **facts: Any
) -> Disclosure:
    """Write down one request and what was decided on it. Whoever writes decides.

    `facts` are fields of Disclosure. What stays without a basis, without the least that answers,
    or without a trained person is refused; a no is always written down.
    """
    policies.note(by)
    if person is not None and person.service_id != by.service_id:
        raise Missing
    gives = {name: facts.get(name) or "" for name in
             ("answer", "basis", "basis_words", "least", "given", "how")}  # fmt: skip
    if why := policies.why_not_give(**gives, trained_on=facts["trained_on"]):
        raise NotAllowed(why)
    nothing = facts["answer"] == _NOT_GIVEN
    now = timezone.now()
    if nothing:
        facts |= {"how": "", "given": ""}
    kept: Disclosure = Disclosure.objects.create(
        service=by.service, person=person, about_whom=about_whom.strip(),
        decided_by=by.membership, given_at=None if nothing else facts.pop("given_at", None) or now,
        review_by=working_days_after(timezone.localdate(), REVIEW_DAYS),
        **{name: value for name, value in facts.items() if name != "given_at"},
    )  # fmt: skip
    did = Did.TRIED if nothing else Did.SHARED
    record(
        by, did, person=person, about=kept, purpose=Purpose.SAFEGUARDING,
        result="refused" if nothing else "done", body=kept.body, basis=kept.basis,
    )  # fmt: skip
    _tell_reviewers(kept, by)
    return kept


@transaction.atomic
def review_disclosure(*, by: Actor, disclosure: Disclosure, right: bool, words: str) -> Disclosure:
    """Look at it afterwards; from then on the database lets nobody change it."""
    held = (
        Disclosure.objects.select_for_update(of=("self",))
        .select_related("decided_by")
        .filter(pk=disclosure.pk, service=by.service_id)
        .first()
    )
    if held is None:
        raise Missing
    if why := policies.why_not_review(by, held):
        raise NotAllowed(why)
    if not words.strip():
        raise NotAllowed("Say what you think of it.")
    held.found_right, held.review = right, words.strip()
    held.reviewed_by, held.reviewed_at = by.membership, timezone.now()
    held.save()
    record(by, Did.REVIEWED, person=held.person_id, about=held, purpose=Purpose.IG_AUDIT,
           found_right=right)  # fmt: skip
    settle(by, link_to(held))
    announce(to=held.decided_by, words="What you decided on a request from police or a court was "
             "reviewed.", link=link_to(held))  # fmt: skip
    return held


def link_to(disclosure: Disclosure) -> str:
    """Its page."""
    return str(reverse("assurance:disclosure", args=[disclosure.pk]))


def _tell_reviewers(kept: Disclosure, by: Actor) -> None:
    roles = [role for role in Role.values if may(Role(role), Permission.REVIEW_DISCLOSURE)]
    found = Membership.objects.filter(
        service=kept.service_id, role__in=roles, ended_at=None, user__is_active=True
    )
    words = "A request from police or a court was decided. It needs your review."
    for member in resting.to_tell(found.exclude(user=by.user)):
        announce(to=member, words=words, link=link_to(kept))
