"""Criteria: who is to be listed. Values come in; a `Criteria` goes out that can say itself in plain
English. `criteria_file` reads one from a preset or a local TOML file.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from openhiu.tables import codes

NO_AGE_LIMIT: Final = 999


class Kind(StrEnum):
    """What a rule counts."""

    TOP = "top"
    MONTH = "month"
    WINDOW = "window"
    YEAR = "year"
    BAND = "band"


class OnePer(StrEnum):
    """Which rows of one person at one site are the same attendance."""

    MINUTE = "minute"
    SECOND = "second"
    ROW = "row"


@dataclass(frozen=True)
class Rule:
    """One way onto the list: the `at_least` (to `at_most`) of its kind, or the top `n`.

    `more_than = 3` in a file is `at_least = 4` here, and `strictly` so that it is said as written.
    `rolling` counts any 30 days in a row instead of calendar months.
    """

    kind: Kind
    at_least: int
    at_most: int | None = None
    rolling: bool = False
    strictly: bool = False

    @property
    def label(self) -> str:
        """The rule's short name, as the `rules` column prints it."""
        if self.kind is Kind.TOP:
            return f"top {self.at_least}"
        if self.at_most is not None:
            return f"{self.at_least} to {self.at_most} in {self.period}"
        if self.strictly:
            return f"more than {self.at_least - 1} in {self.period}"
        return f"{self.at_least} or more in {self.period}"

    @property
    def period(self) -> str:
        """What the rule counts over, in words."""
        if self.kind is Kind.MONTH:
            return "30 days" if self.rolling else "a calendar month"
        return "the window" if self.kind is Kind.WINDOW else "12 months"


@dataclass(frozen=True)
class Criteria:
    """Everything that decides who is listed. Ages are in years on the as-of date."""

    name: str
    title: str
    source: str
    rules: tuple[Rule, ...]
    window_months: int = 3
    youngest: int = 18
    oldest: int = NO_AGE_LIMIT
    department_types: tuple[str, ...] | None = ("01",)  # None: any
    categories: tuple[str, ...] | None = ("1", "2", "3", "")  # "" stands for empty
    leave_out_statuses: tuple[str, ...] = (*codes.STREAMED_AWAY, *codes.DEAD_ON_ARRIVAL)
    one_per: OnePer = OnePer.MINUTE
    exclusions_file: Path | None = None
    suggest_at_least: int = 2

    def rule(self, kind: Kind, *, rolling: bool = False) -> Rule | None:
        """The rule of that kind, if the criteria have one."""
        return next((r for r in self.rules if r.kind is kind and r.rolling is rolling), None)

    @property
    def bands(self) -> tuple[Rule, ...]:
        """The tiers, lowest first."""
        return tuple(rule for rule in self.rules if rule.kind is Kind.BAND)

    @property
    def year_at_least(self) -> int | None:
        """The fewest attendances in 12 months that can list a person; None without such a rule."""
        least = [rule.at_least for rule in self.rules if rule.kind in (Kind.YEAR, Kind.BAND)]
        return min(least) if least else None

    @property
    def any_age(self) -> bool:
        """Whether age plays no part."""
        return self.youngest <= 0 and self.oldest >= NO_AGE_LIMIT

    def sentences(self) -> list[str]:
        """The criteria as plain sentences, for the cover sheet and the manifest."""
        told = [
            f"People are listed by these rules: {'; '.join(rule.label for rule in self.rules)}.",
            f"The window is the {self.window_months} calendar months before the as-of date.",
            self._age_sentence(),
            self._department_sentence(),
            self._category_sentence(),
            "Attendances with these endings are not counted: "
            + (", ".join(_status_labels(self.leave_out_statuses)) or "none")
            + ".",
            {
                OnePer.MINUTE: "Rows of one person at one site in the same minute count once.",
                OnePer.SECOND: "Rows of one person at one site in the same second count once.",
                OnePer.ROW: "Every row counts, also exact repeats.",
            }[self.one_per],
        ]
        if self.exclusions_file:
            told.append("People whom the hospital set aside with a reason are not listed.")
        return [*told, "People known to have died are not listed."]

    def _age_sentence(self) -> str:
        if self.any_age:
            return "People of every age are counted."
        if self.oldest >= NO_AGE_LIMIT:
            return f"People aged {self.youngest} and over on the as-of date are counted."
        return f"People aged {self.youngest} to {self.oldest} on the as-of date are counted."

    def _department_sentence(self) -> str:
        if self.department_types is None:
            return "Attendances at every type of department are counted."
        known = [codes.DEPARTMENT_TYPES.get(c, f"code {c}") for c in self.department_types]
        return f"Attendances at these departments are counted: {', '.join(known)}."

    def _category_sentence(self) -> str:
        if self.categories is None:
            return "Attendances of every category are counted, planned ones too."
        known = [codes.ATTENDANCE_CATEGORIES.get(c, f"code {c}") for c in self.categories if c]
        empty = " or with no category recorded" if "" in self.categories else ""
        return f"Attendances of these categories are counted: {'; '.join(known)}{empty}."

    def as_dict(self) -> dict[str, Any]:
        """Every criterion spelled out, for the manifest."""
        return {
            "name": self.name,
            "title": self.title,
            "source": self.source,
            "window_months": self.window_months,
            "rules": [
                {"kind": r.kind.value, "at_least": r.at_least, "at_most": r.at_most,
                 "rolling_30_days": r.rolling, "label": r.label}
                for r in self.rules
            ],
            "youngest": self.youngest,
            "oldest": None if self.oldest >= NO_AGE_LIMIT else self.oldest,
            "department_types": "any" if self.department_types is None
            else list(self.department_types),
            "categories": "any" if self.categories is None else list(self.categories),
            "leave_out_statuses": list(self.leave_out_statuses),
            "one_per": self.one_per.value,
            "exclusions_file": self.exclusions_file.name if self.exclusions_file else None,
            "suggest_at_least": self.suggest_at_least,
        }  # fmt: skip


def _status_labels(statuses: tuple[str, ...]) -> list[str]:
    labels = [codes.DISCHARGE_STATUSES.get(status, f"code {status}") for status in statuses]
    return list(dict.fromkeys(labels))
