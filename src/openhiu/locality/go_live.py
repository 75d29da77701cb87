"""How a service is set up: [go_live] comes in; its date, the people who answer for it, the post and
what is done already go out. The starter pack is filled from it.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Final

from openhiu.errors import ConfigurationFault
from openhiu.locality.reading import amount, lines, refuse_unknown_keys, words
from openhiu.locality.written_days import day, days

_SECTION: Final = "go_live"
_POST: Final = "go_live.post"
_TAKES: Final = "go_live.takes"
_LONGEST: Final = 260  # working days: a year
_MOST_HOURS: Final = 60
_MOST_MONTHS: Final = 36
_WORDS: Final = (
    "service_name", "provider_named", "dpo", "caldicott_guardian", "safeguarding_lead",
    "clinical_safety_officer", "communications_lead", "analyst", "host", "supervision", "coaching",
    "phone", "email", "complaints", "privacy_notice",
)  # fmt: skip
_LINES: Final = ("controllers", "equipment", "training", "stakeholders", "partners", "done")


@dataclass(frozen=True)
class Post:
    """The post of an HIU lead, as the job description and the advert tell it."""

    title: str = "High Intensity Use (HIU) lead"
    hours: float = 37.5
    salary: str = ""
    base: str = ""
    contract: str = ""
    answers_to: str = ""
    apply_to: str = ""
    closing: datetime.date | None = None
    interviews: datetime.date | None = None


@dataclass(frozen=True)
class GoLive:
    """Setting a service up. `stakeholders` are lines "group: who"; `partners` the organisations
    that are to share with the service; `takes` are working days by the key of a step and `done`
    the keys of steps that are finished; `closed` are local days without work.
    """

    date: datetime.date | None = None
    service_name: str = ""
    provider_named: str = ""
    dpo: str = ""
    caldicott_guardian: str = ""
    safeguarding_lead: str = ""
    clinical_safety_officer: str = ""
    communications_lead: str = ""
    analyst: str = ""
    host: str = ""
    supervision: str = ""
    coaching: str = ""
    phone: str = ""
    email: str = ""
    complaints: str = ""
    privacy_notice: str = ""
    controllers: tuple[str, ...] = ()
    equipment: tuple[str, ...] = ()
    training: tuple[str, ...] = ()
    stakeholders: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    done: tuple[str, ...] = ()
    review_months: int = 6
    takes: Mapping[str, int] = field(default_factory=dict)
    closed: tuple[datetime.date, ...] = ()
    post: Post = field(default_factory=Post)


def read_go_live(entry: Any, file: str) -> GoLive:
    """Read [go_live]. Raises ConfigurationFault naming the key."""
    refuse_unknown_keys(entry, (part.name for part in fields(GoLive)), file, _SECTION)
    said: dict[str, Any] = {key: words(entry, key, file, _SECTION) for key in _WORDS}
    said |= {key: lines(entry, key, file, _SECTION) for key in _LINES}
    return GoLive(
        **said,
        date=day(entry, "date", file, _SECTION),
        review_months=_months(entry, file),
        takes=_takes(entry.get("takes", {}), file),
        closed=days(entry, "closed", file, _SECTION),
        post=_post(entry.get("post", {}), file),
    )


def _post(entry: Any, file: str) -> Post:
    refuse_unknown_keys(entry, (part.name for part in fields(Post)), file, _POST)
    hours = amount(entry, "hours", Post.hours, file, _POST)
    if not 0 < hours <= _MOST_HOURS:
        raise ConfigurationFault(
            f"[{_POST}] hours is not a week of work", file=file, remedy="write hours = 37.5"
        )
    said = ("salary", "base", "contract", "answers_to", "apply_to")
    return Post(
        title=words(entry, "title", file, _POST) or Post.title,
        hours=hours,
        **{key: words(entry, key, file, _POST) for key in said},
        closing=day(entry, "closing", file, _POST),
        interviews=day(entry, "interviews", file, _POST),
    )


def _takes(entry: Any, file: str) -> dict[str, int]:
    if not isinstance(entry, Mapping):
        raise ConfigurationFault(
            f"{_TAKES} is not a section", file=file, remedy=f"write [{_TAKES}] on a line above it"
        )
    return {key: _whole(entry, key, _LONGEST, _TAKES, file) for key in entry}


def _months(entry: Mapping[str, Any], file: str) -> int:
    if "review_months" not in entry:
        return GoLive.review_months
    return _whole(entry, "review_months", _MOST_MONTHS, _SECTION, file)


def _whole(entry: Mapping[str, Any], key: str, most: int, section: str, file: str) -> int:
    found = entry[key]
    if isinstance(found, bool) or not isinstance(found, int) or not 1 <= found <= most:
        raise ConfigurationFault(
            f"[{section}] {key} is not a whole number from 1 to {most}", file=file,
            remedy=f"write {key} = 10",
        )  # fmt: skip
    return found
