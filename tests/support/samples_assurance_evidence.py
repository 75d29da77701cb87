"""Samples of evidence for the matrix."""

from __future__ import annotations

from typing import Any

from support.samples import OWN, Situation, sample


@sample("assurance:framework")
def framework(situation: Situation) -> dict[str, Any] | None:
    """The questions are the same for every service: there are none of another."""
    return {"key": "dtac"} if situation.name == OWN else None
