"""Forms of the daily work besides contacts: tasks, outcomes, supervision, handing over, views."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from openhiu.web.casework.models import Case, CaseWeight, SupervisionNote
from openhiu.web.casework.outcomes import CATEGORIES, ONS4, ONS4_ENDS
from openhiu.web.design.forms import (
    Choice,
    Date,
    LongText,
    NhsForm,
    Row,
    Rows,
    Select,
    Text,
    Whole,
    YesNo,
)


class TaskForm(NhsForm):
    """One task, one's own."""

    words = Text("What will you do?", missing="Say what you will do", max_length=300)
    due_on = Date("By when?", required=False, future=True)


class MoveTaskForm(NhsForm):
    """Another day for a task; empty: some time."""

    due_on = Date("New day", required=False, future=True, hint="Leave empty for some time.")


class LetGoForm(NhsForm):
    """Why a task is let go."""

    reason = Text(
        "Why let it go?", hint="That is all right. A few words are enough.", max_length=300
    )


class HandTaskForm(NhsForm):
    """Who takes a task over."""

    to = Row(
        "Who will do it?", queryset=None, empty_label="Choose one", missing="Select who will do it"
    )

    def __init__(self, *args: Any, colleagues: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = colleagues
        self.fields["to"].label_from_instance = by_name


class OutcomeForm(NhsForm):
    """One thing that changed in someone's life."""

    category = Select("What changed?", choices=tuple(CATEGORIES.items()))
    words = LongText(
        "In their words", required=False, rows=3, hint="Needed when you choose another."
    )
    happened_on = Date("When?", past=True, missing="Enter the day, or about the day")

    def clean(self) -> dict[str, Any]:
        """Another says nothing without words."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("category") == "another" and not said.get("words"):
            self.add_error("words", "Say what changed")
        return said


class WellbeingForm(NhsForm):
    """The four ONS questions; each may be skipped."""

    asked_on = Date("When did they answer?", past=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, question in ONS4.items():
            self.fields[name] = Whole(
                question, required=False, min_value=0, max_value=10, hint=ONS4_ENDS
            )
        self.fields["asked_on"].initial = timezone.localdate()

    def clean(self) -> dict[str, Any]:
        """Nothing answered is fine, and then there is nothing to save."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and all(said.get(name) is None for name in ONS4):
            self.add_error(None, "Nothing was answered. That is all right: go back without saving.")
        return said


class NoteForm(NhsForm):
    """A word from supervision."""

    kind = Choice(
        "What is it?", choices=SupervisionNote.Kind.choices, initial="thought", small=True
    )
    words = LongText("Your words", required=False, rows=4, hint="The lead will read this.")

    def clean(self) -> dict[str, Any]:
        """Only thanks may stand alone."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("kind") != SupervisionNote.Kind.THANKS and not said.get("words"):
            self.add_error("words", "Write a few words")
        return said


class AnswerForm(NhsForm):
    """A supervisor's word on a limit that was passed."""

    reply = LongText(
        "Your answer", rows=3, hint="They will read it, so they know where they stand."
    )


class HandOverForm(NhsForm):
    """Which clients go to whom, until when, and why."""

    to = Row(
        "Who takes over?", queryset=None, empty_label="Choose one", missing="Select who takes over"
    )
    which = Choice(
        "Which clients?",
        choices=(("all", "All of them"), ("some", "Some of them")),
        reveals={"some": "clients"},
    )
    clients = Rows("Choose them", queryset=None, missing="Select at least one client", small=True)
    for_good = YesNo(
        "For good?",
        choices=(("no", "Until a day, as for leave"), ("yes", "For good")),
        missing="Select how long",
        reveals={"no": "until"},
        inline=False,
    )
    until = Date("First day back", future=True)
    reason = Text("Why?", hint="Both of you see this. Such as: annual leave.", max_length=300)

    def __init__(self, *args: Any, colleagues: Any, clients: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = colleagues
        self.fields["to"].label_from_instance = by_name
        self.fields["clients"].queryset = clients
        self.fields["clients"].label_from_instance = by_client


class ViewForm(NhsForm):
    """A name for the list as it is shown now."""

    name = Text("Name of this view", max_length=60, missing="Give the view a name")


def by_name(membership: Any) -> str:
    """A colleague with their role, in a list to choose from."""
    return f"{membership.user.name}, {membership.get_role_display()}"


def by_client(case: Case) -> str:
    """A client in a list to choose from."""
    return str(case.person.full_name)


class WeightForm(NhsForm):
    """How much of one's time a client takes."""

    said = Choice("How much of your time do they take?", choices=CaseWeight.Said.choices)
    reason = Text(
        "Why?",
        required=False,
        max_length=300,
        hint="A few words. Needed for lighter and heavier, so that you know later when to change "
        "it back",
    )
