"""Who answers for clinical safety: a sign-off file comes in; whether a version is signed goes out.

Only a clinical safety officer can sign, outside this software; a file that names another version
signs nothing, and one that says "not approved" is shown as that.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from openhiu.errors import InputNotUsable

UNSIGNED: Final = "UNSIGNED: no clinical safety officer has approved this"
APPROVED: Final = "approved"
DECISIONS: Final = (APPROVED, "not approved")
_WORDS: Final = ("officer", "profession", "register", "organisation", "version", "decision")


@dataclass(frozen=True)
class SignOff:
    """What an officer decided. `register` is the body and number of their registration."""

    officer: str
    profession: str
    register: str
    organisation: str
    version: str
    decision: str
    on: date
    conditions: str = ""

    @property
    def approved(self) -> bool:
        """Whether the decision is a yes."""
        return self.decision == APPROVED

    @property
    def words(self) -> str:
        """As it stands on every page."""
        said = "Approved" if self.approved else "NOT APPROVED"
        under = f". Conditions: {self.conditions}" if self.conditions else ""
        return f"{said} for version {self.version} by {self.officer}, {self.on:%d %B %Y}{under}"


def read_sign_off(path: Path) -> SignOff:
    """The file an officer filled in.

    Raises:
        InputNotUsable: something in it is missing, the decision is none, or its day is still to
            come; it is named.
    """
    try:
        told: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        raise InputNotUsable(
            "it cannot be read as TOML",
            file=path.name,
            remedy="start from sign-off.toml of the pack",
        ) from None
    words = [str(told.get(key, "")).strip() for key in _WORDS]
    lacking = [key for key, said in zip(_WORDS, words, strict=True) if not said]
    # A moment is a date to Python, and none to a paper.
    if lacking or type(told.get("on")) is not date:
        raise InputNotUsable(
            f"it does not say: {', '.join(lacking) or 'on'}",
            file=path.name,
            remedy="fill in every line; 'on' is a date such as 2026-11-30",
        )
    officer, profession, register, organisation, version, decision = words
    decision = decision.casefold()
    if why := _not_possible(decision, told["on"]):
        raise InputNotUsable(why[0], file=path.name, remedy=why[1])
    conditions = " ".join(str(told.get("conditions", "")).split())
    return SignOff(
        officer, profession, register, organisation, version, decision, told["on"], conditions
    )


def _not_possible(decision: str, on: date) -> tuple[str, str] | None:
    """Why this is no decision that somebody has made, and what to do."""
    if decision not in DECISIONS:
        return (
            "its decision is neither a yes nor a no",
            'write "approved" or "not approved"; what it depends on goes into conditions',
        )
    if on > date.today():
        return "its day is still to come", "'on' is the day on which it was signed"
    return None


def approved(signed: SignOff | None, version: str) -> bool:
    """Whether an officer said yes to this very version."""
    return signed is not None and signed.version == version and signed.approved


def marking(signed: SignOff | None, version: str) -> str:
    """What stands in the header of every page."""
    return signed.words if signed and signed.version == version else UNSIGNED


def template(version: str) -> bytes:
    """A file for an officer to fill in."""
    lines = [
        "# For the clinical safety officer: a registered clinician, trained in clinical risk.",
        *(f'{key} = ""' for key in _WORDS if key not in ("version", "decision")),
        f'version = "{version}"',
        '# "approved" or "not approved"; nothing else is read.',
        'decision = ""',
        "# What the approval depends on, where it depends on something: it stands on every page.",
        '# conditions = ""',
        "# The day it was signed.",
        "# on = 2026-11-30",
    ]
    return ("\n".join(lines) + "\n").encode()
