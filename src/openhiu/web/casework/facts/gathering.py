"""Puts the facts of a period together, with what rooms above have to say about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.permissions import Permission
from openhiu.web.casework import policies
from openhiu.web.casework.facts import changed, did, risks, told
from openhiu.web.casework.facts.period import Period

VERSION: Final = 1
# (actor, period) in; facts by section out. Counts are added to a section, lists put behind it.
Teller = Callable[[Actor, Period], Mapping[str, Any]]
_TELLERS: Final[list[Teller]] = []


def also_tells(teller: Teller) -> Teller:
    """Hang in a room above that knows more of a period; called once when Django is ready."""
    if teller not in _TELLERS:
        _TELLERS.append(teller)
    return teller


def facts_for(actor: Actor, period: Period) -> dict[str, Any]:
    """The facts of one service and period as plain JSON values: service_facts.json.

    `caseload_now` is the caseload at the end of the period, or today while it goes on. Outcomes
    and reasons leave out people who do not want to be counted; the work done with them is counted.

    Raises:
        NotAllowed: the role makes no reports.
    """
    policies.must_hold(actor, Permission.MAKE_REPORT)
    facts: dict[str, Any] = {
        "what": "service_facts",
        "version": VERSION,
        "service": actor.service.name,
        "organisation": actor.service.provider.name,
        "period": period.as_dict(),
        "made_at": timezone.localtime().isoformat(timespec="minutes"),
        "did": did.counted(actor, period),
        **changed.counted(actor, period),
        **told.told(actor, period),
        "incidents": did.incidents(actor, period),
        "risks": risks.risks(actor, period),
    }
    for teller in _TELLERS:
        _put(facts, teller(actor, period))
    return facts


def _put(facts: dict[str, Any], more: Mapping[str, Any]) -> None:
    for section, found in more.items():
        if isinstance(found, Mapping):
            facts.setdefault(section, {}).update(found)
        else:
            facts.setdefault(section, []).extend(found)
