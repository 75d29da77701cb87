"""`python -m bench.evaluate [--replicates N]`: simulated services in, the measured tables of
docs/explanation/evaluation.md out. One process, one core.
"""

from __future__ import annotations

import argparse
import os

# One thread: two cores are shared, and a matrix of eleven columns gains nothing from more.
os.environ.setdefault("OMP_NUM_THREADS", "1")

from bench.evaluate import results


def main() -> int:
    """Measure, keep, write the page."""
    parser = argparse.ArgumentParser(prog="python -m bench.evaluate")
    parser.add_argument("--replicates", type=int, default=200,
                        help="sites of the main scenario; the others get half as many")  # fmt: skip
    parser.add_argument("--seed", type=int, default=20_000, help="the first seed")
    parser.add_argument("--no-write", action="store_true", help="print the tables only")
    asked = parser.parse_args()
    found = results.measure(asked.replicates, asked.seed)
    if not asked.no_write:
        results.save(found)
        results.write()
    print(results.text(found))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
