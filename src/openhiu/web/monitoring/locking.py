"""One at a time: a service comes in; whoever else brings or judges its data waits until the end."""

from __future__ import annotations

from uuid import UUID

from django.db import connection


def one_at_a_time(service_id: UUID) -> None:
    """Hold this until the transaction ends: two at once would each believe they are the newer."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext(%s))", [f"feed {service_id}"])
