"""Which criteria a list or a contract is made by: what was asked for and the place come in; the
criteria, and whether anybody chose them, go out.
"""

from __future__ import annotations

from pathlib import Path

from openhiu.errors import ConfigurationFault, WrongUsage
from openhiu.identify.criteria import Criteria
from openhiu.identify.criteria_file import load_preset, read_criteria
from openhiu.locality import Locality
from openhiu.report.criteria import commissioned


def criteria_of(
    preset: str | None, criteria: Path | None, place: Locality
) -> tuple[Criteria, bool]:
    """Those asked for, or those the place has commissioned, or the default, chosen by nobody."""
    if preset and criteria:
        raise WrongUsage("--preset and --criteria were both given", remedy="give one of the two")
    if criteria:
        return read_criteria(criteria), True
    if preset:
        return load_preset(preset), True
    _refuse_where_it_is_not_there(place.service.criteria_file)
    return commissioned(place)


def _refuse_where_it_is_not_there(file: Path | None) -> None:
    """Settings may have come without the files beside them: never another definition instead."""
    if file is not None and not file.exists():
        raise ConfigurationFault(
            "the criteria that [service] names do not lie beside the settings", file=file.name,
            remedy="name them with --criteria, or with --locality settings that they lie beside",
        )  # fmt: skip
