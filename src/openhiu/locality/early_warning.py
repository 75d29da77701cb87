"""When a place wants to be told: [early_warning] comes in; its rules and their limits go out.

`openhiu.monitor.signals` reads them; nothing is worked out here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Final

from openhiu.errors import ConfigurationFault
from openhiu.locality.reading import refuse_unknown_keys

_SECTION: Final = "early_warning"
_LONGEST: Final = 730  # the two years that a feed tells


@dataclass(frozen=True)
class EarlyWarning:
    """Which rules speak, and from where on. A rule with a number is switched off by `false`.

    `individual` is the rule of docs/explanation/early-warning.md: at least `least` attendances in
    `days`, judged against the `baseline_days` before them; `amber` and `red` are the chances below
    which it speaks, and after it spoke it is quiet for `quiet_days`. A signal about a day further
    back than `late_days` is history and is not raised; an open one expires after
    `expires_after_days`.
    """

    individual: bool = True
    amber: float = 0.05
    red: float = 0.01
    least: int = 2
    days: int = 28
    baseline_days: int = 180
    quiet_days: int = 28
    at_a_distance: bool = True
    quiet_weeks: int | None = 8
    self_harm: bool = True
    left_before_seen: bool = True
    ambulance_in_week: int | None = 2
    silence_days: int | None = 28
    expires_after_days: int = 14
    late_days: int = 28


def read_early_warning(entry: Any, file: str) -> EarlyWarning:
    """Read [early_warning]. Raises ConfigurationFault naming the key."""
    refuse_unknown_keys(entry, (part.name for part in fields(EarlyWarning)), file, _SECTION)
    given = {key: _value(entry, key, file) for key in entry}
    found = EarlyWarning(**given)
    if not found.red <= found.amber:
        raise ConfigurationFault(
            f"[{_SECTION}] red is above amber", file=file, remedy="write amber = 0.05, red = 0.01"
        )
    return found


def _value(entry: Mapping[str, Any], key: str, file: str) -> Any:
    """One value of the kind its default has; `false` switches a rule with a number off."""
    value, default = entry[key], getattr(EarlyWarning, key)
    if isinstance(default, bool):
        if isinstance(value, bool):
            return value
        raise _wrong(key, "neither true nor false", "write true or false", file)
    if isinstance(default, float):
        if isinstance(value, float) and 0 < value < 1:
            return value
        raise _wrong(key, "not a chance between 0 and 1", f"write {key} = {default}", file)
    if value is False and key in ("quiet_weeks", "ambulance_in_week", "silence_days"):
        return None
    whole = isinstance(value, int) and not isinstance(value, bool)
    if whole and 1 <= value <= _LONGEST:
        return value
    raise _wrong(key, f"not a whole number from 1 to {_LONGEST}", f"write {key} = {default}", file)


def _wrong(key: str, what: str, remedy: str, file: str) -> ConfigurationFault:
    return ConfigurationFault(f"[{_SECTION}] {key} is {what}", file=file, remedy=remedy)
