"""Files of services: propose, look, take over or put away. Nothing changes before somebody agrees.

A file's bytes come in; rows of the directory go out, with counts of what was new and changed.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.audit import Did, record
from openhiu.web.access.gate import Missing, NotAllowed
from openhiu.web.directory import duplicates, policies
from openhiu.web.directory.actions.listings import differs_from_file, index
from openhiu.web.directory.models import Listing, Proposal
from openhiu.web.directory.open_referral import judging, tidy
from openhiu.web.directory.open_referral.comparing import Merged, merge
from openhiu.web.directory.open_referral.reading import read

_BATCH: Final = 500
NOT_IN_FILE: Final = "No longer in the file it came from."


@dataclass
class Found:
    """What a file would do to the directory as it is at this moment."""

    new: list[dict[str, Any]] = field(default_factory=list)
    changed: list[tuple[Listing, dict[str, Any], Merged]] = field(default_factory=list)
    unchanged: int = 0
    removed: list[Listing] = field(default_factory=list)
    maybe_here: list[tuple[str, Listing]] = field(default_factory=list)

    @property
    def both(self) -> list[tuple[Listing, Merged]]:
        """Rows in which people here and the file changed the same thing."""
        return [(row, merged) for row, _, merged in self.changed if merged.both]

    def counts(self) -> dict[str, int]:
        """How many of each."""
        return {"new": len(self.new), "changed": len(self.changed), "unchanged": self.unchanged,
                "removed": len(self.removed)}  # fmt: skip


@transaction.atomic
def propose(*, by: Actor, file_name: str, data: bytes, source: str) -> Proposal:
    """Read a file and keep it to be looked at.

    Raises:
        NotAllowed: the file as a whole cannot be used; the sentence says why.
    """
    policies.must_change(by)
    named = tidy.line(source, 200)
    if not named:
        raise NotAllowed("Say whose file this is.")
    try:
        judged = judging.judge(data)
    except judging.Unusable as why:
        raise NotAllowed(str(why)) from None
    proposal = Proposal.objects.create(
        service=by.service,
        source=named,
        file_name=tidy.line(file_name, 200),
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
        content={"services": judged.services, "held_back": judged.held_back},
        faults=[fault.as_dict() for fault in judged.faults],
        counts={"faults": judged.faults_in_all, "held_back": judged.stopped},
        made_by=by.membership,
    )
    record(by, Did.UPLOADED, about=proposal, services=len(judged.services),
           faults=judged.faults_in_all)  # fmt: skip
    return proposal


def look(proposal: Proposal, *, keep_ours: bool = True) -> Found:
    """What a file would do now; asked again when it is taken over."""
    here = {row.ref: row for row in Listing.objects.filter(service=proposal.service_id)}
    found, seen = Found(), set(proposal.content["held_back"])
    for service in proposal.content["services"]:
        ref = tidy.line(service.get("id"), 100)
        seen.add(ref)
        row = here.get(ref)
        if row is None:
            found.new.append(service)
            continue
        merged = merge(row, service, keep_ours=keep_ours)
        if merged.differs:
            found.changed.append((row, service, merged))
        else:
            found.unchanged += 1
    found.removed = [row for row in here.values() if row.source == proposal.source
                     and row.ref not in seen and row.ended_on is None]  # fmt: skip
    found.maybe_here = _maybe_here(found.new, [row for row in here.values() if not row.ended_on])
    return found


def _maybe_here(new: list[dict[str, Any]], rows: list[Listing]) -> list[tuple[str, Listing]]:
    """New services that may stand in the directory under another identifier."""
    if len(new) * len(rows) > 1_000_000:  # a first load of a county: too many pairs to weigh
        return []
    pairs = []
    for service in new:
        told = read(service)
        alike = duplicates.likely(rows, **{name: told[name] for name in
                                           ("name", "organisation", "phone", "web")})  # fmt: skip
        pairs += [(told["name"], row) for row in alike[:1]]
    return pairs


@transaction.atomic
def take_over(
    *, by: Actor, proposal: Proposal, keep_ours: bool = True, end_removed: bool = False
) -> dict[str, int]:
    """Put a file into the directory; the counts of what was done.

    Args:
        keep_ours: where people here and the file changed the same thing, keep what stands here.
        end_removed: services of the same source that the file no longer holds have ended.
    """
    policies.must_change(by)
    held = _waiting(by, proposal)
    list(Listing.objects.select_for_update().filter(service=by.service_id).values_list("pk"))
    found = look(held, keep_ours=keep_ours)
    rows = [_new_row(by, held, service) for service in found.new]
    Listing.objects.bulk_create(rows, batch_size=_BATCH)
    for row, service, merged in found.changed:
        _change_row(by, row, service, merged)
    for row in found.removed if end_removed else ():
        _end_row(by, row)
    counts = found.counts() | {"ended": len(found.removed) if end_removed else 0}
    _decide(by, held, "taken", counts)
    return counts


@transaction.atomic
def put_away(*, by: Actor, proposal: Proposal) -> None:
    """Nothing of this file is wanted."""
    policies.must_change(by)
    _decide(by, _waiting(by, proposal), "put_away", {})


def import_directory(
    *, by: Actor, data: bytes, source: str, file_name: str = "directory.json"
) -> dict[str, int]:
    """Propose a file and take it over at once, for loading by command; the counts of what was done.

    Raises:
        NotAllowed: the file cannot be used, or holds services that could not be read.
    """
    with transaction.atomic():
        proposal = propose(by=by, file_name=file_name, data=data, source=source)
        if proposal.counts["held_back"]:
            first = next(fault for fault in proposal.faults if fault["stops"])
            raise NotAllowed(f"{first['path']}: {first['words']}")
        return take_over(by=by, proposal=proposal)


def _waiting(by: Actor, proposal: Proposal) -> Proposal:
    held: Proposal | None = (
        Proposal.objects.select_for_update().filter(pk=proposal.pk, service=by.service_id).first()
    )
    if held is None:
        raise Missing
    if held.state != Proposal.State.WAITING:
        raise NotAllowed("Somebody has decided on this file already.")
    return held


def _decide(by: Actor, held: Proposal, state: str, counts: dict[str, int]) -> None:
    held.state, held.content = state, {}
    held.counts = {**held.counts, **counts}
    held.decided_at, held.decided_by = timezone.now(), by.membership
    held.save()
    record(by, Did.CHANGED, about=held, state=state, new=counts.get("new"),
           changed=counts.get("changed"), ended=counts.get("ended"))  # fmt: skip


def _new_row(by: Actor, proposal: Proposal, service: dict[str, Any]) -> Listing:
    row = Listing(
        service=by.service,
        source=proposal.source,
        foreign=service,
        changed_at=tidy.moment(service.get("last_modified")) or timezone.now(),
        changed_by=by.membership,
        **read(service),
    )
    _keep_end(row)
    index(row)
    return row


def _change_row(by: Actor, row: Listing, service: dict[str, Any], merged: Merged) -> None:
    for name, value in merged.columns.items():
        setattr(row, name, value)
    row.foreign, row.source = service, row.source
    row.changed_at = tidy.moment(service.get("last_modified")) or timezone.now()
    row.changed_by = by.membership
    row.version += 1
    row.changed_here = differs_from_file(row)
    _keep_end(row)
    index(row)
    row.save()


def _keep_end(row: Listing) -> None:
    """A service that a file calls ended has a day on which it did."""
    if row.status in (Listing.Status.DEFUNCT, Listing.Status.INACTIVE) and row.ended_on is None:
        row.ended_on = timezone.localdate()
    elif row.status == Listing.Status.ACTIVE:
        row.ended_on = None


def _end_row(by: Actor, row: Listing) -> None:
    row.status, row.ended_on, row.ended_why = (
        str(Listing.Status.DEFUNCT), timezone.localdate(), NOT_IN_FILE,
    )  # fmt: skip
    row.changed_at, row.changed_by, row.version = timezone.now(), by.membership, row.version + 1
    row.changed_here = True
    row.save()
