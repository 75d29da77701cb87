"""Forms as the rooms write them: declare fields, get NHS drawing, reveals and drafts.

class CallForm(NhsForm):
    reached = Choice("Did you reach them?", choices=..., reveals={"no": "why"})
    why = LongText("What happened?", count=500)
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from django import forms
from django.forms.utils import ErrorDict
from django.http import QueryDict

from openhiu.web.design.dates import Date
from openhiu.web.design.fields import (
    Amount,
    Choice,
    Choices,
    Email,
    LongText,
    NhsNumber,
    Phone,
    Row,
    Rows,
    Secret,
    Select,
    Text,
    Tick,
    TimeOfDay,
    Upload,
    Version,
    Whole,
    YesNo,
)

__all__ = [
    "Amount",
    "Choice",
    "Choices",
    "Date",
    "Email",
    "LongText",
    "NhsForm",
    "NhsModelForm",
    "NhsNumber",
    "Phone",
    "Row",
    "Rows",
    "Secret",
    "Select",
    "Text",
    "Tick",
    "TimeOfDay",
    "Upload",
    "Version",
    "Whole",
    "YesNo",
]


class Asking:
    """What every form here can do beyond Django's: hide what does not apply, take up a draft."""

    use_required_attribute = False
    restored = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})

    @property
    def revealing(self) -> dict[str, tuple[str, str]]:
        """For each field shown only after an answer: the field and the answer that show it."""
        return {
            shown: (name, str(value))
            for name, field in self.fields.items()  # type: ignore[attr-defined]
            for value, shown in getattr(field, "look", {}).get("reveals", {}).items()
        }

    def _clean_fields(self) -> None:
        """Read every field; what belongs to an answer not given is left out, right or wrong."""
        super()._clean_fields()  # type: ignore[misc]
        for shown in self.revealing:
            if not self.applies(shown):
                self._errors.pop(shown, None)
                self.cleaned_data[shown] = self.nothing(shown)

    def applies(self, name: str) -> bool:
        """True when the answers given so far show this field."""
        if name not in self.revealing:
            return True
        asked, wanted = self.revealing[name]
        answer = self.answer(asked)
        return wanted in answer and self.applies(asked)

    def answer(self, name: str) -> list[str]:
        """What was ticked or chosen in a field, as texts."""
        given = self[name].value()  # type: ignore[index]
        return [str(item) for item in (given if isinstance(given, list | tuple) else [given])]

    def nothing(self, name: str) -> Any:
        """The empty value of a field."""
        field = self.fields[name]  # type: ignore[attr-defined]
        if isinstance(field, Choices):
            return []
        return getattr(field, "empty_value", None)

    @classmethod
    def from_draft(cls, saved: Mapping[str, list[str]] | None, **kwargs: Any) -> Self:
        """The form as it was left, unjudged; without a draft, a fresh one.

        Args:
            saved: field names and the texts posted under each, as drafts.js sent them.
            kwargs: what the form takes besides data (initial, prefix, instance).
        """
        if not saved:
            return cls(**kwargs)
        data = QueryDict(mutable=True)
        for key, values in saved.items():
            data.setlist(key, values)
        form = cls(data, **kwargs)
        form._errors, form.cleaned_data = ErrorDict(), {}
        form.restored = True
        return form

    _errors: Any
    cleaned_data: dict[str, Any]


class NhsForm(Asking, forms.Form):
    """A form of its own."""


class NhsModelForm(Asking, forms.ModelForm):
    """A form over one row; declare the fields with this room's classes."""
