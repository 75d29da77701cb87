"""`python -m bench.areas`: count the tiers and the reach of made-up areas in every way, check that
all of them tell the same numbers, write the page.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

import pyarrow.parquet as pq

from bench import data, report
from bench.areas import ways
from bench.measure import Measured, measure

RESULTS: Final = report.RESULTS / "areas.json"
START, STOP = (
    "<!-- measured: python -m bench.areas writes this -->",
    "<!-- end of measured areas -->",
)
RUNS: Final = {"S": 4, "M": 4, "L": 2}
# `hiu` counts a store; loose files are here for the comparison, and not worth the wait at a size.
LEFT_OUT: Final = {"S": (), "M": (), "L": ("tiers, raw",)}
LIMIT_MIB: Final = 2048
COUNTS: Final = report.COUNTS


def main() -> int:
    """Exit code 1 where a way told other numbers than the rest."""
    parser = argparse.ArgumentParser(prog="python -m bench.areas", description=__doc__)
    parser.add_argument("--size", nargs="*", choices=list(data.SIZES), default=list(data.SIZES))
    parser.add_argument("--only", nargs="*", default=[], help="ways whose name has this")
    parser.add_argument(
        "--folder", type=Path, default=Path(tempfile.gettempdir()) / "openhiu-bench"
    )
    asked = parser.parse_args()
    agreed = True
    for size in asked.size:
        folder = asked.folder / size
        print(f"{size}: making the data in {folder}", flush=True)
        data.make(folder, data.SIZES[size])
        found, differing = _measured(folder, size, asked.only)
        agreed = agreed and not differing
        if not asked.only:
            _save(size, {**report.machine(), "ways": found, "differing": differing})
    if not asked.only:
        print(_write())
    return 0 if agreed else 1


def _measured(folder: Path, size: str, only: list[str]) -> tuple[list[dict[str, Any]], list[str]]:
    found, made = [], {}
    with tempfile.TemporaryDirectory() as out:
        for number, name in enumerate(ways.candidates(folder)):
            wanted = any(part in name for part in only) if only else name not in LEFT_OUT[size]
            if not wanted:
                continue
            rows = Path(out) / f"{number}.parquet"
            runs = RUNS[size] if "Spark" not in name else 1 if size == "L" else 2
            limit = LIMIT_MIB if "2 GiB" in name else None
            result = measure("bench.areas.ways", folder, name, runs=runs, out=rows,
                             memory_mib=limit)  # fmt: skip
            _say(result)
            found.append(asdict(result))
            if not result.failed and not name.startswith("scan"):
                made[name] = pq.read_table(rows).to_pydict()
    return found, _differing(made)


def _say(result: Measured) -> None:
    said = result.failed or (f"CPU {result.cpu:.2f} s, wall {result.wall:.2f} s, "
                             f"peak {result.peak:.0f} MiB, {result.rows} numbers")  # fmt: skip
    print(f"  {result.name}: {said}", flush=True)


def _differing(made: dict[str, Any]) -> list[str]:
    """Each way held against the first that tells the same, number by number."""
    differing = []
    for what in ("tiers", "reach"):
        names = [name for name in made if name.startswith(what)]
        for name in names[1:]:
            if made[name] != made[names[0]]:
                differing.append(f"{name} against {names[0]}")
                print(f"  DIFFERENT NUMBERS: {name} against {names[0]}")
    return differing


def _save(size: str, result: dict[str, Any]) -> None:
    kept = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
    RESULTS.write_text(json.dumps({**kept, size: result}, indent=1) + "\n")


def _write() -> str:
    """Put everything measured so far into the page; the text is returned too."""
    kept = json.loads(RESULTS.read_text())
    parts = [_size(size, COUNTS[size], kept[size]) for size in COUNTS if size in kept]
    text = "\n\n".join(parts)
    page = report.PAGE.read_text("utf-8")
    before, rest = page.split(START)
    _, after = rest.split(STOP)
    report.PAGE.write_text(f"{before}{START}\n\n{text}\n\n{STOP}{after}", "utf-8")
    return text


def _size(size: str, words: str, result: dict[str, Any]) -> str:
    ways_ = [way for way in result["ways"] if not way["failed"]]
    limit = next(
        (way for way in ways_ if way["name"].endswith("raw") and "scan" in way["name"]), None
    )
    heads = ("counting an area", "CPU s", "x scan", "wall s", "first run, CPU s", "peak MiB",
             "numbers", "runs")  # fmt: skip
    lines = [f"### {size}: {words}", "", f"{result['machine']}  ", f"{result['versions']}", "",
             *report.head(heads)]  # fmt: skip
    for way in result["ways"]:
        if way["failed"]:
            lines.append(f"| {way['name']} | did not finish: {way['failed'][:80]} | | | | | | |")
            continue
        scan = way["name"].startswith("scan")
        times = f"{way['cpu'] / limit['cpu']:.1f}" if limit and not scan else ""
        lines.append(
            f"| {way['name']} | {way['cpu']:.2f} | {times} | {way['wall']:.2f} | "
            f"{way['cold_cpu']:.2f} | {way['peak']:.0f} | {'' if scan else way['rows']} | "
            f"{way['runs']} |"
        )
    same = result["differing"]
    said = f"Different numbers: {'; '.join(same)}." if same else (
        "Every way told the same numbers, to the last digit."
    )  # fmt: skip
    return "\n".join([*lines, "", said])


if __name__ == "__main__":
    raise SystemExit(main())
