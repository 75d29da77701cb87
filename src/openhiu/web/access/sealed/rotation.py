"""The keys and what they sealed: prove, count, seal what is not, seal anew, put away a key.

Everything is done for every service and every history. `tell(done, of)` hears how far it has come.
"""

from __future__ import annotations

import hashlib
import hmac
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from openhiu.errors import ConfigurationFault, RefusedByPolicy
from openhiu.web.access import row_security
from openhiu.web.access.sealed import envelope, keyfile, rows
from openhiu.web.access.sealed.blind import BlindText
from openhiu.web.access.sealed.envelope import Place, SealBroken
from openhiu.web.access.sealed.fields import SealedBytes, Sealing

Tell = Callable[[int, int], object]
# What rooms keep besides columns that is made from a key: renewed for one service, under its wall.
RENEWED: Final[list[Callable[[UUID], object]]] = []
# Columns that were sealed in another way before: how to open that, by "app.model.field".
FORMER: Final[dict[str, Callable[[UUID, Any], Any]]] = {}
_LOOKS: Final = 5  # a row changed meanwhile is found by the next look


@dataclass(frozen=True)
class Standing:
    """How many values of one column are under which key; "" is for values that are not sealed."""

    column: str
    history: bool
    under: Counter[str] = field(default_factory=Counter)


def prove(note: bool = True) -> None:
    """See that every key this database needs is in the file, and is the right one.

    With `note` (as the tables' owner) keys that are new in the file are written down.

    Raises:
        ConfigurationFault: a key is missing, or another one carries its id.
    """
    known = {row.pk: row.proof for row in _known().filter(retired_at=None)}
    keys = {key.id: _proof(key) for key in envelope.ring().keys}
    for key_id, proof in known.items():
        if keys.get(key_id) != proof:
            words = "is missing from" if key_id not in keys else "is another one in"
            raise ConfigurationFault(
                f"the key {key_id}, with which this database is sealed, {words} the file of keys",
                remedy="put back the file that belongs to this database (docs/how-to/keys.md)",
            )
    for key_id in keys.keys() - known.keys() if note else ():
        _known().update_or_create(pk=key_id, defaults={"proof": keys[key_id], "retired_at": None})


def standing() -> list[Standing]:
    """How every sealed column stands, over all services."""
    found = []
    for table in rows.tables():
        sums: dict[str, Counter[str]] = {f.attname: Counter() for f in table.fields}
        for service in rows.services():
            for name, counts in rows.counted(table, service).items():
                sums[name].update(counts)
        history = hasattr(table.model, "pgh_tracked_model")
        found += [Standing(f.column_name, history, sums[f.attname]) for f in table.fields]
    return found


def broken() -> list[str]:
    """Open everything; "app.model.field in row KEY" for each value that does not belong there."""
    found = []
    for table in rows.tables():
        for service in rows.services():
            for batch in rows.every(table, service):
                found += [fault for cells in batch for fault in _faults(table, service, cells)]
    return found


def seal_plain(tell: Tell | None = None) -> int:
    """Seal every value that is not; rows that were written. For the upgrade of an old database."""
    written = _work("", _sealed, tell)
    _renew_words()
    return written


def rotate(tell: Tell | None = None) -> int:
    """Seal everything anew that is not under the newest key; rows that were written.

    Raises SealBroken where a value cannot be opened: nothing of that row is changed.
    """
    ring = envelope.ring()
    prove()
    written = _work(ring.newest.id, _renewed, tell)
    _renew_words()
    return written


def retire(key_id: str) -> None:
    """Take a key out of the file for good.

    Raises:
        RefusedByPolicy: something is still sealed with it, or a word was made with it.
        ConfigurationFault: it is the newest key, or there is none of that id.
    """
    needed = sum(one.under[key_id] for one in standing()) + _worded(key_id)
    if needed:
        raise RefusedByPolicy(
            f"{needed} values still need the key {key_id}", remedy="run hiu keys rotate first"
        )
    keyfile.remove(Path(settings.FIELD_KEYS_FILE), key_id)
    _known().filter(pk=key_id).update(retired_at=timezone.now())


def _work(key_id: str, renew: Callable[[Sealing, Place, Any], Any], tell: Tell | None) -> int:
    """Under `key_id`, or under any key where none is named."""
    every = [(table, service) for table in rows.tables() for service in rows.services()]
    written = 0
    for place, (table, service) in enumerate(every):
        for _ in range(_LOOKS):
            left = 0
            for batch in rows.stale(table, service, key_id):
                left += len(batch)
                written += rows.write(table, service, batch, renew)
            if not left:
                break
        if tell:
            tell(place + 1, len(every))
    return written


def _sealed(column: Sealing, place: Place, value: Any) -> Any:
    """What is plain, sealed; what is sealed, as it is."""
    if value is None or not len(value) or _begins(value):
        return value
    if former := FORMER.get(column.column_name):
        value = former(place.row, value)
    content = column.content_of_plain(value)
    return _bare(column, column.packed(envelope.seal(content, place))) if content else value


def _renewed(column: Sealing, place: Place, value: Any) -> Any:
    if value is None or not len(value):
        return value
    opened = envelope.unseal(column.unpacked(value), column.column_name)
    envelope.check_place(opened, place.row, place.service)
    if opened.key_id == envelope.ring().newest.id:
        return value
    return _bare(column, column.packed(envelope.seal(opened.content, place)))


def _begins(value: Any) -> bool:
    begin = envelope.prefix()
    return (
        bytes(value[: len(begin)]) == begin.encode()
        if not isinstance(value, str)
        else (value.startswith(begin))
    )


def _bare(column: Sealing, packed: Any) -> Any:
    return bytes(packed) if isinstance(column, SealedBytes) else str(packed)


def _faults(table: rows.Table, service: UUID, cells: rows.Cells) -> list[str]:
    key, row, *values = cells
    found = []
    for column, value in zip(table.fields, values, strict=True):
        try:
            _renewed(column, Place(column.column_name, row, service), value)
        except SealBroken as fault:
            found.append(f"{table.model._meta.db_table} row {key}: {fault.sentence}")
    return found


def _blind() -> list[tuple[type[models.Model], BlindText]]:
    return [
        (model, one)
        for model in apps.get_models()
        for one in model._meta.concrete_fields
        if isinstance(one, BlindText)
    ]


def _renew_words() -> None:
    """Make anew what is made from a key and stands outside sealed columns, where it is stale."""
    for service in rows.services():
        with transaction.atomic():
            row_security.set_service(service)
            if sum(_reword(model, one, service) for model, one in _blind()):
                for renew in RENEWED:
                    renew(service)


def _reword(model: type[models.Model], one: BlindText, service: UUID) -> int:
    newest, changed = f"{envelope.ring().newest.id}.", 0
    mine = model._default_manager.filter(service=service)
    for row in mine.exclude(**{f"{one.attname}__startswith": newest}).iterator(chunk_size=500):
        if word := one.word(row):
            changed += mine.filter(pk=row.pk).update(**{one.attname: word})
    return changed


def _worded(key_id: str) -> int:
    found = 0
    for service in rows.services():
        with transaction.atomic():
            row_security.set_service(service)
            for model, one in _blind():
                mine = model._default_manager.filter(service=service)
                found += mine.filter(**{f"{one.attname}__startswith": f"{key_id}."}).count()
    return found


def _known() -> Any:
    return apps.get_model("access", "SealKey").objects


def _proof(key: keyfile.Key) -> str:
    return hmac.new(key.secret, b"openhiu.proof", hashlib.sha256).hexdigest()
