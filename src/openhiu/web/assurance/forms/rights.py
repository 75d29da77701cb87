"""Forms of a request about somebody's own record: what came, who asks, the clock, the decision."""

from __future__ import annotations

from typing import Any

from openhiu.tables.identifiers import IdentifierFault, read_nhs_number
from openhiu.web.assurance.models import ItemReview, ProcessingHold, RightsRequest
from openhiu.web.design.forms import (
    Choice,
    Choices,
    Date,
    LongText,
    NhsForm,
    NhsNumber,
    Text,
    Version,
)

How = RightsRequest.How


def _is_number(digits: str) -> bool:
    return not isinstance(read_nhs_number(digits), IdentifierFault)


class FindForm(NhsForm):
    """Whose record it is: by number, or by last name and date of birth, both exactly."""

    nhs_number = NhsNumber(check=_is_number, required=False)
    family_name = Text("Last name", required=False, max_length=100)
    born = Date("Date of birth", past=True, required=False)

    def clean(self) -> dict[str, Any]:
        """One of the two ways has to be filled in."""
        said: dict[str, Any] = super().clean() or {}
        if not self.errors and not said.get("nhs_number") and not (
            said.get("family_name") and said.get("born")
        ):  # fmt: skip
            self.add_error(None, "Enter the NHS number, or the last name and the date of birth.")
        return said


class NoteForm(NhsForm):
    """What somebody asks, in their words, and who asks it."""

    kind = Choice("What do they ask for?", choices=RightsRequest.Kind.choices)
    words = LongText("What they ask, in their words", rows=4)
    received_on = Date("The day it came", past=True)
    received_how = Choice("How it came", choices=How.choices)
    asked_by = Choice(
        "Who asks?", choices=RightsRequest.By.choices, reveals={"representative": "representative"}
    )
    representative = Text(
        "Who are they, and what shows that they may?",
        hint="For example a signed authority, or a lasting power of attorney.", max_length=200,
    )  # fmt: skip


class NoteAboutNobodyForm(NoteForm):
    """The same where no record was found."""

    about_whom = Text("About whom?", hint="As they said it.", max_length=200)
    listed_number = NhsNumber(
        "Their NHS number", check=_is_number, required=False,
        hint="Where they stand on a hospital's list and have no record: what the list says of them "
        "is then shown.",
    )  # fmt: skip
    field_order = ("about_whom", "listed_number")


class DayForm(NhsForm):
    """One day."""

    on = Date("On which day?", past=True)


class IdentityForm(NhsForm):
    """How it is certain who asks."""

    how = Choice("How do you know that it is them?", choices=RightsRequest.Identity.choices)
    on = Date("Since which day is it certain?", past=True)


class AskBackForm(NhsForm):
    """What they were asked, and when."""

    asked = LongText("What did you ask them?", hint="Only what you need to find what they mean.",
                     rows=3)  # fmt: skip
    asked_on = Date("When did you ask?", past=True)


class AnswerForm(NhsForm):
    """What they answered, and when."""

    answer = LongText("What did they answer?", rows=3)
    answered_on = Date("When did the answer come?", past=True)


class ExtendForm(NhsForm):
    """Two more months, and why."""

    reason = LongText("Why is more time needed?",
                      hint="Only because it is complex, or because they ask for several things.",
                      rows=3)  # fmt: skip
    told_on = Date("On which day were they told, with this reason?", past=True)


class DecideForm(NhsForm):
    """What is done, and why, in words the person can be told."""

    decision = Choice("What is decided?", choices=RightsRequest.Decision.choices)
    reason = LongText("The reasons, as the person is told them", rows=5)
    version = Version()


class ObjectionDecideForm(DecideForm):
    """For an objection: what was weighed."""

    reason = LongText(
        "What was weighed, and why it came out so",
        hint="Their reasons and what it means for them, against why the service needs it. "
        "The service has to show compelling grounds to go on.",
        rows=6,
    )


class GivenForm(NhsForm):
    """When and how the person was told, or given their copy."""

    on = Date("When were they told?", past=True)
    how = Choice("How?", choices=How.choices)


class ReplyForm(GivenForm):
    """When and how the person was told what is decided now."""

    version = Version()


class ReviewForm(NhsForm):
    """What of one item is given."""

    given = Choice(
        "What is given?",
        choices=(("all", "All of it"), ("some", "All but some of it"), ("none", "Nothing of it")),
        reveals={"some": "without"},
    )
    without = Choices("What is left out?", choices=())
    why = Choice("Why is it held back?", choices=ItemReview.Why.choices, required=False,
                 hints={"harm": "A health professional gives an opinion first."},
                 reveals={"harm": "opinion"})  # fmt: skip
    words = LongText("The reason, in words", hint="Kept here, not given to the person.", rows=3,
                     required=False)  # fmt: skip
    opinion = LongText("What does the health professional say?", rows=3, required=False)
    opinion_by = Text("The health professional's name and profession", required=False,
                      hint="Only where you fear serious harm.", max_length=200)  # fmt: skip
    opinion_on = Date("Day of their opinion", past=True, required=False,
                      hint="Only where you fear serious harm.")  # fmt: skip

    def __init__(self, *args: Any, parts: list[tuple[str, str]] = (), **kwargs: Any) -> None:  # type: ignore[assignment]
        super().__init__(*args, **kwargs)
        self.fields["without"].choices = list(parts)

    @property
    def said(self) -> dict[str, Any]:
        """As the action takes it."""
        kept: dict[str, Any] = self.cleaned_data
        return as_review(kept)


def as_review(said: dict[str, Any]) -> dict[str, Any]:
    """The answers as the action takes them."""
    return {
        **{name: value for name, value in said.items() if name != "given"},
        "given": said["given"] != "none",
        "without": said["without"] if said["given"] == "some" else [],
    }


class CorrectForm(NhsForm):
    """What is wrong in one item, and what is right; or their own words beside it."""

    field = Choice("Which part?", choices=())
    outcome = Choice(
        "What is done?",
        choices=(("right", "Put it right"), ("stays", "It stays, with their words beside it")),
        reveals={"right": "value", "stays": "statement"},
    )
    value = LongText("What it should say", hint="A date as 1980-02-03.", rows=2)
    statement = LongText("What they say, in their words", rows=3)
    reason = LongText("Why", hint="Kept with what it said before.", rows=2)

    def __init__(self, *args: Any, parts: list[tuple[str, str]] = (), **kwargs: Any) -> None:  # type: ignore[assignment]
        super().__init__(*args, **kwargs)
        self.fields["field"].choices = list(parts)


class TellForm(NhsForm):
    """A recipient was told, or why that cannot be."""

    outcome = Choice(
        "Were they told?", choices=(("told", "Yes"), ("cannot", "No, and they cannot be")),
        reveals={"told": "how", "cannot": "cannot"},
    )  # fmt: skip
    how = Text("How?", hint="For example by secure mail, to whom.", max_length=200)
    cannot = Text("Why not?", hint="It is impossible, or would take far too much.",
                  max_length=300)  # fmt: skip
    on = Date("On which day?", past=True, required=False)


class HoldForm(NhsForm):
    """Why the record is not used for now."""

    ground = Choice("Why?", choices=ProcessingHold.Ground.choices)
    reason = LongText("More about it", rows=3, required=False)


class LiftForm(NhsForm):
    """Why it may be used again, and when the person was told."""

    reason = LongText("Why may it be used again?", rows=3)
    told_on = Date("On which day were they told that it will be?", past=True)


class SendBackForm(NhsForm):
    """What should be different."""

    note = LongText("What should be different?", rows=3)
