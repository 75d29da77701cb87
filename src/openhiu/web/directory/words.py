"""The plain words of this room, as tables: keys come in, what people read goes out."""

from __future__ import annotations

from typing import Final

# iCalendar's names of days, as Open Referral has them, in order.
DAYS: Final[dict[str, str]] = {
    "MO": "Monday",
    "TU": "Tuesday",
    "WE": "Wednesday",
    "TH": "Thursday",
    "FR": "Friday",
    "SA": "Saturday",
    "SU": "Sunday",
}
ROUTES: Final[dict[str, str]] = {
    "self": "People get in touch themselves",
    "drop_in": "Drop in, no appointment",
    "lead": "An HIU lead can refer",
    "professional": "Any professional can refer",
    "gp": "Through a GP",
    "council": "Through the council",
}
OFFERS: Final[dict[str, str]] = {
    "free_call": "Free to call",
    "evenings": "Answers in the evening",
    "weekends": "Answers at weekends",
    "nights": "Answers at night",
    "calls_out": "Calls people, if they wish",
    "crisis": "Takes people in a crisis",
    "home_visits": "Visits at home",
    "interpreters": "Has interpreters",
    "step_free": "Step-free building",
    "women_only": "For women only",
    "men_only": "For men only",
}
# Which of them make a service one that answers when the lead does not.
OUT_OF_HOURS: Final = frozenset({"evenings", "weekends", "nights", "crisis"})
CAPACITY_COLOURS: Final[dict[str, str]] = {
    "unknown": "grey",
    "open": "green",
    "waiting": "yellow",
    "full": "orange",
    "paused": "orange",
}
VERIFIED_DAYS: Final = 180  # after that: check before you send somebody
CAPACITY_DAYS: Final = 60  # what was heard about room is shown as old after that
# What a person reads about each column, for stale saves, imports and the history.
LABELS: Final[dict[str, str]] = {
    "name": "Name of the service",
    "organisation": "Organisation",
    "partner": "Organisation we have an agreement with",
    "description": "What they do",
    "needs": "What they help with",
    "eligibility": "Who it is for",
    "age_from": "From age",
    "age_to": "Up to age",
    "routes": "Ways in",
    "how_to_refer": "How to get in touch or refer",
    "cost": "Cost",
    "cost_words": "About the cost",
    "hours": "Hours",
    "hours_words": "About the hours",
    "bank_holidays": "Bank holidays",
    "phone": "Phone",
    "textphone": "Textphone",
    "text_number": "Text messages",
    "email": "E-mail",
    "web": "Web page",
    "address_1": "Address",
    "address_2": "Address, second line",
    "town": "Town",
    "postcode": "Postcode",
    "areas": "Where they work",
    "offers": "Good to know",
    "capacity": "Room now",
    "waiting_weeks": "Waiting, in weeks",
    "capacity_note": "About room",
    "capacity_on": "Heard about room on",
    "capacity_said_by": "Who said so",
    "verified_on": "Last verified",
    "status": "Running",
    "ended_on": "Ended on",
    "ended_why": "Why it ended",
}


def labels(keys: list[str], table: dict[str, str]) -> list[str]:
    """The words of some keys, in the table's order; a key of somewhere else as it stands."""
    known = [words for key, words in table.items() if key in keys]
    return known + [key for key in keys if key not in table]
