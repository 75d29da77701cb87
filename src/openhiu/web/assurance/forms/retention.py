"""Forms of retention: deciding, taking back, holding, lifting, schedules."""

from __future__ import annotations

from typing import Any

from openhiu.web.assurance.models.retention import Appraisal
from openhiu.web.assurance.retention.classes import (
    CLASSES,
    EVERY,
    LEAST_COOLING,
    MOST_COOLING,
    OF_CLIENTS,
    settable,
)
from openhiu.web.assurance.retention.standing import Rules
from openhiu.web.design.forms import (
    Choice,
    Date,
    LongText,
    NhsForm,
    NhsNumber,
    Select,
    Text,
    Version,
    Whole,
)
from openhiu.web.people.forms import is_nhs_number

_LONGEST = 100
_REASON = 300


class DecideForm(NhsForm):
    """The first decision."""

    decision = Choice(
        "What becomes of this record?", choices=Appraisal.Decision.choices,
        hints={"remove": "For good, in every place, once a second person agrees"},
        reveals={"keep": "keep_until"},
    )  # fmt: skip
    keep_until = Date("Until when is it kept?", required=False)
    reason = LongText("Why?", hint="Without names: it is read by information governance.")
    version = Version()

    def clean(self) -> dict[str, Any]:
        """A day is wanted where it is kept."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("decision") == "keep" and not said.get("keep_until"):
            self.add_error("keep_until", "Enter until when it is kept")
        return said


class TakeBackForm(NhsForm):
    """Taking a decision back."""

    reason = LongText("Why is it taken back?")
    version = Version()


class ClassForm(NhsForm):
    """Which class a client's record is in."""

    record_class = Choice(
        "Which class is this record in?",
        choices=[(key, CLASSES[key].label) for key in OF_CLIENTS],
        hints={key: CLASSES[key].source for key in OF_CLIENTS},
    )
    reason = LongText("Why?")


class HoldForm(NhsForm):
    """Holding for a court or an inquiry."""

    what = Choice(
        "What is held?",
        choices=[("person", "One person's record"), ("class", "Every record of one kind")],
        reveals={"person": "number", "class": "record_class"},
    )  # fmt: skip
    number = NhsNumber(
        "Their NHS number", check=is_nhs_number, required=False,
        hint="The record that has it, or had it, is held. Nothing of it is shown here.",
    )  # fmt: skip
    record_class = Select(
        "Which records?", required=False,
        choices=[(EVERY, "All records of the service"),
                 *((one.key, one.label) for one in CLASSES.values())],
    )  # fmt: skip
    reference = Text("Reference of the court, inquiry or claim", max_length=_LONGEST)
    reason = LongText("Why?", hint="Who asked for it, and what it is about. Without names.")
    review_on = Date("When is it looked at again?")

    def clean(self) -> dict[str, Any]:
        """What was chosen is wanted."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("what") == "person" and not said.get("number") and "number" not in self.errors:
            self.add_error("number", "Enter their NHS number")
        return said


class LiftForm(NhsForm):
    """Lifting a hold."""

    reason = LongText("Why can it be lifted?", hint="Who said so, and when.")


class ScheduleForm(NhsForm):
    """How long each class is kept here."""

    def __init__(self, *args: Any, rules: Rules, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in settable():
            self.fields[one.key] = Whole(
                f"{one.label} ({one.unit})", hint=f"From {one.counted_from}. {one.source}.",
                min_value=1, max_value=999, initial=rules.number(one.key),
            )  # fmt: skip
        self.fields["usual"] = Choice(
            "A client's record is usually", initial=rules.usual,
            choices=[(key, CLASSES[key].label) for key in OF_CLIENTS],
        )  # fmt: skip
        self.fields["cooling_days"] = Whole(
            "Days between the second decision and the removal", initial=rules.cooling_days,
            min_value=LEAST_COOLING, max_value=MOST_COOLING,
        )  # fmt: skip
        self.fields["reason"] = Text("Why is it changed?", max_length=_REASON)
