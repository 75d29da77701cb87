"""This quarter's estimates beside last quarter's: where fewer than 8 people lie between them, the
numbers told last time are told again, so that the difference of the two is about nobody.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from openhiu.disclosure import too_close
from openhiu.report.board.evidence import Evidence
from openhiu.report.last import Last


def people_of(evidence: Evidence) -> dict[str, int | str]:
    """The counts of people that the report shows, by what they belong to, to the nearest 5."""
    found: dict[str, int | str] = {}
    for window in evidence.windows:
        for key, outcome in evidence.outcomes(window):
            _put(found, f"{window}.{key}", outcome)
            _put(found, f"{window}.{key}.secondary", outcome.get("secondary"))
        for site, windows in evidence.part("by_site").items():
            for key, outcome in windows.get(window, {}).items():
                _put(found, f"{window}.{site}.{key}", outcome)
    return found


def _put(found: dict[str, int | str], name: str, outcome: Any) -> None:
    people = outcome.get("people") if isinstance(outcome, Mapping) else None
    if isinstance(people, int | str):
        found[name] = people


def beside(evidence: Evidence, last: Last | None) -> Evidence:
    """The evidence with every window that is too close to the last one told as it was then."""
    if last is None:
        return evidence
    close = too_close(people_of(evidence), last.people)
    windows = tuple(dict.fromkeys(name.partition(".")[0] for name in close))
    then, now = last.evaluation.get("windows", {}), evidence.raw.get("windows", {})
    known = [each for each in windows if each in then and then[each] != now.get(each)]
    raw = dict(evidence.raw)
    for window in known:
        for part in ("windows", "money", "groups"):
            raw[part] = _taken(raw.get(part), last.evaluation.get(part), window)
        raw["by_site"] = {
            site: _taken(found, last.evaluation.get("by_site", {}).get(site), window)
            for site, found in (raw.get("by_site") or {}).items()
        }
    return Evidence(raw, tuple(known))


def _taken(now: Any, then: Any, window: str) -> Any:
    """One window's entry of a mapping as it was told then; gone where it was not told."""
    if not isinstance(now, Mapping) or window not in now:
        return now
    others = {key: value for key, value in now.items() if key != window}
    told = then.get(window) if isinstance(then, Mapping) else None
    found = others if told is None else {**others, window: told}
    return {key: found[key] for key in now if key in found}
