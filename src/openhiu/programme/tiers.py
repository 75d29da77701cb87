"""The tiers of an area: a store and a day, or a folder in which they were counted before, come in;
the tiers, or a folder with their internal and publishable version, go out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from openhiu import extract
from openhiu.engines import open_engine
from openhiu.errors import WrongUsage
from openhiu.identify.criteria import Criteria
from openhiu.identify.criteria_file import load_preset, read_criteria
from openhiu.programme.documents import Made
from openhiu.programme.places import locality_file, locality_of, with_those_it_names

if TYPE_CHECKING:
    from openhiu.report.tiers import Tiers
    from openhiu.report.tiers.telling import Told

Say = Callable[[str], None]
_PRESET: Final = "tiers"
_CRITERIA: Final = "criteria.toml"
_OTHERWISE: Final = "counted-by.toml"


@dataclass(frozen=True)
class TiersOptions:
    """What `hiu report tiers` was asked for. `year` is a financial year such as 2025/26."""

    store: Path
    as_of: date
    out: Path
    year: str | None = None
    locality: Path | None = None
    preset: str | None = None
    criteria: Path | None = None
    engine: str = "duckdb"


def make_tiers(options: TiersOptions, *, say: Say) -> Made:
    """7. How many people are in which tier, what their contacts cost, and what to expect."""
    if options.out.resolve() == options.store.resolve():
        raise WrongUsage("--out is the store", remedy="write the tiers elsewhere")
    # Loaded here: the writers of paper take longer to load than a list takes to make.
    from openhiu.report.folder import write_contents
    from openhiu.report.tiers import beside, document, make

    told = _counted(options, say)
    say("hiding what nobody else may see")
    made = make.both(told)
    say("writing the report")
    folder, files = make.files(made, _kept(options))
    warnings = beside.warnings_of(options.out / make.PUBLISHABLE, made.publishable)
    written = write_contents(options.out, folder.what, files)
    missing = tuple((one.what, one.remedy) for one in folder.missing)
    lines = (*document.short_lines(made.internal), *_where(options.out))
    return Made(
        folder.title, options.out.resolve(), tuple(written), lines, missing,
        (*warnings, *folder.warnings),
    )  # fmt: skip


def tiers_of(
    *, store: Path | None = None, as_of: date | None = None, tiers: Path | None = None,
    locality: Path | None = None, year: str | None = None, engine: str = "duckdb",
    publishable: bool = False, criteria: Criteria | None = None, say: Say = lambda _: None,
) -> Tiers:  # fmt: skip
    """The tiers in a folder that `hiu report tiers` wrote, or counted from a store now.

    Raises WrongUsage where neither or both were given. `publishable`, and by whose `criteria` who
    and what counts, are about a store only: a folder is what it is.
    """
    from openhiu.report.tiers import make, read_tiers

    if bool(store) == bool(tiers):
        raise WrongUsage(
            "either --store or --tiers is needed",
            remedy="name the store with --as-of, or the folder that hiu report tiers wrote",
        )
    if tiers:
        return read_tiers(tiers)
    if store is None or as_of is None:
        raise WrongUsage("--store needs --as-of", remedy="name the first day that does not count")
    options = TiersOptions(store, as_of, store, year, locality, engine=engine)
    made = make.both(_counted(options, say, criteria))
    return made.publishable if publishable else made.internal


def _counted(options: TiersOptions, say: Say, criteria: Criteria | None = None) -> Told:
    from openhiu.report.tiers import make
    from openhiu.report.tiers.wanted import Wanted

    activity = extract.open_activity(options.store)
    place = locality_of(options.locality, options.store)
    wanted = Wanted(criteria or _criteria(options), options.as_of, place, options.year)
    say("counting the tiers")
    with open_engine(options.engine) as engine:
        return make.count_store(engine, activity, wanted)


def _criteria(options: TiersOptions) -> Criteria:
    if options.preset and options.criteria:
        raise WrongUsage("--preset and --criteria were both given", remedy="give one of the two")
    if options.criteria:
        return read_criteria(options.criteria)
    return load_preset(options.preset or _PRESET)


def _kept(options: TiersOptions) -> dict[str, bytes]:
    """The files it was made from that are not data of people."""
    kept = with_those_it_names(locality_file(options.locality, options.store))
    if options.criteria:
        # The place may have criteria of its own in a file of that name.
        name = _OTHERWISE if _CRITERIA in kept else _CRITERIA
        kept[name] = options.criteria.read_bytes()
    return kept


def _where(out: Path) -> tuple[str, ...]:
    return (
        "These counts are exact: they stay with whoever made them.",
        f"What anybody may see is in {(out / 'publishable').name}/.",
    )
