"""What is asked of whoever delivers an evaluation, makes a report, or puts it into words."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from openhiu.web.casework.quarter import in_words
from openhiu.web.design.fields import Drawn, Version
from openhiu.web.design.forms import Choice, LongText, NhsForm, Text, Tick
from openhiu.web.reporting.place import PARTS


class ManyFiles(forms.ClearableFileInput):
    """Several files chosen at once."""

    allow_multiple_selected = True


class Files(Drawn, forms.FileField):
    """Files as a list, at least one."""

    kind = "upload"
    ask = "Choose"
    widget = ManyFiles

    def clean(self, value: Any, initial: Any = None) -> list[Any]:  # noqa: ARG002 (Django's)
        """Every file that was sent."""
        sent = [file for file in (value or []) if file]
        if not sent:
            raise ValidationError(self.error_messages["required"], code="required")
        return sent


class DeliverForm(NhsForm):
    """The folder of `hiu evaluate`, as one zip or as its files."""

    evaluation = Files(
        "Files of the evaluation",
        hint="One zip of the folder, or all its files together. Leave people.parquet out: it has "
        "a row for each client",
        missing="Choose the files of the evaluation",
    )
    although_older = Tick(
        "Put it in use although it is older than the one in use",
        hint="Supervisors are told",
        required=False,
    )


class MakeForm(NhsForm):
    """Which quarter the report is about."""

    quarter = Choice("Which quarter?", choices=())

    def __init__(self, *args: Any, quarters: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["quarter"].choices = [(one, in_words(one)) for one in quarters]


class ReviewForm(NhsForm):
    """What the second reader looked for."""

    nobody = Tick(
        "Nobody can be recognised in it: not by a quote, a story or a small number",
        missing="Read it with this question, then tick the box",
    )
    true = Tick(
        "It says what happened, and does not claim more than its figures allow",
        missing="Read it with this question, then tick the box",
    )
    note = LongText("Anything to remember", required=False, count=500, rows=3)


class SetAsideForm(NhsForm):
    """Why a draft is put away."""

    note = LongText("Why?", count=300, rows=3, missing="Say in a few words why it is put away")


class CallBackForm(NhsForm):
    """Why a published report is called back."""

    note = LongText("Why?", count=300, rows=3, missing="Say in a few words why it is called back")


class WordsForm(NhsForm):
    """Risks, the logic model and whom to ask, one thing to a line."""

    version = Version()
    contact = Text("Whom to ask about the report", required=False, max_length=200,
                   hint="A name or a role, and how to reach them. It is printed")  # fmt: skip
    risks = LongText(
        "Risks",
        required=False,
        rows=8,
        max_length=6000,
        hint="One to a line: what could go wrong | what is done about it | who looks after it",
    )
    aim = LongText("The aim of the service", required=False, rows=3, max_length=600)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key, heading, what in PARTS:
            self.fields[key] = LongText(
                heading, required=False, rows=6, max_length=3000, hint=f"{what}. One to a line"
            )

    def clean_risks(self) -> list[dict[str, str]]:
        """Each line as what, what is done, and whose it is."""
        found = []
        for number, line in enumerate(lines_of(self.cleaned_data["risks"]), 1):
            parts = [part.strip() for part in line.split("|")]
            if len(parts) > 3 or not parts[0]:
                raise ValidationError(
                    f"Risk {number}: write what could go wrong | what is done about it | who "
                    "looks after it"
                )
            found.append(dict(zip(("risk", "mitigation", "owner"), (*parts, "", ""), strict=False)))
        return found

    @property
    def logic_model(self) -> dict[str, Any]:
        """The parts that were typed; those left empty keep the words of the locality file."""
        parts: dict[str, Any] = {key: lines_of(self.cleaned_data[key]) for key, _, _ in PARTS}
        parts["aim"] = self.cleaned_data["aim"].strip()
        return {key: said for key, said in parts.items() if said}


def lines_of(text: str) -> list[str]:
    """The lines of a text that say something."""
    return [line.strip() for line in text.splitlines() if line.strip()]
