"""The lead says how heavy a client weighs, with the reason: lighter, as usual, heavier."""

from __future__ import annotations

from django.db import transaction

from openhiu.web.access.actor import Actor
from openhiu.web.access.audit import Did, record
from openhiu.web.access.gate import NotAllowed
from openhiu.web.casework.models import Case, CaseWeight
from openhiu.web.casework.policies import must_be_theirs


@transaction.atomic
def set_weight(*, by: Actor, case: Case, said: str, reason: str = "") -> CaseWeight:
    """Say how much of one's time a client takes; the earlier words stay behind it.

    Args:
        by: whose client it is, or who covers.
        case: the client.
        said: light, usual or heavy.
        reason: why; needed unless it is as usual.

    Raises:
        NotAllowed: not theirs, no such weight, or no reason.
    """
    must_be_theirs(by, case)
    if said not in CaseWeight.Said.values:
        raise NotAllowed("Choose lighter, as usual or heavier.")
    if said != str(CaseWeight.Said.USUAL) and not reason.strip():
        raise NotAllowed("Say why, in a few words: you will want to know later.")
    mark: CaseWeight = CaseWeight.objects.create(
        service=by.service, case=case, said=said, reason=reason.strip()[:300], by=by.membership
    )
    record(by, Did.CHANGED, person=case.person_id, about=mark, said=said)
    return mark
