"""The place itself: a locality file comes in; its sites, footprint and other sections go out."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from openhiu.errors import ConfigurationFault
from openhiu.locality.board import Board, read_board
from openhiu.locality.business_case import BusinessCase, read_business_case
from openhiu.locality.early_warning import EarlyWarning, read_early_warning
from openhiu.locality.go_live import GoLive, read_go_live
from openhiu.locality.logic_model import LogicModel, read_logic_model
from openhiu.locality.money import Money, read_money
from openhiu.locality.places import Place, TierSettings, read_places, read_tier_settings
from openhiu.locality.reach import ReachSettings, read_reach_settings
from openhiu.locality.reading import codes, lines, refuse_unknown_keys
from openhiu.locality.service import ServiceSettings, read_service
from openhiu.locality.sites import Site, read_sites
from openhiu.locality.staffing import StaffingSettings, read_staffing_settings

_KEYS = {"name", "sites", "sites_file", "places", "tiers", "footprint", "stale_after_days",
         "priority", "money", "logic_model", "board", "early_warning", "business_case",
         "staffing", "go_live", "reach", "service"}  # fmt: skip
_FOOTPRINT_KEYS = {"lsoas", "gp_practices", "lsoas_file", "gp_practices_file", "combine"}
_PRIORITY_KEYS = {"lsoas", "lsoas_file", "plus"}


@dataclass(frozen=True)
class Footprint:
    """The commissioned area: where people live, whose practice they are registered with, or both.

    `combine` is "or" (either is enough) or "and".
    """

    lsoas: frozenset[str] = frozenset()
    gp_practices: frozenset[str] = frozenset()
    combine: str = "or"

    @property
    def defined(self) -> bool:
        """Whether there is anything to filter by."""
        return bool(self.lsoas or self.gp_practices)


@dataclass(frozen=True)
class Locality:
    """One place. `stale_after_days`: how old the newest attendance may be before a list says so.

    `priority_lsoas` are the areas of its priority wards; `plus` are the groups it chose itself
    (the PLUS of Core20PLUS5), in its own words.
    """

    name: str = ""
    sites: tuple[Site, ...] = ()
    footprint: Footprint = field(default_factory=Footprint)
    stale_after_days: int = 7
    priority_lsoas: frozenset[str] = frozenset()
    plus: tuple[str, ...] = ()
    money: Money = field(default_factory=Money)
    logic_model: LogicModel = field(default_factory=LogicModel)
    board: Board = field(default_factory=Board)
    early_warning: EarlyWarning = field(default_factory=EarlyWarning)
    places: tuple[Place, ...] = ()
    tiers: TierSettings = field(default_factory=TierSettings)
    business_case: BusinessCase = field(default_factory=BusinessCase)
    staffing: StaffingSettings = field(default_factory=StaffingSettings)
    go_live: GoLive = field(default_factory=GoLive)
    reach: ReachSettings = field(default_factory=ReachSettings)
    service: ServiceSettings = field(default_factory=ServiceSettings)

    def site_name(self, code: str) -> str:
        """The name people use for a site; the code itself where none was given."""
        return next((site.name for site in self.sites if site.code == code), code)


def read_locality(path: Path) -> Locality:
    """Read a locality file. Raises ConfigurationFault naming the file and the key."""
    return locality_from(_parsed(path), path)


def locality_from(raw: Mapping[str, Any], path: Path) -> Locality:
    """The same of settings that were read or typed elsewhere.

    `path` names them in a fault, and files that they name lie beside it.
    """
    refuse_unknown_keys(raw, _KEYS, path.name, "")
    stale_after_days = raw.get("stale_after_days", 7)
    if not isinstance(stale_after_days, int) or stale_after_days < 1:
        raise ConfigurationFault(
            "stale_after_days is not a whole number of days", file=path.name, remedy="write 7"
        )
    priority = raw.get("priority", {})
    refuse_unknown_keys(priority, _PRIORITY_KEYS, path.name, "priority")
    return Locality(
        name=str(raw.get("name", "")),
        sites=read_sites(raw, path),
        footprint=_footprint(raw.get("footprint", {}), path),
        stale_after_days=stale_after_days,
        priority_lsoas=codes(priority, "lsoas", path, "priority"),
        plus=lines(priority, "plus", path.name, "priority"),
        money=read_money(raw.get("money", {}), path.name),
        logic_model=read_logic_model(raw.get("logic_model", {}), path.name),
        board=read_board(raw.get("board", {}), path.name),
        early_warning=read_early_warning(raw.get("early_warning", {}), path.name),
        places=read_places(raw, path),
        tiers=read_tier_settings(raw.get("tiers", {}), path.name),
        business_case=read_business_case(raw.get("business_case", {}), path.name),
        staffing=read_staffing_settings(raw.get("staffing", {}), path.name),
        go_live=read_go_live(raw.get("go_live", {}), path.name),
        reach=read_reach_settings(raw.get("reach", {}), path),
        service=read_service(raw.get("service", {}), path),
    )


def _parsed(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as file:
            return tomllib.load(file)
    except OSError:
        raise ConfigurationFault(
            "there is no such locality file", file=path.name, remedy="check the path"
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise ConfigurationFault(
            f"not valid TOML: {fault}", file=path.name, remedy="correct the file at that line"
        ) from None


def _footprint(entry: Mapping[str, Any], path: Path) -> Footprint:
    refuse_unknown_keys(entry, _FOOTPRINT_KEYS, path.name, "footprint")
    combine = entry.get("combine", "or")
    if combine not in ("or", "and"):
        raise ConfigurationFault(
            "[footprint] combine is neither or nor and", file=path.name, remedy='write "or"'
        )
    return Footprint(
        lsoas=codes(entry, "lsoas", path, "footprint"),
        gp_practices=codes(entry, "gp_practices", path, "footprint"),
        combine=combine,
    )
