"""Makes the trust: a folder, a size and a seed come in; the files of a made-up trust go out."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

from openhiu.errors import WrongUsage
from openhiu.synthetic import layout
from openhiu.synthetic.days import Calendar
from openhiu.synthetic.dice import Dice
from openhiu.synthetic.dirty import make_dirty
from openhiu.synthetic.places import MOST_SITES, locality_toml, make_places
from openhiu.synthetic.world import Rows, World, happen

MOST_PEOPLE_YEARS: Final = 600_000


@dataclass(frozen=True)
class Trust:
    """What was written: the files of each dataset, and how many rows each dataset has.

    Datasets, in this order: attendances, admissions, ambulance, calls_111, people. `dirty` holds
    the files made to be refused or corrected, `expected` what should become of them, `truth` what
    nobody could know about a real trust.
    """

    datasets: Mapping[str, tuple[Path, ...]]
    counts: Mapping[str, int]
    locality: Path
    truth: Path
    dirty: tuple[Path, ...] = ()
    expected: Path | None = None

    @property
    def files(self) -> tuple[Path, ...]:
        """Every sound data file, in order."""
        return tuple(path for paths in self.datasets.values() for path in paths)

    def as_dict(self) -> dict[str, Any]:
        """The result for `--json`: places and counts."""
        return {
            "files": {name: [str(path) for path in found] for name, found in self.datasets.items()},
            "counts": dict(self.counts),
            "locality": str(self.locality),
            "truth": str(self.truth),
            "dirty": [str(path) for path in self.dirty],
            "expected": str(self.expected) if self.expected else None,
        }


def make_trust(
    out: Path,
    *,
    people: int = 30_000,
    sites: int = 3,
    first: date,
    last: date,
    seed: int = 1,
    dirty: bool = False,
    progress: Callable[[str], None] | None = None,
) -> Trust:
    """Write a made-up trust, and from three sites on a neighbour, into the folder `out`.

    `people` attend a major department in an average year. People arrive on `first` and later, and
    before `last`, which is the first day after. The same arguments give the same bytes on every
    machine. `progress` hears a sentence now and then. Raises `WrongUsage` for sizes or dates that
    cannot be made.
    """
    _check(people, sites, first, last)
    world = World(Dice(seed), Calendar(first, last), make_places(sites))
    happen(world, people, progress or _silent)
    out.mkdir(parents=True, exist_ok=True)
    trust = _write_all(world, out)
    if not dirty:
        return trust
    expected = out / "dirty-expected.csv"
    made = make_dirty(out / "dirty", expected, _sorted(world.attendances), world.people, seed)
    return replace(trust, dirty=made, expected=expected)


def _silent(_: str) -> None:
    """Says nothing."""


def _check(people: int, sites: int, first: date, last: date) -> None:
    if not 1 <= sites <= MOST_SITES:
        raise WrongUsage("the number of sites is out of range",
                         remedy=f"ask for 1 to {MOST_SITES} sites")  # fmt: skip
    if last <= first:
        raise WrongUsage("the last day does not lie after the first",
                         remedy="give the earlier day to --from and the later to --to")  # fmt: skip
    years = Calendar(first, last).years + 1
    if people < 1 or people * years > MOST_PEOPLE_YEARS:
        raise WrongUsage(
            "the number of people is out of range",
            remedy=f"ask for 1 to {int(MOST_PEOPLE_YEARS / years):,} people over this time: there "
            "are only 909,000 NHS numbers that belong to nobody",
        )


def _write_all(world: World, out: Path) -> Trust:
    rows = {
        "attendances": _numbered(world.attendances, 1, "E"),
        "admissions": _numbered(world.admissions, 0, "S"),
        "ambulance": _sorted(world.ambulance),
        "calls_111": _numbered(world.calls_111, 0, "C"),
        "people": world.people,
    }
    datasets = {"attendances": _write_years(out, rows["attendances"])}
    for dataset, columns in _COLUMNS.items():
        path = write_csv(out / f"{dataset}.csv", columns, rows[dataset])
        datasets[dataset] = (path,)
    truth = write_csv(out / "truth.csv", layout.TRUTH_COLUMNS, world.truth)
    locality = out / "locality.toml"
    locality.write_bytes(locality_toml(world.places).encode())
    return Trust(datasets, {name: len(found) for name, found in rows.items()}, locality, truth)


_COLUMNS: Final = {
    "admissions": layout.ADMISSION_COLUMNS,
    "ambulance": layout.AMBULANCE_COLUMNS,
    "calls_111": layout.CALL_111_COLUMNS,
    "people": layout.PEOPLE_COLUMNS,
}
_ARRIVAL_DATE: Final = layout.ATTENDANCE_COLUMNS.index("EMERGENCY CARE ARRIVAL DATE")


def _sorted(rows: Rows) -> list[list[str]]:
    return [row for _, row in sorted(rows, key=lambda pair: pair[0])]


def _numbered(rows: Rows, column: int, letter: str) -> list[list[str]]:
    """The rows in order of time, each with its identifier in `column`."""
    ordered = _sorted(rows)
    for number, row in enumerate(ordered, start=100_001):
        row[column] = f"{letter}{number}"
    return ordered


def _write_years(out: Path, rows: list[list[str]]) -> tuple[Path, ...]:
    years: dict[str, list[list[str]]] = {}
    for row in rows:
        years.setdefault(row[_ARRIVAL_DATE][:4], []).append(row)
    return tuple(
        write_csv(out / f"attendances-{year}.csv", layout.ATTENDANCE_COLUMNS, found)
        for year, found in years.items()
    )


def write_csv(path: Path, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Path:
    """A comma-separated file in UTF-8 with lines ended as spreadsheets end them."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows(rows)
    return path
