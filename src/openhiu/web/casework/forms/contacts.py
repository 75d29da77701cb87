"""The one-minute contact log: what is typed on a phone comes in, the fields of a contact go out.

Choices where choices help, one large box for the human part, and no template for it.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django.utils import timezone

from openhiu.web.casework import lifecycle, reaching
from openhiu.web.casework.actions.contacts import BY_RHYTHM, LEAVE
from openhiu.web.casework.models import Case, Contact, Visit
from openhiu.web.design.forms import (
    Choice,
    Date,
    LongText,
    NhsForm,
    Select,
    Text,
    Tick,
    TimeOfDay,
    Version,
    Whole,
)
from openhiu.web.design.words import plural, short_day
from openhiu.web.team.hours import DAY_NAMES, next_day_at_work

ON_A_DAY: Final = "day"
_NOON: Final = time(12)
LONGEST_MINUTES: Final = 600
_SAID: Final = (
    "who", "how", "reached", "what_mattered", "next_step", "against_plan_reason", "who_words",
    "began_by", "minutes",
)  # fmt: skip
_WHO: Final = (
    (Contact.Who.CLIENT, "Them"),
    (Contact.Who.NETWORK, "Someone around them"),
    (Contact.Who.PROFESSIONAL, "A professional"),
)


class SaidForm(NhsForm):
    """What is written down about one contact, new or corrected."""

    who = Select("Who with?", choices=_WHO, initial="client")
    how = Select("How?", choices=Contact.How.choices, initial="phone")
    reached = Select("Reached?", choices=Contact.Reached.choices, missing="Say if you reached them")
    what_mattered = LongText("What mattered", required=False, rows=3)
    next_step = Text("Next step", required=False, max_length=300)
    against_plan_reason = Text(
        "Why, against the contact-safety plan?", required=False, max_length=300
    )
    who_words = Text("Their name or role", required=False, max_length=200)
    began_by = Choice(
        "Who began it?",
        choices=(("us", "We did"), ("them", "They did")),
        initial="us",
        inline=True,
        small=True,
    )
    minutes = Whole("Minutes", required=False, min_value=0, max_value=LONGEST_MINUTES)
    on = Date("Day", required=False, past=True, hint="If it was not just now.")
    clock = TimeOfDay("Time", required=False, hint="Such as 14:30")

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case = case

    def clean(self) -> dict[str, Any]:
        """Judge the whole: whether it may be written down so, and why against the plan."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors:
            said["at"] = self.moment(said["on"], said["clock"])
            self._judge(said)
        return said

    def moment(self, day: date | None, clock: time | None) -> datetime:
        """When it happened: now, unless a day or time is given; a day without a time is noon."""
        today = timezone.localdate()
        if clock is None and day in (None, today):
            return timezone.now()
        return timezone.make_aware(datetime.combine(day or today, clock or _NOON))

    def _judge(self, said: dict[str, Any]) -> None:
        at = said["at"]
        if at > timezone.now() + timedelta(minutes=1):
            self.add_error("clock", "This is still ahead. Set a next contact instead")
            return
        why = reaching.why_not_record(self.case, who=said["who"], began_by=said["began_by"], at=at)
        if why:
            self.add_error(None, why)
            return
        against = reaching.against_plan(
            self.case, who=said["who"], how=said["how"], reached=said["reached"]
        )
        if against and not said["against_plan_reason"].strip():
            self.add_error("against_plan_reason", f"{against} Say why it was right this time")

    @property
    def asks_why(self) -> bool:
        """Whether the reason against the plan is to be shown."""
        return bool("against_plan_reason" in self.errors or self["against_plan_reason"].value())

    @property
    def more_open(self) -> bool:
        """Whether something further down was filled in or is wrong."""
        names = ("who_words", "minutes", "on", "clock", "began_by")
        wrong = any(name in self.errors for name in names)
        return wrong or any(self._typed(name) for name in names)

    def _typed(self, name: str) -> bool:
        value = self[name].value()
        return any(value) if isinstance(value, list) else bool(value) and value != "us"


