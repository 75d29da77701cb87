"""Proves the audit's chains: entries come in, each is hashed again; breaks go out in words.

The canonical text is the one sql/audit_chain.sql describes. It is made here a second time, so that
a change in the database's own function shows too. An anchor, kept outside the database, is the
head of every chain as it once was: it shows entries cut off at the end and histories written anew.
Entries stream: a million take no more memory than a thousand.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.conf import settings
from django.db import transaction

from openhiu.web.access.models import AuditEntry, Service
from openhiu.web.access.row_security import set_service, set_system

SYSTEM: Final = "system"  # the chain of entries that belong to no service
Heads = dict[str, dict[str, Any]]


_as_text: Final = json.JSONEncoder(ensure_ascii=False, separators=(", ", ": ")).encode
_MOST: Final = 1000  # breaks told of one chain; a history written anew breaks at every entry


class Entry(NamedTuple):
    """One row of the audit, as the columns hold it."""

    id: UUID
    service_id: UUID | None
    seq: int
    at: datetime
    user_id: UUID | None
    role: str
    organisation_id: UUID | None
    did: str
    person_id: UUID | None
    about: str
    about_id: UUID | None
    purpose: str
    result: str
    detail: Any
    previous_hash: str
    hash: str


@dataclass(frozen=True)
class Break:
    """One place where a chain does not hold: which chain, which place, what is wrong."""

    chain: str
    seq: int
    why: str


@dataclass(frozen=True)
class Proof:
    """What was found: entries looked at, breaks, and the last entry of every chain."""

    entries: int
    breaks: list[Break]
    heads: Heads


def verify(anchor: Heads | None = None) -> Proof:
    """Walk every chain from its first entry; with an anchor also look for what was cut off."""
    return prove(_chains(), anchor)


def prove(chains: Iterable[tuple[str, Iterable[Entry]]], anchor: Heads | None = None) -> Proof:
    """The same of chains from wherever they come, each with its entries by `seq`."""
    entries, breaks, heads, seen = 0, list[Break](), Heads(), set[str]()
    for chain, rows in chains:
        last, found = walk(chain, rows, breaks, (anchor or {}).get(chain))
        entries += found
        seen.add(chain)
        if last is not None:
            heads[chain] = {"seq": last.seq, "hash": last.hash}
    for chain in sorted(set(anchor or {}) - seen):
        breaks.append(Break(chain, 0, "the whole chain that the anchor knows is gone"))
    return Proof(entries, breaks, heads)


def walk(
    chain: str, rows: Iterable[Entry], breaks: list[Break], known: dict[str, Any] | None
) -> tuple[Entry | None, int]:
    """Follow one chain and note what does not hold; its last entry and how many there were."""
    last: Entry | None = None
    count, most = 0, len(breaks) + _MOST
    anchored = known["seq"] if known else 0
    for entry in rows:
        count += 1
        if len(breaks) < most:
            breaks += [Break(chain, entry.seq, why) for why in _wrong(entry, last)]
        if known and entry.seq == anchored and entry.hash != known["hash"]:
            breaks.append(Break(chain, entry.seq, "it is not the entry that the anchor knows"))
        last = entry
    if last is None or last.seq < anchored:
        at = last.seq if last else 0
        if known:
            why = f"entries after this one are gone: the anchor knows {anchored}"
            breaks.append(Break(chain, at, why))
    return last, count


def _wrong(entry: Entry, last: Entry | None) -> Iterator[str]:
    if entry.seq < 0:
        yield "it was never closed into the chain"
        return
    expected = last.seq + 1 if last else 1
    if entry.seq != expected:
        yield f"entry {expected} is missing: entries were taken out or put in another order"
    if entry.previous_hash != (last.hash if last else ""):
        yield "it does not follow the entry before it"
    if entry.hash != hash_of(entry):
        yield "it was changed after it was written"


def hash_of(entry: Entry) -> str:
    """The hash an entry has to have."""
    return hashlib.sha256((entry.previous_hash + canonical(entry)).encode()).hexdigest()


def canonical(entry: Entry) -> str:
    """An entry as one text, the same as the database makes of it."""
    at = entry.at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
    parts = [
        entry.seq, _key(entry.service_id), at, _key(entry.user_id), entry.role,
        _key(entry.organisation_id), entry.did, _key(entry.person_id), entry.about,
        _key(entry.about_id), entry.purpose, entry.result, _ordered(entry.detail), _key(entry.id),
    ]  # fmt: skip
    return _as_text(parts)


def _key(value: object) -> str | None:
    return None if value is None else str(value)


def _ordered(value: Any) -> Any:
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: (len(key.encode()), key.encode()))
        return {key: _ordered(value[key]) for key in keys}
    return [_ordered(item) for item in value] if isinstance(value, list) else value


def _chains() -> Iterator[tuple[str, Iterable[Entry]]]:
    """Every chain with its entries in order, read inside its own service's wall."""
    for service_id in Service.objects.order_by("pk").values_list("pk", flat=True):
        with transaction.atomic():
            set_service(service_id)
            yield str(service_id), _in_order(service_id)
    with transaction.atomic():
        set_service(None)
        set_system(True)
        yield SYSTEM, _in_order(None)
        set_system(False)


def _in_order(service_id: object) -> Iterable[Entry]:
    rows = AuditEntry.objects.filter(service_id=service_id).order_by("seq")
    return map(Entry._make, rows.values_list(*Entry._fields).iterator(chunk_size=2000))


def read_anchor(file: Path) -> Heads:
    """The heads written earlier.

    Raises:
        ValueError: the file is not an anchor of this installation, or was changed.
    """
    kept = json.loads(file.read_text("utf-8"))
    if not hmac.compare_digest(str(kept.get("signature")), _signature(kept.get("heads"))):
        raise ValueError("its signature does not fit: it was changed, or the secret key is another")
    heads: Heads = kept["heads"]
    return heads


def write_anchor(file: Path, heads: Heads) -> None:
    """Write the heads, signed with the installation's secret key; whole or not at all."""
    text = json.dumps({"heads": heads, "signature": _signature(heads)}, indent=1, sort_keys=True)
    beside = file.with_name(file.name + ".new")
    beside.write_text(text + "\n", "utf-8")
    beside.replace(file)


def _signature(heads: object) -> str:
    text = json.dumps(heads, sort_keys=True).encode()
    key = hashlib.sha256(b"openhiu.audit.anchor" + settings.SECRET_KEY.encode()).digest()
    return hmac.new(key, text, hashlib.sha256).hexdigest()
