"""What is typed about working weeks: a member's pattern, the service's hours and closed days."""

from __future__ import annotations

import re
from datetime import date, time
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final

from django.core.exceptions import ValidationError

from openhiu.web.design.forms import (
    Amount,
    Date,
    LongText,
    NhsForm,
    Tick,
    TimeOfDay,
    Version,
    Whole,
)
from openhiu.web.team.hours import DAY_NAMES

# A whole post nationally; half an hour of a day of more than six is for eating.
WHOLE_WEEK_HOURS: Final = Decimal("37.5")
_MEAL_AFTER: Final = Decimal(6)
_MEAL: Final = Decimal("0.5")
Kept = list[list[str] | None]


class WeekForm(NhsForm):
    """Seven days, each from when to when, or empty where nobody works."""

    def __init__(self, *args: Any, week: Kept | None = None, **more: Any) -> None:
        super().__init__(*args, **more)
        for number, name in enumerate(DAY_NAMES):
            begins, ends = (week[number] if week else None) or ("", "")
            for end, label, value in (("from", "from", begins), ("to", "to", ends)):
                key = f"day{number}_{end}"
                self.fields[key] = TimeOfDay(f"{name}, {label}", required=False)
                self.initial.setdefault(key, value)
        self.order_fields([*(key for key in self.fields if key.startswith("day"))])

    @property
    def days(self) -> list[tuple[str, Any, Any]]:
        """Each day with its two boxes, for the page."""
        return [
            (name, self[f"day{number}_from"], self[f"day{number}_to"])
            for number, name in enumerate(DAY_NAMES)
        ]

    @property
    def other_fields(self) -> list[Any]:
        """What is asked besides the week."""
        return [bound for bound in self.visible_fields() if not bound.name.startswith("day")]

    def clean(self) -> dict[str, Any]:
        """Both times of a day or neither, the first before the second, and some day at all."""
        week: Kept = []
        for number, name in enumerate(DAY_NAMES):
            first, last = (self.cleaned_data.get(f"day{number}_{end}") for end in ("from", "to"))
            if bool(first) != bool(last):
                missing = "to" if first else "from"
                self.add_error(f"day{number}_{missing}", f"{name} needs both times, or neither")
            elif first and last and first >= last:
                self.add_error(f"day{number}_to", f"{name} must end after it begins")
            week.append([_kept(first), _kept(last)] if first and last else None)
        if not self.errors and not any(week):
            self.add_error("day0_from", "Enter the hours of at least one day")
        self.cleaned_data["week"] = week
        return self.cleaned_data


class PatternForm(WeekForm):
    """The working week of one member."""

    from_day = Date("From which day?")
    wte = Amount(
        "Part of a whole post",
        required=False,
        min_value=Decimal("0.05"),
        max_value=1,
        hint="Like 0.6. Leave empty to work it out from the hours: 37.5 a week is a whole post, "
        "half an hour of a long day is for eating",
    )

    def clean(self) -> dict[str, Any]:
        """Where no part was typed, it follows from the hours."""
        said = super().clean()
        if said.get("wte") is None and "wte" not in self.errors and any(said["week"]):
            said["wte"] = share_of(said["week"])
        return said


class OpeningForm(WeekForm):
    """The service's hours, closed days and how choosing pauses before leave."""

    closed_days = LongText(
        "Other days the service is closed",
        required=False,
        count=2000,
        hint="One a line, the date first: 24/12/2026 Christmas Eve. Bank holidays of England are "
        "known already",
    )
    pause_before_leave = Whole(
        "Days at work before leave without new people",
        min_value=0,
        max_value=30,
        hint="Nobody new is begun with just before their lead goes away",
    )
    steady_weeks = Tick(
        "Ask for a reason when more people are chosen than the week\u2019s part of the quarter",
        required=False,
    )
    version = Version()

    def clean_closed_days(self) -> list[list[str]]:
        """Days and words as they are kept."""
        lines = [line.strip() for line in self.cleaned_data["closed_days"].splitlines()]
        return sorted(_closed(line) for line in lines if line)


def share_of(week: Kept) -> Decimal:
    """The part of a whole post that the hours of a week are, at most 1."""
    hours = sum((_worked(day) for day in week if day), Decimal(0))
    part = (hours / WHOLE_WEEK_HOURS).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    return min(Decimal(1), max(Decimal("0.05"), part))


def closed_words(kept: list[list[str]]) -> str:
    """Closed days as one types them."""
    return "\n".join(f"{date.fromisoformat(day):%d/%m/%Y} {words}".strip() for day, words in kept)


def _worked(day: list[str]) -> Decimal:
    begins, ends = (time.fromisoformat(at) for at in day)
    minutes = (ends.hour - begins.hour) * 60 + ends.minute - begins.minute
    hours = Decimal(minutes) / 60
    return hours - _MEAL if hours > _MEAL_AFTER else hours


def _kept(at: time) -> str:
    return f"{at:%H:%M}"


def _closed(line: str) -> list[str]:
    found = re.match(r"(\d{1,2})[/. ](\d{1,2})[/. ](\d{4})\b[\s,:-]*(.*)", line)
    if not found:
        raise ValidationError("Begin each line with a date, like 24/12/2026 Christmas Eve")
    try:
        day = date(int(found[3]), int(found[2]), int(found[1]))
    except ValueError:
        raise ValidationError("Each line must begin with a real date, like 24/12/2026") from None
    return [day.isoformat(), found[4].strip()[:60] or "Closed"]
