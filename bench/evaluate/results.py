"""From tries to tables: how many replicates come in; scores, acceptance lines and the measured part
of docs/explanation/evaluation.md go out.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from bench.evaluate.acceptance import acceptance
from bench.evaluate.montecarlo import EFFECTS, Score, Try, many, pack, score, together
from bench.evaluate.published import PUBLISHED, like_published
from bench.evaluate.rivals import RIVALS
from bench.evaluate.scenario import SCENARIOS
from bench.evaluate.simulator import simulate
from bench.report import head

PAGE: Final = Path(__file__).parents[2] / "docs" / "explanation" / "evaluation.md"
KEPT: Final = Path(__file__).parents[1] / "results" / "evaluate.json"
START: Final = "<!-- measured: python -m bench.evaluate writes this -->"
STOP: Final = "<!-- end of measured -->"
WINDOWS: Final = ("3", "12")
CALIBRATED_ON: Final = 20
# Scenario, whether the social flag is known, what to call it.
ROBUST: Final = (
    ("bursty", True, "bursty: more short crises"),
    ("persistent", True, "persistent: steadier use"),
    ("shock", True, "shock: the department 15 % quieter from the launch, and volatile"),
    ("short history", True, "24 instead of 36 months of history (12 months cannot be estimated)"),
    ("main", False, "no social flag known"),
    ("heterogeneous", True, "mixed effects, about 20 % in all"),
    ("hidden", True, "hidden: chosen and willing are those whose use will last"),
    ("hidneg", True, "hidden, the other way: those about to improve by themselves"),
)


def measure(replicates: int, seed: int) -> dict[str, Any]:
    """Everything, as plain data."""
    main = _sites("main", replicates, seed)
    half = max(replicates // 2, 10)
    longer = _sites("two years", half, seed + 10_000, (0.0, 0.20, 0.36))
    groups = {"1 site, 1 year": _flat(main), "1 site, 2 years": _flat(longer),
              "10 sites, 1 year": together(main, 10), "10 sites, 2 years": together(longer, 10),
              "100 sites, 1 year": together(main, 100)}  # fmt: skip
    robust = {}
    for place, (scenario, flag, words) in enumerate(ROBUST):
        sites = _sites(scenario, half, seed + 20_000 + 1_000 * place, (0.0, 0.20), flag=flag)
        robust[words] = {"site": _all(_flat(sites)), "ten": _all(together(sites, 10))}
    found: dict[str, Any] = {
        "replicates": replicates, "half": half, "seed": seed,
        "published": like_published([simulate(SCENARIOS["main"], seed + n)
                                     for n in range(min(CALIBRATED_ON, replicates))]),
        "methods": _methods(_flat(main)),
        "sizes": {name: _all(tries) for name, tries in groups.items()},
        "robust": robust,
    }  # fmt: skip
    found["acceptance"] = acceptance(found)
    return found


def _sites(
    scenario: str, count: int, seed: int, effects: Sequence[float] = EFFECTS, *, flag: bool = True
) -> list[list[Try]]:
    done = 0

    def told(_: int) -> None:
        nonlocal done
        done += 1
        if done % 25 == 0 or done == count:
            print(f"{scenario}{'' if flag else ', no flag'}: {done} of {count}", flush=True)

    return many(scenario, range(seed, seed + count), effects, flag=flag, told=told)


def _flat(sites: Sequence[Sequence[Try]]) -> list[Try]:
    return [one for site in sites for one in site]


def _methods(found: Sequence[Try]) -> dict[str, dict[str, Any]]:
    """Every way of saying it, where nothing happened."""
    said: dict[str, Score | None] = {
        f"resource pack, {window} months": pack(found, window) for window in WINDOWS
    }
    for name in (*RIVALS, "natural-change table", "primary"):
        for window in WINDOWS:
            said[f"{name}, {window} months"] = score(found, name, window, 0.0)
    return {name: asdict(one) for name, one in said.items() if one is not None}


def _all(found: Sequence[Try]) -> dict[str, Any]:
    scores = {f"{window}/{effect:.2f}": score(found, "primary", window, effect)
              for window in WINDOWS for effect in EFFECTS}  # fmt: skip
    return {name: asdict(one) for name, one in scores.items() if one is not None}


def save(found: dict[str, Any]) -> None:
    """Keep the figures."""
    KEPT.parent.mkdir(exist_ok=True)
    KEPT.write_text(json.dumps(found, indent=1) + "\n", "utf-8")


def write() -> None:
    """Put the kept figures into the page."""
    page = PAGE.read_text("utf-8")
    before, rest = page.split(START)
    _, after = rest.split(STOP)
    measured = text(json.loads(KEPT.read_text("utf-8")))
    PAGE.write_text(f"{before}{START}\n\n{measured}\n\n{STOP}{after}", "utf-8")


def text(found: dict[str, Any]) -> str:
    """The tables as Markdown."""
    parts = (_met(found), _published(found), _say_methods(found), _sizes(found), _robust(found))
    return "\n\n".join(parts)


def _met(found: dict[str, Any]) -> str:
    said = (f"{found['replicates']} sites of the main scenario, {found['half']} of every other, "
            f"seeds from {found['seed']}.")  # fmt: skip
    lines = ["### Against the limits set beforehand", "", said, "",
             *head(("what", "limit", "measured", ""))]  # fmt: skip
    for line in found["acceptance"]:
        met = "met" if line["met"] else "**missed**"
        lines.append(f"| {line['what']} | {line['limit']} | {line['measured']} | {met} |")
    return "\n".join(lines)


def _published(found: dict[str, Any]) -> str:
    lines = ["### How like real departments the simulated ones are", "",
             *head(("", "simulated", "published", "source"))]  # fmt: skip
    for what, (figure, source) in PUBLISHED.items():
        digits = 2 if abs(figure) < 2 else 1
        lines.append(f"| {what} | {found['published'][what]:.{digits}f} | {figure:g} | {source} |")
    return "\n".join(lines)


def _say_methods(found: dict[str, Any]) -> str:
    said = f"What each method says although the truth is 0, over {found['replicates']} services."
    lines = ["### One site, one year, where the service does nothing", "", said, "",
             *head(("method", "says it reduced by (%)", "RMSE", "calls a benefit (%)",
                    "range holds 0 (%)"))]  # fmt: skip
    for name, one in found["methods"].items():
        lines.append(f"| {name} | {one['reduction']:+.1f} | {one['rmse']:.1f} | "
                     f"{_or_none(one['benefit'])} | {_or_none(one['covers'])} |")  # fmt: skip
    return "\n".join(lines)


def _sizes(found: dict[str, Any]) -> str:
    said = ("Each cell: bias / RMSE / coverage of the 95 % range / half its width, in points; "
            "then how often a benefit is called.")  # fmt: skip
    columns = ("size", "window", "tries", "clients", *(f"{e:.0%}" for e in EFFECTS))
    lines = ["### The corrected estimate by size and true effect", "", said, "", *head(columns)]
    for size, scores in found["sizes"].items():
        for window in WINDOWS:
            row = [scores.get(f"{window}/{effect:.2f}") for effect in EFFECTS]
            if row[0] is None:
                continue
            cells = " | ".join("" if one is None else _cell(one) for one in row)
            lines.append(f"| {size} | {window} months | {row[0]['tries']} | "
                         f"{row[0]['clients']:,.0f} | {cells} |")  # fmt: skip
    return "\n".join(lines)


def _cell(one: dict[str, Any]) -> str:
    return (f"{one['bias']:+.1f} / {one['rmse']:.1f} / {one['covers']:.0f} / "
            f"{one['half_width']:.0f}; {one['benefit']:.0f} %")  # fmt: skip


def _robust(found: dict[str, Any]) -> str:
    lines = [
        "### When the world is another",
        "",
        f"At no effect (but for mixed effects); {found['half']} sites each, then in tens.",
        "",
        *head(
            (
                "scenario",
                "window",
                "bias, 1 site",
                "covers the truth, 1 site",
                "calls a benefit",
                "bias, 10 sites",
                "covers the truth, 10 sites",
            )
        ),
    ]
    for words, scores in found["robust"].items():
        for window in WINDOWS:
            effect = "0.20" if words.startswith("mixed") else "0.00"
            site, ten = (scores[size].get(f"{window}/{effect}") for size in ("site", "ten"))
            if site is None or site["covers"] is None:
                continue
            many_sites = f"{ten['bias']:+.1f} | {ten['covers']:.0f} %" if ten else " | "
            lines.append(
                f"| {words} | {window} months | {site['bias']:+.1f} | {site['covers']:.0f} % | "
                f"{site['benefit']:.1f} % | {many_sites} |"
            )
    return "\n".join(lines)


def _or_none(value: float | None) -> str:
    return "" if value is None else f"{value:.1f}"
