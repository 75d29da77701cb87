"""Whether two lists were made by the same criteria: criteria as a manifest spells them out come in;
a fingerprint of all that decides who is listed goes out, and what differs between two.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any, Final

from openhiu.locality import Footprint

IN_WORDS: Final = {
    "rules": "the rules",
    "window_months": "the months of the window",
    "youngest": "the youngest age",
    "oldest": "the oldest age",
    "department_types": "the types of department",
    "categories": "the categories of attendance",
    "leave_out_statuses": "the endings that are not counted",
    "one_per": "which rows are one attendance",
    "set_aside": "whether people may be set aside by a file",
}


def decides(told: Mapping[str, Any]) -> dict[str, Any]:
    """What of `Criteria.as_dict()` decides who is listed, in one order.

    Names, sources, and whom to suggest beside the list are no part of it. "More than 3" and "at
    least 4" are the same.
    """
    rules = [
        [rule["kind"], rule["at_least"], rule["at_most"], bool(rule["rolling_30_days"])]
        for rule in told["rules"]
    ]
    return {
        "rules": sorted(rules, key=json.dumps),
        "window_months": told["window_months"],
        "youngest": max(0, told["youngest"]),
        "oldest": told["oldest"],
        "department_types": _sorted(told["department_types"]),
        "categories": _sorted(told["categories"]),
        "leave_out_statuses": _sorted(told["leave_out_statuses"]),
        "one_per": told["one_per"],
        "set_aside": bool(told["exclusions_file"]),
    }


def criteria_fingerprint(told: Mapping[str, Any]) -> str:
    """SHA-256 of what decides, of `Criteria.as_dict()`. Raises KeyError for anything else."""
    return _hash(decides(told))


def footprint_fingerprint(footprint: Footprint) -> str:
    """SHA-256 of the commissioned area: its codes, and how living and registered go together."""
    lsoas, practices = sorted(footprint.lsoas), sorted(footprint.gp_practices)
    return _hash({"lsoas": lsoas, "gp_practices": practices,
                  "combine": footprint.combine if footprint.defined else ""})  # fmt: skip


def differences(one: Mapping[str, Any], other: Mapping[str, Any]) -> list[str]:
    """What is not the same in two `Criteria.as_dict()`, in words; nothing where they agree."""
    first, second = decides(one), decides(other)
    return [words for key, words in IN_WORDS.items() if first[key] != second[key]]


def _sorted(codes: Any) -> Any:
    return sorted(set(codes)) if isinstance(codes, list) else codes


def _hash(content: Any) -> str:
    return sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
