"""What can change in a life, as data: the categories of outcomes and the four ONS questions.

Events, not scores. "Another" keeps the list open; nothing here is licensed material.
"""

from __future__ import annotations

from typing import Final

# Keys stay; labels may be reworded. In the words of the field, in no order of worth.
CATEGORIES: Final[dict[str, str]] = {
    "tenancy": "A tenancy or a safer home",
    "repair": "Something at home put right",
    "job": "A job or volunteering",
    "learning": "A course or learning",
    "benefits": "Benefits sorted",
    "debt": "A debt arranged",
    "group": "Joined a group",
    "friend": "A new or renewed friendship",
    "reconciliation": "Back in touch with family",
    "carer": "Support for them as a carer",
    "gp": "A good start with a GP or clinic",
    "treatment": "Started treatment or therapy",
    "less_self_harm": "Self-harm less often",
    "less_substance": "Drinking or using less",
    "pain": "Living better with pain or illness",
    "safer": "Safer from someone",
    "asked_first": "Asked for help before it became a crisis",
    "pet": "A pet, garden or hobby",
    "another": "Another",
}
ANOTHER: Final = "another"

# The Office for National Statistics' four personal well-being questions (ONS4), Open Government
# Licence v3.0. Asked only when the client wants; each may be skipped; 0 is "not at all".
ONS4: Final[dict[str, str]] = {
    "satisfied": "Overall, how satisfied are you with your life nowadays?",
    "worthwhile": (
        "Overall, to what extent do you feel that the things you do in your life are worthwhile?"
    ),
    "happy": "Overall, how happy did you feel yesterday?",
    "anxious": "Overall, how anxious did you feel yesterday?",
}
ONS4_ENDS: Final = "0 is not at all, 10 is completely"


def label(category: str) -> str:
    """What a category is called; a key that is no longer known reads as itself."""
    return CATEGORIES.get(category, category.replace("_", " ").capitalize())
