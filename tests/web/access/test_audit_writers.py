"""Fifty at once write into one chain: it does not fork, and nothing is lost."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import psycopg
from django.db import transaction

from openhiu.web.access import chain
from openhiu.web.access.models import Organisation, Service
from openhiu.web.config.database import roles

WRITERS, EACH = 50, 6
ENTRY = """
    insert into access_auditentry
        (id, service_id, seq, at, role, did, about, purpose, result, detail, previous_hash, hash)
    values (gen_random_uuid(), %s, 0, now(), '', 'looked', '', '', 'done', '{}', '', '')"""


def test_fifty_writers_make_one_chain(own_database: str, database_server: Any) -> None:
    address = database_server.url(roles.APPLICATION, own_database)
    with transaction.atomic():
        body = Organisation.objects.create(kind="provider", name="A made-up charity")
        service = Service.objects.create(name="East", provider=body)
    together = Barrier(WRITERS, timeout=120)

    def write(nth: int) -> int:
        with psycopg.connect(address) as page:
            together.wait()
            for turn in range(EACH):
                page.execute("select set_config('openhiu.service', %s, true)", [str(service.pk)])
                # Every third page also signs somebody in: two chains, in either order.
                both = [service.pk, None] if nth % 2 else [None, service.pk]
                for one in both if turn % 3 == 0 else [service.pk]:
                    page.execute(ENTRY, [one])
                page.rollback() if turn == 5 and nth % 5 == 0 else page.commit()
        return nth

    with ThreadPoolExecutor(WRITERS) as pool:
        assert sorted(pool.map(write, range(WRITERS))) == list(range(WRITERS))
    proof = chain.verify()
    assert proof.breaks == []
    # 50 x 6 pages, of which the last of every fifth writer was undone.
    assert proof.heads[str(service.pk)]["seq"] == 50 * 6 - 10
    assert proof.heads[chain.SYSTEM]["seq"] == 50 * 2
    assert proof.entries == 290 + 100
