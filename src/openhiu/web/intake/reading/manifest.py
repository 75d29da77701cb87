"""The manifest of a list comes in; what is kept of it, or why it will not do, goes out."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any, Final

from openhiu.tables.opt_out import ENTRY
from openhiu.web.intake.reading.faults import Fault, NotUsable
from openhiu.web.intake.reading.limits import MOST_MANIFEST

_FILE: Final = "manifest.json"
_KEPT: Final = (
    "openhiu", "preset", "criteria_in_words", "locality", "footprint", "as_of", "window",
    "data_cut_off", "admissions_from", "lists", "warnings", "files",
    ENTRY,
)  # fmt: skip
_SHAPES: Final[dict[str, Any]] = {
    "openhiu": str, "preset": str, "criteria": dict, "criteria_in_words": list, "as_of": str,
    "window": dict, "lists": list, "warnings": list,
}  # fmt: skip
ADULT: Final = 18
# A list may begin a little before 18, for those who are growing up; no file of a hospital opens
# this service to children below that.
YOUNGEST_EVER: Final = 16


def read_manifest(data: bytes, ours: str, today: date) -> dict[str, Any]:
    """What is kept of a manifest, its texts shortened; `youngest` is from 16 to 18.

    Args:
        data: the bytes of manifest.json.
        ours: the version of OpenHIU that reads.
        today: lists of a later day are not believed.

    Raises:
        NotUsable: not a manifest, of another version, or of a day that has not come.
    """
    found = _parsed(data)
    for key, shape in _SHAPES.items():
        if not isinstance(found.get(key), shape):
            raise _refusal(f"{key} is missing or not what it should be")
    _check_version(found["openhiu"], ours)
    as_of, window_from = _day(found, "as_of"), _day(found["window"], "start")
    if window_from >= as_of:
        raise _refusal("the window ends before it begins")
    if as_of > today:
        raise _refusal("the as-of date is in the future")
    kept = {key: _short(found.get(key)) for key in _KEPT}
    kept["inputs"] = len(found.get("inputs") or [])
    kept["title"] = _short(found["criteria"].get("title") or found["preset"])
    kept["data_cut_off"] = _moment(found.get("data_cut_off"))
    kept["lists"] = [_place(place) for place in found["lists"]]
    kept["youngest"] = _youngest(found["criteria"].get("youngest", ADULT))
    return kept


def _youngest(said: Any) -> int:
    """The age below which no row is taken in: 18, or from 16 on where the list begins there."""
    if type(said) is not int:  # true and false are whole numbers to Python, and no age
        raise _refusal("the youngest age of its criteria is not a whole number")
    return min(ADULT, max(YOUNGEST_EVER, said))


def _parsed(data: bytes) -> dict[str, Any]:
    if len(data) > MOST_MANIFEST:
        raise _refusal("it is larger than a manifest can be")
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        raise _refusal("it cannot be read as JSON: it may have arrived in part") from None
    if not isinstance(found, dict):
        raise _refusal("it is not the manifest of a list")
    return found


def _check_version(theirs: str, ours: str) -> None:
    """The same major version, and no newer minor one than ours."""
    try:
        made, own = ([int(part) for part in text.split(".")[:2]] for text in (theirs, ours))
    except ValueError:
        raise _refusal("it does not say which version made it") from None
    if made[0] != own[0]:
        raise _refusal("the list was made by a version of hiu identify that does not belong here")
    if made > own:
        raise _refusal(
            "the list was made by a newer hiu identify than this service can read",
            "Ask for this service to be brought up to date, or make the list with its version",
        )


def _place(place: Any) -> dict[str, Any]:
    try:
        kept = {"list_id": str(place["list_id"])[:20], "listed": int(place["listed"])}
        for key in ("people_who_attended", "cut_at", "people_at_cut", "people_above_cut"):
            kept[key] = None if place.get(key) is None else int(place[key])
        return {**kept, "tied": bool(place.get("tied"))}
    except (TypeError, KeyError, ValueError, AttributeError):
        raise _refusal("lists is not what it should be") from None


def _day(found: dict[str, Any], key: str) -> date:
    try:
        return date.fromisoformat(found[key])
    except (KeyError, TypeError, ValueError):
        raise _refusal(f"{key} is not a date") from None


def _moment(value: Any) -> str | None:
    if value is None:
        return None
    try:
        return datetime.fromisoformat(value).replace(tzinfo=None).isoformat()
    except (TypeError, ValueError):
        raise _refusal("data_cut_off is not a date and time") from None


def _short(value: Any) -> Any:
    """The same value with long texts and long lists cut: a manifest is shown, not executed."""
    match value:
        case str():
            return "".join(letter if letter.isprintable() else " " for letter in value)[:1000]
        case list():
            return [_short(item) for item in value[:200]]
        case dict():
            return {str(key)[:100]: _short(item) for key, item in list(value.items())[:50]}
        case _:
            return value


def _refusal(words: str, remedy: str = "Make the list again and upload its folder") -> NotUsable:
    return NotUsable(Fault(words, remedy, file=_FILE))
