"""The inventories of what crosses and what is kept as tables: data of `tables` come in, blocks that
an agreement and an impact assessment share go out.
"""

from __future__ import annotations

from openhiu.paper.blocks import Table
from openhiu.report import printed
from openhiu.tables.holdings import HOLDINGS
from openhiu.tables.keeping import ROLE_WORDS, Holding
from openhiu.tables.leaving import DOORS, HOSPITAL, Door


def crossing(door: Door) -> Table:
    """One door: what it tells, under which columns, and why."""
    rows = tuple(
        (
            entry.words,
            ", ".join(entry.columns),
            printed.capital(entry.why),
            "yes" if entry.names_someone else "no",
        )
        for entry in door.entries
    )
    return Table(
        door.words, ("What it tells", "Columns", "Why it is needed", "Names someone"), rows,
        note=f"From {door.giver} to {door.receiver}. About {door.about}. Guarded: {door.guarded}.",
        widths=(1.8, 2, 2, 0.8), sheet=f"Crosses: {door.key}",
    )  # fmt: skip


def crossings() -> list[Table]:
    """Every door, those out of the hospital first."""
    return [crossing(door) for door in sorted(DOORS, key=lambda door: door.giver != HOSPITAL)]


def kept(about: str) -> Table:
    """What the workspace keeps about some kind of people."""
    rows = tuple(
        (one.words, printed.capital(one.purpose), readers(one), how_long(one),
         printed.capital(one.goes_to))
        for one in HOLDINGS if one.about == about
    )  # fmt: skip
    return Table(
        f"Kept about {about}",
        ("What", "For what", "Who may read it", "How long", "Who else receives it"), rows,
        widths=(1.7, 1.4, 1.6, 1.5, 1.2), sheet=f"Kept: {about}",
    )  # fmt: skip


def bases() -> Table:
    """The proposed basis of each kind of information, for the data protection officer."""
    found: dict[str, list[str]] = {}
    for one in HOLDINGS:
        found.setdefault(one.basis, []).append(one.key.replace("_", " "))
    rows = tuple(
        (printed.capital(basis), printed.capital(", ".join(keys))) for basis, keys in found.items()
    )
    return Table("Proposed bases, for the data protection officer to confirm",
                 ("Proposed basis", "For"), rows, widths=(1.6, 2))  # fmt: skip


def readers(holding: Holding) -> str:
    """Who may read it, and whose."""
    roles = printed.listed([ROLE_WORDS[role] for role in holding.readers])
    return printed.capital("; ".join(part for part in (roles, holding.scope) if part))


def how_long(holding: Holding) -> str:
    """How long it stays, with the number that the software keeps to."""
    limit = f" ({holding.limit.number} {holding.limit.unit})" if holding.limit else ""
    return printed.capital(f"{holding.kept}{limit}")
