"""Ten thousand tamperings with rows that the database's own trigger wrote: each is found.

The anchor knows the last entry of every chain. What came after the anchor it cannot know: see
docs/explanation/audit.md.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from random import Random
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.db import connection, transaction
from psycopg.types.json import Jsonb

from openhiu.web.access import chain
from openhiu.web.access.audit import Did, record
from openhiu.web.access.models import Role
from openhiu.web.access.row_security import set_service
from openhiu.web.config.database import roles
from support.tampering import COLUMNS, WAYS, Chains, tampered
from support.web import make_member, make_service

IN_ALL = 10_000
IN_THE_DATABASE = 52  # four of each way
WORDS = {"b": 1, "aa": ["ü", "a b"], "a": None, "tick": True, "words": 'say "no"\\ \n\t€ 😀'}


@pytest.fixture
def written(own_database: str) -> Chains:
    """The chains of two services and of the system, as the database keeps them."""
    for _ in range(2):
        with transaction.atomic():
            lead = make_member(make_service(), Role.LEAD)
        for nth in range(14):
            with transaction.atomic():
                set_service(lead.service_id)
                detail = WORDS if nth % 3 == 0 else {"found": nth}
                record(lead, (Did.LOOKED, Did.CHANGED)[nth % 2], person=uuid4(), **detail)
    for _ in range(6):
        with transaction.atomic():
            record(None, Did.SIGNED_IN)
    return {name: list(rows) for name, rows in chain._chains()}


def test_ten_thousand_tamperings_are_all_found(written: Chains) -> None:
    anchor, dice, done, missed = heads(written), Random(20260105), Counter[str](), []
    for nth in range(IN_ALL):
        way = [*WAYS][nth % len(WAYS)]
        forged = tampered(written, way, dice)
        done[way] += 1
        if not chain.prove(forged.items(), anchor).breaks:
            missed.append((way, nth))
    assert missed == []
    assert done.total() == IN_ALL
    assert len(done) == 13
    # 10,000 = 13 x 769 + 3: the first three ways come once more.
    assert sorted(done.values()) == [769] * 10 + [770] * 3


def test_every_column_of_every_row_is_watched(written: Chains) -> None:
    anchor, dice = heads(written), Random(1)
    from support.tampering import other_value

    for name, rows in written.items():
        for place, row in enumerate(rows):
            for column in COLUMNS:
                forged = row._replace(**{column: other_value(row, column, dice)})
                changed = [*rows[:place], forged, *rows[place + 1 :]]
                assert chain.prove([(name, changed)], {name: anchor[name]}).breaks, (column, row)


def test_a_chain_that_is_gone_or_stands_under_another_name_is_found(written: Chains) -> None:
    anchor, (first, *others) = heads(written), sorted(written)
    rest = {name: written[name] for name in others}
    assert chain.prove(rest.items(), anchor).breaks
    moved = {**rest, str(uuid4()): written[first]}
    assert chain.prove(moved.items(), anchor).breaks
    exchanged = {**written, first: written[others[0]], others[0]: written[first]}
    assert chain.prove(exchanged.items(), anchor).breaks


def test_without_an_anchor_a_history_written_anew_is_a_history(written: Chains) -> None:
    """Why there is one: the proof is worth what is kept outside."""
    forged = tampered(written, "one column edited, every hash after it made again", Random(1))
    assert chain.prove(forged.items()).breaks == []


def test_untouched_rows_hold(written: Chains) -> None:
    proof = chain.prove(written.items(), heads(written))
    assert (proof.entries, proof.breaks) == (34, [])


def test_what_is_told_of_a_long_broken_chain_is_bounded(written: Chains) -> None:
    name = max(written, key=lambda one: len(written[one]))
    row = written[name][0]
    endless = (row._replace(seq=nth, hash="") for nth in range(2, 5000))
    told = chain.prove([(name, endless)]).breaks
    assert 1000 <= len(told) <= 1003


@pytest.fixture
def owner(own_database: str, database_server: Any) -> Iterator[Any]:
    """Every right over the tables, with the guards out of the way."""
    address = database_server.url(roles.OWNER, connection.settings_dict["NAME"])
    with psycopg.connect(address, autocommit=True) as session:
        session.execute("alter table access_auditentry disable trigger user")
        session.execute("alter table access_auditentry no force row level security")
        session.execute("alter table access_auditentry drop constraint one_entry_a_place")
        yield session


def test_the_same_in_the_database_itself(written: Chains, owner: Any) -> None:
    anchor, dice = heads(written), Random(3)
    tried = 0
    for nth in range(IN_THE_DATABASE):
        # No two rows have one key there, and a service has to exist.
        forged = tampered(written, [*WAYS][nth % len(WAYS)], dice)
        if not _fits(forged, written):
            continue
        tried += 1
        _put(owner, forged)
        assert chain.verify(anchor).breaks, [*WAYS][nth % len(WAYS)]
    assert tried >= 30
    _put(owner, written)
    assert chain.verify(anchor).breaks == []


def heads(chains: Chains) -> chain.Heads:
    """The anchor of chains."""
    return {name: {"seq": rows[-1].seq, "hash": rows[-1].hash} for name, rows in chains.items()}


def _fits(forged: Chains, written: Chains) -> bool:
    """Whether the table's keys, and its references, allow these rows."""
    rows = [row for one in forged.values() for row in one]
    known = {
        key: {getattr(row, key) for one in written.values() for row in one} | {None}
        for key in ("service_id", "user_id", "organisation_id")
    }
    fits = all(getattr(row, key) in held for row in rows for key, held in known.items())
    return fits and len({row.id for row in rows}) == len(rows)


def _put(owner: Any, chains: Chains) -> None:
    names = ", ".join(COLUMNS)
    places = ", ".join(["%s"] * len(COLUMNS))
    owner.execute("delete from access_auditentry")
    with owner.cursor() as cursor:
        cursor.executemany(
            f"insert into access_auditentry ({names}) values ({places})",
            [row._replace(detail=Jsonb(row.detail)) for rows in chains.values() for row in rows],
        )
