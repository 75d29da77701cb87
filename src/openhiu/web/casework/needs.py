"""The real reasons behind visits, as this field names them; several at once, "perhaps" allowed."""

from __future__ import annotations

from typing import Final

ANOTHER: Final = "another"
# Key and words. "another" is always said in words of its own, so that the list can grow.
CATEGORIES: Final[dict[str, str]] = {
    "loneliness": "Loneliness",
    "social": "Family, relationships or other social worries",
    "mental_health": "Mental health",
    "self_harm": "Self-harm",
    "addiction": "Alcohol, drugs or another addiction",
    "symptoms": "Symptoms that nobody has explained",
    "medical": "A medical complaint",
    "housing": "Housing",
    "homelessness": "Homelessness",
    "money": "Benefits and debt",
    "vulnerability": "Vulnerability or harm by others",
    ANOTHER: "Another reason",
}


def label(category: str, words: str = "") -> str:
    """What a reason is called; their own words for another one."""
    if category == ANOTHER and words:
        return words
    return CATEGORIES.get(category, category)
