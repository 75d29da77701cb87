"""Forms of lone visits: planned in a minute on a phone; how somebody is known to be safe."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from django.utils import timezone

from openhiu.web.casework.models import Case
from openhiu.web.design.forms import (
    Choice,
    Date,
    LongText,
    NhsForm,
    Phone,
    Row,
    Text,
    Tick,
    TimeOfDay,
)

LENGTHS: Final = (
    (30, "30 minutes"), (45, "45 minutes"), (60, "1 hour"), (90, "1½ hours"), (120, "2 hours"),
    (180, "3 hours"),
)  # fmt: skip


class VisitForm(NhsForm):
    """A visit to somebody who is not a client."""

    who = Text("Who do you visit?", max_length=200, hint="Such as: a family, a service, a flat.")
    where = LongText(
        "Where?", rows=2, hint="Your buddy sees it while you are out, and then no more."
    )
    on = Date("Which day?", future=True)
    clock = TimeOfDay("From when?", hint="Such as 14:30")
    minutes = Choice("How long will you be?", choices=LENGTHS, coerce=int, initial=60, small=True,
                     inline=True)  # fmt: skip
    buddy = Row("Who looks out for you?", queryset=None, empty_label="Choose one",
                missing="Select who looks out for you")  # fmt: skip
    phone = Phone("Your number", hint="The one that reaches you out there.")

    def __init__(self, *args: Any, colleagues: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["buddy"].queryset = colleagues
        self.fields["buddy"].label_from_instance = _by_name
        now = timezone.localtime()
        self.fields["on"].initial = now.date()
        self.fields["clock"].initial = now.time().replace(second=0, microsecond=0)

    def said(self) -> dict[str, Any]:
        """The clean values as actions.visits.plan_visit takes them."""
        return said_of(self.cleaned_data)


class ClientVisitForm(VisitForm):
    """A visit to a client: who is known already."""

    who = None  # type: ignore[assignment]
    read_notices = Tick("I have read what is known, above")

    def __init__(self, *args: Any, case: Case, notices: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if case.person.restricted:
            self.fields["where"].required = False
            self.fields[
                "where"
            ].help_text = (
                "Their details are restricted: leave this empty and tell your buddy yourself."
            )
        if not notices:
            del self.fields["read_notices"]


class SafeForm(NhsForm):
    """How somebody else knows that a visitor is safe."""

    words = Text("How do you know?", max_length=300,
                 hint="Such as: I spoke with her on the phone at 16:20.")  # fmt: skip


def said_of(data: dict[str, Any]) -> dict[str, Any]:
    """Clean values as plan_visit takes them: one moment instead of a day and a time.

    On the night the clocks go back an hour comes twice; its first one is taken, so that nobody is
    told too late.
    """
    left = {key: value for key, value in data.items() if key not in ("on", "clock")}
    starts_at = timezone.make_aware(datetime.combine(data["on"], data["clock"]))
    return {**left, "starts_at": starts_at}


def _by_name(membership: Any) -> str:
    return f"{membership.user.name}, {membership.get_role_display()}"
