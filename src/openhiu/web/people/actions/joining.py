"""Joining two records of one person, and parting them again exactly.

Rows move from the absorbed to the kept record; blanks are filled; the more careful answer wins.
All of it is written down in Merge.moved, so that undoing puts back what was.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.audit import Did, record
from openhiu.web.access.gate import NotAllowed
from openhiu.web.people import policies
from openhiu.web.people.actions.holding import held
from openhiu.web.people.belongings import belongings, clashes
from openhiu.web.people.indexing import reindex
from openhiu.web.people.models import Apart, ContactSafety, Merge, Person

# Filled from the absorbed record where the kept one has nothing.
_FILLED: Final = (
    "given_name", "family_name", "preferred_name", "pronouns", "birth_date", "sex", "nhs_number",
    "gp_practice", "died", "died_on",
)  # fmt: skip
_ADDRESS: Final = ("address", "postcode", "address_confirmed_on")
# From the most to the least careful.
_CAREFUL: Final = ("no", "neutral", "yes")
_CHANNELS: Final = ("voicemail", "text", "letter")


@transaction.atomic
def propose_merge(*, by: Actor, kept: Person, absorbed: Person, reason: str) -> Merge:
    """Propose that two records are one person; nothing changes until someone else decides.

    Raises:
        NotAllowed: not theirs to propose, or the two cannot be one person or cannot be joined.
        ValidationError: no reason.
    """
    policies.propose_merge(by, kept, absorbed)
    first, second = _both(by, kept, absorbed)
    if not reason.strip():
        raise ValidationError({"reason": "Enter why these are one person"})
    refuse_impossible(first, second)
    waiting = Merge.objects.filter(
        service_id=by.service_id, decided_at__isnull=True, absorbed__in=(first, second)
    )
    if waiting.exists():
        raise NotAllowed("Joining one of these records is already waiting for a decision.")
    merge = Merge.objects.create(
        service_id=by.service_id, kept=first, absorbed=second,
        reason=reason.strip(), proposed_by=by.membership,
    )  # fmt: skip
    record(by, Did.ADDED, person=first, about=merge)
    return merge


@transaction.atomic
def decide_merge(*, by: Actor, merge: Merge, approved: bool) -> Merge:
    """Join the two records, or say that they stay two; never by who proposed it.

    Raises:
        NotAllowed: not theirs to decide, or something since then stands against it.
    """
    row = held(Merge, by, merge.pk)
    policies.decide_merge(by, row)
    if approved:
        kept, absorbed = _both(by, row.kept, row.absorbed)
        refuse_impossible(kept, absorbed)
        row.moved = _join(kept, absorbed)
    row.decided_by, row.decided_at, row.approved = by.membership, timezone.now(), approved
    row.save()
    did = Did.MERGED if approved else Did.REVIEWED
    record(by, did, person=row.kept_id, about=row, approved=approved)
    return row


@transaction.atomic
def undo_merge(*, by: Actor, merge: Merge) -> Merge:
    """Part two records: each gets back what it had. What was written since stays with the kept.

    Raises:
        NotAllowed: not theirs, not joined, or the kept record was itself joined since.
    """
    row = held(Merge, by, merge.pk)
    policies.undo_merge(by, row)
    if row.kept.merged_into_id:
        raise NotAllowed("The record was joined with another one since. Undo that first.")
    kept, absorbed = held(Person, by, row.kept_id), held(Person, by, row.absorbed_id)
    _part(kept, absorbed, row.moved)
    row.undone_by, row.undone_at = by.membership, timezone.now()
    row.save()
    record(by, Did.UNMERGED, person=kept, about=row)
    return row


@transaction.atomic
def keep_apart(*, by: Actor, one: Person, other: Person, reason: str) -> Apart:
    """Say that two records that look alike are two people; they are not proposed again."""
    policies.propose_merge(by, one, other)
    if not reason.strip():
        raise ValidationError({"reason": "Enter why these are two people"})
    apart = Apart.objects.create(
        service_id=by.service_id, one=one, other=other, reason=reason.strip(), by=by.membership
    )
    record(by, Did.REVIEWED, person=one, about=apart)
    return apart


def refuse_impossible(kept: Person, absorbed: Person) -> None:
    """Refuse what can never be one person, or cannot be joined now.

    Raises:
        NotAllowed: with every reason.
    """
    reasons = impossible(kept, absorbed)
    if reasons:
        raise NotAllowed(" ".join(reasons))


def impossible(kept: Person, absorbed: Person) -> list[str]:
    """Why two records cannot be joined now; empty where they can."""
    reasons = []
    if kept.merged_into_id or absorbed.merged_into_id:
        reasons.append("One of these records has already been joined with another one.")
    if kept.nhs_number and absorbed.nhs_number and not _superseded(kept, absorbed):
        reasons.append(
            "They have different NHS numbers, so they are not one person. If one number was "
            "replaced by the other, record that first."
        )
    return reasons + clashes(kept, absorbed)


def _superseded(kept: Person, absorbed: Person) -> bool:
    former = {n.value for p in (kept, absorbed) for n in p.identifiers.filter(issuer="nhs")}
    return bool({kept.nhs_number, absorbed.nhs_number} & former)


def _both(by: Actor, one: Person, other: Person) -> tuple[Person, Person]:
    """Both rows, locked in the order of their keys, so that two people cannot wait in a ring."""
    rows = {key: held(Person, by, key) for key in sorted((one.pk, other.pk))}
    return rows[one.pk], rows[other.pk]


def _join(kept: Person, absorbed: Person) -> dict[str, Any]:
    rows = {}
    for kind in belongings():
        keys = list(kind.moving(absorbed, kept).values_list("pk", flat=True))
        if keys:
            rows[kind.key] = list(map(str, keys))
            kind.rows(absorbed).filter(pk__in=keys).update(**{kind.field: kept})
    # Only now is the absorbed record out of the way of "one person a number".
    absorbed.merged_into = kept
    _save(absorbed)
    person = _changes(kept, _person_values(kept, absorbed))
    _save(kept)
    moved = {"rows": rows, "person": person, "plan": _join_plans(kept, absorbed)}
    reindex(kept)
    return moved


def _person_values(kept: Person, absorbed: Person) -> dict[str, Any]:
    values = {
        name: getattr(absorbed, name)
        for name in _FILLED
        if not getattr(kept, name) and getattr(absorbed, name)
    }
    if not kept.address and absorbed.address:
        values |= {name: getattr(absorbed, name) for name in _ADDRESS}
    if absorbed.restricted:
        values["restricted"] = True
    return values


def _join_plans(kept: Person, absorbed: Person) -> dict[str, Any]:
    theirs = ContactSafety.objects.filter(person=absorbed).first()
    ours = ContactSafety.objects.filter(person=kept).first()
    if theirs is None:
        return {}
    if ours is None:
        ContactSafety.objects.filter(pk=theirs.pk).update(person=kept)
        return {"moved": str(theirs.pk)}
    before = _changes(ours, _careful_values(ours, theirs))
    _save(ours)
    return {"row": str(ours.pk), "changes": before}


def _careful_values(ours: ContactSafety, theirs: ContactSafety) -> dict[str, Any]:
    """The more careful answer for each way; needs of both; words of both, one under the other."""
    values: dict[str, Any] = {
        way: min(getattr(ours, way), getattr(theirs, way), key=_CAREFUL.index) for way in _CHANNELS
    }
    values["accessible_needs"] = sorted({*ours.accessible_needs, *theirs.accessible_needs})
    values["household"] = "\n".join(dict.fromkeys(filter(None, (ours.household, theirs.household))))
    if not ours.interpreter:
        values["interpreter"] = theirs.interpreter
    values["review_on"] = timezone.localdate()  # two plans made one: to be gone through today
    return values


def _changes(row: Any, values: dict[str, Any]) -> dict[str, list[Any]]:
    """Put values on the row; before and after of each that changed, as JSON keeps them."""
    changes = {}
    for name, value in values.items():
        before = getattr(row, name)
        if before != value:
            changes[name] = [_plain(before), _plain(value)]
            setattr(row, name, value)
    return changes


def _part(kept: Person, absorbed: Person, moved: dict[str, Any]) -> None:
    _put_back(kept, moved.get("person", {}))
    _save(kept)
    absorbed.merged_into = None
    _save(absorbed)
    for kind in belongings():
        keys = moved.get("rows", {}).get(kind.key, [])
        kind.rows(kept).filter(pk__in=keys).update(**{kind.field: absorbed})
    _part_plans(kept, absorbed, moved.get("plan", {}))
    reindex(absorbed)
    reindex(kept)


def _part_plans(kept: Person, absorbed: Person, plan: dict[str, Any]) -> None:
    if "moved" in plan:
        ContactSafety.objects.filter(pk=plan["moved"], person=kept).update(person=absorbed)
    ours = ContactSafety.objects.filter(pk=plan.get("row")).first()
    if ours is not None:
        _put_back(ours, plan["changes"])
        _save(ours)


def _put_back(row: Any, changes: dict[str, list[Any]]) -> None:
    """Restore a value unless someone changed it since: then theirs stays."""
    for name, (before, after) in changes.items():
        if _plain(getattr(row, name)) == after:
            setattr(row, name, row._meta.get_field(name).to_python(before))


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _save(row: Any) -> None:
    row.version += 1
    row.save()
