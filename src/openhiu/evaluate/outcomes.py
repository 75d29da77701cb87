"""What is counted after support starts: each outcome's key, where it comes from and its words.

Which outcome leads, and that the others stand beside it, was decided before any result was seen.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Outcome:
    """One thing that is counted. `dataset` is the table of the store it comes from."""

    key: str
    dataset: str
    words: str
    one: str
    counted: str
    primary: bool = False


OUTCOMES: Final = (
    Outcome(
        "attendances", "attendances", "A&E attendances", "A&E attendance",
        "consultant-led departments, not planned, one a person, hospital and minute", primary=True,
    ),
    Outcome(
        "emergency_admissions", "admissions", "emergency admissions", "emergency admission",
        "emergency stays in hospital; a transfer goes on with the stay it came from",
    ),
    Outcome(
        "bed_days", "admissions", "emergency bed days", "emergency bed day",
        "midnights spent in hospital during emergency stays, each in the span it falls in",
    ),
    Outcome(
        "ambulance_calls", "ambulance", "999 ambulance call-outs", "999 ambulance call-out",
        "every call-out",
    ),
    Outcome(
        "conveyances", "ambulance", "journeys to hospital by ambulance",
        "journey to hospital by ambulance", "call-outs that ended with a person taken somewhere",
    ),
    Outcome(
        "ambulance_arrivals", "attendances", "A&E attendances by ambulance",
        "A&E attendance by ambulance", "counted attendances whose arrival mode is an ambulance",
    ),
    Outcome("calls_111", "calls_111", "NHS 111 calls", "NHS 111 call", "every call"),
)  # fmt: skip
BY_KEY: Final = {outcome.key: outcome for outcome in OUTCOMES}
PRIMARY: Final = "attendances"
