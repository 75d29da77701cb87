"""What others hold about a person and how to ask them, and what somebody can do with their copy."""

from __future__ import annotations

from typing import Final

HOSPITAL: Final = (
    "The hospital keeps its own record of your visits.",
    (
        "The people there who count visits keep a store with the hospital's number for you, your "
        "age and sex, when and how you came, what for and how it ended. Your name, NHS number and "
        "telephone number are in it where the hospital put them beside it."
    ),
    "From that store come the list you were on, and what this copy says about your visits.",
    (
        "For a copy of it ask the hospital's data protection officer. Say that you also ask for "
        "the store of the high intensity use service: they can take your rows out of it with one "
        "command (hiu person-copy)."
    ),
    (
        "Your GP, the ambulance service and other services have records of their own. We can tell "
        "you whom to ask."
    ),
)
YOUR_RIGHTS: Final = (
    "If something is wrong or missing, tell us. We put it right, or keep what you say beside it.",
    (
        "You can ask us to stop using it for a while, to stop using it for something, or to erase "
        "it. We answer within a month."
    ),
    "You can take back what you agreed to at any time. Your care stays the same.",
    (
        "If you are not content with our answer, tell us. Within 30 days we say that we have your "
        "complaint, and we look into it."
    ),
    (
        "You can also complain to the Information Commissioner's Office: "
        "ico.org.uk/make-a-complaint, telephone 0303 123 1113."
    ),
)
