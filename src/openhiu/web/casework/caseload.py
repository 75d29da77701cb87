"""How full someone's hands are: a lead comes in, counts against the service's limits go out.

A limit may be passed on purpose, with a reason; the supervisors are told. Never a ranking of staff.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.db import transaction
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.announce import tell_supervisors
from openhiu.web.access.audit import Did, record
from openhiu.web.access.gate import Missing, NotAllowed
from openhiu.web.access.models import Membership
from openhiu.web.casework import lifecycle, weights
from openhiu.web.casework.models import Case, LimitPassed
from openhiu.web.casework.quarter import in_words, quarter_of
from openhiu.web.casework.queries.standing import SUPPORTED, with_standing
from openhiu.web.casework.weights import Load
from openhiu.web.design.words import initial_lower
from openhiu.web.team.queries.capacity import WHOLE, scaled, wte_of

_Limit: Any = LimitPassed.Limit
NEW, TOGETHER, OPEN = _Limit.NEW, _Limit.TOGETHER, _Limit.OPEN
PAUSED, PACE, LOAD = _Limit.PAUSED, _Limit.PACE, _Limit.LOAD
OFTEN: Final = (lifecycle.WORKING_TOGETHER.key, lifecycle.PICKED_UP_AGAIN.key)
# Rooms above may count people chosen this quarter who have not said yes yet: (leads, quarter) in,
# number by lead out. Each room adds its counter when it is ready (apps.py).
ALSO_NEW: list[Callable[[list[Membership], str], dict[object, int]]] = []


@dataclass(frozen=True)
class Meter:
    """One count against its limit. `low` is the lower edge of a band, 0 when there is none.

    `spare`: for how many more the lead's load has room; None where it does not bear on the count.
    """

    limit: str
    label: str
    value: int
    allowed: int
    low: int = 0
    spare: int | None = None

    @property
    def over(self) -> bool:
        """More than the limit."""
        return self.value > self.allowed

    @property
    def full(self) -> bool:
        """One more would pass the limit."""
        return self.value >= self.allowed

    @property
    def words(self) -> str:
        """What the count means, without colour."""
        if self.over:
            return f"{self.value - self.allowed} over the limit of {self.allowed}"
        if self.full:
            return "Full: one more needs a reason"
        if self.spare == 0:
            return "The load is full: one more needs a reason"
        room = self.allowed - self.value
        if self.spare is not None and self.spare < room:
            return f"Room for {self.spare} more, by the load"
        below = f", below the usual {self.low} to {self.allowed}" if self.value < self.low else ""
        return f"Room for {room} more{below}"


@dataclass(frozen=True)
class Standing:
    """Where one lead stands: new this quarter, working together, everyone open.

    The limits are those of their part of a whole post (`wte`); `load` is what the clients weigh
    together, against as many seen every week as the band allows.
    """

    lead: Membership
    quarter: str
    new: Meter
    together: Meter
    open: Meter
    load: Load
    wte: Decimal = WHOLE

    @property
    def meters(self) -> tuple[Meter, Meter, Meter]:
        """All three, in the order they are shown."""
        return (self.new, self.together, self.open)

    @property
    def over(self) -> list[Meter]:
        """Those over their limit."""
        return [meter for meter in self.meters if meter.over]

    def full(self, limits: Iterable[str]) -> list[Meter]:
        """Those of these limits that one more person would pass."""
        wanted = set(limits)
        return [meter for meter in self.meters if meter.limit in wanted and meter.full]


class LimitReached(NotAllowed):
    """One more would pass a limit and no reason was given; `meters` says which."""

    def __init__(self, meters: list[Meter]) -> None:
        self.meters = meters
        named = " and ".join(f"{m.label.lower()} ({m.value} of {m.allowed})" for m in meters)
        super().__init__(f"This passes a limit: {named}. Say why, and your supervisor is told.")


def standing(who: Actor | Membership) -> Standing:
    """Where a lead stands now. Takes an actor or a membership; five queries and the counters'."""
    lead = who.membership if isinstance(who, Actor) else who
    return standings([lead])[0]


