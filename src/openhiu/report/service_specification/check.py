"""Whether a list was made by a contract: what a specification and a list's manifest tell come in;
yes or no, and what differs, goes out.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from openhiu.errors import InputNotUsable
from openhiu.identify.fingerprint import criteria_fingerprint, differences
from openhiu.report.folder import MANIFEST
from openhiu.report.service_specification.make import WHAT
from openhiu.tables.handover import ALL_SITES

FILE: Final = f"{WHAT}.json"


@dataclass(frozen=True)
class Checked:
    """`same`: the list is one of the contract's. `lines` say so, or what is not the same."""

    same: bool
    lines: tuple[str, ...]
    contract: str
    listed: str

    def as_dict(self) -> dict[str, Any]:
        """The result for `--json`: both fingerprints of the criteria."""
        return {"same": self.same, "lines": list(self.lines), "contract": self.contract,
                "list": self.listed}  # fmt: skip


def read_contract(folder: Path) -> Mapping[str, Any]:
    """What a specification tells, from its folder or its file."""
    found = _json(folder / FILE if folder.is_dir() else folder)
    if not isinstance(found, dict) or found.get("what") != WHAT:
        raise InputNotUsable(
            "not a service specification", file=folder.name,
            remedy="name the folder that hiu report service-specification wrote",
        )  # fmt: skip
    return found


def read_manifest(folder: Path) -> Mapping[str, Any]:
    """What a list tells of itself, from its folder or its manifest."""
    found = _json(folder / MANIFEST if folder.is_dir() else folder)
    if not isinstance(found, dict) or "criteria" not in found or "lists" not in found:
        raise InputNotUsable(
            "not the manifest of a list", file=MANIFEST,
            remedy="name the folder that hiu identify wrote",
        )  # fmt: skip
    return found


def check(contract: Mapping[str, Any], manifest: Mapping[str, Any]) -> Checked:
    """Compare criteria, area and hospitals. Raises InputNotUsable where one of them is damaged."""
    wanted, made = contract.get("criteria"), manifest.get("criteria")
    agreed = _fingerprint(contract, FILE)
    listed = _fingerprint(manifest, MANIFEST)
    found = [f"Not the same: {words}." for words in differences(wanted or {}, made or {})]
    found += _area(contract, manifest)
    found += _hospitals(contract, manifest)
    first = (
        f"The list as of {manifest.get('as_of', 'an unknown day')} was "
        f"{'not ' if found else ''}made by this specification "
        f"(criteria {listed[:12]}, contract {agreed[:12]})."
    )
    return Checked(not found, (first, *found), agreed, listed)


def _area(contract: Mapping[str, Any], manifest: Mapping[str, Any]) -> list[str]:
    """Lists made before manifests held a fingerprint of the area have its sentence alone."""
    key = "footprint_sha256" if manifest.get("footprint_sha256") else "footprint"
    same = contract.get(key) == manifest.get(key)
    return [] if same else ["Not the same: the commissioned area."]


def _hospitals(contract: Mapping[str, Any], manifest: Mapping[str, Any]) -> list[str]:
    agreed = set(contract.get("sites") or [])
    listed = {str(one.get("list_id")) for one in manifest["lists"] if isinstance(one, Mapping)}
    beyond = sorted(listed - agreed - {ALL_SITES}) if agreed else []
    return [f"A list of {code}, which the specification does not name." for code in beyond]


def _fingerprint(told: Mapping[str, Any], file: str) -> str:
    """Worked out from the criteria themselves; what the file says must be the same."""
    try:
        found = criteria_fingerprint(told["criteria"])
    except (KeyError, TypeError):
        raise InputNotUsable(
            "its criteria cannot be read", file=file, remedy="take it from where it was made"
        ) from None
    if told.get("criteria_sha256", found) != found:
        raise InputNotUsable(
            "its criteria are not those of its fingerprint: it was changed by hand", file=file,
            remedy="take it from where it was made",
        )  # fmt: skip
    return found


def _json(file: Path) -> Any:
    try:
        return json.loads(file.read_bytes())
    except OSError:
        raise InputNotUsable(
            "there is no such file, or it cannot be read", file=file.name, remedy="check the path"
        ) from None
    except (ValueError, RecursionError):
        raise InputNotUsable(
            "not JSON that can be read", file=file.name, remedy="take it from where it was made"
        ) from None
