"""Forms of the registers: noting in a minute, working on an entry, answering, learning, clocks."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django.utils import timezone

from openhiu.web.assurance.models import Duty, Entry
from openhiu.web.assurance.registers.kinds import BODIES, DUTIES, KINDS
from openhiu.web.design.forms import (
    Choice,
    Date,
    LongText,
    NhsForm,
    Row,
    Select,
    Text,
    Tick,
    Version,
    Whole,
)

_KINDS = [("", "Choose one"), *KINDS.items()]
_HINT_NAMES = "No names: choose the person below where you can."


def by_name(membership: Any) -> str:
    """A colleague with their role, in a list to choose from."""
    return f"{membership.user.name}, {membership.get_role_display()}"


def person_name(person: Any) -> str:
    """A person in a list to choose from."""
    return f"{person.given_name} {person.family_name}".strip()


class Involved(NhsForm):
    """Whom it is about: somebody one supports, and a colleague."""

    person = Row(
        "Somebody you support", queryset=None, required=False,
        empty_label="Nobody, or not in the list",
        hint="Only who may open their record sees their name here.",
    )  # fmt: skip
    about_member = Row(
        "A member of staff it is about", queryset=None, required=False, empty_label="Nobody",
        hint="They will not be able to open this entry.",
    )  # fmt: skip

    def __init__(self, *args: Any, people: Any, colleagues: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["about_member"].queryset = colleagues
        self.fields["about_member"].label_from_instance = by_name
        self.fields["person"].queryset = people
        self.fields["person"].label_from_instance = person_name
        if not people.exists():
            del self.fields["person"]


class NoteForm(Involved):
    """What somebody notes in a minute, on a telephone."""

    field_order = (
        "register", "kind", "what", "happened_on", "data", "at_once", "from_words", "person",
        "about_member", "aware", "aware_on",
    )  # fmt: skip
    register = Choice(
        "What do you want to note?",
        choices=[
            ("incident", "Something went wrong"), ("near_miss", "Something nearly went wrong"),
            ("complaint", "A complaint"), ("compliment", "A compliment"),
        ],
        hints={
            "incident": "A serious untoward incident, or what may become one",
            "near_miss": "Nobody was harmed, but they could have been",
        },
    )  # fmt: skip
    kind = Select("What is it about?", choices=_KINDS)
    what = LongText(
        "What happened?", count=4000, rows=5, hint=f"Where, and in what order. {_HINT_NAMES}"
    )
    happened_on = Date("When did it happen?", past=True)
    data = Choice(
        "Was information about people lost, or seen by somebody who should not?",
        choices=Entry.Data.choices, inline=True,
        hint="“Not sure” starts the 72 hours within which the Information Commissioner may have "
        "to be told.",
    )  # fmt: skip
    at_once = LongText(
        "What have you done already?", required=False, count=2000, rows=3,
        hint="In danger? Ring 999 first. Then your supervisor.",
    )  # fmt: skip
    from_words = LongText(
        "Who is it from, and how can we answer?", required=False, count=500, rows=2,
        hint="For a complaint or a compliment.",
    )  # fmt: skip
    aware = Choice(
        "When did the service come to know of it?",
        choices=[("now", "Today"), ("earlier", "On an earlier day")],
        reveals={"earlier": "aware_on"},
        initial="now", inline=True,
    )  # fmt: skip
    aware_on = Date("Which day?", past=True, hint="Clocks count from the beginning of that day.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["happened_on"].initial = timezone.localdate()

    def clean(self) -> dict[str, Any]:
        """The moment from which the clocks run."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        day = said.pop("aware_on", None)
        said.pop("aware", None)
        begins = datetime.combine(day, time.min, timezone.get_current_timezone()) if day else None
        return {**said, "aware_at": begins}


