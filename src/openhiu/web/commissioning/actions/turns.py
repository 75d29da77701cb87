"""One writer at a time for each service: a member comes in, and waits until it is their turn."""

from __future__ import annotations

from django.db import connection

from openhiu.web.access.actor import Actor


def one_at_a_time(by: Actor) -> None:
    """Wait for whoever saves or delivers now; held until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext(%s))", [f"area {by.service_id}"])
