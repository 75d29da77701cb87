"""What is asked of whoever delivers activity, and of whoever filters it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from openhiu.web.design.fields import Drawn
from openhiu.web.design.forms import Choices, Date, NhsForm, Tick
from openhiu.web.design.words import today
from openhiu.web.monitoring.presenters import KINDS
from openhiu.web.monitoring.watched import tomorrow


class ManyFiles(forms.ClearableFileInput):
    """Several files chosen at once."""

    allow_multiple_selected = True


class Files(Drawn, forms.FileField):
    """Files as a list, at least one."""

    kind = "upload"
    ask = "Choose"
    widget = ManyFiles

    def clean(self, value: Any, initial: Any = None) -> list[Any]:  # noqa: ARG002 (Django's)
        """Every file that was sent."""
        sent = [file for file in (value or []) if file]
        if not sent:
            raise ValidationError(self.error_messages["required"], code="required")
        return sent


class DeliverForm(NhsForm):
    """The folder of `hiu monitor`, as its files or as one zip."""

    # Not `files`: a form has that name for everything that was sent.
    feed = Files(
        "Files of the feed",
        hint="Choose manifest.json, client_activity.csv and coverage.csv together, or one zip of "
        "the folder",
        missing="Choose the files of the feed",
    )
    although_older = Tick(
        "Take it in although it is older than the one in use",
        hint="Supervisors are told",
        required=False,
    )


class RunForm(NhsForm):
    """Run `hiu monitor` on the configured store."""

    as_of = Date(
        "As-of date",
        hint="The first day that no longer counts: tomorrow, for all that is known by now",
    )
    although_older = Tick(
        "Take it in although it is older than the one in use",
        hint="Supervisors are told",
        required=False,
    )

    def clean_as_of(self) -> date:
        """Not before there was an NHS, and not after tomorrow."""
        day: date = self.cleaned_data["as_of"]
        if day > tomorrow(today()):
            raise ValidationError("As-of date must be tomorrow or earlier", code="ahead")
        if day.year < 1948:
            raise ValidationError("As-of date must be after 1948", code="year")
        return day


class KindForm(NhsForm):
    """Which kinds the table shows."""

    kind = Choices("Show", choices=tuple(KINDS.items()), required=False, small=True)
