"""The limits set before anything was measured: figures come in; a line each, met or missed, goes
out. A missed line is printed like a met one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Line = dict[str, Any]
_RMSE = {("3", "0.00"): 21.0, ("3", "0.20"): 17.0, ("3", "0.36"): 14.5}
SHOCK = "shock"


def acceptance(found: dict[str, Any]) -> list[Line]:
    """Every limit of the plan that simulated services can show."""
    lines = [*_one_site(found["sizes"]["1 site, 1 year"]), *_ten(found), *_worlds(found)]
    naive = found["methods"]["resource pack, 3 months"]["reduction"]
    lines.append(_between("resource-pack figure at 0 %, 3 months", 42, 58, naive, " %"))
    return lines


def _one_site(scores: dict[str, Any]) -> Iterator[Line]:
    for window in ("3", "12"):
        for effect in ("0.00", "0.20", "0.36"):
            one = scores.get(f"{window}/{effect}")
            if one is None:
                continue
            name = f"1 site, 1 year, {window} months, true {float(effect):.0%}"
            yield _at_most(f"{name}: mean bias", 5, abs(one["bias"]), " points")
            yield _at_most(f"{name}: median bias", 3.5, abs(one["median"]), " points")
            yield _between(f"{name}: coverage", 92, 98, one["covers"], " %")
            if (window, effect) in _RMSE:
                yield _at_most(f"{name}: RMSE", _RMSE[window, effect], one["rmse"], " points")
            if effect == "0.00":
                yield _at_most(f"{name}: calls a benefit", 4.5, one["benefit"], " %")
                both = one["benefit"] + one["harm"]
                yield _at_most(f"{name}: calls anything", 7, both, " %")


def _ten(found: dict[str, Any]) -> Iterator[Line]:
    for window in ("3", "12"):
        one = found["sizes"]["10 sites, 1 year"].get(f"{window}/0.00")
        if one is None:
            continue
        name = f"10 sites, 1 year, {window} months ({one['tries']} groups)"
        yield _at_most(f"{name}: bias", 3.5, abs(one["bias"]), " points")
        yield _at_most(f"{name}: RMSE", 7.5, one["rmse"], " points")
        yield _between(f"{name}: coverage", 90, 100, one["covers"], " %")


def _worlds(found: dict[str, Any]) -> Iterator[Line]:
    for words, scores in found["robust"].items():
        if not words.startswith(SHOCK):
            continue
        for window in ("3", "12"):
            one = scores["site"].get(f"{window}/0.00")
            if one is not None:
                yield _at_most(f"shock, {window} months: bias", 5, abs(one["bias"]), " points")


def _at_most(what: str, limit: float, value: float, unit: str) -> Line:
    return {"what": what, "limit": f"at most {limit:g}{unit}", "measured": f"{value:.1f}{unit}",
            "met": value <= limit}  # fmt: skip


def _between(what: str, low: float, high: float, value: float, unit: str) -> Line:
    return {"what": what, "limit": f"{low:g} to {high:g}{unit}", "measured": f"{value:.1f}{unit}",
            "met": low <= value <= high}  # fmt: skip
