"""Criteria as a file: a `Criteria` comes in; TOML or JSON goes out that `criteria_file` reads back
as the same `Criteria`, with nothing left to a default.
"""

from __future__ import annotations

import json
from typing import Any

from openhiu.identify.criteria import NO_AGE_LIMIT, Criteria, Kind, Rule
from openhiu.locality.writing import as_toml


def as_raw(criteria: Criteria) -> dict[str, Any]:
    """The criteria in the keys of a criteria file; of a file of people set aside, its name."""
    people = {"youngest": criteria.youngest}
    if criteria.oldest != NO_AGE_LIMIT:
        people["oldest"] = criteria.oldest
    raw: dict[str, Any] = {
        "name": criteria.name,
        "title": criteria.title,
        "source": criteria.source,
        "window_months": criteria.window_months,
        "suggest_at_least": criteria.suggest_at_least,
    }
    if criteria.exclusions_file:
        raw["exclusions_file"] = criteria.exclusions_file.name
    return raw | {
        "people": people,
        "attendances": {
            "department_types": _codes(criteria.department_types),
            "categories": _codes(criteria.categories),
            "leave_out_statuses": list(criteria.leave_out_statuses),
            "one_per": criteria.one_per.value,
        },
        "rules": [_rule(rule) for rule in criteria.rules],
    }


def as_toml_file(criteria: Criteria) -> str:
    """A file for `hiu identify --criteria`."""
    return as_toml(as_raw(criteria))


def as_json_file(criteria: Criteria) -> str:
    """The same as JSON; `hiu identify --criteria` reads this as well."""
    return json.dumps(as_raw(criteria), indent=2, ensure_ascii=False) + "\n"


def _codes(codes: tuple[str, ...] | None) -> str | list[str]:
    return "any" if codes is None else list(codes)


def _rule(rule: Rule) -> dict[str, Any]:
    if rule.kind is Kind.TOP:
        return {"kind": rule.kind.value, "n": rule.at_least}
    if rule.kind is Kind.BAND:
        most = {} if rule.at_most is None else {"at_most": rule.at_most}
        return {"kind": rule.kind.value, "at_least": rule.at_least, **most}
    bound = {"more_than": rule.at_least - 1} if rule.strictly else {"at_least": rule.at_least}
    month = {"month": "rolling 30 days" if rule.rolling else "calendar"}
    return {"kind": rule.kind.value, **bound, **(month if rule.kind is Kind.MONTH else {})}
