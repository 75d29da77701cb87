"""What is commissioned: tiers, or the store they are counted from, a locality and criteria come in;
a folder with the specification goes out, and whether a list was made by it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from openhiu.errors import ExitCode, WrongUsage
from openhiu.identify.criteria import Criteria
from openhiu.programme.criteria import criteria_of
from openhiu.programme.documents import Made, put_down
from openhiu.programme.places import settings_of

if TYPE_CHECKING:
    from openhiu.report.tiers import Tiers

Say = Callable[[str], None]
_TIERS: Final = "tiers.json"
_PUBLISHABLE: Final = "publishable"


@dataclass(frozen=True)
class SpecificationOptions:
    """What `hiu report service-specification` was asked for: a store and a day, or tiers."""

    out: Path
    store: Path | None = None
    as_of: date | None = None
    tiers: Path | None = None
    criteria: Path | None = None
    preset: str | None = None
    locality: Path | None = None
    engine: str = "duckdb"


@dataclass(frozen=True)
class ListChecked:
    """Whether a list was made by a specification, what differs, and both fingerprints."""

    same: bool
    lines: tuple[str, ...]
    contract: str
    listed: str

    @property
    def exit_code(self) -> ExitCode:
        """A list that is not the contract's needs a person."""
        return ExitCode.DONE if self.same else ExitCode.NEEDS_A_PERSON

    def as_dict(self) -> dict[str, Any]:
        """The result for `--json`."""
        return {"same": self.same, "lines": list(self.lines), "contract": self.contract,
                "list": self.listed, "exit_code": int(self.exit_code)}  # fmt: skip


def make_specification(options: SpecificationOptions, *, say: Say) -> Made:
    """7. The contract, with the criteria that the list is made by."""
    # Loaded here: the writers of paper take longer to load than a list takes to make.
    from openhiu.report.service_specification.make import lines, make
    from openhiu.report.service_specification.source import Source

    _refuse_what_does_not_go_together(options)
    settings = settings_of(options.locality, store=options.store, tiers=options.tiers)
    place, inputs = settings.place, settings.kept
    criteria, chosen = criteria_of(options.preset, options.criteria, place)
    tiers = _tiers(options, criteria, inputs, say)
    source = Source(tiers, criteria, place, options.as_of or tiers.as_of, chosen, inputs)
    say("writing the specification")
    return put_down(options.out, make(source), (*lines(source), *settings.lines))


def check_list(listed: Path, contract: Path) -> ListChecked:
    """Whether a list was made by the criteria, area and hospitals of a specification."""
    from openhiu.report.service_specification.check import (
        check,
        read_contract,
        read_manifest,
    )

    found = check(read_contract(contract), read_manifest(listed))
    return ListChecked(found.same, found.lines, found.contract, found.listed)


def _tiers(
    options: SpecificationOptions, criteria: Criteria, inputs: dict[str, bytes], say: Say
) -> Tiers:
    """Those that were given, or counted now: as anybody may see them. They join the inputs."""
    from openhiu.programme.tiers import tiers_of
    from openhiu.report.folder import as_json
    from openhiu.report.tiers import as_data

    given = options.tiers
    if given and (given / _PUBLISHABLE / _TIERS).exists():
        given = given / _PUBLISHABLE
    tiers = tiers_of(
        store=options.store, as_of=options.as_of if options.store else None, tiers=given,
        locality=options.locality, engine=options.engine, publishable=True,
        criteria=criteria, say=say,
    )  # fmt: skip
    inputs[_TIERS] = as_json(as_data(tiers))
    return tiers


def _refuse_what_does_not_go_together(options: SpecificationOptions) -> None:
    if bool(options.store) == bool(options.tiers):
        raise WrongUsage(
            "either --store or --tiers is needed",
            remedy="name the store with --as-of, or the folder that hiu report tiers wrote",
        )
    if options.store and not options.as_of:
        raise WrongUsage("--store needs --as-of", remedy="name the first day that does not count")
    read = [options.tiers, options.store]
    if any(path.resolve() == options.out.resolve() for path in read if path):
        raise WrongUsage("--out is read from", remedy="write the specification elsewhere")