def standings(leads: list[Membership]) -> list[Standing]:
    """The same for several leads of one service, in the order given, in no more queries."""
    quarter = quarter_of()
    counts = {
        row["lead"]: row
        for row in with_standing(Case.objects.filter(lead__in=leads))
        .values("lead")
        .annotate(
            new=Count("pk", filter=Q(quarter=quarter)),
            together=Count("pk", filter=Q(phase__in=OFTEN, stands=SUPPORTED)),
            open=Count("pk", filter=Q(stands=SUPPORTED)),
        )
    }
    also = [counter(leads, quarter) for counter in ALSO_NEW]
    extra = {lead.pk: sum(found.get(lead.pk, 0) for found in also) for lead in leads}
    posts = wte_of(leads, timezone.localdate())
    rooms = [(lead, scaled(lead.service.together_high, posts[lead.pk])) for lead in leads]
    return [
        _standing(load, lead, posts[lead.pk], quarter, counts.get(lead.pk, {}), extra[lead.pk])
        for lead, load in zip(leads, weights.loads(rooms), strict=True)
    ]


def _standing(
    load: Load, lead: Membership, wte: Decimal, quarter: str, counts: dict[str, int], extra: int
) -> Standing:
    """The service's limits are for a whole post; a part of a post has its part of each."""
    service = lead.service
    new, low, high, everyone = (
        scaled(limit, wte)
        for limit in (
            service.new_each_quarter,
            service.together_low,
            service.together_high,
            service.open_at_most,
        )
    )
    return Standing(
        lead,
        quarter,
        Meter(NEW, NEW.label, counts.get("new", 0) + extra, new, spare=load.spare),
        Meter(TOGETHER, TOGETHER.label, counts.get("together", 0), high, low, load.spare),
        Meter(OPEN, OPEN.label, counts.get("open", 0), everyone, spare=0 if load.full else None),
        load,
        wte,
    )


@transaction.atomic
def take_on(
    *,
    by: Actor,
    lead: Membership,
    limits: Iterable[str] = (NEW, TOGETHER, OPEN),
    reason: str = "",
) -> list[LimitPassed]:
    """Make sure that one more person fits; call it in the transaction that adds them.

    Args:
        by: who adds them.
        lead: whose caseload grows.
        limits: what one more counts against: NEW when chosen, TOGETHER and OPEN after a yes.
        reason: why a limit may be passed; needed only when one would be.

    Raises:
        LimitReached: one would be passed and no reason is given.
        Missing: the lead is of another service.

    Two at once are counted one after the other: the lead's row is held.
    """
    if lead.service_id != by.service_id:
        raise Missing
    held = (
        Membership.objects.select_for_update(of=("self",)).select_related("service").get(pk=lead.pk)
    )
    full = standing(held).full(limits)
    if full and not reason.strip():
        raise LimitReached(full)
    return [
        pass_limit(
            by=by,
            lead=held,
            limit=meter.limit,
            value=meter.value + 1,
            allowed=meter.allowed,
            reason=reason,
        )
        for meter in full
    ]


@transaction.atomic
def pass_limit(
    *, by: Actor, lead: Membership, limit: str, value: int, allowed: int, reason: str
) -> LimitPassed:
    """Record that a limit is passed on purpose, and tell the supervisors.

    Args:
        by: who passes it.
        lead: whose caseload it is, of the same service.
        limit: NEW, TOGETHER, OPEN, PAUSED, PACE or LOAD (then value is rounded up).
        value: the count that results.
        allowed: the limit that it passes.
        reason: why; not empty.

    Raises:
        NotAllowed: without a reason.
        Missing: the lead is of another service.
    """
    if lead.service_id != by.service_id:
        raise Missing
    if not reason.strip():
        raise NotAllowed("Say why the limit is passed, in a few words.")
    passed: LimitPassed = LimitPassed.objects.create(
        service=by.service,
        lead=lead,
        limit=limit,
        value=value,
        allowed=allowed,
        reason=reason.strip(),
        by=by.membership,
    )
    record(by, Did.PASSED_LIMIT, about=passed, limit=str(limit), value=value, allowed=allowed)
    link = reverse("casework:answer_limit", args=[passed.pk])
    tell_supervisors(by, f"A caseload limit was passed: {initial_lower(passed.words)}.", link)
    return passed


def quarter_words() -> str:
    """The present quarter as people say it."""
    return in_words(quarter_of())
