"""What is asked about an early warning, about a hard day, and of whoever sets the rules."""

from __future__ import annotations

from calendar import month_name
from decimal import Decimal
from typing import Any, Final

from openhiu.web.design.forms import Amount, LongText, NhsForm, Select, Text, Tick, Version, Whole
from openhiu.web.monitoring.models import EarlyWarningRules

_MONTHS: Final = tuple((number, month_name[number]) for number in range(1, 13))
# Asked in per cent: "1 in 20 by chance alone" is 5.
_SHARES: Final = ("amber", "red")


class AnswerForm(NhsForm):
    """More about what was done, where there is more to say: the buttons say the rest."""

    words = LongText(
        "Anything more (optional)", required=False, count=2000, rows=2,
        hint="For whoever answers next time: what helped, what they said",
    )  # fmt: skip


class HardDayForm(NhsForm):
    """One day of the year that is hard for somebody."""

    day = Whole("Day", min_value=1, max_value=31)
    month = Select("Month", choices=_MONTHS, coerce=int)
    words = Text(
        "What day it is (optional)", required=False, max_length=200,
        hint="In their words, or leave it empty",
    )  # fmt: skip


class RulesForm(NhsForm):
    """The early-warning rules of a service. An empty number switches its rule off."""

    individual = Tick("More often than usual for them", required=False)
    amber = Amount(
        "Amber, in per cent", min_value=Decimal("0.01"), max_value=50, decimal_places=2, suffix="%",
        hint="How rare by chance alone it must be. 5 means once in 20; smaller means fewer signals",
    )  # fmt: skip
    red = Amount("Red, in per cent", min_value=Decimal("0.01"), max_value=50, decimal_places=2,
                 suffix="%")  # fmt: skip
    least = Whole("At least so many visits in four weeks", min_value=1, max_value=20)
    at_a_distance = Tick("Any visit while open at a distance", required=False)
    quiet_weeks = Whole(
        "First visit after so many quiet weeks", required=False, min_value=2, max_value=52,
        hint="Empty: this rule is off",
    )  # fmt: skip
    self_harm = Tick("Self-harm or thoughts of suicide recorded at A&E", required=False)
    left_before_seen = Tick("Left before being seen", required=False)
    ambulance_in_week = Whole(
        "So many ambulances within a week", required=False, min_value=1, max_value=20,
        hint="Empty: this rule is off",
    )  # fmt: skip
    silence_days = Whole(
        "Nothing heard for so many days", required=False, min_value=7, max_value=180,
        hint="Empty: this rule is off",
    )  # fmt: skip
    expires_after_days = Whole(
        "Too old to act on after so many days", min_value=3, max_value=60,
        hint="The supervisor still answers for it",
    )  # fmt: skip
    feed_every_days = Whole(
        "Newer data are agreed to come every so many days", required=False, min_value=1,
        max_value=62, hint="A working day later everybody is told that they are missing. "
        "Empty: as often as they came so far",
    )  # fmt: skip
    reason = LongText("Why the rules change", count=300, rows=2, required=False)
    version = Version()

    @staticmethod
    def first(kept: EarlyWarningRules | None) -> dict[str, Any]:
        """The form's first values: the rules in force, or the defaults."""
        now = kept or EarlyWarningRules(version=0)
        names = [name for name in RulesForm.base_fields if name != "reason"]
        found = {name: getattr(now, name) for name in names}
        return found | {name: _in_per_cent(found[name]) for name in _SHARES}

    @property
    def values(self) -> dict[str, Any]:
        """The rules as they were typed, in the shape they are kept in."""
        said = dict(self.cleaned_data)
        said |= {name: float(said[name] / 100) for name in _SHARES}
        return {name: said[name] for name in said if name not in ("reason", "version")}


def _in_per_cent(share: float) -> str:
    return f"{Decimal(str(share)) * 100:f}".rstrip("0").rstrip(".")
