"""Whether it pays for itself, said as strongly as the numbers allow and no more: a case comes in;
one or two sentences go out.
"""

from __future__ import annotations

from openhiu.report.business_case.case import Case
from openhiu.report.business_case.words import exact, percent, rough, span

_SURE = 0.9
_LIKELY = 0.6
_EVEN = 0.4


def answer(case: Case) -> str:
    """Released against cost, with the range, and the chance that the first is larger."""
    low, middle, high = (case.scenarios[name] for name in ("low", "central", "high"))
    if not case.asks:
        return unknown(case)
    if not case.valued:
        return f"Over {case.settings.months} months it costs {exact(middle.cost)}. {unknown(case)}"
    ends = span(low.released, high.released)
    released = f"{rough(middle.released)} (95% range {ends})"
    return (
        f"Over {case.settings.months} months it is expected to release {released} of capacity in "
        f"all, for a cost of {exact(middle.cost)}. {how_sure(case)}{harm(case)}"
    )


def unknown(case: Case) -> str:
    """Why nothing can be said of what would be released."""
    if not case.asks:
        released = case.chosen.worth.released
        if case.chosen.plan.leads and released > 0:
            return (
                "No new money is asked for: leads in post who also work elsewhere could release "
                f"{rough(released)} of capacity in {case.settings.months} months."
            )
        return "No lead is paid for, so nothing new is released."
    why = (
        "the people in the tiers are too few to be told of"
        if case.chosen.plan.prices
        else "no price is known for their contacts"
    )
    return f"What it would release cannot be worked out: {why}."


def how_sure(case: Case) -> str:
    """The chance, in words and as a number."""
    if not case.valued:
        return unknown(case)
    pays = case.chance.pays
    words = (
        "It very probably releases more than it costs" if pays >= _SURE
        else "It is more likely than not to release more than it costs" if pays >= _LIKELY
        else "Whether it releases more than it costs is about as likely as not" if pays >= _EVEN
        else "On hospital capacity alone it is not likely to release what it costs within the "
        "contract"
    )  # fmt: skip
    return f"{words} (chance {_chance(pays)})."


def _chance(share: float) -> str:
    """Of runs that were drawn: never none or all of them."""
    if share in {0.0, 1.0}:
        return "over 99%" if share else "under 1%"
    return percent(share)


def harm(case: Case) -> str:
    """Says it where the range holds no effect or more contacts."""
    if not (case.effect.may_be_none and case.valued):
        return ""
    return (
        " The range includes no effect, and even a rise in contacts: this must be measured from "
        "the first day, and the contract should be able to stop."
    )


def not_only_money(case: Case) -> str:
    """Why one would do it all the same, where money alone does not carry it; empty elsewhere."""
    if not case.asks or (case.valued and case.chance.pays >= _LIKELY):
        return ""
    return (
        "The case therefore does not rest on money alone. It rests on people who are ill, poor and "
        "dying early and whom appointments and referrals have not reached, and on what national "
        "planning asks of every area."
    )
