"""Forms of the agreed plan: its texts, who does what, agreeing, the client's say, copies."""

from __future__ import annotations

from typing import Any

from openhiu.web.design.forms import (
    Choice,
    Choices,
    Date,
    LongText,
    NhsForm,
    Row,
    Text,
    Version,
)
from openhiu.web.mdt.models import AgreedPlan, Copy


class PlanForm(NhsForm):
    """The texts of a version."""

    signs = LongText("Early-warning signs", rows=4, required=False,
                     hint="What they, and those around them, notice first.")  # fmt: skip
    helps = LongText("What helps", rows=4, required=False,
                     hint="In their words where you can.")  # fmt: skip
    come_if = LongText(
        "Come to A&E or call 999 if", rows=3,
        hint="Every plan says when A&E is the right place. Nobody is told not to come.",
    )  # fmt: skip
    version = Version()


class RowForm(NhsForm):
    """Who does what."""

    organisation = Row("Organisation", queryset=None, required=False,
                       empty_label="None of these: I write the name",
                       hint="To be named here gives an organisation no copy.")  # fmt: skip
    who = Text("Who?", max_length=200, required=False,
               hint="A hospital, a service, a ward, a person.")  # fmt: skip
    does = LongText("What do they do?", rows=3)
    call = Text("Whom to call", max_length=200, required=False)
    hours = Text("When", max_length=200, required=False, hint="For example, every day, 8 to 8.")

    def __init__(self, *args: Any, organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations


class _ClientSays(NhsForm):
    client_says = Choice(
        "What does the client say?",
        choices=AgreedPlan.ClientSays.choices,
        reveals={"agreed": "words_agreed", "seen": "words_seen"},
    )
    words_agreed = LongText("In their words", required=False, rows=2)
    words_seen = LongText("What do they want changed?", rows=2)

    def client_words(self) -> str:
        """What they said, whichever box it stands in."""
        said = self.cleaned_data
        return str(said.get("words_agreed") or said.get("words_seen") or "")


class AgreeForm(_ClientSays):
    """Who agreed it, when, until when, and what the client says."""

    there = Choices("Who was there?", choices=(), missing="Select who was there")
    agreed_on = Date("When was it agreed?", past=True)
    expires_on = Date("Until when is it good?", future=True,
                      hint="Six months is usual, a year the most.")  # fmt: skip
    field_order = ("there", "agreed_on", "expires_on", "client_says")

    def __init__(self, *args: Any, members: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["there"].choices = [
            (str(one.pk), ", ".join((one.membership.user.name, one.post, _where(one))))
            for one in members
        ]


def _where(member: Any) -> str:
    return str(member.membership.organisation.name)


class ClientSaysForm(_ClientSays):
    """What the client says about the plan in force."""

    client_on = Date("When?", past=True, required=False)


class CopyForm(NhsForm):
    """To whom a copy goes."""

    organisation = Row("Which organisation?", queryset=None, kind="radios")
    to_whom = Text("To whom there?", max_length=200, required=False,
                   hint="A ward, a desk, a person.")  # fmt: skip

    def __init__(self, *args: Any, organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations


class ConfirmForm(NhsForm):
    """What became of a copy."""

    how = Choice("What did you do with it?", choices=Copy.Done.choices,
                 reveals={"not_found": "words"})  # fmt: skip
    words = Text("Where did you look?", max_length=300)
