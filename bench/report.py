"""The figures as Markdown: results by size come in, docs/explanation/performance.md goes out."""

from __future__ import annotations

import importlib.metadata
import json
import os
import platform
from pathlib import Path
from typing import Any, Final

RESULTS: Final = Path(__file__).parent / "results"
PAGE: Final = Path(__file__).parent.parent / "docs" / "explanation" / "performance.md"
START, STOP = "<!-- measured: python -m bench writes this -->", "<!-- end of measured -->"
PACKAGES: Final = ("duckdb", "pyarrow", "polars", "pandas", "pyspark", "sqlglot")
COUNTS: Final = {"S": "150 thousand attendances, one site, a year",
                 "M": "3 million attendances, 8 sites, three years",
                 "L": "25 million attendances, 200 sites, a year"}  # fmt: skip


def machine(packages: tuple[str, ...] = PACKAGES) -> dict[str, str]:
    """What the figures were measured on."""
    versions = {name: importlib.metadata.version(name) for name in packages}
    model = next((line.partition(":")[2].strip()
                  for line in Path("/proc/cpuinfo").read_text().splitlines()
                  if line.startswith("model name")), platform.machine())  # fmt: skip
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    load = os.getloadavg()[0]
    return {
        "machine": f"{os.cpu_count()} x {model}, {memory:.0f} GiB, {platform.system()}, "
        f"load {load:.1f} before the run",
        "versions": f"Python {platform.python_version()}, "
        + ", ".join(f"{name} {version}" for name, version in versions.items()),
    }


def save(size: str, results: dict[str, Any]) -> None:
    """Keep the figures of a size, so that sizes can be measured one at a time."""
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"{size}.json").write_text(json.dumps(results, indent=1) + "\n")


def write() -> str:
    """Put everything measured so far into the page; the text is returned too."""
    parts = []
    for size, words in COUNTS.items():
        path = RESULTS / f"{size}.json"
        if path.exists():
            parts.append(_size(size, words, json.loads(path.read_text())))
    text = "\n\n".join(parts)
    page = PAGE.read_text("utf-8")
    before, rest = page.split(START)
    _, after = rest.split(STOP)
    PAGE.write_text(f"{before}{START}\n\n{text}\n\n{STOP}{after}", "utf-8")
    return text


def _size(size: str, words: str, results: dict[str, Any]) -> str:
    lines = [f"### {size}: {words}", "", f"{results['machine']}  ", f"{results['versions']}", ""]
    lines += _list_table(results["list"])
    if results.get("extract"):
        lines += ["", *_extract_table(results["extract"])]
    if results.get("cold_cli"):
        seconds = f"{results['cold_cli']:.1f} s of wall time (median of 5)"
        lines += ["", f"`hiu identify` from a store, as a new process: {seconds}."]
    return "\n".join(lines)


def _list_table(rows: list[dict[str, Any]]) -> list[str]:
    found = {row["name"]: row for row in rows if not row["failed"]}
    limit = found.get("scan of the needed columns, raw")
    heads = ("making the list", "CPU s", "x scan", "x hand-tuned", "wall s", "first run, CPU s",
             "peak MiB", "runs")  # fmt: skip
    lines = head(heads)
    for row in rows:
        if row["failed"]:
            lines.append(f"| {row['name']} | did not finish: {row['failed'][:80]} | | | | | | |")
            continue
        layout = "store" if "store" in row["name"] else "raw"
        rival = found.get(f"hand-tuned SQL, {layout}")
        lines.append(
            f"| {row['name']} | {row['cpu']:.2f} | {_times(row, limit)} | {_times(row, rival)} | "
            f"{row['wall']:.2f} | {row['cold_cpu']:.2f} | {row['peak']:.0f} | {row['runs']} |"
        )
    return lines


def head(names: tuple[str, ...]) -> list[str]:
    """The first two lines of a table."""
    return [f"| {' | '.join(names)} |", "|---" * len(names) + "|"]


def _times(row: dict[str, Any], other: dict[str, Any] | None) -> str:
    if other is None or row["name"].startswith("scan") or row is other:
        return ""
    return f"{row['cpu'] / other['cpu']:.1f}"


def _extract_table(rows: list[dict[str, Any]]) -> list[str]:
    lines = head(("reading one CSV", "rows a second", "CPU s", "wall s", "peak MiB"))
    for row in rows:
        if row["failed"]:
            lines.append(f"| {row['name']} | did not finish: {row['failed'][:80]} | | | |")
            continue
        lines.append(f"| {row['name']} | {row['csv_rows'] / row['wall']:,.0f} | {row['cpu']:.2f} | "
                     f"{row['wall']:.2f} | {row['peak']:.0f} |")  # fmt: skip
    return lines
