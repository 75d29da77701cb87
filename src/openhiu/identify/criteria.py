"""Criteria: who is to be listed, read from a preset or a local TOML file.

A name or a path comes in; a `Criteria` goes out that can also say itself in plain English. The file
format is described in docs/reference/criteria.md.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from importlib import resources
from pathlib import Path
from typing import Any, Final

from openhiu.errors import ConfigurationFault, WrongUsage
from openhiu.locality import refuse_unknown_keys
from openhiu.tables import codes

DEFAULT_PRESET: Final = "spec-top-250"
NO_AGE_LIMIT: Final = 999

_KEYS: Final = {"name", "title", "source", "window_months", "rules", "people", "attendances",
                "exclusions_file", "suggest_at_least"}  # fmt: skip
_PEOPLE_KEYS: Final = {"youngest", "oldest"}
_ATTENDANCE_KEYS: Final = {"department_types", "categories", "leave_out_statuses", "one_per"}
_RULE_KEYS: Final = {"kind", "n", "more_than", "at_least", "at_most", "month"}
_STATUS_WORDS: Final = {
    "streamed away": tuple(codes.STREAMED_AWAY),
    "dead on arrival": tuple(codes.DEAD_ON_ARRIVAL),
    "left before being seen": codes.LEFT_BEFORE_BEING_SEEN,
}


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
        return [
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
            "People known to have died are not listed.",
        ]

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


def preset_names() -> list[str]:
    """The presets that come with the product, the default first."""
    folder = resources.files("openhiu.identify") / "presets"
    names = sorted(Path(entry.name).stem for entry in folder.iterdir() if entry.name != "__init__")
    return sorted(names, key=lambda name: name != DEFAULT_PRESET)


def load_preset(name: str = DEFAULT_PRESET) -> Criteria:
    """The preset of that name. Raises WrongUsage for one that does not exist."""
    names = preset_names()
    if name not in names:
        raise WrongUsage(
            f"there is no preset called {name}", remedy=f"use one of: {', '.join(names)}"
        )
    text = (resources.files("openhiu.identify") / "presets" / f"{name}.toml").read_text("utf-8")
    return criteria_from(tomllib.loads(text), f"{name}.toml")


def read_criteria(path: Path) -> Criteria:
    """Criteria from a local TOML file. Raises ConfigurationFault naming the key."""
    try:
        raw = tomllib.loads(path.read_text("utf-8-sig"))
    except FileNotFoundError:
        raise ConfigurationFault(
            "there is no such criteria file", file=str(path), remedy="check the path"
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise ConfigurationFault(
            f"not valid TOML: {fault}", file=path.name, remedy="correct the file at that line"
        ) from None
    criteria = criteria_from(raw, path.name)
    if criteria.exclusions_file:
        return replace(criteria, exclusions_file=path.parent / criteria.exclusions_file)
    return criteria


def criteria_from(raw: Mapping[str, Any], file: str) -> Criteria:
    """Criteria from the parsed TOML of `file`; a `preset` key is not needed to change one value."""
    refuse_unknown_keys(raw, _KEYS, file, "")
    people = raw.get("people", {})
    attendances = raw.get("attendances", {})
    refuse_unknown_keys(people, _PEOPLE_KEYS, file, "people")
    refuse_unknown_keys(attendances, _ATTENDANCE_KEYS, file, "attendances")
    rules = tuple(_rule(entry, file) for entry in raw.get("rules", []))
    _refuse_contradictions(rules, file)
    exclusions = raw.get("exclusions_file")
    youngest = _whole(people, "youngest", 18, file)
    return Criteria(
        name=str(raw.get("name", Path(file).stem)),
        title=str(raw.get("title", "Local criteria")),
        source=str(raw.get("source", f"local file {file}")),
        rules=rules,
        window_months=_whole(raw, "window_months", 3, file, least=1),
        youngest=youngest,
        oldest=_whole(people, "oldest", NO_AGE_LIMIT, file, least=youngest),
        department_types=_codes(attendances, "department_types", ("01",), file),
        categories=_codes(attendances, "categories", ("1", "2", "3", ""), file),
        leave_out_statuses=_statuses(attendances, file),
        one_per=_one_per(attendances, file),
        exclusions_file=Path(str(exclusions)) if exclusions else None,
        suggest_at_least=_whole(raw, "suggest_at_least", 2, file, least=1),
    )


def _rule(entry: Mapping[str, Any], file: str) -> Rule:
    refuse_unknown_keys(entry, _RULE_KEYS, file, "rules")
    if entry.get("kind") not in list(Kind):
        raise ConfigurationFault(
            "a rule has no kind we know", file=file, remedy=f"use one of: {', '.join(Kind)}"
        )
    kind = Kind(entry["kind"])
    if kind is Kind.TOP:
        return Rule(kind, _whole(entry, "n", None, file, least=1))
    month = entry.get("month", "calendar")
    if month not in ("calendar", "rolling 30 days"):
        raise ConfigurationFault(
            "[rules] month is not known", file=file, remedy='write "calendar" or "rolling 30 days"'
        )
    if "more_than" in entry:
        least = _whole(entry, "more_than", None, file) + 1
    else:
        least = _whole(entry, "at_least", None, file, least=1)
    at_most = _whole(entry, "at_most", None, file) if "at_most" in entry else None
    return Rule(kind, least, at_most, month != "calendar", strictly="more_than" in entry)


def _refuse_contradictions(rules: tuple[Rule, ...], file: str) -> None:
    for rule in rules:
        if rule.at_most is not None and (
            rule.kind is not Kind.BAND or rule.at_most < rule.at_least
        ):
            raise ConfigurationFault(
                "at_most belongs to a rule of kind band and is not below at_least",
                file=file,
                remedy='write for example kind = "band", at_least = 5, at_most = 10',
            )
    if not rules:
        raise ConfigurationFault(
            "the criteria have no rule", file=file, remedy='add [[rules]] with kind = "top"'
        )
    single = [(rule.kind, rule.rolling) for rule in rules if rule.kind is not Kind.BAND]
    for kind, _ in single:
        if single.count((kind, _)) > 1:
            raise ConfigurationFault(
                f"there are two rules of kind {kind}", file=file, remedy="keep one of them"
            )


def _whole(
    entry: Mapping[str, Any], key: str, default: int | None, file: str, *, least: int = 0
) -> int:
    value = entry.get(key, default)
    if isinstance(value, bool) or not isinstance(value, int) or value < least:
        raise ConfigurationFault(
            f"{key} is missing or not a whole number of at least {least}",
            file=file,
            remedy=f"write for example {key} = {max(least, default or 3)}",
        )
    return value


def _codes(
    entry: Mapping[str, Any], key: str, default: tuple[str, ...], file: str
) -> tuple[str, ...] | None:
    value = entry.get(key, list(default))
    if value == "any":
        return None
    if not isinstance(value, list) or not all(isinstance(code, str) for code in value):
        raise ConfigurationFault(
            f'{key} is neither "any" nor a list of codes in quotes',
            file=file,
            remedy=f"write for example {key} = {list(default)}",
        )
    return tuple(value)


def _statuses(entry: Mapping[str, Any], file: str) -> tuple[str, ...]:
    words = _codes(entry, "leave_out_statuses", ("streamed away", "dead on arrival"), file) or ()
    statuses: list[str] = []
    for word in words:
        statuses.extend(_STATUS_WORDS.get(word, (word,)))
    return tuple(statuses)


def _one_per(entry: Mapping[str, Any], file: str) -> OnePer:
    try:
        return OnePer(entry.get("one_per", "minute"))
    except ValueError:
        raise ConfigurationFault(
            "one_per is not known", file=file, remedy=f"use one of: {', '.join(OnePer)}"
        ) from None


def _status_labels(statuses: tuple[str, ...]) -> list[str]:
    labels = [codes.DISCHARGE_STATUSES.get(status, f"code {status}") for status in statuses]
    return list(dict.fromkeys(labels))
