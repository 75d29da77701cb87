"""What can be shared about a client, item by item, as agreements, consent and software name it; a
test keeps it the same as what the workspace offers.
"""

from __future__ import annotations

from typing import Final

# What it is, and whether it may tell where someone is.
SHAREABLE: Final[dict[str, tuple[str, bool]]] = {
    "name": ("Name and what to call them", False),
    "birth_date": ("Date of birth", False),
    "nhs_number": ("NHS number", False),
    "contact": ("How to be in touch safely", True),
    "address": ("Address", True),
    "gp": ("GP practice", True),
    "phase": ("Where support has got to, and who supports them", False),
    "what_matters": ("What matters to them, in their words", False),
    "strengths": ("Strengths", False),
    "reasons": ("Reasons behind the visits", False),
    "goals": ("Goals and steps", False),
    "network": ("People and services around them", True),
    "card": ("Crisis plan and out-of-hours card", False),
    "activity": ("How often they came to A&E, were admitted or called for help", False),
    "meeting": ("That the team meeting talks about them, and what it decides", False),
    "agreed_plan": ("The plan agreed in the team meeting", False),
}
