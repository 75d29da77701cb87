"""The information assets of an installation: what each is, where it lies, what its loss would mean.

The workspace's own contents come from the inventory of what is kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from openhiu.tables.holdings import HOLDINGS
from openhiu.tables.keeping import CLIENTS, LISTED, NOBODY, STAFF


@dataclass(frozen=True)
class Asset:
    """One thing worth protecting. `place` is where an installation has it; `loss` is what it would
    mean to lose it or to have it read.
    """

    name: str
    holds: str
    place: str
    owner: str
    kept: str
    loss: str


def _kept(about: str) -> str:
    return "; ".join(one.words for one in HOLDINGS if one.about == about)


ASSETS: Final = (
    Asset("The workspace: clients", _kept(CLIENTS), "The database",
          "Service manager", "By record class, from the last contact",
          "Support stops; private lives become known"),
    Asset("The workspace: people listed", _kept(LISTED), "The database",
          "Service manager", "Who nobody chose: 90 days unless settled otherwise",
          "People learn that they were counted before they were asked"),
    Asset("The workspace: staff and partners", _kept(STAFF), "The database",
          "Service manager", "While they have a role, and as the law asks afterwards",
          "Checks have to be made again; a private matter of a colleague becomes known"),
    Asset("The workspace: about no individual", _kept(NOBODY), "The database",
          "Service manager", "See the inventory", "Work is done again"),
    Asset("The activity store", "Attendances, admissions and other activity under a key; people "
          "apart", "The hospital's own machine", "Hospital analyst",
          "As the hospital keeps its own",
          "Health data of everybody who attended"),
    Asset("Field keys", "What opens sealed notes, addresses and documents",
          "A file apart from the database and its backups", "System administrator",
          "As long as anything is sealed with them",
          "Lost: sealed fields cannot be read by anybody"),
    Asset("Backups", "Everything of the database, sealed", "Off the machine",
          "System administrator", "35 days; 49 at most while backups are made",
          "An outage cannot be mended"),
    Asset("Backup identity", "What opens backups", "Offline, with two people",
          "System administrator and information governance", "As long as there are backups",
          "Backups cannot be opened, or others can open them"),
    Asset("Audit anchor", "The last entry of every chain, signed", "On another machine",
          "Information governance", "Each day's", "Entries cut off would not be noticed"),
    Asset("Published reports and documents", "Protected numbers", "The database",
          "Commissioner", "For good", "Work is done again"),
)  # fmt: skip
