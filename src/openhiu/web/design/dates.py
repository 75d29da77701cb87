"""A date typed in three boxes, as NHS forms have it: three texts in, a date or a sentence out."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from openhiu.web.design import words
from openhiu.web.design.fields import Drawn

BOXES = ("day", "month", "year")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


class ThreeBoxes(forms.Widget):
    """Reads `name_day`, `name_month` and `name_year` from what was posted."""

    def value_from_datadict(
        self,
        data: Any,
        files: Any,  # noqa: ARG002
        name: str,
    ) -> list[str]:
        """The three texts as typed; one ISO date under the plain name is understood too."""
        iso = str(data.get(name) or "").split("-")
        if len(iso) == 3:
            return iso[::-1]
        return [str(data.get(f"{name}_{box}") or "").strip() for box in BOXES]

    def value_omitted_from_data(
        self,
        data: Any,
        files: Any,  # noqa: ARG002
        name: str,
    ) -> bool:
        """True when none of the boxes was posted."""
        return not any(key in data for key in (name, *(f"{name}_{box}" for box in BOXES)))


class Date(Drawn, forms.Field):
    """A date in three boxes. `past=True` or `future=True` limit it; today is in both."""

    kind = "date"
    widget = ThreeBoxes

    def __init__(
        self, label: str, *, past: bool = False, future: bool = False, **options: Any
    ) -> None:
        super().__init__(label, **options)
        self.past, self.future = past, future

    def clean(self, value: Any) -> date | None:
        """A real date within its limits, or None when nothing was typed and nothing is needed.

        The code of an error names the boxes that are wrong, so that they can be marked.
        """
        typed = shown(value)
        empty = [box for box, text in zip(BOXES, typed, strict=True) if not text]
        if len(empty) == 3:
            if self.required:
                raise ValidationError(self.error_messages["required"], code=" ".join(BOXES))
            return None
        if empty:
            asked = " and ".join(empty)
            raise ValidationError(f"{self.label} must include a {asked}", code=" ".join(empty))
        return self.within(self.real(*typed))

    def real(self, day: str, month: str, year: str) -> date:
        """The date that three texts name; a month may be written as a word."""
        if not (year.isascii() and year.isdigit() and len(year) == 4):
            raise ValidationError(f"{self.label}: year must be 4 numbers, like 1974", code="year")
        if month[:3].lower() in MONTHS:
            month = str(MONTHS.index(month[:3].lower()) + 1)
        try:
            return date(int(year), int(month), int(day))
        except ValueError:
            message = f"{self.label} must be a real date, like 22 11 2026"
            raise ValidationError(message, code=" ".join(BOXES)) from None

    def within(self, when: date) -> date:
        """The date itself when it is on the right side of today."""
        if self.past and when > words.today():
            raise ValidationError(f"{self.label} must be today or earlier", code=" ".join(BOXES))
        if self.future and when < words.today():
            raise ValidationError(f"{self.label} must be today or later", code=" ".join(BOXES))
        self.run_validators(when)
        return when

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare what the boxes show."""
        return shown(initial) != shown(data)


def shown(value: Any) -> list[str]:
    """The texts of the three boxes for a date, for three texts, or for nothing."""
    if isinstance(value, date):
        return [str(value.day), str(value.month), str(value.year)]
    return [str(text) for text in value] if value else ["", "", ""]
