"""What is typed about leave and cover."""

from __future__ import annotations

from typing import Any

from openhiu.web.access.models import Membership
from openhiu.web.design.forms import Choice, Date, NhsForm, Row, Rows, Tick, Version
from openhiu.web.team.models import Leave


def by_name(member: Membership) -> str:
    """A colleague as one chooses them: name, and team where they have one."""
    return f"{member.user.name}, {member.team.name}" if member.team else str(member.user.name)


class DaysForm(NhsForm):
    """From when until when, with half days, and who is asked to cover."""

    from_day = Date("First day away")
    from_midday = Tick("At work in the morning of that day", required=False)
    until_day = Date("Last day away")
    until_midday = Tick("Back at midday on that day", required=False)
    covering = Rows(
        "Who covers?",
        None,
        required=False,
        hint="Each is asked and says yes or no. Choose several where one does not work every day",
    )

    def __init__(self, *args: Any, colleagues: Any, needed: bool = True, **more: Any) -> None:
        super().__init__(*args, **more)
        if not needed:
            del self.fields["covering"]
            return
        self.fields["covering"].queryset = colleagues
        self.fields["covering"].label_from_instance = by_name

    def clean(self) -> dict[str, Any]:
        """It ends after it begins."""
        first, last = self.cleaned_data.get("from_day"), self.cleaned_data.get("until_day")
        if first and last and last < first:
            self.add_error("until_day", "The last day must not be before the first")
        return self.cleaned_data


class LeaveForm(DaysForm):
    """Leave as it is asked for."""

    kind = Choice(
        "What kind of leave?",
        choices=Leave.Kind.choices,
        hint="Seen by you and your supervisor. Colleagues see only that you are away",
    )
    field_order = ("kind", "from_day", "from_midday", "until_day", "until_midday", "covering")


class ChangeLeaveForm(DaysForm):
    """Leave with other days."""

    version = Version()


class AskCoverForm(NhsForm):
    """One more colleague, for some days."""

    covering = Row("Who can cover?", None)
    first = Date("From")
    last = Date("Until")

    def __init__(self, *args: Any, colleagues: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["covering"].queryset = colleagues
        self.fields["covering"].label_from_instance = by_name

    def clean(self) -> dict[str, Any]:
        """It ends after it begins."""
        first, last = self.cleaned_data.get("first"), self.cleaned_data.get("last")
        if first and last and last < first:
            self.add_error("last", "The last day must not be before the first")
        return self.cleaned_data
