"""The logic model of a place: [logic_model] comes in; what goes in, is done and changes goes out.

Where a place has written nothing, the national programme's own words stand and are marked as such.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any, Final

from openhiu.locality.reading import lines, refuse_unknown_keys, words

_SECTION: Final = "logic_model"


@dataclass(frozen=True)
class LogicModel:
    """The programme in six columns and what they rest on. `defaulted` names the parts that are the
    national programme's words and not the place's own.
    """

    aim: str = (
        "People who come to A&E most often find out what they really need and get it, so that they "
        "live better and need urgent care less."
    )
    inputs: tuple[str, ...] = (
        "HIU leads chosen for emotional intelligence and creative problem solving",
        "Training, supervision and coaching for each lead",
        "A list of the people who attend A&E most, made by the hospital's analysts",
        "Agreements to share what each client has agreed to",
        "A commitment of at least 18 months",
    )
    activities: tuple[str, ...] = (
        "Phone each person and ask what would help",
        "Support one to one: listen, calm a crisis, leave blame and labels out",
        "Connect people with community, housing, money, mental health and voluntary help",
        "Meet with the other services around a person",
        "Step back slowly, stay open at a distance, and pick up again at once when needed",
    )
    outputs: tuple[str, ...] = (
        "People listed, asked and supported",
        "Contacts made and connections that held",
        "Plans in the client's own words",
    )
    outcomes: tuple[str, ...] = (
        "Clients reach outcomes they chose themselves",
        "Fewer A&E attendances and avoidable emergency admissions than would have happened anyway",
        "Fewer 999 calls and ambulance journeys",
        "Clients feel more confident and more connected",
    )
    impact: tuple[str, ...] = (
        "Capacity at the front door for others",
        "Narrower inequalities for people in the most deprived areas and in priority wards",
        "A system that learns which needs it does not meet",
    )
    assumptions: tuple[str, ...] = (
        "The reasons for coming often lie outside medicine",
        "People agree to support when they are asked kindly and soon",
        "There is something in the community to connect with",
        "Many people chosen at their worst would improve anyway; the effect is what goes beyond it",
    )
    defaulted: tuple[str, ...] = ("aim", "inputs", "activities", "outputs", "outcomes", "impact",
                                  "assumptions")  # fmt: skip


def read_logic_model(entry: Any, file: str) -> LogicModel:
    """Read [logic_model]; a part left out or empty keeps the programme's words."""
    parts = [part.name for part in fields(LogicModel) if part.name != "defaulted"]
    refuse_unknown_keys(entry, parts, file, _SECTION)
    given: dict[str, Any] = {"aim": words(entry, "aim", file, _SECTION)}
    given |= {part: lines(entry, part, file, _SECTION) for part in parts if part != "aim"}
    own = {part: found for part, found in given.items() if found}
    return LogicModel(**own, defaulted=tuple(part for part in parts if part not in own))
