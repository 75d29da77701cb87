"""The analysis plan, frozen before any result is seen: every choice as data, and its hash.

Nothing comes in. The hash stands in every report, so that a reader can see that two reports, or a
report and its protocol, used the same method. A changed number here is a changed plan.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any, Final

from openhiu.evaluate.outcomes import OUTCOMES
from openhiu.evaluate.rows import BEFORE_SPANS, DAYS_IN_SEGMENT, HISTORY_SPANS

VERSION: Final = "1"


@dataclass(frozen=True)
class Window:
    """A span of follow-up from the start of support: how many 90-day segments from the first."""

    name: str
    months: int
    segments: int

    @property
    def days(self) -> int:
        """Its length in days: 90 or 360."""
        return self.segments * DAYS_IN_SEGMENT

    @property
    def before(self) -> int:
        """Which column of `Rows.before` holds as many days before the start."""
        return BEFORE_SPANS.index(self.days)


W3: Final = Window("3", 3, 1)
W12: Final = Window("12", 12, 4)
WINDOWS: Final = (W3, W12)

# --- who may be expected of, and when nothing may be said ---
CLEAN_ROWS: Final = 500
CLEAN_PEOPLE: Final = 150
VOLUME_FLOOR: Final = 0.2
RIDGE: Final = 1e-3
OBSERVED_FLOOR: Final = 0.5
METHOD_ALLOWANCE: Final = 0.02
CLUSTER_FROM_SITES: Final = 10
RANGE_PEOPLE: Final = 12
RANGE_EXPECTED: Final = 20.0
HEADLINE_PEOPLE: Final = 30
BORROW_BELOW_DAYS: Final = 730
BORROW_LIMITS: Final = (0.9, 1.1)
OLD_HISTORY_DAYS: Final = 1461
POWER: Final = 0.80
LEVEL: Final = 0.95
WORTH_HAVING: Final = 20.0
UNSEEN_SELECTION_POINTS: Final = 6

# --- the natural-change table: lower ends of the bands ---
RECENT_BANDS: Final = (2, 4, 5, 7, 10, 15)
EARLIER_BANDS: Final = (0, 3, 8, 16, 30)
CELL_ROWS: Final = 30

# --- the checks ---
LOWER_RANKS_FROM: Final = 101
LOWER_RANKS_LIMITS: Final = (0.88, 1.12)
SAID_NO_CENTRE: Final = 1.02
SAID_NO_SPREAD: Final = 0.27
SAID_NO_PEOPLE: Final = 30
ONE_CLIENT_SHARE: Final = 0.20
OFF_LIST_SHARE: Final = 0.10
VOLUME_LIMITS: Final = (0.8, 1.25)


def plan() -> dict[str, Any]:
    """The plan as plain data, its hash (SHA-256, hexadecimal) among it."""
    data = _choices()
    return {**data, "hash": digest(data)}


def digest(data: dict[str, Any]) -> str:
    """SHA-256 of the data, whatever the order it was written in."""
    text = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def _choices() -> dict[str, Any]:
    return {
        "version": VERSION,
        "windows_days": {window.name: window.days for window in WINDOWS},
        "primary": _primary(),
        "secondary": {"estimator": "natural-change table", "recent_bands": list(RECENT_BANDS),
                      "earlier_bands": list(EARLIER_BANDS), "cell_rows": CELL_ROWS},
        "outcomes": [outcome.key for outcome in OUTCOMES],
        "several_outcomes": "attendances are primary and stand alone; the others are adjusted "
        "together by Holm's method in each window",
        "printing": {"range_people": RANGE_PEOPLE, "range_expected": RANGE_EXPECTED,
                     "headline_people": HEADLINE_PEOPLE, "power": POWER,
                     "worth_having_percent": WORTH_HAVING,
                     "unseen_selection_points": UNSEEN_SELECTION_POINTS},
        "checks": _checks(),
    }  # fmt: skip


def _primary() -> dict[str, Any]:
    return {
        "outcome": next(outcome.key for outcome in OUTCOMES if outcome.primary),
        "estimator": "observed over expected; expected from a Poisson regression on the site's own "
        "lists of before the service, by iteratively reweighted least squares",
        "features": ["log1p of each history count over its volume index", "log1p of their sum",
                     "its square", "aged 65 or over", "aged 80 or over", "female",
                     "social flag, if known"],
        "history_days_before_list": [list(span) for span in HISTORY_SPANS],
        "segment_days": DAYS_IN_SEGMENT,
        "offset": "log of exposure times mean volume index",
        "volume_floor": VOLUME_FLOOR,
        "ridge": RIDGE,
        "observed_floor": OBSERVED_FLOOR,
        "clean_rows": CLEAN_ROWS,
        "clean_people": CLEAN_PEOPLE,
        "interval": "person-level influence, one person left out; site-clustered from "
        f"{CLUSTER_FROM_SITES} sites if wider",
        "level": LEVEL,
        "method_allowance": METHOD_ALLOWANCE,
        "borrow": {"below_days": BORROW_BELOW_DAYS, "limits": list(BORROW_LIMITS)},
        "old_history_days": OLD_HISTORY_DAYS,
    }  # fmt: skip


def _checks() -> dict[str, Any]:
    return {
        "lower_ranks": {"from": LOWER_RANKS_FROM, "limits": list(LOWER_RANKS_LIMITS)},
        "said_no": {"centre": SAID_NO_CENTRE, "spread": SAID_NO_SPREAD, "people": SAID_NO_PEOPLE},
        "one_client_share": ONE_CLIENT_SHARE,
        "off_list_share": OFF_LIST_SHARE,
        "volume_limits": list(VOLUME_LIMITS),
        "placebo": "service start moved back 12 months, people of the same ranks",
    }
