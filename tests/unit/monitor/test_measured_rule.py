"""What the rule finds and how often it is wrong: the quick version of `make bench-monitor`."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

import pytest
from bench.monitor import made_up, page
from bench.monitor.measure import DESIGNED, Measured, measure
from bench.monitor.simulator import World, simulate

CASELOADS = 12  # of 50: 600 clients and client-years


@cache
def found() -> dict[str, Measured]:
    return measure(CASELOADS, seed=4000)


@pytest.mark.parametrize("rule", list(DESIGNED))
def test_false_alerts_are_as_designed(rule: str) -> None:
    """600 client-years with about one alert each: 2 sd of 1.0 is 0.1 if they came singly; alerts of
    one client come together, so twice that is allowed.
    """
    false = found()[rule].figures()[0]
    assert false == pytest.approx(DESIGNED[rule][0], abs=0.2 * max(DESIGNED[rule][0], 1.0))


@pytest.mark.parametrize("rule", list(DESIGNED))
def test_returns_are_found_as_designed(rule: str) -> None:
    """Of 600 clients 41 % are found: 2 sd is 4 points; the simulator is another than the one used
    when the rule was designed, for which 6 more are allowed.
    """
    for measured, designed in zip(found()[rule].figures()[1:], DESIGNED[rule][1:], strict=True):
        assert measured == pytest.approx(designed, abs=10)


def test_at_fewer_false_alerts_than_a_fixed_threshold_the_rule_finds_more() -> None:
    rule, fixed = found()["amber"].figures(), found()["4 in 28 days"].figures()
    assert rule[0] < fixed[0]
    assert all(ours > theirs for ours, theirs in zip(rule[1:], fixed[1:], strict=True))


def test_the_clients_are_as_described() -> None:
    made = [simulate(World(), seed) for seed in range(40)]
    days = (made[0].returned[0] - made[0].first).days
    rates = sorted(
        sum(event.began_at.date() < one.returned[0] for event in client.events) / days * 30.4
        for one in made
        for client in one.watched
    )
    assert sum(rates) / len(rates) == pytest.approx(1.15, abs=0.15)
    assert rates[len(rates) // 2] == pytest.approx(0.73, abs=0.1)
    rises = sorted(rise for one in made for rise in one.rise)
    assert rises[len(rises) // 2] == pytest.approx(3.2, abs=0.3)


def test_on_the_made_up_trust_it_is_seldom_wrong() -> None:
    found = made_up.measure(
        range(1, 2), people=4000, clients=40,
        first=date(2024, 1, 1), support=date(2024, 7, 1), last=date(2026, 1, 1),
    )  # fmt: skip
    assert found.clients == 40
    assert found.years > 25
    assert found.false / found.years < 1.0


def test_the_page_has_the_figures_that_were_kept() -> None:
    import json

    kept = json.loads(page.KEPT.read_text("utf-8"))
    assert kept["caseloads"] >= 200
    assert page.text(kept) in page.PAGE.read_text("utf-8")
    figures = re.findall(r"\| \*\*the rule, amber.*", page.PAGE.read_text("utf-8"))
    assert len(figures) == 1
