"""The definitions as text for other engines: the SQL files of every room come in; one file per
dialect and step goes out, each saying whether it has been run.

`python -m openhiu.engines.goldens --write` refreshes them; without `--write` it says what differs.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from openhiu.engines.translate import translate

STANDING: Final = {
    "spark": "-- run: the spec tables run this text on Apache Spark 4.3\n",
    "postgres": "-- run: the spec tables run this text on PostgreSQL 18\n",
    "databricks": "-- generated, not run: nobody has tried this text on Databricks yet\n",
    "tsql": (
        "-- generated, not run: nobody has tried this text on SQL Server yet. It needs SQL Server\n"
        "-- 2022 or later and a database with a binary (BIN2) collation; write out the members of\n"
        "-- list parameters, and give yes-or-no parameters as 1 or 0.\n"
    ),
}
ROOMS: Final = Path(__file__).parent.parent


def definitions() -> Iterator[Path]:
    """Every SQL file of every room, in order."""
    yield from sorted([*ROOMS.glob("*/sql/*.sql"), *ROOMS.glob("report/*/sql/*.sql")])


def goldens() -> dict[str, str]:
    """Text by path, such as `spark/02_visits.sql`."""
    return {
        f"{dialect}/{path.name}": f"{standing}{translate(path.read_text('utf-8'), dialect)}\n"
        for dialect, standing in STANDING.items()
        for path in definitions()
    }


def differences(folder: Path) -> list[str]:
    """Paths under the folder whose text is missing, different or no longer made."""
    made = goldens()
    there = {path.relative_to(folder).as_posix(): path for path in folder.glob("*/*.sql")}
    changed = {name for name, text in made.items()
               if name not in there or there[name].read_text("utf-8") != text}  # fmt: skip
    return sorted(changed | (there.keys() - made.keys()))


def write(folder: Path) -> None:
    """Make the folder hold exactly the goldens."""
    for name in differences(folder):
        text = goldens().get(name)
        path = folder / name
        if text is None:
            path.unlink()
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")


def main() -> int:
    """Exit code 0 when the goldens are as they should be, 1 otherwise."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="write what differs")
    parser.add_argument("--folder", type=Path, default=Path("tests/engines/goldens"))
    asked = parser.parse_args()
    changed = differences(asked.folder)
    if asked.write:
        write(asked.folder)
    sys.stdout.write("".join(f"{name}\n" for name in changed))
    return 0 if asked.write or not changed else 1


if __name__ == "__main__":
    raise SystemExit(main())
