"""What is typed about a service of the area, about room there, and when a file is brought."""

from __future__ import annotations

import re
from typing import Any, Final

from django import forms as django_forms

from openhiu.web.design.forms import (
    Choice,
    Choices,
    Date,
    Email,
    LongText,
    NhsForm,
    Phone,
    Row,
    Select,
    Text,
    Tick,
    Upload,
    Version,
    Whole,
)
from openhiu.web.directory import hours, needs
from openhiu.web.directory.models import Listing
from openhiu.web.directory.words import DAYS, OFFERS, ROUTES

_TIMES_WRONG: Final = "Write times like 9am to 5pm, or 24 hours; leave it empty when closed"
HOURS_FIELDS: Final = {day: f"hours_{day.lower()}" for day in DAYS}
# The long form in parts, each under its heading.
PARTS: Final = (
    ("What it is", ("name", "organisation", "partner", "description", "needs")),
    ("Who it is for", ("eligibility", "age_from", "age_to", "areas", "offers")),
    ("Getting in", ("routes", "how_to_refer", "cost", "cost_words")),
    ("When", (*HOURS_FIELDS.values(), "bank_holidays", "hours_words")),
    ("Contact", ("phone", "text_number", "textphone", "email", "web", "address_1", "address_2",
                 "town", "postcode")),
)  # fmt: skip


class _Times(Text):
    """The hours of one day, as people write them; gives spells."""

    def clean(self, value: Any) -> Any:
        """Spells of the day, or a sentence with two examples."""
        typed = str(super().clean(value))
        try:
            return hours.read_spells(typed)
        except ValueError:
            raise django_forms.ValidationError(f"{self.label}: {_TIMES_WRONG}") from None

    def prepare_value(self, value: Any) -> Any:
        """Stored spells as they would be typed."""
        if isinstance(value, list):
            return hours.spells_words(value) if value else ""
        return value


class ListingForm(NhsForm):
    """Everything about one service. Only the name is asked for."""

    name = Text("Name of the service", max_length=200)
    organisation = Text("Organisation", required=False, max_length=200)
    partner = Row(
        "Is it one we have a sharing agreement with?",
        None,
        required=False,
        empty_label="No, or not known",
    )
    description = LongText("What they do", hint="In plain words.", required=False, rows=3)
    needs = Choices("What they help with", choices=needs.choices, required=False, small=True)
    eligibility = LongText("Who it is for", required=False, rows=2)
    age_from = Whole("From age", required=False, min_value=0, max_value=150, suffix="years")
    age_to = Whole("Up to age", required=False, min_value=0, max_value=150, suffix="years")
    areas = LongText(
        "Where they work",
        hint="Places or postcode districts, one on each line. Leave it empty for everywhere.",
        required=False,
        rows=3,
    )
    offers = Choices("Good to know", choices=list(OFFERS.items()), required=False, small=True)
    routes = Choices("Ways in", choices=list(ROUTES.items()), required=False, small=True)
    how_to_refer = LongText("How to get in touch or refer", required=False, rows=2)
    cost = Select("Cost", choices=Listing.Cost.choices, initial="unknown", required=False)
    cost_words = Text("About the cost", required=False, max_length=300)
    hours_mo = _Times("Monday", hint="Like 9am to 5pm", required=False, width=20)
    hours_tu = _Times("Tuesday", required=False, width=20)
    hours_we = _Times("Wednesday", required=False, width=20)
    hours_th = _Times("Thursday", required=False, width=20)
    hours_fr = _Times("Friday", required=False, width=20)
    hours_sa = _Times("Saturday", required=False, width=20)
    hours_su = _Times("Sunday", required=False, width=20)
    bank_holidays = Select(
        "On bank holidays", choices=Listing.BankHolidays.choices, initial="ask", required=False
    )
    hours_words = LongText(
        "Anything else about the hours", hint="Like every second Tuesday.", required=False, rows=2
    )
    phone = Phone("Phone", required=False, max_length=40)
    text_number = Phone("Number for text messages", required=False, max_length=40)
    textphone = Phone("Textphone", required=False, max_length=40)
    email = Email("E-mail", required=False, max_length=254)
    web = Text("Web page", required=False, max_length=500, spellcheck=False)
    address_1 = Text("Address", required=False, max_length=200)
    address_2 = Text("Address, second line", required=False, max_length=200)
    town = Text("Town", required=False, max_length=100)
    postcode = Text("Postcode", required=False, max_length=10, width=10)
    version = Version()

    def __init__(self, *args: Any, partners: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["partner"].queryset = partners

    @property
    def parts(self) -> list[tuple[str, list[Any]]]:
        """Headings with their fields."""
        return [(title, [self[name] for name in names]) for title, names in PARTS]

    def clean(self) -> dict[str, Any]:
        """The seven days as one week, places as a list, and ages the right way round."""
        said: dict[str, Any] = super().clean() or {}
        typed = {day: said.pop(name, []) for day, name in HOURS_FIELDS.items()}
        said["hours"] = {day: spells for day, spells in typed.items() if spells}
        said["areas"] = re.split(r"[\n,;]+", said.get("areas") or "")
        said["cost"] = said.get("cost") or "unknown"
        said["bank_holidays"] = said.get("bank_holidays") or "ask"
        first, last = said.get("age_from"), said.get("age_to")
        if first is not None and last is not None and first > last:
            self.add_error("age_to", "Up to age must not be below the age it begins at")
        return said


class AddListingForm(ListingForm):
    """A new service: if one much like it is here, somebody says that it is another."""

    different = Tick("It is a different service from those shown above", required=False)

    def __init__(self, *args: Any, look_for: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._look_for = look_for
        self.likely: list[Listing] = []

    def clean(self) -> dict[str, Any]:
        """Stop once to show what may be the same."""
        said = super().clean()
        told = {name: said.get(name) or "" for name in ("name", "organisation", "phone", "web")}
        self.likely = self._look_for(**told) if told["name"] else []
        if self.likely and not said.get("different"):
            self.add_error("different", "This service may be here already: look at those shown, "
                           "and tick the box when it is another")  # fmt: skip
        return {name: value for name, value in said.items() if name not in ("different", "version")}


class RoomForm(NhsForm):
    """Whether they have room, who said so and when."""

    capacity = Choice(
        "Do they have room?",
        choices=[c for c in Listing.Capacity.choices if c[0] != "unknown"],
        reveals={"waiting": "waiting_weeks"},
    )
    waiting_weeks = Whole("About how many weeks?", required=False, min_value=0, max_value=150)
    note = Text("Anything else", hint="Like: mornings only.", required=False, max_length=300)
    said_by = Text("Who said so?", hint="A role is enough, like their duty worker.",
                   max_length=200)  # fmt: skip
    heard_on = Date("When was that?", past=True)


class EndForm(NhsForm):
    """A service is no more."""

    why = Text("Why did it end, or where do people go now?", max_length=300)
    ended_on = Date("Since when?", past=True)


class FileForm(NhsForm):
    """A file of services."""

    source = Text("Whose file is it?", hint="Like the council's directory. Always use the same "
                  "words for files of one place.", max_length=200)  # fmt: skip
    file = Upload("Open Referral file", hint="JSON, up to 20 MB.", accept=".json,application/json")


class TakeOverForm(NhsForm):
    """How a file is taken over."""

    keep_ours = Choice(
        "Where we and the file both changed something",
        choices=(("ours", "Keep what stands here"), ("theirs", "Take what the file says")),
        initial="ours",
    )
    end_removed = Tick("Mark services that are no longer in the file as ended", required=False)
