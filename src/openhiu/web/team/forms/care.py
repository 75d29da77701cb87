"""Forms of looking after people: talks, training, checks, a buddy, strain, notes, settings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.utils import timezone

from openhiu.web.design.forms import (
    Choice,
    Date,
    LongText,
    NhsForm,
    Row,
    Text,
    Version,
    Whole,
)
from openhiu.web.team import overload, rhythms
from openhiu.web.team.models import BusySpell
from openhiu.web.team.queries import own

_NO_CASES: Final = "Never anything about a client."


class WithForm(NhsForm):
    """Somebody here, or somebody elsewhere in words."""

    with_member = Row(
        "With a colleague here", queryset=None, required=False, empty_label="Nobody here"
    )
    with_words = Text(
        "Or with somebody elsewhere",
        required=False,
        max_length=200,
        hint="Their name and where they work.",
    )

    def __init__(self, *args: Any, colleagues: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["with_member"].queryset = colleagues
        self.fields["with_member"].label_from_instance = by_name

    def clean(self) -> dict[str, Any]:
        """One of the two."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not (said.get("with_member") or said.get("with_words")):
            self.add_error("with_member", "Choose a colleague, or say with whom below")
        return said


class TalkForm(WithForm):
    """That a talk took place."""

    field_order = ("kind", "on", "with_member", "with_words", "minutes", "next_on")
    kind = Choice("What was it?", choices=[(key, one.label) for key, one in rhythms.TALKS.items()])
    on = Date(
        "When?", past=True, hint=f"That it took place is noted, not what was said. {_NO_CASES}"
    )
    minutes = Whole("Minutes", required=False, min_value=1, max_value=600)
    next_on = Date(
        "When is the next?",
        required=False,
        future=True,
        hint="Leave empty to go by the rhythm of the service.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = timezone.localdate()


class TrainingForm(NhsForm):
    """That somebody was trained."""

    subject = Choice(
        "What was it about?",
        choices=[
            *((key, one.label) for key, one in rhythms.SUBJECTS.items()),
            (rhythms.OTHER, "Something else"),
        ],
        reveals={rhythms.OTHER: "subject_words"},
    )
    subject_words = Text("What?", max_length=200)
    done_on = Date("When?", past=True)
    expires_on = Date(
        "Until when does it count?",
        required=False,
        future=True,
        hint="Leave empty to go by the service's setting.",
    )
    with_words = Text("Who gave it?", required=False, max_length=200)


class CheckForm(NhsForm):
    """That a DBS certificate was seen."""

    issued_on = Date("Day on the certificate", past=True)
    checked_on = Date("Day you saw it", past=True, hint="Or asked the DBS update service.")
    due_on = Date(
        "When is it looked at again?",
        required=False,
        future=True,
        hint="At the latest a year after. Leave empty for a year.",
    )
    last_four = Text(
        "Last four figures of its number",
        required=False,
        max_length=4,
        width=4,
        inputmode="numeric",
        hint="Only these, or none. Nothing that the certificate says.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["checked_on"].initial = timezone.localdate()


class BuddyForm(WithForm):
    """With whom somebody learns."""


class StrainForm(NhsForm):
    """Three questions for oneself."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key, question in own.QUESTIONS.items():
            self.fields[key] = Choice(
                question,
                choices=list(own.ANSWERS.items()),
                coerce=int,
                small=True,
                inline=True,
                missing=f"Choose an answer: {question[:1].lower()}{question[1:]}",
            )
        self.fields["words"] = LongText("Anything you want to remember", required=False, rows=3)


class NoteForm(NhsForm):
    """A note for oneself."""

    words = LongText(
        "Your note", rows=5, missing="Write a few words", hint=f"Only you can read it. {_NO_CASES}"
    )


class AnswerForm(NhsForm):
    """How it is."""

    answer = Choice("How is it?", choices=BusySpell.Answer.choices)
    words = Text(
        "A few words, if you like",
        required=False,
        max_length=300,
        hint="Whoever looks after you reads this together with the sentence above.",
    )


class SettingsForm(NhsForm):
    """What the service settles for its workers."""

    version = Version()
    assistance = LongText(
        "Help in confidence",
        required=False,
        rows=3,
        hint="Employee assistance or staff support: who, and how to reach them.",
    )
    peers = LongText(
        "HIU leads elsewhere",
        required=False,
        rows=2,
        hint="The national network of HIU leads, and how to join.",
    )
    without_check = LongText(
        "While a DBS check is overdue", required=False, rows=2, hint=rhythms.WITHOUT_CHECK
    )
    visit_words = LongText(
        "What a buddy does when someone is not back",
        required=False,
        rows=3,
        hint="Stands on the card beside the steps that are always there.",
    )
    visit_phones = LongText(
        "Numbers on the printed day sheet",
        required=False,
        rows=3,
        hint="Managers, switchboard, police control room: one on a line.",
    )
    buddy_after_minutes = Whole("Minutes over when the buddy is told", min_value=5, max_value=120)
    manager_after_minutes = Whole(
        "Minutes over when the manager is told", min_value=5, max_value=240
    )
    tell_after_workdays = Whole(
        "Working days until you read that somebody has a lot on",
        min_value=1,
        max_value=60,
        hint="The worker sees it first, with what it is based on. You read one general sentence.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key, one in rhythms.TALKS.items():
            self.fields[f"weeks_{key}"] = Whole(
                f"{one.label}: weeks from one to the next",
                min_value=0,
                max_value=52,
                hint=f"{one.source} 0: not asked of everybody.",
            )
        for key, subject in rhythms.SUBJECTS.items():
            self.fields[f"months_{key}"] = Whole(
                f"{subject.label}: months it counts",
                min_value=-1,
                max_value=120,
                hint=f"{subject.source} 0: for good. -1: not asked.",
            )
        for key, sign in overload.THRESHOLDS.items():
            self.fields[f"sign_{key}"] = Whole(
                f"{sign.label}: a sign from",
                min_value=0,
                max_value=500,
                suffix=sign.unit,
                hint="0: not looked at.",
            )


def settled(data: Mapping[str, Any]) -> dict[str, Any]:
    """Clean values of the settings form as fields of CareSettings."""
    groups = {"weeks_": "weeks", "months_": "months", "sign_": "thresholds"}
    made: dict[str, Any] = {name: {} for name in groups.values()}
    for name, value in data.items():
        prefix = next((start for start in groups if name.startswith(start)), "")
        if prefix:
            made[groups[prefix]][name.removeprefix(prefix)] = value
        elif name != "version":
            made[name] = value
    return made


def by_name(membership: Any) -> str:
    """A colleague with their role, in a list to choose from."""
    return f"{membership.user.name}, {membership.get_role_display()}"
