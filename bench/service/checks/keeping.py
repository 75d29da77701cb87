"""I4, I5, I9, I10, I16: what is kept is what came, provable, walled, and emptied in time."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.db import connection
from psycopg import sql

from bench.service.broken import hold
from bench.service.soul import CANARY
from bench.service.world import World
from openhiu.web.access import chain
from openhiu.web.access.models import AuditEntry, Service
from openhiu.web.access.row_security import secured_models
from openhiu.web.intake.models import Listed, ReceivedList
from openhiu.web.monitoring.models import Activity

_FACTS = ("began_at", "ended_at", "site_code", "by_ambulance", "admitted", "complaint", "outcome")


def lists_are_as_sent(world: World) -> None:
    """Every row of every list that is not emptied, at the rank the visits give it."""
    for key, rows in world.kept.get("lists", {}).items():
        sent = {
            (row["list_id"], row["rank"]): (row["attendances"], row["nhs_number"]) for row in rows
        }
        kept = {
            (row.list_id, row.rank): (row.attendances, row.nhs_number)
            for row in Listed.objects.filter(received=key, kind="ranked")
        }
        wrong = {
            place
            for place, (count, number) in kept.items()
            if sent.get(place, (None, None))[0] != count or number not in ("", sent[place][1])
        }
        hold("I4", wrong or len(kept) != len(sent), "a list is not as it was sent")


def activity_is_what_the_feeds_told(world: World) -> None:
    """The stored visits are those of the oracle, fact by fact, each with the feed it came by."""
    told = {
        key: (world.ledger.root(person), _plain(facts))
        for key, (person, facts) in world.kept.get("stored", {}).items()
    }
    rows = Activity.objects.values_list("kind", "source_ref", "person", *_FACTS)
    kept = {(row[0], row[1]): (row[2], _plain(row[3:])) for row in rows}
    wrong = [key for key in told.keys() | kept.keys() if told.get(key) != kept.get(key)]
    hold(
        "I5",
        [(key, told.get(key), kept.get(key)) for key in wrong[:3]],
        "what is stored is not what the feeds told",
    )


def _plain(facts: Any) -> tuple[Any, ...]:
    """The same with times as seconds: an hour the clocks skip equals nothing in Python."""
    return tuple(fact.timestamp() if isinstance(fact, datetime) else fact for fact in facts)


def the_audit_holds(world: World) -> None:
    """Its chains verify against the heads of last time, and it shows every act."""
    proof = chain.verify(world.kept.get("heads"))
    hold("I9", proof.breaks, "the audit's chain is broken")
    world.kept["heads"] = proof.heads
    with world.rows():
        entries = AuditEntry.objects.filter(result="done").count()
    hold("I9", entries < world.acts and (entries, world.acts), "the audit does not show every act")


def bytes_of(service: Service) -> str:
    """One word for everything a service's wall encloses; inside its own transaction."""
    parts = [
        sql.SQL(
            "select {name}, md5(coalesce(string_agg(t::text, '|' order by t::text), '')) "
            "from {table} t where service_id = {service}"
        ).format(
            name=sql.Literal(table), table=sql.Identifier(table), service=sql.Literal(service.pk)
        )
        for table in sorted(model._meta.db_table for model in secured_models(apps))
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            sql.SQL("select md5(string_agg(r::text, ',' order by r::text)) from ({}) r").format(
                sql.SQL(" union all ").join(parts)
            )
        )
        return str(cursor.fetchone()[0])


def the_neighbour_is_untouched(world: World) -> None:
    """Not one byte of the other service differs since it was last looked at."""
    with world.rows(world.neighbour):
        now = bytes_of(world.neighbour)
    before = world.kept.setdefault("neighbour", now)
    hold("I10", now != before, "another service's rows changed")


def the_purged_are_gone(world: World) -> None:
    """Names and numbers of people listed and not chosen stand nowhere after their time."""
    may = _may_be_known(world)
    known = {soul.given.lower() for soul in may} | {soul.number for soul in may}
    pattern = f"{CANARY}|999[0-9]{{7}}"
    for model in _everything():
        table = sql.Identifier(model._meta.db_table)
        with connection.cursor() as cursor:
            cursor.execute(
                sql.SQL(
                    "select distinct lower(found[1]) from {} t, "
                    "regexp_matches(t::text, %s, 'gi') found"
                ).format(table),
                [f"({pattern})"],
            )
            found = {row[0] for row in cursor.fetchall()}
        strangers = {word for word in found - known if re.fullmatch(pattern, word)}
        hold(
            "I16",
            strangers & _everybody(world),
            f"somebody purged still stands in {model._meta.label}",
        )


def _may_be_known(world: World) -> list[Any]:
    """Whoever has a record, stands on a list not yet to be emptied, or was told to have left."""
    # It is emptied by the clock, which in a quick year runs on Mondays.
    since = world.clock.now - timedelta(days=world.service.purge_after_days + 8)
    lists = list(ReceivedList.objects.exclude(state="returned").order_by("uploaded_at"))
    listed: set[str] = set()
    for one in lists:
        if one.uploaded_at >= since and one.state != "withdrawn":
            listed |= _numbers(world, one) | _numbers(world, _compared_with(one, lists))
    return [soul for soul in world.souls if soul.person or soul.number in listed]


def _compared_with(one: ReceivedList, lists: list[ReceivedList]) -> ReceivedList | None:
    """The newest list that was released and not yet withdrawn when this one came."""
    came = one.uploaded_at
    before = [
        other
        for other in lists
        if other.as_of < one.as_of
        and other.decided_at
        and other.decided_at < came
        and (other.withdrawn_at is None or other.withdrawn_at > came)
    ]
    return max(before, key=lambda other: other.as_of, default=None)


def _numbers(world: World, received: ReceivedList | None) -> set[str]:
    rows = world.kept.get("lists", {}).get(received.pk, ()) if received else ()
    return {row["nhs_number"] for row in rows}


def _everybody(world: World) -> set[str]:
    return {soul.given.lower() for soul in world.souls} | {soul.number for soul in world.souls}


def _everything() -> list[Any]:
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if model.__module__.startswith(("openhiu.web.", "django.contrib.sessions"))
        and model._meta.managed
        and not model._meta.proxy
    ]
