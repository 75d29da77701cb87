"""A signal that nobody answers comes to the supervisors of the client's team."""

from __future__ import annotations

from openhiu.web.casework.models import Case
from openhiu.web.design import words
from openhiu.web.monitoring import lifecycle
from openhiu.web.monitoring.actions.signals import move
from openhiu.web.monitoring.clock import By
from openhiu.web.monitoring.models import Signal
from openhiu.web.monitoring.telling import tell_supervisors_of
from openhiu.web.team.queries.leave import away, cover_for

PASSED_ON = "An early warning has waited two working days without an answer."
NOBODY = "An early warning has nobody to answer it: the lead is away and nobody covers."


def nobody_answers(case: Case) -> bool:
    """Whether there is nobody to ask: the lead has left, or is away without cover."""
    today = words.today()
    if cover_for(case.lead, today) is not None:
        return False
    return case.lead.ended_at is not None or away(case.lead, today) is not None


def pass_on(by: By, signals: list[Signal]) -> list[Signal]:
    """Tell whoever supervises; the lead still sees them and may answer.

    Returns those that somebody was told of. Where nobody supervises in the whole service the
    signal goes on waiting as it is, and is tried again in the next round.
    """
    passed: list[Signal] = []
    alone = [signal for signal in signals if nobody_answers(signal.case)]
    late = [signal for signal in signals if signal not in alone]
    for some, said in ((alone, NOBODY), (late, PASSED_ON)):
        heard = tell_supervisors_of(some, said)
        for signal in some:
            if signal.case_id in heard:
                passed.append(move(by, signal, lifecycle.ESCALATED.key, said))
    return passed
