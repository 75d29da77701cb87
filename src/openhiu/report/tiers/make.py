"""Tiers whole: activity and a place come in; everything that was counted, and from it the internal
and the publishable folder, go out. Nothing is written here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from importlib import metadata
from typing import Any, Final

from openhiu.engines import Engine
from openhiu.identify import inputs
from openhiu.identify.describe import footprint_sentence
from openhiu.identify.why import say_day
from openhiu.identify.windows import midnight
from openhiu.report.folder import Folder, Missing, Written, contents
from openhiu.report.tiers import document, steps
from openhiu.report.tiers.counted import ALL, gather
from openhiu.report.tiers.kept import as_data
from openhiu.report.tiers.plain import Plain
from openhiu.report.tiers.priced import choose
from openhiu.report.tiers.protected import Protected
from openhiu.report.tiers.shape import Tiers
from openhiu.report.tiers.steps import Years
from openhiu.report.tiers.telling import Told, tell
from openhiu.report.tiers.wanted import Wanted, boundary_sentence, tiers_from, years_of
from openhiu.tables.handover import Activity

WHAT: Final = "tiers"
PUBLISHABLE: Final = "publishable"
_STAYS: Final = "exact counts, small ones too: it stays with whoever made it; hand on publishable/"
# How much of a year may be missing at its start before the year is not told of.
_LATE: Final = timedelta(days=7)
_ALIVE: Final = "A year counts people who were alive at its end."
_PLACES: Final = (
    "A person counts in one place: where they live by what is known last, or else where they are "
    "registered, or else, where neither is known, that of the hospital where they came most."
)
_SPELLS: Final = (
    "Emergency admissions are stays that began in the year, in any hospital of the data; a "
    "transfer goes on with the stay it came from, a birth at home is none. Bed days are the nights "
    "of such stays that fall into the year."
)
_NO_SPELLS: Final = (
    "Nobody sent hospital stays: emergency admissions are attendances that ended in admission, and "
    "bed days are not known."
)


@dataclass(frozen=True)
class Both:
    """The same tiers twice: as they are, and as anybody may see them."""

    internal: Tiers
    publishable: Tiers


def count_store(engine: Engine, activity: Activity, wanted: Wanted) -> Told:
    """Count a store. Raises InputNotUsable for one without attendances."""
    path = wanted.criteria.exclusions_file
    exclusions = inputs.read_exclusions(path) if path else []
    inputs.lay_out_store(engine, activity, wanted.locality, exclusions)
    sources = tuple({"file": one.file, "dataset": one.dataset, "rows": one.rows,
                     "sha256": one.sha256} for one in activity.sources)  # fmt: skip
    return count(
        engine, wanted, has_admissions=bool(activity.files.get("admissions")),
        cut_off=activity.cut_off.isoformat(" ", "minutes") if activity.cut_off else "",
        sources=sources, warnings=activity.warnings,
    )  # fmt: skip


def count(
    engine: Engine, wanted: Wanted, *, has_admissions: bool, cut_off: str = "",
    sources: tuple[Mapping[str, Any], ...] = (), warnings: tuple[str, ...] = (),
) -> Told:  # fmt: skip
    """Count tables that `identify.inputs` laid out."""
    now, before = years_of(wanted)
    years = Years(now, before, tiers_from(wanted.locality.tiers.top_from))
    found = steps.count(engine, wanted, years, has_admissions=has_admissions)
    begun = {row["site_code"]: row for row in steps.begins(engine, wanted, years)}
    units = gather(found, wanted.locality)
    whole, told = _whole_before(begun, units[0].sites, wanted, years)
    priced = choose(wanted.locality.money, by_spells=has_admissions)
    return Told(
        units=units,
        years=years,
        priced=priced,
        locality=wanted.locality,
        as_of=wanted.as_of,
        cut_off=cut_off,
        whole_before=frozenset(
            (unit.kind, unit.code) for unit in units
            if (unit.code in whole if unit.kind == "site" else ALL in whole)
        ),
        by_spells=has_admissions,
        counting=_counting(wanted, years, by_spells=has_admissions),
        criteria=wanted.criteria.as_dict(),
        sources=sources,
        warnings=(*warnings, *_silent(begun, wanted, years), *told, *priced.notes),
        openhiu=metadata.version("openhiu"),
    )  # fmt: skip


def both(told: Told) -> Both:
    """The internal and the publishable tiers of what was counted."""
    return Both(tell(told, Plain()), tell(told, Protected(told.units, told.years.tiers)))


def files(made: Both, kept: Mapping[str, bytes]) -> tuple[Folder, dict[str, bytes]]:
    """The internal folder, and every file of it with the publishable one inside."""
    internal = folder(made.internal, kept)
    inside = contents(folder(made.publishable, {}))
    return internal, {
        **contents(internal), **{f"{PUBLISHABLE}/{name}": data for name, data in inside.items()}
    }  # fmt: skip


def folder(tiers: Tiers, kept: Mapping[str, bytes]) -> Folder:
    """One version as a folder. `kept` are the files it was made from."""
    missing = missing_of(tiers)
    each = document.each_unit(tiers)
    written = [Written("tiers", document.report(tiers, missing))]
    written += [Written("each-hospital-and-place", each)] if each else []
    return Folder(
        what=WHAT,
        title=f"Tiers: {tiers.area}, {tiers.year.name}",
        documents=tuple(written[:1]) if not each else tuple(written),
        told=as_data(tiers),
        about={
            "area": tiers.area, "as_of": tiers.as_of.isoformat(), "year": tiers.year.name,
            "publishable": tiers.publishable, "criteria": dict(tiers.criteria),
            "tiers": [tier.label for tier in tiers.tiers], "sources": list(tiers.sources),
        },
        inputs=kept,
        annex=document.every_table(tiers),
        workbook_lines=tiers.counting,
        stays={} if tiers.publishable else {"everything but publishable/": _STAYS},
        missing=missing,
        warnings=tiers.warnings,
    )  # fmt: skip


def missing_of(tiers: Tiers) -> tuple[Missing, ...]:
    """What nobody has said."""
    if tiers.area != "The area":
        return ()
    return (Missing("What the area is called", 'Write name = "…" in the locality file.'),)


def _counting(wanted: Wanted, years: Years, *, by_spells: bool) -> tuple[str, ...]:
    """The rules in plain sentences; those of the criteria but for their rules and window."""
    labels = ", ".join(tier.label for tier in years.tiers)
    first, last = years.now.first, years.now.to_exclusive - timedelta(days=1)
    return (
        f"The tiers are {labels} attendances in 12 months.",
        f"The year runs from {say_day(first)} to {say_day(last)}.",
        boundary_sentence(years.tiers),
        *(
            one.replace("on the as-of date", "at the end of the year")
            for one in wanted.criteria.sentences()[2:-1]
        ),
        _ALIVE,
        footprint_sentence(wanted.locality).replace("are listed", "are counted"),
        _SPELLS if by_spells else _NO_SPELLS,
        *([_PLACES] if wanted.locality.places else []),
    )


def _whole_before(
    begun: Mapping[str, Any], sites: tuple[str, ...], wanted: Wanted, years: Years
) -> tuple[set[str], list[str]]:
    """The hospitals (and ALL) of which the year before is wholly there, and what lacks of it."""
    least = midnight(years.before.first) + _LATE
    whole = {code for code in sites if code in begun and begun[code]["first_arrival"] < least}
    late = [code for code in sites if code not in whole]
    if whole:
        whole.add(ALL)
    told = [
        f"{wanted.locality.site_name(code)} sent nothing of the beginning of the year before: the "
        "year before of the area lacks it."
        for code in late
    ]
    if whole:
        return whole, told
    return whole, ["The data do not hold the whole year before: nothing is told of it."]


def _silent(begun: Mapping[str, Any], wanted: Wanted, years: Years) -> list[str]:
    """One sentence for each hospital whose data end too long before the year does."""
    end = midnight(years.now.to_exclusive)
    latest = end - timedelta(days=wanted.locality.stale_after_days)
    expected = {site.code for site in wanted.locality.sites} | set(begun)
    told = []
    for code in sorted(expected):
        name = wanted.locality.site_name(code)
        if code not in begun or begun[code]["newest"] < midnight(years.now.first):
            told.append(f"There is no attendance of {name} in the year.")
        elif begun[code]["newest"] < latest:
            told.append(
                f"The newest attendance of {name} is of {say_day(begun[code]['newest'])}: the rest "
                "of the year is not counted."
            )
    return told
