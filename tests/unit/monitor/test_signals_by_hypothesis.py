"""Any caseload that Hypothesis can think of, against the rules worked out slowly; what fails is
shrunk to the few events that matter.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from openhiu.monitor.signals import Event, Watched, raise_signals
from support.early_warning import START, TIGHT, attended, oracle

DAYS = 90
END = START + timedelta(days=DAYS)
RULES = replace(TIGHT, silence_days=None)

VISITS = st.builds(
    attended, st.integers(0, DAYS + 3), st.integers(0, 3), st.integers(0, 23),
    by_ambulance=st.booleans(), complaint=st.sampled_from((None, "self-harm", "fall")),
    outcome=st.sampled_from((None, "went home", "left before being seen")),
)  # fmt: skip
CLIENTS = st.builds(
    Watched, ref=st.uuids().map(str), phase=st.sampled_from((None, "at_a_distance")),
    supported_since=st.none() | st.integers(0, DAYS).map(lambda n: START + timedelta(days=n)),
    events=st.lists(VISITS, max_size=25, unique_by=lambda one: one.source_ref).map(tuple),
    known=st.booleans(),
)  # fmt: skip
CASELOADS = st.lists(CLIENTS, min_size=1, max_size=4, unique_by=lambda one: one.ref)


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(CASELOADS)
def test_nothing_is_missed_and_nothing_twice(caseload: list[Watched]) -> None:
    given_twice = [replace(one, events=(*one.events, *one.events[::-1])) for one in caseload]
    found = raise_signals(
        given_twice[::-1], RULES, END, data_until={"attendances": None}, data_since=START
    )
    told = {(one.ref, one.rule, one.day, one.key.partition(":")[2]) for one in found}
    assert len(told) == len(found)
    assert told == oracle(caseload, RULES, END, START)


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.builds(attended, st.integers(0, DAYS - 1), st.integers(0, 2)), max_size=12))
def test_what_is_true_of_one_visit_stays_true_when_others_arrive(events: list[Event]) -> None:
    """Rules about a single event know no history: more events never take a signal away."""
    phase = Watched("c", "at_a_distance", events=tuple(events))
    for part in range(len(events)):
        fewer = replace(phase, events=tuple(events[:part]))
        keys = [
            {s.key for s in raise_signals([one], RULES, END, data_until={}, data_since=START)
             if s.rule == "at_a_distance"}
            for one in (fewer, phase)
        ]  # fmt: skip
        assert keys[0] <= keys[1]
