"""Files by the hash of what is in them: bytes come in and stay; the same bytes, proved, go out."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from typing import Any
from uuid import UUID

from openhiu.web.reporting.faults import Altered
from openhiu.web.reporting.models import KeptFile


def keep(service_id: UUID, data: bytes) -> str:
    """Keep some bytes and give their hash; the same bytes again take no more room."""
    digest = sha256(data).hexdigest()
    KeptFile.objects.bulk_create(
        [KeptFile(service_id=service_id, sha256=digest, size=len(data), content=data)],
        ignore_conflicts=True,
    )
    return digest


def keep_all(service_id: UUID, files: Mapping[str, bytes]) -> dict[str, str]:
    """The same for several files; their hashes by name, in the order they came."""
    return {name: keep(service_id, data) for name, data in files.items()}


def kept(service_id: Any, digest: str, name: str) -> bytes:
    """What was kept under a hash, and nothing else: it is hashed again at every reading.

    Raises:
        Altered: it is not there any more, or is not what it was; `name` says which in words.
    """
    row = KeptFile.objects.filter(service=service_id, sha256=digest).values_list("content").first()
    data = bytes(row[0]) if row else b""
    if row is None or sha256(data).hexdigest() != digest:
        raise Altered(name)
    return data