class ContactForm(SaidForm):
    """A new contact with the day of the next one, suggested from the rhythm."""

    task = Tick("Make this a task for me", required=False)
    next_contact = Choice("Next contact", choices=(), small=True, reveals={ON_A_DAY: "next_on"})
    next_on = Date("Which day?", future=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["next_contact"].choices = next_choices(self.case)
        self.fields["next_contact"].initial = BY_RHYTHM

    def clean(self) -> dict[str, Any]:
        """A task needs words: those of the next step."""
        said = super().clean()
        if said.get("task") and not said.get("next_step"):
            self.add_error("next_step", "Enter the next step that is your task")
        return said


class CorrectionForm(SaidForm):
    """One's own contact again, with the version it was drawn from."""

    version = Version()

    def moment(self, day: date | None, clock: time | None) -> datetime:
        """When it happened; what was not changed keeps its seconds."""
        before: datetime = self.initial["at"]
        shown = timezone.localtime(before)
        same = day in (None, shown.date()) and clock in (None, _to_the_minute(shown))
        return before if same else super().moment(day or shown.date(), clock)


class ErrorForm(NhsForm):
    """Why a contact is marked as entered in error."""

    reason = Text(
        "What is wrong with it?",
        hint="For example: written on the wrong client. Do not repeat private details.",
        max_length=300,
    )


def next_choices(case: Case) -> list[tuple[str, str]]:
    """The chips: by the rhythm, tomorrow, a week, two weeks, another day, as it is."""
    chips = [(BY_RHYTHM, rhythm_words(case))]
    steady = case.phase != lifecycle.WALKING_BACKWARDS.key
    for key, words, days in (("1", "Tomorrow", 1), ("7", "A week", 7), ("14", "Two weeks", 14)):
        day = days_ahead(case, key)
        if day and not (steady and days == case.rhythm_days):
            tomorrow = (day - timezone.localdate()).days == 1
            named = words if days > 1 or tomorrow else DAY_NAMES[day.weekday()]
            chips.append((key, f"{named}, {short_day(day)}"))
    chips.append((ON_A_DAY, "Another day"))
    if case.next_contact_on and case.next_contact_on > timezone.localdate():
        chips.append((LEAVE, f"As planned, {short_day(case.next_contact_on)}"))
    return chips


def rhythm_words(case: Case) -> str:
    """What the rhythm suggests, with the day; walking backwards it depends on being kept."""
    today = timezone.localdate()
    plain = next_day_at_work(case.lead, today + timedelta(days=case.rhythm_days))
    kept = lifecycle.rhythm_after(case.phase, case.rhythm_days, kept=True)
    if kept == case.rhythm_days:
        return f"By the rhythm, {short_day(plain)} ({plural(case.rhythm_days, 'day')})"
    return f"By the plan: {kept} days if you spoke, {case.rhythm_days} if not"


def after_visit(visit: Visit) -> dict[str, Any]:
    """A new contact as a finished visit suggests it: they met, on that day, for so long."""
    began, back = visit.out_at or visit.starts_at, visit.back_at
    at = timezone.localtime(began)
    minutes = int((back - began).total_seconds() // 60) if back else None
    said = {"how": Contact.How.VISIT, "on": at.date(), "clock": _to_the_minute(at)}
    return said | ({"minutes": minutes} if minutes and minutes <= LONGEST_MINUTES else {})


def said_of(data: dict[str, Any]) -> dict[str, Any]:
    """The fields of actions.contacts.Said, from a clean form."""
    return {name: data[name] for name in (*_SAID, "at")}


def next_of(case: Case, data: dict[str, Any]) -> date | str:
    """What record_contact takes as `next_contact`, from a clean form."""
    choice = str(data["next_contact"])
    if choice == ON_A_DAY:
        day: date = data["next_on"]
        return day
    return days_ahead(case, choice) or choice


def days_ahead(case: Case, key: str) -> date | None:
    """The day a chip of a number of days means, on a day the lead works; None for others."""
    if not key.isdigit():
        return None
    return next_day_at_work(case.lead, timezone.localdate() + timedelta(days=int(key)))


def initial_of(contact: Contact) -> dict[str, Any]:
    """The form of a contact as it stands."""
    at = timezone.localtime(contact.at)
    values = {name: getattr(contact, name) for name in (*_SAID, "at", "version")}
    return {**values, "on": at.date(), "clock": _to_the_minute(at)}


def _to_the_minute(at: datetime) -> time:
    return at.time().replace(second=0, microsecond=0)
