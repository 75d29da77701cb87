"""The list and the feed: what was made comes in; its first rows and what a person should look at
go out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from rich.table import Table
from rich.text import Text

from openhiu.terminal.printing import empty_table, out, plain, show_lines

if TYPE_CHECKING:
    from openhiu.programme import FeedMade, ListMade

_SHOWN_ROWS: Final = 5
_SHOWN_SIGNALS: Final = 20
_REFERENCE: Final = 12


def show_list(made: ListMade, *, show_people: bool = False) -> None:
    """The head of each list, the flow, what to note, and where the files are."""
    console = out()
    finished = made.finished
    console.print(plain(finished.cover[0]))
    show_lines(finished.cover[1:4])
    # People's names belong on a screen somebody looks at, not into the log of a nightly job.
    if console.is_terminal or show_people:
        for list_id in dict.fromkeys(row.list_id for row in finished.listed):
            console.print(_list_table(made, list_id))
    console.print(_flow_table(made))
    for line in made.warnings:
        console.print(plain(f"Note: {line}"), soft_wrap=True)
    names = ", ".join(path.name for path in made.written)
    console.print(plain(f"Written to {made.out}: {names}"), soft_wrap=True)


def _list_table(made: ListMade, list_id: str) -> Table:
    rows = [row for row in made.finished.listed if row.list_id == list_id]
    name = "All sites together" if list_id == "ALL" else list_id
    table = empty_table(f"{name}: {len(rows)} people", "Rank", "Person")
    table.add_column("Why", ratio=1)
    for row in sorted(rows, key=lambda person: person.rank)[:_SHOWN_ROWS]:
        details = (made.finished.people or {}).get(row.person_id, {})
        table.add_row(
            str(row.rank), plain(str(details.get("name") or row.person_id)), plain(row.why)
        )
    if len(rows) > _SHOWN_ROWS:
        table.caption = f"and {len(rows) - _SHOWN_ROWS} more in list.xlsx"
    return table


def _flow_table(made: ListMade) -> Table:
    table = empty_table("From everything read to the list", "Left after the step")
    table.add_column("Attendances", justify="right")
    table.add_column("People", justify="right")
    for step in made.finished.flow:
        table.add_row(step.step, f"{step.attendances:,}", f"{step.people:,}")
    return table


def show_feed(made: FeedMade) -> None:
    """Early warnings, what clients did since, how much is known and up to when, what to note."""
    console, manifest = out(), made.manifest
    table = empty_table(f"Activity of {manifest['people']} people from {manifest['since']} until "
                   f"{manifest['as_of']}", "Dataset")  # fmt: skip
    table.add_column("Events", justify="right")
    table.add_column("Known up to", no_wrap=True)
    counts = manifest["rows_by_kind"].values()
    for (dataset, newest), count in zip(manifest["cut_offs"].items(), counts, strict=True):
        table.add_row(dataset, f"{count:,}", (newest or "no data")[:16].replace("T", " "))
    console.print(table)
    if made.signals:
        console.print(_signal_table(made))
    since = [client for client in made.clients if client["anything"]]
    if since:
        console.print(_since_table(since))
    for fault in manifest["health"]:
        console.print(plain(f"Look at this: {fault['words']}"), soft_wrap=True)
    for line in (*manifest["warnings"], *manifest["rules_unspoken"]):
        console.print(plain(f"Note: {line}"), soft_wrap=True)
    names = ", ".join(path.name for path in made.written)
    console.print(plain(f"Written to {made.out}: {names}"), soft_wrap=True)


def _signal_table(made: FeedMade) -> Table:
    levels = made.manifest["signals_by_level"]
    counts = ", ".join(f"{levels[level]} {level}" for level in levels if levels[level])
    table = empty_table(f"Early warnings: {counts}", "Level", "Client", "Day")
    table.add_column("Why", ratio=1)
    order = list(levels)
    most_urgent = sorted(made.signals, key=lambda one: order.index(one["level"]))
    for one in most_urgent[:_SHOWN_SIGNALS]:
        table.add_row(one["level"], _short(one["ref"]), str(one["day"]), plain(one["why"]))
    if len(made.signals) > _SHOWN_SIGNALS:
        table.caption = f"and {len(made.signals) - _SHOWN_SIGNALS} more in signals.csv"
    return table


def _since_table(clients: Sequence[Mapping[str, Any]]) -> Table:
    table = empty_table("Since the last contact, or in four weeks", "Client", "Since")
    for heading in ("A&E", "Admitted", "Home", "Ambulance", "111"):
        table.add_column(heading, justify="right", no_wrap=True)
    for one in clients[:_SHOWN_SIGNALS]:
        home = "in hospital" if one["in_hospital"] else str(one["came_home"])
        table.add_row(
            _short(one["person_ref"]), str(one["since"]), str(one["attendances"]),
            str(one["admissions"]), home, str(one["ambulances"]), str(one["calls_111"]),
        )  # fmt: skip
    if len(clients) > _SHOWN_SIGNALS:
        table.caption = f"and {len(clients) - _SHOWN_SIGNALS} more in clients.csv"
    return table


def _short(ref: str) -> Text:
    """A reference as far as people need it to find the line."""
    return plain(
        ref if len(ref) <= _REFERENCE else f"{ref[: _REFERENCE - 1]}\N{HORIZONTAL ELLIPSIS}"
    )
