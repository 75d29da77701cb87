"""The cohort as it may be shown: raw counts of people come in; counts go out from which no
group of fewer than 8 people can be worked out.
"""

from __future__ import annotations

from typing import Any, Final

from openhiu.disclosure import disclose_steps
from openhiu.disclosure.protect import Publication
from openhiu.disclosure.tables import publish
from openhiu.evaluate.rows import Cohort

# Each counts some of the people of the one before it.
STEPS: Final = ("on_roster", "offered", "said_yes", "started")
# Parts of those who started; a person can be in more than one.
PARTS: Final = ("on_list", "off_list", "deaths", "moves")
WORDS: Final = {
    "on_roster": "On the roster",
    "not_in_store": "Not known to the store",
    "offered": "Asked",
    "said_yes": "Said yes",
    "started": "Started support",
    "on_list": "On a list of the month they started: in the estimate when their time is complete",
    "off_list": "On no list that month: supported, and not in the estimate",
    "deaths": "Died since: counted up to that day, never as a success",
    "moves": "Moved away since: counted up to that day",
}


def cohort_shown(cohort: Cohort) -> dict[str, Any]:
    """All sites together, and each site where there are several."""
    sites = {site: part for site, part in cohort.by_site.items() if part.on_roster}
    shown = _shown(cohort)
    if len(sites) > 1:
        by_site = {site: [getattr(part, step) for step in STEPS] for site, part in sites.items()}
        parts = disclose_steps({"site": by_site}, [_sum(sites.values(), step) for step in STEPS])[0]
        shown["by_site"] = {
            site: dict(zip(STEPS, counts, strict=True)) for site, counts in parts["site"].items()
        }
    return shown


def _sum(parts: Any, step: str) -> int:
    return sum(getattr(part, step) for part in parts)


def _shown(cohort: Cohort) -> dict[str, Any]:
    counts = {name: getattr(cohort, name) for name in (*STEPS, "not_in_store", *PARTS)}
    counts["in_store"] = cohort.on_roster - cohort.not_in_store
    nested = [*zip(STEPS[1:], STEPS, strict=False), *((part, "started") for part in PARTS)]
    counts["later"] = max(cohort.started - cohort.on_list - cohort.off_list, 0)
    sums = [("on_roster", ["not_in_store", "in_store"])]
    if cohort.on_list + cohort.off_list <= cohort.started:
        sums.append(("started", ["on_list", "off_list", "later"]))
    shown = publish(Publication(counts, sums, [p for p in nested if counts[p[0]] <= counts[p[1]]]))
    return {name: shown[name] for name in (*STEPS, "not_in_store", *PARTS)}
