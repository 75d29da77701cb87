"""`python -m bench`: make the data, measure every candidate, check their rows, write the page."""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

import pyarrow.parquet as pq

from bench import data, extracts, lists, report
from bench.measure import Measured, measure

RUNS: Final = {"S": 6, "M": 4, "L": 3}
# Too slow or too large to be worth the wait at a size; `--only` measures them all the same.
LEFT_OUT: Final = {"S": (), "M": (), "L": ("pandas", "Spark")}
LIMIT_MIB: Final = 2048


def main() -> int:
    """Exit code 1 when a candidate made other rows than the rest."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--size", nargs="*", choices=list(data.SIZES), default=list(data.SIZES))
    parser.add_argument("--only", nargs="*", default=[], help="candidates whose name has this")
    parser.add_argument(
        "--folder", type=Path, default=Path(tempfile.gettempdir()) / "openhiu-bench"
    )
    asked = parser.parse_args()
    agreed = True
    for size in asked.size:
        folder = asked.folder / size
        print(f"{size}: making the data in {folder}", flush=True)
        data.make(folder, data.SIZES[size])
        results: dict[str, Any] = report.machine()
        results["list"], same = _lists(folder, size, asked.only)
        agreed = agreed and same
        if not asked.only and (folder / "attendances.csv").exists():
            results["extract"] = _extracts(folder, RUNS[size])
            results["cold_cli"] = _cold_cli(folder) if size == "S" else None
        if not asked.only:
            report.save(size, results)
    if not asked.only:
        print(report.write())
    return 0 if agreed else 1


def _lists(folder: Path, size: str, only: list[str]) -> tuple[list[dict[str, Any]], bool]:
    found, made = [], {}
    with tempfile.TemporaryDirectory() as out:
        for number, name in enumerate(lists.candidates(folder)):
            if not _wanted(name, only, LEFT_OUT[size]):
                continue
            rows = Path(out) / f"{number}.parquet"
            runs = min(2, RUNS[size]) if "Spark" in name or "pandas" in name else RUNS[size]
            limit = LIMIT_MIB if "2 GiB" in name else None
            result = measure("bench.lists", folder, name, runs=runs, out=rows, memory_mib=limit)
            _say(result)
            found.append(asdict(result))
            if not result.failed and not name.startswith("scan"):
                made[name] = _sorted(rows)
    return found, _agree(made)


def _wanted(name: str, only: list[str], left_out: tuple[str, ...]) -> bool:
    if only:
        return any(part in name for part in only)
    return not any(part in name for part in left_out)


def _say(result: Measured) -> None:
    said = result.failed or (f"CPU {result.cpu:.2f} s, wall {result.wall:.2f} s, "
                             f"peak {result.peak:.0f} MiB, {result.rows} rows")  # fmt: skip
    print(f"  {result.name}: {said}", flush=True)


def _sorted(path: Path) -> list[tuple[Any, ...]]:
    table = pq.read_table(path, columns=list(lists.COLUMNS))
    columns = [table[name].to_pylist() for name in lists.COLUMNS]
    return sorted(zip(*columns, strict=True))


def _agree(made: dict[str, list[tuple[Any, ...]]]) -> bool:
    """Every candidate made the same rows; a rival that counts differently proves nothing."""
    names = list(made)
    differing = [name for name in names[1:] if made[name] != made[names[0]]]
    for name in differing:
        print(f"  DIFFERENT ROWS: {name} against {names[0]}")
    return not differing


def _extracts(folder: Path, runs: int) -> list[dict[str, Any]]:
    found = []
    for name in extracts.candidates(folder):
        result = measure("bench.extracts", folder, name, runs=min(runs, 3))
        _say(result)
        found.append({**asdict(result), "csv_rows": _csv_rows(folder)})
    return found


def _csv_rows(folder: Path) -> int:
    return sum(pq.read_metadata(path).num_rows for path in data.raw(folder))


def _cold_cli(folder: Path) -> float:
    """Wall seconds of `hiu identify` as a new process, from a store that extract made."""
    store, out = folder / "store", folder / "list"
    hiu = Path(sys.executable).with_name("hiu")
    if not store.exists():
        subprocess.run([hiu, "extract", folder / "attendances.csv", "--dataset", "attendances",
                        "--store", store], check=True, capture_output=True)  # fmt: skip
    command = [hiu, "identify", "--store", store, "--as-of", data.AS_OF.isoformat(), "--out", out]
    walls = []
    for _ in range(5):
        started = time.monotonic()
        done = subprocess.run(command, capture_output=True, text=True)
        walls.append(time.monotonic() - started)
        assert done.returncode in (0, 1), done.stderr
    return statistics.median(walls)


if __name__ == "__main__":
    raise SystemExit(main())
