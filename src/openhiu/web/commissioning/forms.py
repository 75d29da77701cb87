"""What is asked of whoever sets the area, delivers tiers or makes a document."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePosixPath
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError

from openhiu.web.commissioning.area import files, kinds
from openhiu.web.commissioning.area.reading import NotSet
from openhiu.web.commissioning.area.section import Section
from openhiu.web.design.fields import Version
from openhiu.web.design.forms import LongText, NhsForm, Tick, Upload
from openhiu.web.reporting.forms import Files

_MOST: Final = 20 * 1024**2
Check = Callable[[dict[str, Any]], None]


class Known(forms.CharField):
    """Something that a form was drawn with, hidden."""

    widget = forms.HiddenInput

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"required": False, **options})


class SectionForm(NhsForm):
    """One section, or one row of it: a field for each of its settings, read by the command line's
    own reader (`check`) before anything is saved.
    """

    version = Version()
    called = Known()  # which row it is, where it is one of several

    def __init__(
        self, *args: Any, section: Section, files: tuple[str, ...], check: Check, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.section, self.check = section, check
        for field in section.fields:
            self.fields[field.key] = kinds.asked(field, files)

    def clean(self) -> dict[str, Any]:
        """The values as they stand in a locality file, under `values`."""
        cleaned: dict[str, Any] = dict(super().clean() or {})
        values: dict[str, Any] = {}
        for field in self.section.fields:
            try:
                values[field.key] = kinds.kept(field, cleaned.get(field.key))
            except ValidationError as why:
                self.add_error(field.key, why)
        told = {**cleaned, "values": values}
        if not self.errors:
            try:
                self.check(told)
            except NotSet as why:
                self.add_error(why.key or None, why.words)
        return told


class FileForm(NhsForm):
    """A file that the settings name."""

    file = Upload("File", hint="A CSV of codes or hospitals, boundaries as GeoJSON, or criteria of "
                  "the list as TOML, up to 20 MB", accept=".csv,.geojson,.json,.toml")  # fmt: skip

    def clean_file(self) -> tuple[str, bytes]:
        """Its name and what is in it."""
        sent = self.cleaned_data["file"]
        name = PurePosixPath(str(sent.name).replace("\\", "/")).name
        if not files.NAME.fullmatch(name):
            raise ValidationError(
                "Give the file a plain name that ends in .csv, .geojson, .json or .toml"
            )
        if name in files.TAKEN:
            raise ValidationError("Give the file another name: a document needs this one itself")
        return name, _read(sent)


class AreaFileForm(NhsForm):
    """A whole locality file, alone or in a zip with the files it names."""

    area = Upload("Locality file", accept=".toml,.zip",
                  hint="A .toml, or a .zip of it together with the files it names")  # fmt: skip
    sure = Tick(
        "It takes the place of everything set here",
        hint="What was set before stays in the history",
        missing="Tick the box: what is set here now is replaced",
    )


class DeliverForm(NhsForm):
    """The folder of `hiu report tiers`."""

    tiers = Files(
        "Files of the tiers",
        hint="The folder that hiu report tiers wrote to be handed on: as one zip, or tiers.json "
        "and manifest.json together",
        missing="Choose the files of the tiers",
    )
    although_older = Tick("Put them in use although they are older than those in use",
                          required=False)  # fmt: skip


class SetAsideForm(NhsForm):
    """Why a document is put away."""

    note = LongText("Why?", count=300, rows=3, missing="Say in a few words why it is put away")


def _read(sent: Any) -> bytes:
    if sent.size > _MOST:
        raise ValidationError("The file is larger than 20 MB")
    data: bytes = sent.read()
    return data
