"""Words for consent and sharing: answers and standings come in, sentences go out."""

from __future__ import annotations

from typing import Any

from openhiu.web.casework import policies
from openhiu.web.casework.models import Consent
from openhiu.web.casework.queries.sharing import Standing
from openhiu.web.casework.story_details import purpose_words
from openhiu.web.design.words import day, initial_lower, today

_ASKED = {"take_part": "Taking part"}
_THEN = {
    "take_part": "We stop being in touch. Every share ends, planned contacts and tasks are let "
    "go. Their record stays, and they can come back whenever they like.",
    "story": "Their words leave everything that is not published yet, now. Whoever made or "
    "published a report with them is told.",
    "share": "The organisation sees nothing from this moment.",
}


def answer_words(answer: Consent | None) -> dict[str, Any]:
    """One answer in words: what was asked, how it stands, and what taking it back means."""
    if answer is None:
        return {"state": "Not asked yet", "colour": "grey", "row": None}
    return {
        "row": answer,
        "asked": _asked(answer),
        "state": state(answer),
        "colour": _colour(answer),
        "can_take_back": policies.holds(answer),
        "take_back": f"{_asked(answer)}: take it back",
        "then": _THEN[answer.kind],
    }


def _asked(answer: Consent) -> str:
    if answer.kind == Consent.Kind.SHARE and answer.organisation:
        return f"Sharing with {answer.organisation.name}"
    if answer.kind == Consent.Kind.STORY:
        return f"Using their story: {initial_lower(purpose_words(answer.purpose))}"
    return _ASKED[answer.kind]


def state(answer: Consent) -> str:
    """How an answer stands today."""
    if answer.withdrawn_at:
        return f"Taken back on {day(answer.withdrawn_at)}"
    if not answer.given:
        return f"No, on {day(answer.answered_on)}"
    if answer.review_on <= today():
        return f"Yes, but ask again: due {day(answer.review_on)}"
    return f"Yes. Ask again by {day(answer.review_on)}"


def _colour(answer: Consent) -> str:
    if not policies.holds(answer):
        return "grey"
    return "green" if policies.in_date(answer) else "orange"


def standing_words(row: Standing) -> str:
    """How sharing stands with one organisation, in one sentence."""
    if row.live and row.why_not:
        return f"Nothing is seen now. {row.why_not}"
    if row.live:
        return f"Shared since {day(row.live.at)}."
    return row.why_not or "They agreed. Nothing is shared yet."