class JudgeForm(Involved):
    """What kind of thing it is, how severe, and who sees to it."""

    field_order = (
        "owner", "kind", "severity", "data", "happened_on", "person", "about_member", "version",
    )  # fmt: skip
    owner = Row("Who sees to it?", queryset=None, required=False, empty_label="Nobody yet")
    kind = Select("What is it about?", choices=_KINDS)
    severity = Select(
        "How severe was it?",
        required=False,
        choices=[("", "Not judged yet"), *Entry.Severity.choices],
    )
    data = Choice(
        "Was information about people lost, or seen by somebody who should not?",
        choices=Entry.Data.choices, inline=True,
    )  # fmt: skip
    happened_on = Date("When did it happen?", past=True)
    version = Version()

    def __init__(self, *args: Any, keepers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = keepers
        self.fields["owner"].label_from_instance = by_name


class WriteForm(NhsForm):
    """What happened, what was done, what was learned."""

    what = LongText("What happened?", count=4000, rows=6, hint="What stood here before is kept.")
    at_once = LongText("What was done at once?", required=False, count=2000, rows=3)
    from_words = LongText("Who it is from, and how to answer", required=False, count=500, rows=2)
    learning = LongText(
        "What did we learn?", required=False, count=4000, rows=5,
        hint="About how we work, not about who is to blame. It may stand in the summary: no names.",
    )  # fmt: skip
    version = Version()


class WordsForm(NhsForm):
    """A few words: a note, or a reason."""

    words = LongText("What is there to add?", count=2000, rows=4)

    def __init__(self, *args: Any, label: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if label:
            self.fields["words"].label = label


class AnswerForm(NhsForm):
    """That a duty is done, or is not needed and why."""

    outcome = Choice("How does it stand?", choices=Duty.Outcome.choices)
    on = Date("When?", past=True)
    words = LongText("How, or why not", required=False, count=2000, rows=3)

    def __init__(self, *args: Any, what: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind = DUTIES[what]
        self.fields["on"].initial = timezone.localdate()
        self.fields["outcome"].choices = _outcomes(what)
        if kind.not_needed:
            self.fields[
                "words"
            ].help_text = (
                f"Needed where it is left out: {kind.not_needed[0].lower()}{kind.not_needed[1:]}."
            )


def _outcomes(what: str) -> list[tuple[str, str]]:
    done = {
        "ico": "The Information Commissioner was told", "review": "We have looked at it together",
        "answer": "The complaint was answered", "thank": "They were thanked",
        "pass_on": "It was passed on",
    }.get(what, "Done")  # fmt: skip
    left = {"ico": "They need not be told"}.get(what, "Not needed")
    found = [(str(Duty.Outcome.DONE), done)]
    if DUTIES[what].not_needed:
        found.append((str(Duty.Outcome.NOT_NEEDED), left))
    return found


class AgreedDayForm(NhsForm):
    """By when a complaint is answered."""

    to = Date("By when is it answered?", future=True)
    words = LongText(
        "How was this agreed?", count=1000, rows=3,
        hint="With whom you spoke. A later day is told to whoever complained before the old one.",
    )  # fmt: skip


class LessonForm(NhsForm):
    """One thing to change, by whom and by when."""

    words = LongText("What is to be changed?", count=1000, rows=3)
    member = Row("By whom?", queryset=None, missing="Choose who is asked")
    due_on = Date("By when?", future=True)

    def __init__(self, *args: Any, askable: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["member"].queryset = askable
        self.fields["member"].label_from_instance = by_name


class EndForm(NhsForm):
    """What became of a change."""

    words = LongText("What was done?", count=1000, rows=3)
    let_go = Tick("It is not done, but let go: the reason stands above", required=False)

    def __init__(self, *args: Any, may_let_go: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_let_go:
            del self.fields["let_go"]


class ClocksForm(NhsForm):
    """The service's own numbers."""

    commissioner_working_days = Whole(
        "Working days until the commissioner is told of an incident", min_value=1, max_value=20
    )
    person_working_days = Whole(
        "Working days until the person or their family is told", min_value=1, max_value=20
    )
    review_days = Whole("Days until an incident is looked at together", min_value=1, max_value=180)
    acknowledge_working_days = Whole(
        "Working days until a complaint is acknowledged", min_value=1, max_value=3,
        hint="Three at most (NHS complaints regulations).",
    )  # fmt: skip
    thank_working_days = Whole(
        "Working days until a compliment is answered and passed on", min_value=1, max_value=60
    )
    version = Version()


class RegistrationForm(NhsForm):
    """That somebody's entry in a professional register was seen."""

    body = Select("Which register?", choices=[("", "Choose one"), *BODIES.items()])
    body_words = Text("Its name, where it is another body", max_length=100, required=False)
    last_four = Text(
        "Last four figures of the number", required=False, max_length=4, width=4,
        hint="Only these, or none.",
    )  # fmt: skip
    expires_on = Date("Until when does it run?")
    checked_on = Date("When did you look at the public register?", past=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["checked_on"].initial = timezone.localdate()
