"""A person reads what is held before any of it is given: each decision is kept with its reason."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.audit import Did, Purpose, record
from openhiu.web.access.gate import Missing, NotAllowed
from openhiu.web.assurance.clocks import months_after
from openhiu.web.assurance.held.deciding import before
from openhiu.web.assurance.held.gathering import Item, item_for
from openhiu.web.assurance.models import ItemReview, RightsRequest
from openhiu.web.assurance.policies import rights as policies

Why = ItemReview.Why
OPINION_MONTHS = 6


@transaction.atomic
def review(*, by: Actor, request: RightsRequest, model: str, row: str, **said: Any) -> ItemReview:
    """Decide on one item: `given`, `without` (names of fields), `why`, `words`, and the opinion.

    Raises:
        NotAllowed: something is held back without a reason, or serious harm without an opinion of
            the last six months.
    """
    policies.look_at_everything(by, request)
    item = item_for(request, model, row)
    if item is None:
        raise Missing
    parts = {one.name for one in item.parts}
    parts |= {before(one.name) for one in item.earlier}
    without = [one for one in said.get("without", []) if one in parts]
    why = _why_not(said, without)
    if why:
        raise NotAllowed(why)
    values = {
        "given": said["given"],
        "without": without if said["given"] else [],
        "why": said.get("why", ""),
        "words": said.get("words", ""),
        "opinion": said.get("opinion", ""),
        "opinion_by": said.get("opinion_by", ""),
        "opinion_on": said.get("opinion_on"),
    }
    kept = _keep(by, request, item, values)
    _recorded(by, request, items=1)
    return kept


def _why_not(said: dict[str, Any], without: list[str]) -> str:
    held_back = not said["given"] or without
    why, words = said.get("why", ""), said.get("words", "").strip()
    if not held_back:
        return "Nothing is held back, so leave the reason empty." if why else ""
    if not why or not words:
        return "Say why something is held back."
    if why == Why.HARM:
        return _why_not_harm(said)
    return ""


def _why_not_harm(said: dict[str, Any]) -> str:
    on: date | None = said.get("opinion_on")
    if not (said.get("opinion", "").strip() and said.get("opinion_by", "").strip() and on):
        return (
            "Serious harm is judged by a health professional: write who, when, and what they say."
        )
    today = timezone.localdate()
    if on > today or on < months_after(today, -OPINION_MONTHS):
        return "The health professional's opinion has to be of the last six months."
    return ""


@transaction.atomic
def confirm_page(*, by: Actor, request: RightsRequest, items: Iterable[Item]) -> int:
    """All of these were read and can be given; those to be decided alone are left. How many."""
    policies.look_at_everything(by, request)
    done = {(one.model, one.row): one.fingerprint for one in request.reviews.all()}
    open_ones = [
        one
        for one in items
        if one.to_review and not one.alone and done.get((one.model, one.row)) != one.fingerprint
    ]
    for item in open_ones:
        _keep(by, request, item, {"given": True, "without": [], "why": "", "words": ""})
    if open_ones:
        _recorded(by, request, items=len(open_ones))
    return len(open_ones)


def _keep(by: Actor, request: RightsRequest, item: Item, values: dict[str, Any]) -> ItemReview:
    kept: ItemReview | None = (
        request.reviews.select_for_update().filter(model=item.model, row=item.row).first()
    )
    if kept is None:
        kept = ItemReview(service=by.service, request=request, model=item.model, row=item.row)
    for name, value in values.items():
        setattr(kept, name, value)
    kept.fingerprint, kept.by, kept.at = item.fingerprint, by.membership, timezone.now()
    kept.save()
    return kept


def _recorded(by: Actor, request: RightsRequest, items: int) -> None:
    record(by, Did.REVIEWED_COPY, person=request.person_id, about=request,
           purpose=Purpose.IG_AUDIT, items=items)  # fmt: skip
