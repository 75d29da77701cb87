"""The measured part of docs/explanation/early-warning.md: figures come in, the page goes out."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any, Final

from bench.monitor import made_up, measure

PAGE: Final = Path(__file__).parents[2] / "docs" / "explanation" / "early-warning.md"
KEPT: Final = Path(__file__).parents[1] / "results" / "monitor.json"
START: Final = "<!-- measured: python -m bench.monitor writes this -->"
STOP: Final = "<!-- end of measured -->"
_WORDS: Final = {
    "amber": "**the rule, amber (chance 0.05, 2 or more)**",
    "red": "the rule, red (chance 0.01)",
    "4 in 28 days": "4 or more in 28 days, whoever it is",
    "3 in 28 days": "3 or more in 28 days, whoever it is",
}
TRUST: Final[dict[str, Any]] = {
    "people": 30_000, "clients": 100, "first": date(2023, 4, 1), "support": date(2023, 10, 1),
    "last": date(2026, 4, 1),
}  # fmt: skip


def found(caseloads: int, trusts: int, seed: int) -> dict[str, Any]:
    """Everything, as plain data."""
    return {
        "caseloads": caseloads, "trusts": trusts, "seed": seed,
        "rules": measure.as_plain(measure.measure(caseloads, seed)),
        "made_up": asdict(made_up.measure(range(seed, seed + trusts), **TRUST)),
    }  # fmt: skip


def save(measured: dict[str, Any]) -> None:
    """Keep the figures, and write them into the page."""
    KEPT.write_text(json.dumps(measured, indent=1) + "\n", "utf-8")
    before, _, rest = PAGE.read_text("utf-8").partition(START)
    after = rest.partition(STOP)[2]
    PAGE.write_text(f"{before}{START}\n\n{text(measured)}\n{STOP}{after}", "utf-8")


def text(measured: dict[str, Any]) -> str:
    """The tables in words."""
    rules = {name: measure.Measured(**one) for name, one in measured["rules"].items()}
    amber, trust = rules["amber"], made_up.MadeUp(**measured["made_up"])
    heading = "| Rule | False alerts a client-year | Returns found in 28 days | in 56 days "
    lines = [
        _about(measured, amber),
        "",
        f"{heading}| in 28 days, where the rate rose 2.5-fold or more |",
        "|---|---|---|---|---|",
        *(_line(name, one) for name, one in rules.items()),
        "",
        _told(amber),
        "",
        _on_the_made_up_trust(measured["trusts"], trust),
        "",
    ]
    return "\n".join(lines)


def _about(measured: dict[str, Any], amber: measure.Measured) -> str:
    return (
        f"`make bench-monitor`: {amber.clients:,} simulated clients in {measured['caseloads']} "
        f"caseloads of 50, {amber.years:,.0f} stable client-years, seeds from {measured['seed']}. "
        "In brackets what was measured when the rule was designed."
    )


def _told(amber: measure.Measured) -> str:
    return (
        "A return counts as found when the rule holds on any day of the span. Counting new "
        "warnings only, with the four quiet weeks after one that was false, the amber rule tells "
        f"of {100 * amber.told / amber.clients:.0f} % within 28 days. In a caseload of 50 it gives "
        f"about {50 * amber.false / amber.years / 52:.1f} false alerts a week."
    )


def _on_the_made_up_trust(trusts: int, found: made_up.MadeUp) -> str:
    return (
        f"**On the made-up trust** ({trusts} of {TRUST['people']:,} people a year; the "
        f"{TRUST['clients']} who came most in one quarter, followed for two and a half years): "
        f"{found.signals} warnings, {found.false} of them false, in {found.years:.0f} client-years "
        f"without a bad spell: **{found.false / found.years:.2f} a client-year**. Of "
        f"{found.spells} new bad spells {found.in_28} were found within 28 days and {found.in_56} "
        "within 56. Its people come less often between spells than the clients above, and many of "
        "its spells are of a few visits a year more."
    )


def _line(name: str, one: measure.Measured) -> str:
    cells = [
        f"{value:.2f} ({designed:.2f})" if place == 0 else f"{value:.0f} % ({designed:.0f})"
        for place, (value, designed) in enumerate(
            zip(one.figures(), measure.DESIGNED[name], strict=True)
        )
    ]
    return f"| {_WORDS[name]} | {' | '.join(cells)} |"
