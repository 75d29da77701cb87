"""What a simulated service runs on: the place's settings, what its own record shows and the demand
come in; each number with how sure it is, and words on where it comes from, go out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from scipy.optimize import brentq
from scipy.stats import gamma

from openhiu.locality.staffing import StaffingSettings
from openhiu.report.staffing.demand import AS_SURE_AS
from openhiu.report.staffing.observed import Observed
from openhiu.report.staffing.shape import Setting

WEEKS: Final = 52
WEEKS_A_MONTH: Final = WEEKS / 12
ENOUGH: Final = 20  # people, from which on a service's own record counts
_SHAPES: Final = (0.3, 60.0)
_LEAST_SPREAD, _MOST_SPREAD = 0.1, 1.5


@dataclass(frozen=True)
class Known:
    """A number, and the experience of how many people it is as sure as."""

    value: float
    of: float
    observed: bool = False


@dataclass(frozen=True)
class Inputs:
    """The course of support in weeks and shares; lengths after acceptance are gamma distributed
    (`spread`: standard deviation as a share of the mean).
    """

    acceptance: Known
    support: Known
    spread: float
    start: float
    returns: Known
    return_within: float
    return_support: float
    settings: StaffingSettings
    words: tuple[Setting, ...] = ()
    notes: tuple[str, ...] = ()


def inputs_of(settings: StaffingSettings, observed: Observed | None = None) -> Inputs:
    """A service's own record where it holds enough people, the settings elsewhere."""
    acceptance = _acceptance(settings, observed)
    support, spread = _support(settings, observed)
    returns = _returns(settings, observed)
    own_start = observed.start_days if observed and _enough(observed.started) else None
    start = settings.start_weeks if own_start is None else own_start / 7
    own = {"acceptance": acceptance.observed, "support_months": support.observed,
           "support_spread": support.observed, "return_share": returns.observed,
           "start_weeks": own_start is not None}  # fmt: skip
    values = {
        "acceptance": acceptance.value, "support_months": support.value / WEEKS_A_MONTH,
        "support_spread": spread, "return_share": returns.value, "start_weeks": start,
    }  # fmt: skip
    return Inputs(
        acceptance, support, spread, start, returns,
        settings.return_within_months * WEEKS_A_MONTH, settings.return_support, settings,
        tuple(_words(settings, values, own)), tuple(_notes(observed, own)),
    )  # fmt: skip


def _enough(count: int | str) -> bool:
    return isinstance(count, int) and count >= ENOUGH


def _acceptance(settings: StaffingSettings, observed: Observed | None) -> Known:
    if observed and _enough(observed.asked) and isinstance(observed.said_yes, int):
        asked = int(observed.asked)
        share = min(observed.said_yes / asked, 1.0)
        return Known((share * asked + 0.5) / (asked + 1), asked, observed=True)
    return Known(settings.acceptance, AS_SURE_AS)


def _support(settings: StaffingSettings, observed: Observed | None) -> tuple[Known, float]:
    """Mean length in weeks and its spread, from the quartiles of those whose support was seen."""
    half = observed.support_months_median if observed else None
    if not observed or not half or not _enough(observed.started) or not _enough(observed.ended):
        mean = settings.support_months * WEEKS_A_MONTH
        return Known(mean, AS_SURE_AS), settings.support_spread
    spread = settings.support_spread
    low, high = observed.support_months_quarter, observed.support_months_three_quarters
    if low and high and high > low:
        spread = _spread_of(high / low)
    shape = 1 / spread**2
    mean = half / float(gamma.ppf(0.5, shape)) * shape
    return Known(mean * WEEKS_A_MONTH, int(observed.ended), observed=True), spread


def _spread_of(ratio: float) -> float:
    """The spread of the gamma distribution whose upper quartile is so many times its lower one."""

    def beside(shape: float) -> float:
        upper, lower = float(gamma.ppf(0.75, shape)), float(gamma.ppf(0.25, shape))
        return upper / lower - ratio

    low, high = _SHAPES
    if beside(high) > 0:
        return _LEAST_SPREAD
    if beside(low) < 0:
        return _MOST_SPREAD
    shape = float(brentq(beside, low, high))
    return float(min(max(shape**-0.5, _LEAST_SPREAD), _MOST_SPREAD))


