"""Forms for teams, their criteria, meetings, attendance and the list."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from openhiu.web.design.forms import (
    Choice,
    Choices,
    Date,
    LongText,
    NhsForm,
    Row,
    Text,
    TimeOfDay,
    Version,
    Whole,
)
from openhiu.web.design.words import LONDON
from openhiu.web.mdt.criteria import CRITERIA


def by_organisation(membership: Any) -> str:
    """A member with where they work, in a list to choose from."""
    return f"{membership.user.name}, {membership.organisation.name}"


class _People(NhsForm):
    """Forms that choose among members: each `Row` is given the same people."""

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, Row):
                field.queryset = people
                field.label_from_instance = by_organisation


class GroupForm(_People):
    """A team: its name, who chairs it as what, who keeps the momentum, when it meets."""

    name = Text("Name of the team", max_length=120)
    chair = Row("Who chairs it?", queryset=None, hint="A senior clinician.")
    chair_as = Text("Which clinical post do they hold?", max_length=120,
                    hint="For example, consultant in emergency medicine.")  # fmt: skip
    coordinator = Row(
        "Who coordinates it?", queryset=None,
        hint="A lead or a supervisor. They keep things moving between meetings.",
    )  # fmt: skip
    rhythm = Text("When does it usually meet?", max_length=120, required=False,
                  hint="For example, the second Tuesday of the month at 2pm.")  # fmt: skip
    minutes_each = Whole("Minutes for each person", min_value=3, max_value=60, initial=10)
    version = Version()


class MemberForm(_People):
    """A seat: who, and which post they hold."""

    membership = Row("Who?", queryset=None, empty_label="Choose one")
    post = Text("Which post do they hold?", max_length=120)


class CriteriaForm(NhsForm):
    """Which rules point at people, each with its number."""

    rules = Choices("Point at someone when", choices=(), required=False)
    field_order = ("rules",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rules"].choices = [
            (key, rule.label.format(n="so many")) for key, rule in CRITERIA.items()
        ]
        reveals = {}
        for key, rule in CRITERIA.items():
            if rule.number is not None:
                name = f"n_{key}"
                self.fields[name] = Whole(
                    f"How many {rule.unit}?", min_value=1, max_value=52, initial=rule.number
                )
                reveals[key] = name
        self.fields["rules"].look = {**self.fields["rules"].look, "reveals": reveals}

    def chosen(self) -> dict[str, int | None]:
        """The rules ticked and their numbers."""
        said = self.cleaned_data
        return {key: said.get(f"n_{key}") for key in said["rules"]}


class MeetingForm(NhsForm):
    """When and where."""

    on = Date("Which day?", future=True)
    at = TimeOfDay("At what time?", hint="For example, 14:00.")
    place = Text("Where?", max_length=300, hint="A room, or how to join.")
    minutes_each = Whole("Minutes for each person", min_value=3, max_value=60)
    version = Version()

    def clean(self) -> dict[str, Any]:
        """Day and time as one moment in London."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("on") and said.get("at"):
            said["starts_at"] = datetime.combine(said["on"], said["at"], LONDON)
        return said


class AnswerForm(NhsForm):
    """Whether one comes."""

    answer = Choice(
        "Will you be there?",
        choices=(("coming", "Yes"), ("sent", "Somebody comes instead"), ("apologies", "No")),
        reveals={"sent": "instead"},
    )
    instead = Text("Who comes instead, and as what?", max_length=200)


class CameForm(NhsForm):
    """Who was there, a row for each seat."""

    def __init__(self, *args: Any, seats: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seats = list(seats)
        for seat in self.seats:
            of = seat.member.membership
            key = seat.member.pk.hex
            self.fields[f"a_{key}"] = Choice(
                f"{of.user.name}, {of.organisation.name}", small=True, required=False,
                choices=[("present", "Present"), ("sent", "Sent someone"),
                         ("apologies", "Apologies"), ("absent", "No word")],
                reveals={"sent": f"i_{key}"},
                initial=seat.answer.answer if seat.answer else None,
            )  # fmt: skip
            self.fields[f"i_{key}"] = Text(
                "Who came instead, and as what?", max_length=200, required=False,
                initial=seat.answer.instead if seat.answer else "",
            )  # fmt: skip

    def said(self) -> list[tuple[Any, str, str]]:
        """Each member answered about: member, answer, who came instead."""
        found = []
        for seat in self.seats:
            key = seat.member.pk.hex
            answer = self.cleaned_data.get(f"a_{key}") or ""
            if answer:
                found.append((seat.member, answer, self.cleaned_data.get(f"i_{key}") or ""))
        return found


class CallOffForm(NhsForm):
    """Why a meeting is called off."""

    reason = Text("Why is it called off?", max_length=300, hint="Members read this.")


class ProposeForm(NhsForm):
    """Why the team should talk about someone, and which team."""

    group = Row("Which team?", queryset=None, kind="radios")
    reason = LongText(
        "Why should the team talk about them?", rows=3, count=500,
        hint="The team reads this. Say what you are worried about and what you hope for.",
    )  # fmt: skip

    def __init__(self, *args: Any, groups: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["group"].queryset = groups
        self.fields["group"].label_from_instance = lambda group: group.name


class WhyForm(NhsForm):
    """A few words about why."""

    words = Text("Why?", max_length=300, hint="A few words are enough.")


class OffForm(NhsForm):
    """Why someone comes off the list."""

    reason = Choice(
        "Why do they come off the list?",
        choices=(
            ("The plan works; they are steadier.", "The plan works; they are steadier"),
            ("They asked not to be talked about.", "They asked not to be talked about"),
            ("They moved away.", "They moved away"),
            ("Others support them now.", "Others support them now"),
            ("other", "Something else"),
        ),
        reveals={"other": "words"},
    )
    words = Text("What?", max_length=300)

    def why(self) -> str:
        """The reason in words."""
        said = self.cleaned_data
        return str(said["words"] if said["reason"] == "other" else said["reason"])
