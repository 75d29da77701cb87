"""The staffing of Madeup Vale (tests/support/tiers.py): every number by hand.

120, or 62 + 43 + 14, people in the top tier. At once 40 to 45: 62/45 = 1.4, so 2 leads; 43/45 and
14/45, so 1 each. 15 a quarter is 60 a year: 62/60 = 1.03, so 2 again. One lead is in post in the
north: 3 more at 60,000 pounds are 180,000 a year and 360,000 over 24 months.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from openhiu.disclosure import disclose
from openhiu.report.staffing.told import Staffing, read_staffing

PEOPLE = {"NORTH": ("North Vale", 62, 1.0), "SOUTH": ("South Vale", 43, 0.0),
          "EAST": ("East Vale", 14, 0.0)}  # fmt: skip
CARRIES = {"open": (40, 45), "a_quarter": (60, 60), "intensive": (48, 60), "a_month": (180, 180),
           "never_above": (50, 50)}  # fmt: skip
LEADS = {"NORTH": {"open": 2, "a_quarter": 2, "intensive": 2, "a_month": 1, "never_above": 2},
         "SOUTH": dict.fromkeys(CARRIES, 1), "EAST": dict.fromkeys(CARRIES, 1)}  # fmt: skip
WORDS = {"open": ("Everybody of the tier at once", "at once"),
         "a_quarter": ("15 new people a quarter", "a year"),
         "intensive": ("12 to 15 worked with intensively, 3 months each", "a year"),
         "a_month": ("15 people a month", "a year"),
         "never_above": ("Never above 50 at once", "at once")}  # fmt: skip
LEAD = 60_000.0


def sample_staffing(publishable: bool = True) -> Staffing:
    """Read from plain data, as every document reads it."""
    return read_staffing(sample_data(publishable))


def sample_data(publishable: bool = True) -> dict[str, Any]:
    """The same as staffing.json holds it."""
    places = [_place(code, publishable) for code in PEOPLE]
    return {
        "what": "staffing", "version": 1, "openhiu": "0.6.0", "publishable": publishable,
        "area": "Madeup Vale", "as_of": "2026-04-01", "tier_key": "20+",
        "tier_label": "20 and over", "lead_cost_a_year": LEAD, "price_year": "2024/25",
        "months": 24,
        "readings": [
            {"key": key, "words": WORDS[key][0], "source": "NHS England templates",
             "least": float(least), "most": float(most), "per": WORDS[key][1],
             "used": key == "open"}
            for key, (least, most) in CARRIES.items()
        ],
        "settings": [
            {"key": "support_months", "words": "Months of support that is intensive, on average",
             "value": "3", "source": "default", "why": "business case template: around three"},
            {"key": "acceptance", "words": "Share who say yes when they are asked", "value": "60%",
             "source": "setting", "why": ""},
        ],
        "places": places,
        "total": {
            "people": disclose(119) if publishable else 119, "in_post": 1.0,
            "needed": {key: {"low": sum(one["needed"][key]["low"] for one in places),
                             "high": sum(one["needed"][key]["high"] for one in places),
                             "leads": sum(LEADS[code][key] for code in PEOPLE)}
                       for key in CARRIES},
            "recommended": 4, "extra": 3.0, "cost_a_year": 3 * LEAD, "cost_over": 6 * LEAD,
            "recommended_cost_a_year": 4 * LEAD,
        },
        "enough_means": "at least 80% of the tier are asked within 12 months, and the chance that "
        "a lead is overloaded in a year stays below 25% even if nobody were kept waiting",
        "limits": ["More people may come into the tier once a service is known."],
        "warnings": [],
        "year": "2025/26", "cut_off": "2026-03-31 23:51",
        "sources": [{"file": "tiers.json", "sha256": "0" * 64}],
    }  # fmt: skip


def _place(code: str, publishable: bool) -> dict[str, Any]:
    name, people, in_post = PEOPLE[code]
    recommended = LEADS[code]["open"]
    extra = recommended - in_post
    return {
        "kind": "place", "code": code, "name": name,
        "people": disclose(people) if publishable else people,
        "taken_as": float(people), "in_post": in_post,
        "needed": {key: {"low": people / most, "high": people / least, "leads": LEADS[code][key]}
                   for key, (least, most) in CARRIES.items()},
        "recommended": recommended, "extra": extra, "cost_a_year": extra * LEAD,
        "cost_over": extra * 2 * LEAD, "recommended_cost_a_year": recommended * LEAD,
        "arrivals_a_year": float(people), "enough": recommended, "why_not": "",
        "by_leads": [_with(1, 20, 0.6, 0.5), _with(2, 4, 0.9, 0.05), _with(3, 0, 0.97, 0.0)],
        "notes": [],
    }  # fmt: skip


def _with(leads: int, weeks: float, reached: float, pressed: float) -> Mapping[str, Any]:
    """A line of the simulation: the ranges are a third to either side."""

    def about(value: float, most: float = 1e9) -> dict[str, float | None]:
        return {"value": value, "low": round(value * 2 / 3, 3),
                "high": min(most, round(value * 4 / 3, 3))}  # fmt: skip

    return {
        "leads": leads, "wait_median": about(weeks),
        "wait_90": {"value": None, "low": 40.0, "high": None} if leads == 1 else about(3 * weeks),
        "reached": about(reached, 1.0), "began": about(0.6 * reached, 0.6),
        "starts": about(36.0 * leads), "overload": about(0.02 / leads, 1.0),
        "overload_weeks": about(0.001 / leads, 1.0), "pressed": about(pressed, 1.0),
        "pressed_weeks": about(pressed / 5, 1.0), "alone": about(9.0 if leads == 1 else 0.0),
    }  # fmt: skip
