"""Why people come: an age comes in, out goes the mix of complaints, ambulances and admissions.

A `Story` is what a bad spell, or a long hard time, is about. The figures were set so that the whole
trust lands on the published ones (see `compare.py`); no single one of them is a finding.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from openhiu.synthetic.dice import Weighted


@dataclass(frozen=True)
class Complaint:
    """One presentation: SNOMED CT complaint, diagnosis and, for injuries, intent; ICD-10."""

    complaint: str
    diagnosis: str
    icd10: str
    intent: str = ""
    alcohol: bool = False


ACCIDENT: Final = "282726000"
SELF_INFLICTED: Final = "276853009"

CHEST_PAIN = Complaint("29857009", "29857009", "R074")
BREATHLESS = Complaint("267036007", "13645005", "J441")
PNEUMONIA = Complaint("267036007", "233604007", "J189")
ABDOMINAL = Complaint("21522001", "21522001", "R104")
HEADACHE = Complaint("25064002", "25064002", "R51X")
BACK_PAIN = Complaint("161891005", "161891005", "M545")
FEVER = Complaint("386661006", "34014006", "B349")
URINARY = Complaint("386661006", "68566005", "N390")
SEIZURE = Complaint("91175000", "91175000", "R568")
FALL = Complaint("161898004", "82271004", "S099", ACCIDENT)
SPRAIN = Complaint("125605004", "44465007", "S934", ACCIDENT)
WOUND = Complaint("312608009", "312608009", "T141", ACCIDENT)
DRINK = Complaint("25702006", "25702006", "F100", "", True)
SELF_HARM = Complaint("248062006", "35489007", "X649", SELF_INFLICTED)
LOW_MOOD = Complaint("366979004", "35489007", "F329")
ANXIETY = Complaint("48694002", "197480006", "F419")
SUICIDAL = Complaint("6471006", "33449004", "R458")
PSYCHOSIS = Complaint("7011001", "69322001", "F29X")
CONFUSION = Complaint("248020004", "2776000", "F059")


@dataclass(frozen=True)
class Story:
    """What a bad spell is about, and how the visits in it go.

    `ambulance`, `admitted` and `left_early` are shares of visits; `deaths_a_year` is added to
    the risk at that age while the spell lasts and for a year after it; `most` caps visits a year.
    """

    name: str
    complaints: Weighted[Complaint]
    ambulance: float
    admitted: float
    left_early: float
    evening: float
    deaths_a_year: float
    most: float
    homeless: float = 0.0


def _mix(weights: Mapping[Complaint, float]) -> Weighted[Complaint]:
    return Weighted(dict(weights))


LONG_TERM_ILLNESS: Final = Story(
    "long-term illness",
    _mix({BREATHLESS: 30, CHEST_PAIN: 20, URINARY: 10, FALL: 16, PNEUMONIA: 8, ABDOMINAL: 12,
          CONFUSION: 1, ANXIETY: 1}),
    ambulance=0.80, admitted=0.66, left_early=0.01, evening=0.25, deaths_a_year=0.10, most=30.0,
)  # fmt: skip
MENTAL_ILLNESS: Final = Story(
    "mental ill health",
    _mix({SELF_HARM: 12, LOW_MOOD: 6, ANXIETY: 7, SUICIDAL: 8, PSYCHOSIS: 3, CHEST_PAIN: 16,
          ABDOMINAL: 18, HEADACHE: 10, WOUND: 10, DRINK: 4, SEIZURE: 6}),
    ambulance=0.70, admitted=0.13, left_early=0.09, evening=0.6, deaths_a_year=0.015, most=350.0,
    homeless=0.04,
)  # fmt: skip
ALCOHOL_OR_DRUGS: Final = Story(
    "alcohol or drugs",
    _mix({DRINK: 30, FALL: 18, SEIZURE: 12, WOUND: 8, CHEST_PAIN: 10, ABDOMINAL: 14, SELF_HARM: 4,
          LOW_MOOD: 4}),
    ambulance=0.80, admitted=0.16, left_early=0.11, evening=0.65, deaths_a_year=0.06, most=350.0,
    homeless=0.15,
)  # fmt: skip
PAIN: Final = Story(
    "pain without an explanation",
    _mix({ABDOMINAL: 34, BACK_PAIN: 16, CHEST_PAIN: 20, HEADACHE: 14, SEIZURE: 6, ANXIETY: 3,
          URINARY: 5}),
    ambulance=0.60, admitted=0.32, left_early=0.05, evening=0.4, deaths_a_year=0.01, most=60.0,
)  # fmt: skip
CHILDHOOD: Final = Story(
    "a child's illness",
    _mix({FEVER: 50, BREATHLESS: 20, ABDOMINAL: 14, SPRAIN: 8, SEIZURE: 6}),
    ambulance=0.2, admitted=0.2, left_early=0.03, evening=0.4, deaths_a_year=0.001, most=20.0,
)  # fmt: skip

_STORIES: Final = (
    Weighted({CHILDHOOD.name: 1.0}),
    Weighted({MENTAL_ILLNESS.name: 36.0, ALCOHOL_OR_DRUGS.name: 12.0, PAIN.name: 34.0,
              LONG_TERM_ILLNESS.name: 18.0}),
    Weighted({MENTAL_ILLNESS.name: 14.0, ALCOHOL_OR_DRUGS.name: 16.0, PAIN.name: 26.0,
              LONG_TERM_ILLNESS.name: 44.0}),
    Weighted({MENTAL_ILLNESS.name: 3.0, ALCOHOL_OR_DRUGS.name: 3.0, PAIN.name: 8.0,
              LONG_TERM_ILLNESS.name: 86.0}),
)  # fmt: skip
BY_NAME: Final[Mapping[str, Story]] = {
    story.name: story
    for story in (LONG_TERM_ILLNESS, MENTAL_ILLNESS, ALCOHOL_OR_DRUGS, PAIN, CHILDHOOD)
}


def stories_at(age: int) -> Weighted[str]:
    """The names of the stories of a bad spell at this age, with their weights."""
    return _STORIES[bisect_right((18, 45, 65), age)]


@dataclass(frozen=True)
class Background:
    """An ordinary visit at one age."""

    complaints: Weighted[Complaint]
    ambulance: float
    admitted: float


_CHILD = _mix({FEVER: 40, SPRAIN: 22, WOUND: 18, BREATHLESS: 8, ABDOMINAL: 8, FALL: 4})
_ADULT = _mix({ABDOMINAL: 20, CHEST_PAIN: 16, SPRAIN: 18, WOUND: 14, HEADACHE: 8, BACK_PAIN: 8,
               URINARY: 5, FALL: 7, ANXIETY: 0.5, LOW_MOOD: 0.4, SELF_HARM: 0.7, DRINK: 0.6,
               SEIZURE: 1.5})  # fmt: skip
_OLD = _mix({FALL: 30, BREATHLESS: 16, CHEST_PAIN: 16, PNEUMONIA: 8, URINARY: 10, ABDOMINAL: 12,
             WOUND: 6, CONFUSION: 1})  # fmt: skip
_BACKGROUNDS: Final = (
    Background(_CHILD, 0.08, 0.08),
    Background(_ADULT, 0.18, 0.11),
    Background(_ADULT, 0.26, 0.17),
    Background(_OLD, 0.45, 0.34),
    Background(_OLD, 0.68, 0.47),
)
BACKGROUND_LEFT_EARLY: Final = 0.035
BACKGROUND_EVENING: Final = 0.18


def background_at(age: int) -> Background:
    """Ordinary visits at this age."""
    return _BACKGROUNDS[bisect_right((18, 40, 65, 80), age)]