def _returns(settings: StaffingSettings, observed: Observed | None) -> Known:
    if observed and _enough(observed.ended) and observed.return_share is not None:
        return Known(observed.return_share, int(observed.ended), observed=True)
    return Known(settings.return_share, AS_SURE_AS)


_TOLD: Final = (
    ("acceptance", "Share who say yes when they are asked", "{:.0%}",
     "no figure in the source documents"),
    ("start_weeks", "Weeks from being asked to the start of support", "{:.1f}",
     "no figure in the source documents"),
    ("support_months", "Months of support that is intensive, on average", "{:.1f}",
     "business case template: around three"),
    ("support_spread", "Spread of that length (standard deviation as a share of the mean)",
     "{:.0%}", "a published MDT service: 2 to 12 months, 5 on average"),
    ("open_months", "Months somebody then counts as open, walking backwards or at a distance",
     "{:g}", "resource pack: it can get hard again after about three to six months"),
    ("at_a_distance_counts", "How much somebody open at a distance counts among those at once",
     "{:g}", "the source documents count heads"),
    ("return_share", "Share picked up again", "{:.0%}",
     "the resource pack says that it happens, not how often"),
    ("return_within_months", "Months within which that happens", "{:g}",
     "resource pack: three to six"),
    ("return_support", "Length of support then, against the first time", "{:.0%}",
     "resource pack: shorter than before"),
    ("new_a_quarter", "New people a lead begins with in a quarter, at most", "{:g}",
     "model specification"),
    ("intensive_most", "People a lead works with intensively, at most", "{:g}",
     "model specification"),
    ("keep_free", "Places among them kept for people picked up again", "{:g}",
     "the lower edge of the specification's band of 12 to 15"),
    ("open_most", "People at once from which on a lead begins with nobody new", "{:g}",
     "business case template: 40 to 45"),
    ("never_above", "People at once that are never passed", "{:g}", "model specification"),
    ("leave_weeks", "Weeks of leave a year", "{:g}",
     "27 days and 8 public holidays, as NHS terms give"),
    ("sickness_weeks", "Weeks of sickness a year", "{:g}", "about 5 days in 100, as in the NHS"),
    ("still_after_a_year", ("Share still in the tier after a year by themselves, where the data do "
     "not tell"), "{:.0%}", "a cautious reading of published lists"),
    ("target_share", "Share of the tier a team should have asked within 12 months", "{:.0%}",
     "a choice: put in your own"),
    ("overload_at_most", "Chance of overload that is still acceptable, a lead and year", "{:.0%}",
     "a choice: put in your own"),
)  # fmt: skip


def _words(
    settings: StaffingSettings, values: dict[str, float], own: dict[str, bool]
) -> list[Setting]:
    told = []
    for key, words, form, why in _TOLD:
        value = form.format(values.get(key, getattr(settings, key)))
        given = "setting" if key in settings.given else "default"
        source = "roster" if own.get(key) else given
        told.append(Setting(key, words, value, source, "" if source == "roster" else why))
    return told


def _notes(observed: Observed | None, own: dict[str, bool]) -> list[str]:
    """What of a service's own record could be used, and what was too little."""
    if observed is None:
        return [("No roster was given: who says yes, how long support lasts and who is picked up "
                "again are settings, not this area's experience.")]  # fmt: skip
    parts = (("acceptance", "who says yes"), ("support_months", "how long support lasts"),
             ("return_share", "who is picked up again"))  # fmt: skip
    short = [words for key, words in parts if not own[key]]
    if not short:
        return [(
            "Who says yes, how long support lasts and who is picked up again come from "
            f"{observed.of}. Support that still goes on is counted as such, not as short."
        )]  # fmt: skip
    return [(
        f"{observed.of.capitalize()} holds fewer than {ENOUGH} people who tell of "
        f"{' or of '.join(short)}: the settings stand there."
    )]  # fmt: skip
