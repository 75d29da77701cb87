"""Every outcome in every window: the rows of all sites come in; the estimates, and what of them may
be handed on, go out for all sites together and for each site.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from openhiu.evaluate import shown, verdict
from openhiu.evaluate.estimate import Estimate, pool
from openhiu.evaluate.natural_change import Table, cells_shown, natural_change
from openhiu.evaluate.outcomes import OUTCOMES, PRIMARY, Outcome
from openhiu.evaluate.plan import WINDOWS, Window
from openhiu.evaluate.rates import rates
from openhiu.evaluate.rows import Rows
from openhiu.evaluate.together import Models, Together, models, together

_TITLES: Final = {"3": "the first 3 months", "12": "the first 12 months"}


@dataclass(frozen=True, eq=False)
class Worked:
    """Estimates by window and outcome, with the regressions they rest on.

    `cautious` is the natural-change table's estimate of attendances, by window; `tables` the table
    of each site and window.
    """

    sites: Sequence[Rows]
    outcomes: Sequence[Outcome]
    models: Mapping[str, Models]
    found: Mapping[tuple[str, str], Together]
    cautious: Mapping[str, Estimate]
    tables: Mapping[tuple[str, str], Table]

    def expected(self) -> dict[str, dict[str, NDArray[np.float64]]]:
        """Expected counts by site and outcome, (clients, 4); nan where none could be learnt."""
        return {
            rows.site: {
                key: models[rows.site].mu(rows, rows.client)
                for key, models in self.models.items() if rows.site in models
            }
            for rows in self.sites
        }  # fmt: skip


def work(sites: Sequence[Rows]) -> Worked:
    """Learn each regression once, then estimate every window from it."""
    counted = [o for o in OUTCOMES if any(o.key in rows.outcomes for rows in sites)]
    learnt = {outcome.key: models(sites, outcome.key) for outcome in counted}
    found = {
        (window.name, key): one
        for window in WINDOWS
        for key, known in learnt.items()
        if (one := together(sites, key, window, known)) is not None
    }
    plain = {(rows.site, window.name): _natural_change(rows, window)
             for rows in sites for window in WINDOWS}  # fmt: skip
    cautious = {window.name: pool([plain[rows.site, window.name][0] for rows in sites])
                for window in WINDOWS if sites}  # fmt: skip
    tables = {key: table for key, (_, table) in plain.items() if table is not None}
    return Worked(sites, counted, learnt, found, cautious, tables)


def _natural_change(rows: Rows, window: Window) -> tuple[Estimate, Table | None]:
    return natural_change(rows, rows.outcomes[PRIMARY], rows.before[PRIMARY], window)


def windows_shown(worked: Worked) -> dict[str, dict[str, Any]]:
    """Window, outcome: everything that may be said of all sites together."""
    return {window.name: _window(worked, window) for window in WINDOWS if worked.sites}


def sites_shown(worked: Worked) -> dict[str, dict[str, dict[str, Any]]]:
    """Site, window, outcome: the same of each site; empty where there is one site only."""
    if len(worked.sites) < 2:
        return {}
    hidden = {window.name: _hidden(worked, window) for window in WINDOWS}
    return {
        rows.site: {
            window.name: {
                outcome.key: shown.estimate_shown(
                    worked.found[window.name, outcome.key].by_site[rows.site],
                    hidden=rows.site in hidden[window.name],
                )
                for outcome in worked.outcomes if outcome.key in rows.outcomes
            }
            for window in WINDOWS
        }
        for rows in worked.sites
    }  # fmt: skip


def _hidden(worked: Worked, window: Window) -> frozenset[str]:
    by_site = worked.found[window.name, PRIMARY].by_site
    return shown.sites_to_hide({site: found.people for site, found in by_site.items()})


def _window(worked: Worked, window: Window) -> dict[str, Any]:
    found = {o.key: worked.found[window.name, o.key].whole for o in worked.outcomes}
    others = {key: one.p_value for key, one in found.items() if key != PRIMARY}
    adjusted = shown.several(others)
    return {
        outcome.key: {
            "words": outcome.words,
            "counted": outcome.counted,
            "primary": outcome.primary,
            "title": f"{outcome.words} in {_TITLES[window.name]} of support",
            **shown.estimate_shown(found[outcome.key]),
            "p_adjusted": adjusted.get(outcome.key),
            "rates": rates(worked.sites, outcome.key, window, found[outcome.key]),
            **_secondary(worked, window, outcome),
            "sentences": verdict.sentences(
                found[outcome.key],
                outcome,
                secondary=worked.cautious[window.name] if outcome.primary else None,
            ),
        }
        for outcome in worked.outcomes
    }


def _secondary(worked: Worked, window: Window, outcome: Outcome) -> dict[str, Any]:
    if not outcome.primary:
        return {}
    tables = {site: cells_shown(table)
              for (site, name), table in worked.tables.items() if name == window.name}  # fmt: skip
    return {"secondary": {**shown.estimate_shown(worked.cautious[window.name]),
                          "tables": tables}}  # fmt: skip
