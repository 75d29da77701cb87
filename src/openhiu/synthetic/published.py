"""What has been published about real trusts: nothing comes in, figures and sources go out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

GREENFIELD: Final = "Greenfield 2020, EMJ 37:597 (England 2016/17)"
DR_FOSTER: Final = "Dr Foster, June 2017 to May 2018 (England)"
LOCKER: Final = "Locker 2007, EMJ 24:398 (Sheffield)"
NHS_DIGITAL: Final = "NHS Digital, A&E activity 2019/20 (England)"
PEDDIE: Final = "Peddie 2011, NZMJ 124(1331):61 (Christchurch)"
CALIFORNIA: Final = "Health Affairs 2017 (California)"
CHRISTCHURCH: Final = "NZMJ 2004, 117(1193) (Christchurch)"
ADDENBROOKES: Final = "Addenbrooke's 2017 (Cambridge), 24 % in five years"
JELINEK: Final = "Jelinek 2008 (Perth)"


@dataclass(frozen=True)
class Figure:
    """One published figure, and the range in which a made-up trust may lie.

    The range is wider than the source's own error: hospitals differ, and a made-up trust of modest
    size has few people who come very often.
    """

    name: str
    meaning: str
    published: str
    low: float
    high: float
    source: str


FIGURES: Final = (
    Figure("mean", "attendances for each person who attended", "1.47", 1.42, 1.54, GREENFIELD),
    Figure("once", "% of people who attended once", "73.5", 71.5, 75.5, GREENFIELD),
    Figure("3_people", "% of people with 3 or more", "9.5", 8.5, 10.5, GREENFIELD),
    Figure("3_share", "% of attendances by people with 3 or more", "27.1", 25.0, 29.5, GREENFIELD),
    Figure("6_people", "% of people with 6 or more", "1.2", 1.0, 1.45, GREENFIELD),
    Figure("6_share", "% of attendances by people with 6 or more", "7.6", 6.5, 9.5, GREENFIELD),
    Figure("10_people", "% of people with 10 or more", "0.4", 0.28, 0.48, DR_FOSTER),
    Figure("10_share", "% of attendances by people with 10 or more", "4", 3.0, 5.2, DR_FOSTER),
    Figure("10_mean", "attendances each, among people with 10 or more", "16.6", 14.0, 19.0,
           DR_FOSTER),
    Figure("21_people", "% of people with more than 20", "0.05", 0.025, 0.1, DR_FOSTER),
    Figure("4_again", "% of people with 4 or more who have 4 or more the year after", "30.5",
           20.0, 36.0, CALIFORNIA),
    Figure("10_again", "% of people with 10 or more who have 10 or more the year after",
           "at most 40", 15.0, 40.0, CHRISTCHURCH),
    Figure("10_attend", "% of people with 10 or more who attend at all the year after",
           "65 (after three)", 60.0, 90.0, PEDDIE),
    Figure("deprived_fifth", "% of attendances by the most deprived fifth", "27", 25.0, 29.5,
           NHS_DIGITAL),
    Figure("deprived_tenth", "attendances of the most deprived tenth for each of the least",
           "1.94", 1.65, 2.3, NHS_DIGITAL),
    Figure("monday", "% of attendances on a Monday", "16", 15.3, 16.7, NHS_DIGITAL),
    Figure("peak_hour", "busiest hour of arrival", "10 to 12", 10.0, 11.0, NHS_DIGITAL),
    Figure("within_7_days", "% of attendances within 7 days of the one before", "8.7", 7.3, 10.0,
           NHS_DIGITAL),
    Figure("ambulance_frequent", "% by ambulance, people with more than 4", "55.3", 48.0, 60.0,
           LOCKER),
    Figure("ambulance_others", "% by ambulance, everyone else", "27.5", 24.0, 31.0, LOCKER),
    Figure("mental_frequent", "% mental health, people with more than 4", "5.8", 4.0, 8.5, LOCKER),
    Figure("mental_others", "% mental health, everyone else", "1.1", 0.7, 1.8, LOCKER),
    Figure("admitted_frequent", "% admitted, people with more than 4", "37.4", 31.0, 42.0, LOCKER),
    Figure("admitted_others", "% admitted, everyone else", "19.6", 17.0, 23.0, LOCKER),
    Figure("age_frequent", "mean age, people with more than 4", "49.7", 43.0, 55.0, LOCKER),
    Figure("age_others", "mean age, everyone else", "44.5", 38.0, 48.0, LOCKER),
    Figure("admitted_20_less", "% admitted at 20 or more, below 10 to 19 by", "more than 0",
           0.5, 40.0, JELINEK),
    Figure("deaths_10", "% who died in the year after, people with 10 or more", "5.3 a year",
           1.0, 11.0, ADDENBROOKES),
)  # fmt: skip
