"""Whether an agreement or a gateway holds on a day, and whether something may cross: one place.

An agreement or a gateway comes in, a yes or a sentence goes out. Every way out of the service asks
here; what is not agreed, not signed by everybody, not begun, past its end or outside its scope lets
nothing through.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.utils import timezone

from openhiu.web.access import upgraded
from openhiu.web.access.enforcing import THEIRS, why_not_standing
from openhiu.web.access.models import Agreement, Gateway, Service
from openhiu.web.access.models.lawful import State

_STATE: Any = State
_KIND: Any = Gateway.Kind


@dataclass(frozen=True)
class Crossing:
    """One kind of data set that crosses whole: its name, and the doors of `tables.leaving` in it.

    `under_agreement`: a sharing agreement may carry it too, not only a gateway.
    """

    label: str
    doors: tuple[str, ...]
    under_agreement: bool = True


LIST, ACTIVITY, CASELOAD, ROSTER, CASE = "list", "activity", "caseload", "roster", "case"
CROSSINGS: Final[dict[str, Crossing]] = {
    LIST: Crossing("The list of people who attend most, from the hospital",
                   ("list", "suggestions", "changes", "list_numbers"), under_agreement=False),
    ACTIVITY: Crossing("What clients have needed since, from the hospital",
                       ("client_activity", "coverage", "clients", "signals", "health")),
    CASELOAD: Crossing("Who is being supported, to the hospital analysts", ("caseload",)),
    ROSTER: Crossing("Who said yes and was supported, for the evaluation", ("roster",)),
    CASE: Crossing("What one case needs, told once, to the body named", (), under_agreement=False),
}  # fmt: skip
_ALWAYS: Final = (LIST, ROSTER)  # need a ground within one organisation too
# A list of people whom nobody has asked yet comes on one of these three grounds, or not at all.
GROUNDS_FOR_A_LIST: Final = (_KIND.DIRECT_CARE, _KIND.SECTION_251, _KIND.CONSENT_FIRST)


def as_it_is(agreement: Agreement) -> Agreement:
    """The agreement read anew: it may have ended since the page was drawn."""
    return Agreement.objects.select_related("organisation").get(pk=agreement.pk)


def in_force(one: Agreement | Gateway, on: date | None = None) -> bool:
    """Whether it holds on a day: agreed by a second person, signed by every party, in date.

    Never with a body that enforces, whatever was agreed before it was known as one.
    """
    return not why_not_in_force(one, on)


def why_not_in_force(one: Agreement | Gateway, on: date | None = None) -> str:
    """Why it does not hold on a day (today), as a sentence; nothing where it does."""
    day = on or timezone.localdate()
    return _why_not_state(one, day) or _why_not_dates(one, day) or why_not_with(one)


def why_not_with(one: Agreement | Gateway) -> str:
    """Why nothing standing is held with this organisation, or nothing; one case alone may be."""
    if isinstance(one, Gateway) and set(one.data_sets) <= {CASE}:
        return ""
    return why_not_standing(one.organisation if one.organisation_id else None)


def _why_not_state(one: Agreement | Gateway, day: date) -> str:
    if one.state == _STATE.DRAFTED:
        return "It is a draft. A second person has to agree it."
    if one.state == _STATE.ENDED:
        return "It was ended."
    if one.state == _STATE.SUPERSEDED:
        return "A newer version took its place."
    if isinstance(one, Gateway):
        return ""
    if one.state == _STATE.STANDING:
        return upgraded.why_not_old(day)
    if one.signed_on is None or one.signed_on > day:
        return "It is not signed by every party yet."
    return ""


def _why_not_dates(one: Agreement | Gateway, day: date) -> str:
    ends = last_day(one)
    if day < one.starts_on:
        return f"It starts on {one.starts_on:%-d %B %Y}."
    if day > ends:
        return f"It ended on {ends:%-d %B %Y}."
    return ""


def last_day(one: Agreement | Gateway) -> date:
    """The last day on which it can hold."""
    return one.expires_on if isinstance(one, Gateway) else one.ends_on


def agreements_in_force(service_id: Any, on: date | None = None) -> QuerySet[Agreement]:
    """The agreements of a service for which `in_force` is true, asked of the database."""
    day = on or timezone.localdate()
    signed = Q(state=State.AGREED, signed_on__lte=day)
    if not upgraded.why_not_old(day):
        signed |= Q(state=State.STANDING)
    rows = Agreement.objects.filter(
        signed, service=service_id, starts_on__lte=day, ends_on__gte=day
    )
    return rows.exclude(THEIRS).select_related("organisation")


def gateways_in_force(service_id: Any, on: date | None = None) -> QuerySet[Gateway]:
    """The gateways of a service that hold on a day."""
    day = on or timezone.localdate()
    rows = Gateway.objects.filter(
        service=service_id, state=State.AGREED, starts_on__lte=day, expires_on__gte=day
    )
    return rows.exclude(THEIRS & ~Q(data_sets=[CASE])).select_related("organisation")


def covers(gateway: Gateway, what: str, organisation_id: Any) -> bool:
    """Whether this data set, with this organisation, is within the scope of a gateway."""
    if what == LIST and gateway.kind not in GROUNDS_FOR_A_LIST:
        return False
    return gateway.organisation_id == organisation_id and what in gateway.data_sets


def grounds(service_id: Any, organisation_id: Any, what: str) -> list[Agreement | Gateway]:
    """Everything in force today under which a data set may cross; gateways first."""
    found: list[Agreement | Gateway] = [
        one
        for one in gateways_in_force(service_id).order_by("expires_on", "pk")
        if covers(one, what, organisation_id)
    ]
    if CROSSINGS[what].under_agreement:
        agreed = agreements_in_force(service_id).filter(organisation=organisation_id)
        found += [one for one in agreed.order_by("ends_on", "pk") if what in one.data_sets]
    return found


def why_not_cross(service: Service, organisation_id: Any, what: str) -> str:
    """Why a data set may not cross between a service and an organisation today, or nothing.

    Within the organisation that provides the service nothing leaves it. Two need their ground even
    there: the list, which is of people nobody has asked, and the roster, whose use is another.
    """
    if what not in _ALWAYS and organisation_id == service.provider_id:
        return ""
    if grounds(service.pk, organisation_id, what):
        return ""
    return f"{CROSSINGS[what].label}: {_why_none(service.pk, organisation_id, what)}"


def _why_none(service_id: Any, organisation_id: Any, what: str) -> str:
    """The sentence for the nearest that there is: one that does not hold, or none at all."""
    rows = Gateway.objects.filter(service=service_id, organisation=organisation_id)
    theirs = rows.select_related("organisation")
    newest = next(
        (one for one in theirs.order_by("-expires_on") if covers(one, what, organisation_id)), None
    )
    asked = " Ask information governance: nothing crosses without it."
    if newest is not None:
        return f"the legal gateway does not hold. {why_not_in_force(newest)}{asked}"
    kinds = "legal gateway or agreement" if CROSSINGS[what].under_agreement else "legal gateway"
    return f"no {kinds} in force covers it with this organisation.{asked}"
