"""Forms of readiness: confirming a line, naming an officer, beginning."""

from __future__ import annotations

from openhiu.web.assurance.models import Officer
from openhiu.web.design.forms import Choice, Date, LongText, NhsForm, Text


class ConfirmForm(NhsForm):
    """What one has seen, and when it is looked at again."""

    evidence = LongText(
        "What have you seen, and where is it kept?", count=500, rows=3,
        hint="Somebody else has to find it. No names of people who are supported.",
    )  # fmt: skip
    review_on = Date("When is it looked at again?", hint="Within a year")


class TakeBackForm(NhsForm):
    """Why something that was confirmed does not hold."""

    because = LongText("Why does it not hold?", count=300, rows=2)


class OfficerForm(NhsForm):
    """Who answers for something."""

    post = Choice("For what does this person answer?", choices=Officer.Post.choices)
    name = Text("Name", max_length=200)
    contact = Text("How are they reached?", max_length=200, hint="A telephone number or an "
                   "e-mail address at work")  # fmt: skip
    organisation = Text("Organisation", max_length=200, required=False)
    registration = Text("Professional registration", max_length=60, required=False,
                        hint="Of a clinical safety officer")  # fmt: skip


class BeginForm(NhsForm):
    """The day the service begins."""

    begins_on = Date("On which day does the service begin?")
    reason = LongText(
        "Why does it begin although lines are open, and until when are they closed?",
        count=1000, rows=4, required=False,
    )  # fmt: skip

    def __init__(self, *args: object, ready: bool, **more: object) -> None:
        super().__init__(*args, **more)
        if ready:
            del self.fields["reason"]
        else:
            self.fields["reason"].required = True
