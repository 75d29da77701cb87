"""Made-up lives: the stories on file, and what happens to one chosen person day by day.

A die and a story come in; a list of happenings goes out, each a day after choosing, a word for
what happens and its details. What each word does is in `acting`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from random import Random
from typing import Any, Final

# How approaches end, out of a hundred; invented, near what services tell each other.
_ENDS: Final = {"yes": 62, "not_now": 12, "not_reached": 12, "no": 8, "not_right": 6}
_FIRST_TRIES: Final = ("no_answer", "no_answer", "voicemail", "someone_else", "yes", "yes")
_WALK_FROM: Final = 75  # days after a yes at which the steadier begin to walk backwards
_DISTANCE_FROM: Final = 165
_RETURN_FROM: Final = 240


@dataclass(frozen=True)
class Story:
    """One life on file: see stories/*.toml."""

    key: str
    told_of: str  # the sex the notes are told of: "1" he, "2" she
    text: dict[str, Any]


@dataclass(frozen=True)
class Happening:
    """Something on one day: `what` is a word of `acting`."""

    day: int
    what: str
    details: dict[str, Any]


def stories() -> list[Story]:
    """Every story on file, by name."""
    folder = files("openhiu.web.demo").joinpath("stories")
    found = sorted(path.name for path in folder.iterdir() if path.name.endswith(".toml"))
    read = [(name, tomllib.loads(folder.joinpath(name).read_text("utf-8"))) for name in found]
    return [Story(name.removesuffix(".toml"), text["told_of"], text) for name, text in read]


def story_for(sex: str, dice: Random, every: list[Story]) -> Story:
    """A story whose notes can be told of this person."""
    fitting = [story for story in every if story.told_of == sex] or every
    return dice.choice(fitting)


def life(story: Story, dice: Random, until: int) -> list[Happening]:
    """What happens after someone is chosen, up to the day `until`, in order."""
    every = sorted(_life(story, dice), key=lambda one: one.day)
    return [one for one in every if one.day <= until]


def _life(story: Story, dice: Random) -> Iterator[Happening]:
    day = dice.randint(1, 6)
    yield Happening(day, "make_safe", {})
    end = dice.choices(list(_ENDS), list(_ENDS.values()))[0]
    tries = 4 if end == "not_reached" else dice.randint(0, 2)
    for _ in range(tries):
        yield Happening(day, "try", {"reached": dice.choice(_FIRST_TRIES[:4])})
        day += dice.randint(2, 6)
    if end != "not_reached":
        yield Happening(day, "try", {"reached": "yes"})
    yield Happening(day, "answer", {"end": end})
    if end == "yes":
        yield from _together(story, dice, day)


def _together(story: Story, dice: Random, start: int) -> Iterator[Happening]:
    yield Happening(start + 3, "plan", {"story": story})
    yield Happening(start + 9, "goals", {"story": story})
    yield Happening(start + 12, "network", {"story": story})
    if dice.random() < 0.6:
        yield Happening(start + 14, "share", {"story": story})
    yield from _told(dice, start)
    # From here on each contact plans the next, as the rhythm of the case says.
    yield Happening(start + 4, "contact", {})
    yield from _phases(dice, start)
    for number, outcome in enumerate(story.text["outcomes"]):
        if dice.random() < 0.75:
            day = start + 60 + 50 * number + dice.randint(0, 30)
            yield Happening(day, "outcome", {"outcome": outcome})


def _told(dice: Random, start: int) -> Iterator[Happening]:
    """What some say of how they feel, look for in vain, and let be told once they are steadier."""
    if dice.random() < 0.4:
        yield Happening(start + 20, "look_for", {})
    if dice.random() < 0.5:
        for number, better in enumerate((0, 1, 2)):
            day = start + 25 + 90 * number + dice.randint(0, 20)
            yield Happening(day, "feel", {"better": better})
    for kind, chance in (("quote", 0.5), ("story", 0.25)):
        if dice.random() < chance:
            yield Happening(start + 150 + dice.randint(0, 90), "tell", {"kind": kind})


def _phases(dice: Random, start: int) -> Iterator[Happening]:
    if dice.random() < 0.2:
        return  # still working together, however long it takes
    day = start + _WALK_FROM + dice.randint(0, 40)
    yield Happening(day, "step_back", {})
    if dice.random() < 0.25:
        return
    yield Happening(start + _DISTANCE_FROM + dice.randint(0, 60), "at_a_distance", {})
    if dice.random() < 0.3:
        yield Happening(start + _RETURN_FROM + dice.randint(0, 120), "return", {})
