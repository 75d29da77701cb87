"""What the service did in the quarter: disclosed counts come in; figures and words go out."""

from __future__ import annotations

from typing import Final

from openhiu.paper.blocks import Block, Heading, KeyFigure, KeyFigures, Paragraph, Table
from openhiu.report import printed
from openhiu.report.board.source import Source
from openhiu.report.facts import ANSWERS, STILL_ASKED, Count, Facts, Parts

ROUNDED: Final = (
    "Counts are rounded to the nearest 5; * (in words: some) stands for 1 to 7, or for a number "
    "that would give one away."
)
_LINES: Final = (
    ("on_list", "People on the latest lists"),
    ("approached", "People asked"),
    ("said_yes", "said yes"),
    ("not_now", "said not now"),
    ("said_no", "said no"),
    ("not_reached", "could not be reached"),
    (STILL_ASKED, "still being asked"),
    ("opened", "People whose support began"),
    ("stepped_back", "Clients we stepped back from, open at a distance"),
    ("picked_up_again", "Clients picked up again"),
    ("caseload_now", "Clients supported at the end"),
    ("plans_in_own_words", "Clients with a plan in their own words"),
)
_WORDS: Final = dict(_LINES)


def section(source: Source) -> list[Block]:
    """The heading and all that belongs under it."""
    facts = source.facts
    if facts is None:
        return [Heading("What we did"), Paragraph(missing("what was done"))]
    told = [_asked(source, facts), _began(source, facts), _contacts(facts), _connections(facts),
            _days_to_pick_up(facts)]  # fmt: skip
    words = " ".join(line for line in told if line)
    return [Heading("What we did"), _figures(source, facts), Paragraph(words),
            Paragraph(ROUNDED, small=True)]  # fmt: skip


def tables(source: Source) -> list[Table]:
    """Every count that was told, for the workbook."""
    if source.facts is None:
        return []
    return [_table(source, "What we did", lines_of(source.facts), "What we did")]


def missing(what: str) -> str:
    """A sentence where the facts of the service would stand."""
    return (
        "The facts of the service were not given (--facts), so nothing can be said here about "
        f"{what}."
    )


def lines_of(facts: Facts) -> list[tuple[str, str, Count]]:
    """Every count: its key, its words and what may be told of it."""
    found = [(key, _line(key), facts.did[key]) for key, _ in _LINES if key in facts.did]
    return [*found, *_of(facts.contacts, "contacts", "Contacts with clients, tries among them"),
            *_reached(facts.contacts),
            *_of(facts.connections, "connections", "Connections made")]  # fmt: skip


def _line(key: str) -> str:
    words = _WORDS[key]
    return f"Asked, and {words}" if key in (*ANSWERS, STILL_ASKED) else words


def _of(given: Parts, key: str, words: str) -> list[tuple[str, str, Count]]:
    whole = [] if given.whole is None else [(key, words, given.whole)]
    kind = words.partition(" ")[0]
    return [*whole, *((f"{key}.{name}", f"{kind}: {_small(name)}", count)
                      for name, count in given.parts.items())]  # fmt: skip


def _reached(given: Parts) -> list[tuple[str, str, Count]]:
    if given.reached is None:
        return []
    return [("contacts.reached", "Contacts in which the client was reached", given.reached)]


def _figures(source: Source, facts: Facts) -> KeyFigures:
    did = facts.did
    reached = facts.contacts.reached
    of_them = [] if reached is None else [f"in {printed.shown(reached)} the client was reached"]
    again = [f"{printed.count(did.get('picked_up_again'))} picked up again"]
    shown: tuple[tuple[str, Count, str, list[str]], ...] = (
        ("caseload_now", did.get("caseload_now"), "clients supported at the end", _leads(facts)),
        ("contacts", facts.contacts.whole, "contacts, tries among them", of_them),
        ("connections", facts.connections.whole, "connections with people and services", []),
        ("stepped_back", did.get("stepped_back"), "clients we stepped back from", again),
    )  # fmt: skip
    return KeyFigures(tuple(
        KeyFigure(printed.shown(count), words, "; ".join([*basis, *_then(source, key)]))
        for key, count, words, basis in shown
    ))  # fmt: skip


def _then(source: Source, key: str) -> list[str]:
    """The same figure in the last report, where it was told."""
    before = source.before(f"did.{key}")
    if source.last_quarter is None or before is None:
        return []
    return [f"{source.last_quarter.period}: {printed.shown(before)}"]


def _leads(facts: Facts) -> list[str]:
    if facts.leads is None:
        return []
    limit = facts.limit_per_lead
    return [printed.leads(facts.leads), *([f"at most {limit} clients each"] if limit else [])]


def _asked(source: Source, facts: Facts) -> str:
    asked = facts.did.get("approached")
    if asked is None:
        return ""
    said = [f"{printed.count(facts.did[key])} {_WORDS[key]}"
            for key in (*ANSWERS, STILL_ASKED) if facts.did.get(key) not in (None, 0)]  # fmt: skip
    listed = facts.did.get("on_list")
    beside = [] if listed is None else [f"{printed.count(listed)} on the latest lists"]
    beside += _then(source, "approached")
    aside = f" ({'; '.join(beside)})" if beside else ""
    tail = f": {printed.listed(said)}" if said else ""
    return f"{printed.capital(printed.people(asked))} were asked{aside}{tail}."


def _began(source: Source, facts: Facts) -> str:
    opened = facts.did.get("opened")
    if opened is None:
        return ""
    then = _then(source, "opened")
    return f"Support began for {printed.people(opened)}{f' ({then[0]})' if then else ''}."


def _contacts(facts: Facts) -> str:
    return _in_parts("Contacts", facts.contacts)


def _connections(facts: Facts) -> str:
    return _in_parts("Connections", facts.connections)


def _in_parts(begin: str, given: Parts) -> str:
    parts = [f"{_small(name)} ({printed.count(count)})" for name, count in given.parts.items()
             if count]  # fmt: skip
    return f"{begin}: {printed.listed(parts)}." if parts else ""


def _table(source: Source, caption: str, lines: list[tuple[str, str, Count]], sheet: str) -> Table:
    columns: tuple[str, ...] = ("What", source.period or "This period")
    rows = tuple((words, printed.cell(count)) for _, words, count in lines)
    if source.last_quarter is None:
        return Table(caption, columns, rows, note=ROUNDED, widths=(3, 1), sheet=sheet)
    both = tuple(
        (words, printed.cell(count), printed.cell(source.before(f"did.{key}")))
        for key, words, count in lines
    )
    return Table(caption, (*columns, source.last_quarter.period), both, note=ROUNDED,
                 widths=(3, 1, 1), sheet=sheet)  # fmt: skip


def _days_to_pick_up(facts: Facts) -> str:
    days = facts.days_to_pick_up
    if days is None:
        return ""
    times = printed.count(facts.did.get("signals_answered"))
    words = "on the same day" if days == 0 else f"within {days:g} days"
    return (
        "When somebody steady came to A&E again, a lead spoke with them "
        f"{words} in half of the cases (median; {times} times)."
    )


def _small(words: str) -> str:
    return words[:1].lower() + words[1:] if words[1:2].islower() else words
