"""Forms for the plan: the client's own words, the crisis card, reasons, goals and network."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError

from openhiu.web.casework import needs
from openhiu.web.casework.models import Goal, NetworkMember, Step
from openhiu.web.design.forms import (
    Choice,
    Choices,
    Date,
    LongText,
    NhsForm,
    Phone,
    Select,
    Text,
    Tick,
    Version,
)

OWN_WORDS = "In their own words. It is kept exactly as you type it."
REASONS = tuple(needs.CATEGORIES.items())


class WordsForm(NhsForm):
    """What matters to someone and what they are good at."""

    what_matters = LongText("What matters to them", hint=OWN_WORDS, required=False, rows=5)
    strengths = LongText(
        "Strengths", hint="What they are good at, who and what keeps them going.", required=False,
        rows=4,
    )  # fmt: skip
    version = Version()


class CardForm(NhsForm):
    """The crisis plan: what to look for, what helps, whom to call, when A&E is right."""

    warning_signs = LongText("Signs that it is getting hard", required=False, rows=3)
    what_helps = LongText("What helps", required=False, rows=3)
    what_harms = LongText("What makes it worse", required=False, rows=3)
    people_to_call = LongText(
        "People to call", hint="One a line, with their number.", required=False, rows=3
    )
    come_if = LongText(
        "Come to A&E or call 999 if",
        hint="When A&E is the right place. Never leave this out to keep someone away.",
        rows=3,
        missing="Say when they should come to A&E or call 999",
    )
    out_of_hours = LongText(
        "Who answers out of hours", required=False, rows=3,
        hint="The card shows the service's own numbers when this is empty.",
    )  # fmt: skip
    version = Version()


class ReasonsForm(NhsForm):
    """Several real reasons at once, sure or perhaps."""

    certain = Choices("Reasons you are sure of", choices=REASONS, required=False, small=True)
    perhaps = Choices("Perhaps", choices=REASONS, required=False, small=True,
                      hint="You think so, but it may be something else.")  # fmt: skip
    words = Text("Another reason: which?", required=False, max_length=200)

    def clean(self) -> dict[str, Any]:
        """Each reason is in one list, there is at least one, and another one has words."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        sure, maybe = set(said.get("certain") or ()), set(said.get("perhaps") or ())
        if sure & maybe:
            raise ValidationError("Choose either sure or perhaps for each reason")
        if needs.ANOTHER in sure | maybe and not said.get("words", "").strip():
            self.add_error("words", "Say what the other reason is")
        if not sure | maybe:
            raise ValidationError("Choose at least one reason")
        return said


class ReasonForm(NhsForm):
    """More about one reason."""

    words = LongText("What it is about", hint=OWN_WORDS, required=False, rows=3)
    certain = Choice(
        "How sure are you?",
        choices=(("yes", "Sure"), ("perhaps", "Perhaps"), ("away", "It turned out not to be this")),
    )
    missing_service = Text(
        "A service that was needed and could not be found",
        hint="Name the kind of service, never the person. Commissioners read it.",
        required=False,
        max_length=200,
    )
    met_on = Date("No longer a worry since", past=True, required=False)


class AddGoalForm(NhsForm):
    """A goal and perhaps a first small step."""

    words = LongText("What do they want?", hint=OWN_WORDS, rows=3)
    first_step = Text("A first small step", required=False, max_length=300)


class GoalForm(NhsForm):
    """A goal said differently, reached, or let go."""

    words = LongText("What do they want?", hint=OWN_WORDS, rows=3)
    state = Choice("Where is it?", choices=Goal.State.choices)
    version = Version()


class StepForm(NhsForm):
    """One small step."""

    words = Text("Step", max_length=300)
    whose = Choice(
        "Whose step is it?", choices=Step._meta.get_field("whose").choices, initial="client"
    )
    due_on = Date("By when", required=False)


class NetworkForm(NhsForm):
    """A person or service around the client."""

    name = Text("Name", max_length=200)
    kind = Choice("Person or service?", choices=NetworkMember.Kind.choices, inline=True)
    relation = Text("Who they are", hint="Like sister, neighbour, housing officer.",
                    required=False, max_length=200)  # fmt: skip
    phone = Phone("Phone", required=False, max_length=30)
    may_contact = Select(
        "May we be in touch with them?",
        choices=NetworkMember._meta.get_field("may_contact").choices,
        missing="Say whether we may be in touch with them",
    )
    note = LongText("Good to know", required=False, rows=2)


class ChangeNetworkForm(NetworkForm):
    """The same, and whether they are still around."""

    ended = Tick("No longer around", required=False)
    version = Version()
