"""One candidate in a process of its own: a name comes in, seconds, megabytes and rows go out.

CPU-seconds and memory include the processes a candidate starts (Spark's Java). Linux only.
"""

from __future__ import annotations

import importlib
import json
import os
import resource
import statistics
import subprocess
import sys
import time
import warnings
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

HERTZ: Final = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Measured:
    """Medians of the runs after the first; `cold` is the first. Memory in MiB."""

    name: str
    cpu: float
    wall: float
    cold_wall: float
    cold_cpu: float
    peak: float
    runs: int
    rows: int
    failed: str = ""


def measure(
    maker: str, folder: Path, name: str, *, runs: int, out: Path | None = None,
    memory_mib: int | None = None,
) -> Measured:  # fmt: skip
    """Run `candidates(folder)[name]` of a module so often; write its rows to `out`."""
    command = [sys.executable, "-m", "bench.measure", maker, str(folder), name, str(runs),
               str(out or "")]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        last = done.stderr.strip().splitlines()[-1:] or [f"ended with {done.returncode}"]
        return Measured(name, 0, 0, 0, 0, 0, 0, 0, failed=last[0])
    result = Measured(name, **json.loads(done.stdout.splitlines()[-1]))
    if memory_mib and result.peak > memory_mib:
        return replace(result, failed=f"held {result.peak:.0f} MiB, more than {memory_mib}")
    return result


def _children(process: int) -> list[int]:
    found: list[int] = []
    for task in Path(f"/proc/{process}/task").glob("*/children"):
        for child in map(int, task.read_text().split()):
            found += [child, *_children(child)]
    return found


def _cpu() -> float:
    own = resource.getrusage(resource.RUSAGE_SELF)
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = own.ru_utime + own.ru_stime + ended.ru_utime + ended.ru_stime
    for child in _children(os.getpid()):
        fields = Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split()
        seconds += (int(fields[11]) + int(fields[12])) / HERTZ
    return seconds


def _peak() -> float:
    """MiB at the highest, of this process and of the largest it started.

    Not `ru_maxrss`: that one keeps what the process stood at before it became this program.
    """
    own, *started = [_high_water(process) for process in (os.getpid(), *_children(os.getpid()))]
    return own + max(started, default=0)


def _high_water(process: int) -> float:
    for line in Path(f"/proc/{process}/status").read_text().splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) / 1024
    return 0


def _once(run: Any) -> tuple[float, float, Any]:
    cpu, wall = _cpu(), time.monotonic()
    rows = run()
    return _cpu() - cpu, time.monotonic() - wall, rows


def main(maker: str, folder: str, name: str, runs: str, out: str) -> None:
    """Run, and print the figures as one line of JSON."""
    import pyarrow.parquet as pq

    warnings.simplefilter("ignore")
    run = importlib.import_module(maker).candidates(Path(folder))[name]
    timed = [_once(run) for _ in range(int(runs))]
    rows = timed[-1][2]
    if out:
        pq.write_table(rows, out)
    warm = timed[1:] or timed
    print(json.dumps({
        "cpu": statistics.median(cpu for cpu, _, _ in warm),
        "wall": statistics.median(wall for _, wall, _ in warm),
        "cold_cpu": timed[0][0], "cold_wall": timed[0][1],
        "peak": _peak(), "runs": len(warm), "rows": rows.num_rows,
    }))  # fmt: skip


if __name__ == "__main__":
    main(*sys.argv[1:])
