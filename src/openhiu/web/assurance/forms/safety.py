"""What is typed about safety: a concern, its rating, what came of it, an officer's decision."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError

from openhiu.web.assurance.models import SafetyConcern
from openhiu.web.assurance.safety.log import hazards
from openhiu.web.design.forms import Choice, Date, LongText, NhsForm, Select, Text, Version, YesNo
from openhiu.web.design.words import today


def _numbers() -> tuple[tuple[str, str], ...]:
    known = tuple((one.id, f"{one.id} {one.name}") for one in hazards())
    return (("", "None of them: a new one"), *known)


class TellForm(NhsForm):
    """Two answers, from any page."""

    words = LongText(
        "What happened, and what could have come of it?",
        hint="Name nobody. Say what you did and what the page showed.", rows=4,
    )  # fmt: skip
    harm = Choice("Was anybody harmed?", choices=SafetyConcern.Harm.choices)


class RateForm(NhsForm):
    """How grave it is, and what is done until it is mended."""

    severity = Choice("How grave could it be?", choices=SafetyConcern.Severity.choices)
    hazard = Select("Which hazard does it belong to?", choices=_numbers, required=False)
    meanwhile = LongText("What is done until it is mended?", rows=3)
    makers_told_on = Date("When were the makers told?", required=False)
    version = Version()


class CloseForm(NhsForm):
    """What was wrong and what was changed."""

    outcome = LongText("What was wrong, and what was changed?", rows=4)
    version = Version()


class DecisionForm(NhsForm):
    """What a clinical safety officer signed on paper."""

    officer = Text("Clinical safety officer", max_length=200)
    register = Text("Professional registration", hint="The body and the number.", max_length=200)
    accepted = YesNo("Did they approve this version for use here?")
    paper = Text("Where does the signed paper lie?", max_length=300)
    signed_on = Date("Signed on")
    review_on = Date("To be looked at again on")

    def clean(self) -> dict[str, Any]:
        """Signed in the past, looked at again afterwards."""
        said: dict[str, Any] = super().clean() or {}
        signed, review = said.get("signed_on"), said.get("review_on")
        if signed and signed > today():
            self.add_error("signed_on", ValidationError("This day has not come yet"))
        if signed and review and review <= signed:
            self.add_error("review_on", ValidationError("This has to be after the signature"))
        return said
