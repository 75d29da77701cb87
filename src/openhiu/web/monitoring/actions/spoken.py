"""Warnings about visits that were spoken of already: signals just found come in; each is answered
by the conversation that followed, or waits where another visit came after that.
"""

from __future__ import annotations

from collections.abc import Iterable

from openhiu.monitor.signals import Watched
from openhiu.web.casework.models import Contact
from openhiu.web.design import words
from openhiu.web.monitoring import lifecycle
from openhiu.web.monitoring.actions.signals import move
from openhiu.web.monitoring.clock import Clock
from openhiu.web.monitoring.models import Signal


def answered_already(by: Clock, signals: Iterable[Signal], clients: dict[str, Watched]) -> None:
    """Answer what is about a visit before the last conversation with the client, if that was the
    last visit there was: a later one keeps it waiting.
    """
    about = [one for one in signals if one.happened_at is not None]
    spoken = _last_spoken(by, about)
    for signal in about:
        contact = spoken.get(signal.case_id)
        if contact is None or contact.at < signal.happened_at:
            continue
        if came_after(clients[str(signal.case_id)], contact):
            continue
        visited = contact.how == Contact.How.VISIT
        signal.answer = Signal.Answer.VISITED if visited else Signal.Answer.SPOKE
        signal.contact, signal.answered_by = contact, contact.by
        day = words.day(contact.at)
        move(by, signal, lifecycle.ACKNOWLEDGED.key,
             f"They were spoken with on {day}, after it, before the data came.")  # fmt: skip


def told_nobody(signal: Signal) -> bool:
    """Whether it was answered by a conversation from before it was raised."""
    contact = signal.contact
    answered = signal.state == lifecycle.ACKNOWLEDGED.key
    return bool(answered and contact and contact.at < signal.raised_at)


def came_after(client: Watched, contact: Contact) -> bool:
    """Whether they came to A&E again after a conversation."""
    return any(
        event.kind == "attendance" and event.began_at > contact.at for event in client.events
    )


def _last_spoken(by: Clock, signals: Iterable[Signal]) -> dict[object, Contact]:
    """The last conversation with each client themselves; letters answer nothing."""
    rows = Contact.objects.filter(
        service=by.service_id, case__in={one.case_id for one in signals}, error_at=None,
        who=Contact.Who.CLIENT, reached=Contact.Reached.YES,
    ).exclude(how=Contact.How.LETTER)  # fmt: skip
    return {contact.case_id: contact for contact in rows.order_by("at")}
