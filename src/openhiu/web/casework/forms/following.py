"""Forms for what follows a worry or a sharing: a step, what came of it, a new day, the outcome."""

from __future__ import annotations

from typing import Any

from openhiu.web.access.actor import Actor
from openhiu.web.casework.models import FollowUp, FollowUpStep
from openhiu.web.casework.queries.following import colleagues
from openhiu.web.design.forms import Choice, Date, LongText, NhsForm, Row, Select, Text, Version


class _Asking(NhsForm):
    """A form in which somebody of the service is named."""

    named = ""

    def __init__(self, *args: Any, actor: Actor, **more: Any) -> None:
        super().__init__(*args, **more)
        field = self.fields[self.named]
        field.queryset = colleagues(actor)
        field.label_from_instance = lambda one: f"{one.user.name}, {one.get_role_display()}"


class StepForm(_Asking):
    """What happens next."""

    named = "who"
    what = LongText("What happens next?", rows=3)
    who = Row("Who does it?", None)
    due_on = Date("By when?")
    referral = Select("Is it a referral?", choices=FollowUpStep.Referral.choices, required=False)
    reference = Text("Its reference, if you have one", required=False, max_length=100)
    version = Version()


class StepDoneForm(NhsForm):
    """What came of a step."""

    result = LongText("What came of it?", rows=3)
    reference = Text("Reference, if it came since", required=False, max_length=100)


class LookAgainForm(_Asking):
    """The next day to look again, and who does."""

    named = "owner"
    on = Date("When do we look again?")
    owner = Row("Who looks?", None)
    because = Text("Why can it wait until then?", max_length=300)
    version = Version()


class CloseForm(NhsForm):
    """The outcome."""

    outcome = Choice("How did it end?", choices=FollowUp.Outcome.choices)
    outcome_words = LongText("What happened, and what was learned?", rows=4)
    person_told = Choice("Did you tell the person how it ended?", choices=FollowUp.Told.choices)
    version = Version()
