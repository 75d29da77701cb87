"""Forms for what is said, decided and done about a person."""

from __future__ import annotations

from typing import Any

from openhiu.web.casework.sharing import ITEMS
from openhiu.web.design.forms import Choice, Choices, Date, LongText, NhsForm, Row, Text, Version
from openhiu.web.mdt.forms.meetings import by_organisation
from openhiu.web.mdt.models import Note
from openhiu.web.mdt.seeing import MEETING

_ABOUT_HINT = (
    "Tick what it tells. An organisation reads it only when the person agreed that it may know "
    "each of these. Tick nothing when it tells no more than that the team talked."
)


# Always told with the rest, or never written into minutes.
_NEVER = (MEETING, "name", "birth_date", "nhs_number")


def about(items: frozenset[str]) -> list[tuple[str, str]]:
    """The items a writer sees themselves, to choose from."""
    return [
        (name, item.label) for name, item in ITEMS.items() if name in items and name not in _NEVER
    ]


class NoteForm(NhsForm):
    """What was said or decided, and what of the record it tells."""

    kind = Choice("Was this said or decided?", choices=Note.Kind.choices, initial="said",
                  inline=True)  # fmt: skip
    words = LongText("What?", rows=3, hint="In a sentence or two. Others at the table read it.")
    items = Choices("What does it tell?", choices=(), required=False, small=True, hint=_ABOUT_HINT)
    version = Version()

    def __init__(self, *args: Any, sees: frozenset[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["items"].choices = about(sees)


class ActionForm(NhsForm):
    """Who does what by when."""

    words = Text("What will be done?", max_length=300)
    owner = Row("Who will do it?", queryset=None, empty_label="Choose one")
    due_on = Date("By which day?", future=True)
    items = Choices("What does it tell?", choices=(), required=False, small=True, hint=_ABOUT_HINT)

    def __init__(self, *args: Any, sees: frozenset[str], people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["items"].choices = about(sees)
        self.fields["owner"].queryset = people
        self.fields["owner"].label_from_instance = by_organisation


class PassOnForm(NhsForm):
    """Who does it now, and by when."""

    owner = Row("Who will do it?", queryset=None, empty_label="Choose one")
    due_on = Date("By which day?", future=True)

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = people
        self.fields["owner"].label_from_instance = by_organisation


class DoneForm(NhsForm):
    """A word about what was done."""

    words = LongText("What happened?", required=False, rows=2, count=300,
                     hint="If the team should know more than that it is done.")  # fmt: skip


class BackForm(NhsForm):
    """Why it is handed back."""

    words = LongText("Why can you not do it?", rows=2, count=300,
                     hint="That is all right. The coordinator finds someone else.")  # fmt: skip
