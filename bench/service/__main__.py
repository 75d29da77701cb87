"""`python -m bench.service --seeds 200`: many simulated years; how often what happened, what broke.

    python -m bench.service [--seeds N] [--first N] [--days N] [--processes N] [--only SEED ...]
                            [--eventful] [--pace SHARE]

Exit code 1 when a promise did not hold in any of them; the sentence names seed, day and promise.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]


def main() -> int:
    """Share the seeds out, gather what happened, print the table."""
    asked = _asked()
    seeds = asked.only or list(range(asked.first, asked.first + asked.seeds))
    if asked.worker:
        return _live_through(seeds, asked)
    began, years = time.monotonic(), []
    for line in _lines(seeds, asked):
        years.append(line)
        words = "held" if not line["broken"] else line["broken"]
        print(f"seed {line['seed']}: {words} ({line['seconds']:.0f} s)", flush=True)
    _table(years)
    broken = [one for one in years if one["broken"]]
    print(f"\n{len(years)} seeds of {asked.days} days in {time.monotonic() - began:.0f} s; "
          f"{len(broken)} broken")  # fmt: skip
    return 1 if broken or len(years) < len(seeds) else 0


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.service", description=__doc__)
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--first", type=int, default=1)
    parser.add_argument("--days", type=int, default=364)
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--only", type=int, nargs="*")
    parser.add_argument("--eventful", action="store_true", help="what is rare comes soon")
    parser.add_argument("--pace", type=float, default=1.0, help="share of days with ordinary work")
    parser.add_argument("--worker", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


def _lines(seeds: list[int], asked: argparse.Namespace) -> Any:
    """Each year's line, from processes that each live through their share."""
    count = max(1, min(asked.processes, len(seeds)))
    command = [sys.executable, "-m", "bench.service", "--worker", "--days", str(asked.days),
               "--pace", str(asked.pace), *(["--eventful"] if asked.eventful else [])]  # fmt: skip
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT / "tests"), str(ROOT)))}
    running = [
        subprocess.Popen([*command, "--only", *map(str, seeds[nth::count])], env=environment,
                         cwd=ROOT, stdout=subprocess.PIPE, text=True)
        for nth in range(count)
    ]  # fmt: skip
    import selectors

    waiting = selectors.DefaultSelector()
    for one in running:
        waiting.register(one.stdout, selectors.EVENT_READ)  # type: ignore[arg-type]
    while waiting.get_map():
        for key, _ in waiting.select():
            line = key.fileobj.readline()  # type: ignore[union-attr]
            if line:
                yield json.loads(line)
            else:
                waiting.unregister(key.fileobj)


def _live_through(seeds: list[int], asked: argparse.Namespace) -> int:
    """One process: a line of JSON for each year."""
    from bench.service import database

    with database.server() as running:
        from bench.service.broken import Broken
        from bench.service.year import simulate

        for seed in seeds:
            began, told = time.monotonic(), {"seed": seed, "broken": "", "tally": {}, "digest": ""}
            with database.fresh(running):
                try:
                    year = simulate(seed, asked.days, eventful=asked.eventful, pace=asked.pace)
                    told |= {"tally": dict(year.tally), "digest": year.digest}
                except (Broken, RuntimeError) as why:
                    told["broken"] = str(why)
            told["seconds"] = time.monotonic() - began
            print(json.dumps(told), flush=True)
    return 0


def _table(years: list[dict[str, Any]]) -> None:
    """How often each kind of thing happened, in a year at least, in the middle, at most."""
    kinds = Counter[str]()
    for year in years:
        kinds.update(year["tally"])
    print(f"\n{'what happened':60} {'in all':>8} {'least':>6} {'most':>6} {'seeds with':>11}")
    for kind in sorted(kinds):
        counts = [year["tally"].get(kind, 0) for year in years if year["tally"]]
        with_it = sum(count > 0 for count in counts)
        print(f"{kind:60.60} {kinds[kind]:8} {min(counts):6} {max(counts):6} {with_it:11}")


if __name__ == "__main__":
    sys.exit(main())
