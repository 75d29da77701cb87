"""Form fields in NHS words: what was typed comes in, a clean value or a plain sentence goes out.

Every field takes its label first, then `hint`, `missing` (the sentence when it is left empty) and
how it is drawn (see LOOKS). The drawing itself is in jinja2/design/forms.html.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from openhiu.web.design.words import initial_lower

# What a template may be told about a field beyond its label, hint and value.
LOOKS = (
    "width", "type", "inputmode", "autocomplete", "prefix", "suffix", "spellcheck", "classes",
    "rows", "count", "threshold", "inline", "small", "hints", "reveals", "divider", "exclusive",
    "accept", "size", "autocapitalize",
)  # fmt: skip


class Drawn(forms.Field):
    """A field that knows how it is drawn and what to say when it is wrong."""

    kind = "input"
    ask = "Enter"
    look_of_all: dict[str, Any] = {}  # noqa: RUF012 - read, never written

    def __init__(self, label: str, *, hint: str = "", missing: str = "", **options: Any) -> None:
        given = {name: options.pop(name) for name in LOOKS if name in options}
        self.look: dict[str, Any] = {**self.look_of_all, **given}
        told = options.pop("error_messages", {})
        super().__init__(label=label, help_text=hint, **options)
        named = initial_lower(label)
        asked = f"an answer: {named}" if label.endswith("?") else named
        said = missing or f"{self.ask} {asked}"
        self.error_messages |= {
            "required": said,
            "invalid_choice": f"Choose {named} from those shown",
            "max_length": f"{label} must be %(limit_value)d characters or fewer",
            "min_length": f"{label} must be %(limit_value)d characters or more",
            "min_value": f"{label} must be %(limit_value)s or more",
            "max_value": f"{label} must be %(limit_value)s or fewer",
            **({} if self.kind == "upload" else {"invalid": self.wrong(label)}),
            **told,
        }

    def wrong(self, label: str) -> str:
        """The sentence for something typed that cannot be read."""
        return f"{label} is not in a form we can read"


class Text(Drawn, forms.CharField):
    """One line of text."""


class LongText(Drawn, forms.CharField):
    """Several lines; `count=500` shows how many characters are left and limits to it."""

    kind = "textarea"
    widget = forms.Textarea

    def __init__(self, label: str, **options: Any) -> None:
        if options.get("count"):
            options.setdefault("max_length", options["count"])
        super().__init__(label, **options)

    def to_python(self, value: Any) -> str:
        """Line ends as one character, so that a count is the same here and in the browser."""
        return str(super().to_python(str(value or "").replace("\r\n", "\n")))


class Email(Drawn, forms.EmailField):
    """An e-mail address."""

    look_of_all = {"type": "email", "autocomplete": "off", "spellcheck": False}  # noqa: RUF012

    def wrong(self, label: str) -> str:
        """Show the form wanted."""
        return f"{label} must look like name@example.com"


class Phone(Drawn, forms.CharField):
    """A telephone number: digits, spaces, brackets and a leading plus."""

    look_of_all = {"type": "tel", "autocomplete": "off", "width": 20}  # noqa: RUF012

    def clean(self, value: Any) -> Any:
        """What was typed, when it has 7 to 15 digits and nothing strange."""
        text = super().clean(value)
        digits = re.sub(r"\D", "", text)
        if text and (not re.fullmatch(r"\+?[\d\s().-]+", text) or not 7 <= len(digits) <= 15):
            raise ValidationError(f"{self.label} must be a telephone number, like 01632 960 001")
        return text


class Whole(Drawn, forms.IntegerField):
    """A whole number."""

    look_of_all = {"inputmode": "numeric", "width": 4, "spellcheck": False}  # noqa: RUF012
    widget = forms.TextInput

    def wrong(self, label: str) -> str:
        """Say that only digits are read."""
        return f"{label} must be a whole number, like 15"


class Amount(Drawn, forms.DecimalField):
    """A number with decimals; `prefix="£"` for money."""

    look_of_all = {"inputmode": "decimal", "width": 5, "spellcheck": False}  # noqa: RUF012
    widget = forms.TextInput

    def wrong(self, label: str) -> str:
        """Say that only a number is read."""
        return f"{label} must be a number, like 12.50"


class NhsNumber(Drawn, forms.CharField):
    """An NHS number with or without spaces; gives ten digits. `check` proves the check digit."""

    look_of_all = {  # noqa: RUF012
        "inputmode": "numeric", "width": 10, "spellcheck": False, "autocomplete": "off",
    }  # fmt: skip

    def __init__(
        self, label: str = "NHS number", *, check: Callable[[str], bool], **options: Any
    ) -> None:
        options.setdefault("hint", "10 digits, for example 999 123 4567")
        super().__init__(label, **options)
        self.check = check

    def clean(self, value: Any) -> Any:
        """Ten digits, or a sentence that never repeats what was typed."""
        digits = re.sub(r"[\s\u00a0\u2010-\u2015-]", "", super().clean(value))
        if digits and not re.fullmatch(r"[0-9]{10}", digits):
            raise ValidationError(f"{self.label} must be 10 digits")
        if digits and not self.check(digits):
            raise ValidationError(f"{self.label} is not a valid NHS number: check each digit")
        return digits


class Choice(Drawn, forms.TypedChoiceField):
    """One of a few, as radios. `hints={value: text}`, `reveals={value: field name}`."""

    kind = "radios"
    ask = "Select"
    widget = forms.RadioSelect


class YesNo(Choice):
    """Yes or no, as True or False; nothing is chosen beforehand."""

    look_of_all = {"inline": True}  # noqa: RUF012

    def __init__(self, label: str, **options: Any) -> None:
        options.setdefault("choices", (("yes", "Yes"), ("no", "No")))
        options.setdefault("missing", f"Select yes or no: {initial_lower(label)}")
        options.setdefault("empty_value", None)
        super().__init__(label, coerce=lambda value: value == "yes", **options)

    def prepare_value(self, value: Any) -> Any:
        """A stored True or False as the radio that shows it."""
        return {True: "yes", False: "no"}.get(value, value) if value is not None else value


class Select(Drawn, forms.TypedChoiceField):
    """One of many, as a drop-down list; "Choose one" stands first when nothing else is empty."""

    kind = "select"
    ask = "Select"


class Choices(Drawn, forms.TypedMultipleChoiceField):
    """Several, as checkboxes. `exclusive=value` unticks all others ("none of these")."""

    kind = "checkboxes"
    ask = "Select"
    widget = forms.CheckboxSelectMultiple

    def clean(self, value: Any) -> Any:
        """The list chosen; the exclusive choice stands alone."""
        chosen = super().clean(value)
        if self.look.get("exclusive") in chosen and len(chosen) > 1:
            raise ValidationError(f"{self.label}: choose either the last box or the others")
        return chosen


class Tick(Drawn, forms.BooleanField):
    """One box to tick: True or False."""

    kind = "tick"
    ask = "Tick to say:"


class Row(Drawn, forms.ModelChoiceField):
    """One row of a queryset, as a drop-down list; `kind="radios"` for a few."""

    ask = "Select"

    def __init__(self, label: str, queryset: Any, *, kind: str = "select", **options: Any) -> None:
        self.kind = kind
        if kind == "radios":
            options.setdefault("empty_label", None)
        super().__init__(label, queryset=queryset, **options)


class Rows(Drawn, forms.ModelMultipleChoiceField):
    """Several rows of a queryset, as checkboxes."""

    kind = "checkboxes"
    ask = "Select"
    widget = forms.CheckboxSelectMultiple

    def __init__(self, label: str, queryset: Any, **options: Any) -> None:
        super().__init__(label, queryset=queryset, **options)


class TimeOfDay(Drawn, forms.Field):
    """A time as people write it: 14:30, 1430, 2.30pm, 9am."""

    look_of_all = {"width": 5, "spellcheck": False, "autocomplete": "off"}  # noqa: RUF012
    widget = forms.TextInput

    def wrong(self, label: str) -> str:
        """Show two forms that are read."""
        return f"{label} must be a time, like 14:30 or 2.30pm"

    def to_python(self, value: Any) -> time | None:
        """A time, or None when nothing was typed."""
        if isinstance(value, time) or value in self.empty_values:
            return value or None
        found = re.fullmatch(
            r"(\d{1,2})(?:[:.]?([0-5]\d))?\s*([ap])?\.?m?\.?", str(value).strip().lower()
        )
        if not found or not (found[2] or found[3]):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return self.on_the_clock(int(found[1]), int(found[2] or 0), found[3])

    def on_the_clock(self, hour: int, minute: int, half: str | None) -> time:
        """Twelve- or twenty-four-hour figures as a time."""
        if (half and not 1 <= hour <= 12) or hour > 23:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return time(hour % 12 + 12 * (half == "p") if half else hour, minute)

    def prepare_value(self, value: Any) -> Any:
        """A stored time as 14:30."""
        return f"{value:%H:%M}" if isinstance(value, time) else value


class Upload(Drawn, forms.FileField):
    """One file; `accept=".csv,.xlsx"` narrows the choice in the browser only."""

    kind = "upload"
    ask = "Choose"


class Secret(Drawn, forms.CharField):
    """A password, never filled in again and never stripped."""

    kind = "password"
    widget = forms.PasswordInput

    def __init__(self, label: str, **options: Any) -> None:
        super().__init__(label, strip=False, **options)


class Version(forms.IntegerField):
    """The version of the row that the form was drawn from, hidden."""

    widget = forms.HiddenInput

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"required": False, **options})
