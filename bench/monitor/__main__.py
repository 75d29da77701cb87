"""`python -m bench.monitor [--caseloads N]`: simulated clients and made-up trusts in, the measured
part of docs/explanation/early-warning.md out.
"""

from __future__ import annotations

import argparse

from bench.monitor import page


def main() -> int:
    """Measure, keep, write the page."""
    parser = argparse.ArgumentParser(prog="python -m bench.monitor")
    parser.add_argument("--caseloads", type=int, default=200, help="of 50 clients each")
    parser.add_argument("--trusts", type=int, default=3, help="made-up trusts")
    parser.add_argument("--seed", type=int, default=1, help="the first seed")
    parser.add_argument("--no-write", action="store_true", help="print the tables only")
    asked = parser.parse_args()
    measured = page.found(asked.caseloads, asked.trusts, asked.seed)
    if not asked.no_write:
        page.save(measured)
    print(page.text(measured))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
