"""Reading criteria: a preset's name or the path of a TOML file comes in; a `Criteria` goes out.

The file format is described in docs/reference/criteria.md.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from importlib import resources
from pathlib import Path
from typing import Any, Final

from openhiu.errors import ConfigurationFault, WrongUsage
from openhiu.identify.criteria import NO_AGE_LIMIT, Criteria, Kind, OnePer, Rule
from openhiu.locality import refuse_unknown_keys, tables
from openhiu.tables import codes

DEFAULT_PRESET: Final = "spec-top-250"

_KEYS: Final = {"name", "title", "source", "window_months", "rules", "people", "attendances",
                "exclusions_file", "suggest_at_least"}  # fmt: skip
_PEOPLE_KEYS: Final = {"youngest", "oldest"}
_ATTENDANCE_KEYS: Final = {"department_types", "categories", "leave_out_statuses", "one_per"}
_STATUS_WORDS: Final = {
    "streamed away": tuple(codes.STREAMED_AWAY),
    "dead on arrival": tuple(codes.DEAD_ON_ARRIVAL),
    "left before being seen": codes.LEFT_BEFORE_BEING_SEEN,
}
_KEYS_OF: Final = {
    Kind.TOP: {"kind", "n"},
    Kind.MONTH: {"kind", "more_than", "at_least", "month"},
    Kind.WINDOW: {"kind", "more_than", "at_least"},
    Kind.YEAR: {"kind", "more_than", "at_least"},
    Kind.BAND: {"kind", "at_least", "at_most"},
}
_LONGEST_WINDOW: Final = 120


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
    """Criteria from a local file, TOML or JSON. Raises ConfigurationFault naming the key."""
    try:
        raw = _parsed(path.read_text("utf-8-sig"), path.suffix.lower())
    except OSError:
        raise ConfigurationFault(
            "there is no such criteria file", file=path.name, remedy="check the path"
        ) from None
    except (ValueError, RecursionError) as fault:
        raise ConfigurationFault(
            f"not valid TOML or JSON: {fault}",
            file=path.name,
            remedy="correct the file at that line",
        ) from None
    criteria = criteria_from(raw, path.name)
    if criteria.exclusions_file:
        return replace(criteria, exclusions_file=path.parent / criteria.exclusions_file)
    return criteria


def _parsed(text: str, suffix: str) -> Any:
    return json.loads(text) if suffix == ".json" else tomllib.loads(text)


def criteria_from(raw: Mapping[str, Any], file: str) -> Criteria:
    """Criteria from the parsed TOML of `file`; a `preset` key is not needed to change one value."""
    refuse_unknown_keys(raw, _KEYS, file, "")
    people = raw.get("people", {})
    attendances = raw.get("attendances", {})
    refuse_unknown_keys(people, _PEOPLE_KEYS, file, "people")
    refuse_unknown_keys(attendances, _ATTENDANCE_KEYS, file, "attendances")
    rules = tuple(_rule(entry, file) for entry in tables(raw, "rules", file))
    _refuse_contradictions(rules, file)
    exclusions = raw.get("exclusions_file")
    youngest = _whole(people, "youngest", 18, file)
    return Criteria(
        name=str(raw.get("name", Path(file).stem)),
        title=str(raw.get("title", "Local criteria")),
        source=str(raw.get("source", f"local file {file}")),
        rules=rules,
        window_months=_months(raw, file),
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
    if not isinstance(entry, Mapping) or entry.get("kind") not in list(Kind):
        raise ConfigurationFault(
            "a rule has no kind we know", file=file, remedy=f"use one of: {', '.join(Kind)}"
        )
    kind = Kind(entry["kind"])
    refuse_unknown_keys(entry, _KEYS_OF[kind], file, f"rules, kind {kind}")
    if "more_than" in entry and "at_least" in entry:
        raise ConfigurationFault(
            "a rule has both more_than and at_least", file=file, remedy="keep one of them"
        )
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


def _months(raw: Mapping[str, Any], file: str) -> int:
    months = _whole(raw, "window_months", 3, file, least=1)
    if months > _LONGEST_WINDOW:
        raise ConfigurationFault(
            f"window_months is above {_LONGEST_WINDOW}", file=file, remedy="write 3"
        )
    return months


def _codes(
    entry: Mapping[str, Any], key: str, default: tuple[str, ...], file: str
) -> tuple[str, ...] | None:
    value = entry.get(key, list(default))
    if value == "any":
        return None
    if value == []:
        raise ConfigurationFault(
            f"{key} is empty, so nothing would be counted", file=file, remedy=f'write {key} = "any"'
        )
    if not isinstance(value, list) or not all(isinstance(code, str) for code in value):
        raise ConfigurationFault(
            f'{key} is neither "any" nor a list of codes in quotes',
            file=file,
            remedy=f"write for example {key} = {list(default)}",
        )
    return tuple(value)


def _statuses(entry: Mapping[str, Any], file: str) -> tuple[str, ...]:
    if entry.get("leave_out_statuses") == []:
        return ()
    words = _codes(entry, "leave_out_statuses", ("streamed away", "dead on arrival"), file)
    if words is None:
        raise ConfigurationFault(
            'leave_out_statuses is "any"', file=file, remedy="list the endings that do not count"
        )
    statuses: list[str] = []
    for word in words:
        if word not in _STATUS_WORDS and not word.isdigit():
            raise ConfigurationFault(
                "leave_out_statuses has a word that is not known",
                file=file,
                remedy=f"use {', '.join(_STATUS_WORDS)}, or SNOMED CT codes",
            )
        statuses.extend(_STATUS_WORDS.get(word, (word,)))
    return tuple(statuses)


def _one_per(entry: Mapping[str, Any], file: str) -> OnePer:
    try:
        return OnePer(entry.get("one_per", "minute"))
    except ValueError:
        raise ConfigurationFault(
            "one_per is not known", file=file, remedy=f"use one of: {', '.join(OnePer)}"
        ) from None
