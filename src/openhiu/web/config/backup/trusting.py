"""Whether a backup is one this installation made: what lies on a shelf comes in; sentences go out.

A backup is sealed for a public key, so whoever can write on the shelf can put one together that
opens. Only the holder of the secret key can sign one.
"""

from __future__ import annotations

import hmac
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from openhiu.errors import InputNotUsable, RefusedByPolicy
from openhiu.web.assurance.notebook import signature
from openhiu.web.config.backup import making, sealing, shipping
from openhiu.web.config.backup.shelf import Backup, Shelf
from openhiu.web.config.database.places import write_closed

NOT_PROVED: Final = (
    "Nobody proved who made this backup: the secret key that signed it was not given."
)
NO_LIST: Final = (
    "The list of what was removed is not on the shelf: whoever was removed since this backup is "
    "back. Find the list (--removed), or remove them once more before anybody signs in."
)
SHORT_LIST: Final = (
    "The list of what was removed has fewer lines than when a backup was made: whoever is missing "
    "from it is back. Find a whole one (--removed) on another copy of the shelf."
)


def secret_key(home: Path, kept: Mapping[str, Path]) -> bytes | None:
    """The installation's secret key, wherever one is known; None where none is."""
    named = os.environ.get("OPENHIU_SECRET_KEY_FILE")
    for file in (kept.get("secret-key"), Path(named) if named else None, home / "secret-key"):
        if file is not None and file.exists():
            return file.read_text("utf-8").strip().encode()
    return None


def prove(backup: Backup, key: bytes | None) -> None:
    """Raises InputNotUsable where the key is known and did not sign this backup."""
    if key is not None and not is_signed(backup, key):
        raise InputNotUsable(
            "this backup was not made by the installation of this secret key",
            file=backup.folder.name,
            remedy="take an older backup, and find out what happened to this one",
        )


def demand(key: bytes | None, *, unsigned: bool) -> None:
    """Nothing is brought back that nobody proved, unless that is said aloud."""
    if key is None and not unsigned:
        raise RefusedByPolicy(
            "without the secret key nobody can tell who made this backup",
            remedy="give the one that was kept with --secret-key; if it is lost for good, say "
            "--unsigned and have somebody else vouch for where the backup comes from",
        )


def is_signed(backup: Backup, key: bytes) -> bool:
    """Whether what a backup says of itself, with every file's digest, was signed with this key."""
    said = {name: value for name, value in backup.about.items() if name != "signature"}
    ours = signature(said, key).encode()
    return hmac.compare_digest(ours, str(backup.about.get("signature")).encode())


def small_files(inside: Mapping[str, Any]) -> dict[str, str]:
    """The small files of a home that a backup may hold, and no other, by name."""
    found = inside.get("small_files", {})
    return {name: found[name] for name in making.SMALL_FILES if isinstance(found.get(name), str)}


def opened(sealed: Path, by: Sequence[sealing.Identity]) -> bytes:
    """What a small sealed file holds. Raises InputNotUsable."""
    text = bytearray()
    sealing.unseal(sealed, by, _Into(text))
    return bytes(text)


def take_removed(
    home: Path,
    shelf: Shelf,
    by: Sequence[sealing.Identity],
    key: bytes | None,
    given: Path | None,
) -> list[str]:
    """Have the newest list of what was removed in the home; sentences where it is not whole.

    That of a home that lives on comes first, then the one that was given, then the shelf's; a later
    one is taken only where it is the same one and longer.
    """
    sealed, place = shelf.folder / f"{shipping.REMOVED}.age", home / shipping.REMOVED
    lists = [file.read_bytes() for file in (place, given) if file is not None and file.exists()]
    if sealed.exists():
        lists.append(opened(sealed, by))
    if not lists:
        return [NO_LIST]
    newest = lists[0]
    for one in lists[1:]:
        newest = one if one.startswith(newest) else newest
    write_closed(place, newest.decode("utf-8", "replace"))
    warnings = [
        f"Another list of what was removed lies on the shelf, and was longer once: {other.name}. "
        "Open it, and give it with --removed if it is the true one."
        for other in shipping.set_aside(shelf)
    ]
    if shipping.lines_in(place) < _most_lines(shelf, key):
        warnings.append(SHORT_LIST)
    return warnings


def _most_lines(shelf: Shelf, key: bytes | None) -> int:
    """How many lines the list had at the latest backup that says so, and is signed."""
    told = [one for one in shelf.backups() if key is None or is_signed(one, key)]
    return max((int(one.about.get("removed") or 0) for one in told), default=0)


class _Into:
    """Memory that a sealed file opens into."""

    def __init__(self, text: bytearray) -> None:
        self._text = text

    def write(self, data: bytes) -> int:
        self._text += data
        return len(data)

    def flush(self) -> None: ...
