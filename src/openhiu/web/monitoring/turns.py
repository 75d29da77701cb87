"""Every service gets its turn: what to do for one comes in; a line for each goes out, and whose
turn went wrong, without anything about a person.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.core.management.base import CommandError, OutputWrapper

from openhiu.web.access.models import Service
from openhiu.web.design.words import plural


def give_turns(
    services: Iterable[Service],
    turn: Callable[[Service], str],
    out: OutputWrapper,
    trouble: OutputWrapper,
) -> None:
    """One try a service: what goes wrong in one keeps no other from its turn.

    Only the kind of a fault is told: its words may hold what it was about.

    Raises:
        CommandError: at the end, where something went wrong; the command then ends with 1.
    """
    wrong = 0
    for service in services:
        try:
            said = turn(service)
        except Exception as fault:  # whatever it is: the next service waits
            wrong += 1
            trouble.write(f"{service}: {type(fault).__name__}")
        else:
            out.write(f"{service}: {said}")
    if wrong:
        raise CommandError(f"{plural(wrong, 'service', 'services')} had no turn.")
