"""Two workers and two presses at the same moment, on a database that commits."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

from django.db import connections, transaction

from openhiu.web.access.models import Role
from openhiu.web.access.row_security import set_service
from openhiu.web.letters import actions
from openhiu.web.letters.actions.sending import send_due
from openhiu.web.letters.models import Outgoing
from support.web import make_member, make_service
from support.web_letters import HeldChannel, make_client, make_item, make_letter, make_practice


def at_once(count: int, act: Callable[[], Any]) -> list[Any]:
    """The same act in several threads that begin together."""
    found: list[Any] = []
    ready = Barrier(count)

    def run() -> None:
        ready.wait()
        try:
            found.append(act())
        finally:
            connections.close_all()

    threads = [Thread(target=run) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def test_several_workers_send_each_letter_once(own_database: str, held: HeldChannel) -> None:
    with transaction.atomic():
        lead = make_member(make_service(), Role.LEAD)
        case = make_client(lead)
        practice = make_practice(lead, case)
        items = [make_item(lead, case, "gp_working", "mail", to=practice) for _ in range(6)]
    counts = at_once(3, lambda: send_due(lead.service_id))
    assert sum(one.get("sent", 0) for one in counts) == 6
    assert sorted(parcel.key for parcel in held.given) == sorted(item.key for item in items)


def test_several_presses_put_it_in_once(own_database: str) -> None:
    with transaction.atomic():
        lead = make_member(make_service(), Role.LEAD)
        letter = make_letter(lead, make_client(lead))

    def press() -> Any:
        with transaction.atomic():
            set_service(lead.service_id)
            return actions.put_in(by=lead, letter=letter, way="hand").pk

    assert len(set(at_once(4, press))) == 1
    with transaction.atomic():
        set_service(lead.service_id)
        assert Outgoing.objects.filter(letter=letter).count() == 1
