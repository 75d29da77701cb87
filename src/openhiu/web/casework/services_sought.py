"""The reasons behind visits as the directory of services knows them: words services use of them."""

from __future__ import annotations

from typing import Final

from openhiu.web.casework.needs import ANOTHER, CATEGORIES
from openhiu.web.directory import needs

# Words that a service's own description has when it helps with a reason; whole phrases, folded.
_SOUGHT_AS: Final[dict[str, tuple[str, ...]]] = {
    "loneliness": ("lonel", "befriend", "isolat", "companion", "lunch club"),
    "social": ("famil", "relationship", "parent", "carer"),
    "mental_health": ("mental health", "anxiety", "depress", "counsell", "wellbeing"),
    "self_harm": ("self harm", "suicid", "crisis"),
    "addiction": ("alcohol", "drug", "addict", "substance", "gambl", "recovery"),
    "symptoms": ("pain", "fatigue", "long term condition", "unexplained"),
    "medical": ("nurse", "clinic", "health check", "respirat", "falls"),
    "housing": ("housing", "tenan", "evict", "landlord", "repairs"),
    "homelessness": ("homeless", "rough sleep", "hostel", "night shelter"),
    "money": ("debt", "benefit", "money", "food bank", "budget", "welfare rights"),
    "vulnerability": ("abuse", "violence", "refuge", "safeguard", "victim", "exploit"),
}


def name_needs() -> None:
    """Tell the directory which reasons there are; called once when Django is ready."""
    needs.offer({
        key: needs.Need(label, _SOUGHT_AS.get(key, ()))
        for key, label in CATEGORIES.items() if key != ANOTHER
    })  # fmt: skip
