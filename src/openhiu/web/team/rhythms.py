"""What keeps a worker well, as data: kinds of talk, subjects of training, checks, with sources.

A service sets its own numbers (CareSettings); these stand where it has not. The resource pack asks
for supervision, coaching or a buddy, and training, and gives no numbers: the numbers are ours.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

PACK: Final = "NHS HIU resource pack, “Support to the worker”"
SPECIFICATION: Final = "NHS HIU service specification, “Governance”"
_OURS: Final = "The number is our starting point."


@dataclass(frozen=True)
class Rhythm:
    """One kind of talk: weeks from one to the next (0: not asked of everybody), and where from."""

    label: str
    weeks: int
    source: str


@dataclass(frozen=True)
class Subject:
    """One subject of training: months it counts (0: for good), and who asks for it."""

    label: str
    months: int
    source: str


TALKS: Final[Mapping[str, Rhythm]] = {
    "supervision": Rhythm("Supervision", 4, f"{PACK}: regular supervision. {_OURS}"),
    "clinical": Rhythm(
        "Clinical supervision",
        0,
        f"{PACK}: for those who work as clinicians, so it is off at first.",
    ),
    "coaching": Rhythm("Coaching", 6, f"{PACK}: 1:1 from the start of the contract. {_OURS}"),
    "buddying": Rhythm("Time with a buddy", 8, f"{PACK}: with other HIU leads. {_OURS}"),
}
SUBJECTS: Final[Mapping[str, Subject]] = {
    "behaviour": Subject("Changing complex behaviours", 24, f"{PACK}. {_OURS}"),
    "resilience": Subject("Resilience, to prevent burnout", 24, f"{PACK}. {_OURS}"),
    "connecting": Subject("Finding and connecting with services", 24, f"{PACK}. {_OURS}"),
    "telephone": Subject("Telephone coaching", 24, f"{PACK}. {_OURS}"),
    "safeguarding": Subject(
        "Safeguarding adults", 36, "Your safeguarding policy. Three years is our starting point."
    ),
    "lone_working": Subject(
        "Personal safety and lone working", 24, "Your lone-working policy. Two years is ours."
    ),
    "data_security": Subject(
        "Data security awareness", 12, "Data Security and Protection Toolkit: every year."
    ),
}
OTHER: Final = "other"
# A new worker has this long for what was never noted.
SETTLING_WEEKS: Final = 12
# Weeks and days before something is due at which it is shown.
SOON_DAYS: Final = 14

# Each professional shall have a satisfactory DBS check, updated yearly (service specification).
DBS_MONTHS: Final = 12
# Days before it is due, and who is told: the worker first, then whoever manages the team too.
DBS_WARNINGS: Final[Mapping[int, tuple[str, ...]]] = {
    60: ("worker",),
    30: ("worker", "manager"),
    0: ("worker", "manager"),
}
WITHOUT_CHECK: Final = (
    "Follow your local policy while a check is overdue. Many services say: do not visit alone."
)


def months_after(day: date, months: int) -> date:
    """The same day so many months on, or the last of that month."""
    index = day.month - 1 + months
    year, month = day.year + index // 12, index % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
