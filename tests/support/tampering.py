"""Ways to tamper with an audit: rows that the database wrote come in, forged ones go out.

Every way is told from a dice; one that happens to leave the rows as they were is thrown again.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from random import Random
from typing import Any
from uuid import UUID

from openhiu.web.access.chain import Entry, hash_of

Chain = list[Entry]
Chains = dict[str, Chain]
# What an attacker may put into each column instead: of the kind the column holds.
COLUMNS = Entry._fields


def other_value(entry: Entry, column: str, dice: Random) -> Any:
    """Something else for one column of a row."""
    old = getattr(entry, column)
    new: Any = old
    while new == old:
        if column == "at":
            new = old + timedelta(microseconds=dice.choice((-1, 1, 10**9)))
        elif column == "seq":
            new = old + dice.choice((-7, -1, 1, 40))
        elif column == "detail":
            new = dice.choice(({}, {**old, "found": dice.randrange(99)}, {"x": [old]}, "nothing"))
        elif column == "id":
            new = UUID(int=dice.getrandbits(128))
        elif column.endswith("_id"):
            new = dice.choice((None, UUID(int=dice.getrandbits(128))))
        elif column in ("hash", "previous_hash"):
            new = f"{dice.getrandbits(256):064x}"
        else:
            new = dice.choice(("", "searched", "refused", old + " ", old.upper(), old[:-1]))
    return new


def chained(rows: Chain, start: int = 0) -> Chain:
    """The same rows with places, links and hashes made again from one on: all fits together."""
    made = rows[:start]
    for row in rows[start:]:
        before = made[-1] if made else None
        row = row._replace(seq=len(made) + 1, previous_hash=before.hash if before else "")
        made.append(row._replace(hash=hash_of(row)))
    return made


def _edit(rows: Chain, dice: Random) -> Chain:
    place, column = dice.randrange(len(rows)), dice.choice(COLUMNS)
    changed = rows[place]._replace(**{column: other_value(rows[place], column, dice)})
    return [*rows[:place], changed, *rows[place + 1 :]]


def _edit_and_hash(rows: Chain, dice: Random) -> Chain:
    """The hash of the changed row fits again."""
    place = dice.randrange(len(rows))
    column = dice.choice([one for one in COLUMNS if one not in ("hash", "seq", "previous_hash")])
    row = rows[place]._replace(**{column: other_value(rows[place], column, dice)})
    return [*rows[:place], row._replace(hash=hash_of(row)), *rows[place + 1 :]]


def _rewrite(rows: Chain, dice: Random) -> Chain:
    """Everything from one changed row on is made again."""
    place = dice.randrange(len(rows))
    column = dice.choice([one for one in COLUMNS if one not in ("hash", "seq", "previous_hash")])
    changed = rows[place]._replace(**{column: other_value(rows[place], column, dice)})
    return chained([*rows[:place], changed, *rows[place + 1 :]], place)


def _delete(rows: Chain, dice: Random) -> Chain:
    first = dice.randrange(len(rows))
    return rows[:first] + rows[first + dice.randint(1, 5) :]


def _delete_and_chain(rows: Chain, dice: Random) -> Chain:
    """Nothing shows in the chain itself: it is shorter, or its last entry is another."""
    first = dice.randrange(len(rows))
    return chained(rows[:first] + rows[first + dice.randint(1, 5) :], first)


def _swap(rows: Chain, dice: Random) -> Chain:
    """What two rows say changes places."""
    one, other = sorted(dice.sample(range(len(rows)), 2))
    made = list(rows)
    made[one] = rows[other]._replace(seq=rows[one].seq)
    made[other] = rows[one]._replace(seq=rows[other].seq)
    return made


def _shuffle_and_chain(rows: Chain, dice: Random) -> Chain:
    return chained(dice.sample(rows, len(rows)))


def _insert(rows: Chain, dice: Random) -> Chain:
    """A forged row in between; the others move on, their hashes as they were."""
    place = dice.randrange(len(rows))
    made = [*rows[:place], _forged(rows, dice), *rows[place:]]
    return [row._replace(seq=nth) for nth, row in enumerate(made, 1)]


def _insert_and_chain(rows: Chain, dice: Random) -> Chain:
    place = dice.randrange(len(rows))
    return chained([*rows[:place], _forged(rows, dice), *rows[place:]], place)


def _repeat(rows: Chain, dice: Random) -> Chain:
    """One row stands twice."""
    place = dice.randrange(len(rows))
    return [*rows[: place + 1], *rows[place:]]


def _truncate(rows: Chain, dice: Random) -> Chain:
    """Cut off at the end; now and then all of it."""
    return rows[: dice.randrange(len(rows))]


def _cut_and_grow(rows: Chain, dice: Random) -> Chain:
    """Cut off at the end, and as many or more honest ones written after it."""
    left = rows[: dice.randrange(len(rows))]
    more = len(rows) - len(left) + dice.randrange(4)
    return chained(left + [_forged(rows, dice) for _ in range(more)], len(left))


def _unclose(rows: Chain, dice: Random) -> Chain:
    """A row as if its transaction had never closed the chain."""
    place = dice.randrange(len(rows))
    row = rows[place]._replace(seq=-rows[place].seq, previous_hash="", hash="")
    return sorted([*rows[:place], row, *rows[place + 1 :]], key=lambda one: one.seq)


def _forged(rows: Chain, dice: Random) -> Entry:
    return dice.choice(rows)._replace(
        id=UUID(int=dice.getrandbits(128)), person_id=UUID(int=dice.getrandbits(128))
    )


WAYS: dict[str, Callable[[Chain, Random], Chain]] = {
    "one column edited": _edit,
    "one column edited, its hash made again": _edit_and_hash,
    "one column edited, every hash after it made again": _rewrite,
    "rows deleted": _delete,
    "rows deleted, every hash after them made again": _delete_and_chain,
    "two rows swapped": _swap,
    "rows put in another order, every hash made again": _shuffle_and_chain,
    "a row put in between": _insert,
    "a row put in between, every hash after it made again": _insert_and_chain,
    "a row repeated": _repeat,
    "cut off at the end": _truncate,
    "cut off at the end, and others written after": _cut_and_grow,
    "a row opened again": _unclose,
}


def tampered(chains: Chains, way: str, dice: Random) -> Chains:
    """The chains with one of them tampered with, in one way."""
    name = dice.choice(sorted(chains))
    rows = chains[name]
    while rows == chains[name]:
        rows = WAYS[way](chains[name], dice)
    return {**chains, name: rows}
