"""Received lists and their rows: who asks comes in; what they may see of them goes out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet

from openhiu.tables.handover import ALL_SITES
from openhiu.web.access.actor import Actor
from openhiu.web.access.gate import Missing, NotAllowed
from openhiu.web.access.models import Hospital, Role
from openhiu.web.intake import policies
from openhiu.web.intake.models import Change, Listed, ReceivedList, Rerun

State: Any = ReceivedList.State


def received_lists(actor: Actor) -> QuerySet[ReceivedList]:
    """Lists the actor may know of: analysts those of their organisation, leads released ones."""
    found = ReceivedList.objects.filter(service=actor.service).select_related(
        "gateway",
        "uploaded_by__user",
        "uploaded_by__organisation",
        "decided_by__user",
        "withdrawn_by__user",
    )
    if actor.role == Role.ANALYST:
        return found.filter(uploaded_by__organisation=actor.organisation)
    if actor.role == Role.SUPERVISOR:
        return found
    return found.filter(state=State.RELEASED)


def received_or_missing(actor: Actor, list_id: Any) -> ReceivedList:
    """One of them, or Missing."""
    found = received_lists(actor).filter(pk=list_id).first()
    if found is None:
        raise Missing
    return found


def hospitals(actor: Actor) -> dict[str, Hospital]:
    """The service's hospitals by site code, in the order of their names."""
    found = Hospital.objects.filter(service=actor.service).order_by("name")
    return {hospital.site_code: hospital for hospital in found}


def hospital_or_missing(actor: Actor, hospital_id: Any) -> Hospital:
    """One hospital of the service, or Missing."""
    found = Hospital.objects.filter(service=actor.service, pk=hospital_id).first()
    if found is None:
        raise Missing
    return found


def latest_lists(actor: Actor) -> dict[str, ReceivedList]:
    """For each site code (and ALL) the newest released list that has anybody on it."""
    found = (
        Listed.objects.filter(
            service=actor.service, received__state=State.RELEASED, kind=Listed.Kind.RANKED
        )
        .order_by("list_id", "-received__as_of", "-received__decided_at")
        .distinct("list_id")
        .values_list("list_id", "received_id")
    )
    by_place = dict(found)
    lists = ReceivedList.objects.filter(service=actor.service).select_related(
        "uploaded_by__organisation", "gateway"
    )
    by_id = lists.in_bulk(set(by_place.values()))
    return {list_id: by_id[received] for list_id, received in by_place.items()}


def latest_list_or_missing(actor: Actor, list_id: str) -> ReceivedList:
    """The newest released list of one site code or of ALL, or Missing."""
    found = (
        ReceivedList.objects.filter(
            service=actor.service, state=State.RELEASED, rows__list_id=list_id
        )
        .select_related("uploaded_by__organisation", "gateway")
        .order_by("-as_of", "-decided_at")
        .first()
    )
    if found is None:
        raise Missing
    return found


def rows_of(
    actor: Actor, received: ReceivedList, list_id: str, kind: Any = Listed.Kind.RANKED
) -> list[Listed]:
    """The rows of one list of a released folder, by rank; identity is the presenter's to hide.

    None of them while what the list was released under does not hold.
    """
    if policies.why_closed(received):
        return []
    found = Listed.objects.filter(
        service=actor.service, received=received, list_id=list_id, kind=kind
    )
    return list(found.order_by("rank"))


def decisions(
    actor: Actor, received: Iterable[ReceivedList]
) -> dict[tuple[UUID, str], Counter[str]]:
    """How many rows are waiting, chosen and set aside, by received list and list."""
    counted: dict[tuple[UUID, str], Counter[str]] = {}
    found = (
        Listed.objects.filter(
            service=actor.service, received__in=list(received), kind=Listed.Kind.RANKED
        )
        .values("received_id", "list_id", "state")
        .annotate(people=Count("pk"))
        .order_by()
    )
    for row in found:
        key = (row["received_id"], row["list_id"])
        counted.setdefault(key, Counter())[row["state"]] = row["people"]
    return counted


def changes_of(actor: Actor, received: ReceivedList) -> dict[str, Counter[str]]:
    """How many are new, there again, returned and gone, by list; "" where nothing was compared."""
    counted: dict[str, Counter[str]] = {}
    rows = (
        Listed.objects.filter(service=actor.service, received=received, kind=Listed.Kind.RANKED)
        .values("list_id", "change")
        .annotate(people=Count("pk"))
        .order_by()
    )
    left = (
        Change.objects.filter(service=actor.service, received=received, change="left")
        .values("list_id")
        .annotate(people=Count("pk"))
        .order_by()
    )
    for row in rows:
        counted.setdefault(row["list_id"], Counter())[row["change"]] += row["people"]
    for row in left:
        counted.setdefault(row["list_id"], Counter())["left"] = row["people"]
    return counted


def suggestions_count(actor: Actor, received: ReceivedList) -> Counter[str]:
    """How many suggestions came for each hospital."""
    found = (
        Listed.objects.filter(service=actor.service, received=received, kind=Listed.Kind.SUGGESTED)
        .values_list("list_id")
        .annotate(people=Count("pk"))
        .order_by()
    )
    return Counter(dict(found))


def listed_or_missing(actor: Actor, row_id: Any) -> Listed:
    """One row of a released list, or Missing.

    Raises:
        NotAllowed: nobody chose them, and the list is closed: its legal ground does not hold.
    """
    found = (
        Listed.objects.select_related(
            "received__gateway", "received__uploaded_by", "decided_by__user"
        )
        .filter(service=actor.service, received__state=State.RELEASED, pk=row_id)
        .first()
    )
    if found is None:
        raise Missing
    if found.state != Listed.State.CHOSEN and (why := policies.why_closed(found.received)):
        raise NotAllowed(why)
    return found


def picked(actor: Actor, row_ids: Iterable[Any]) -> list[Listed]:
    """The rows ticked on a list, each person once, in the order of the list.

    Raises:
        Missing: one of them is not a row of a released list of this service.
    """
    wanted = set(row_ids)
    found = list(
        Listed.objects.select_related("received__gateway", "received__uploaded_by")
        .filter(service=actor.service, received__state=State.RELEASED, pk__in=wanted)
        .order_by("list_id", "rank")
    )
    if len(found) != len(wanted):
        raise Missing
    return found


def to_ask(actor: Actor, received: ReceivedList) -> list[Listed]:
    """Each person on a consent-first list once, for the hospital to ask."""
    found = Listed.objects.filter(service=actor.service, received=received).order_by(
        "person_ref", "kind", "list_id", "rank"
    )
    people: dict[str, Listed] = {}
    for row in found:
        people.setdefault(row.person_ref or str(row.pk), row)
    return sorted(
        people.values(), key=lambda row: (row.list_id == ALL_SITES, row.list_id, row.rank)
    )


def undecided(actor: Actor) -> list[Listed]:
    """Everyone on the latest lists with no decision yet."""
    latest = latest_lists(actor)
    waiting = Listed.objects.select_related("received__gateway", "received__uploaded_by").filter(
        service=actor.service,
        received__in=set(latest.values()),
        kind=Listed.Kind.RANKED,
        state=Listed.State.WAITING,
    )
    return [row for row in waiting.order_by("list_id", "rank")
            if latest.get(row.list_id) == row.received
            and not policies.why_closed(row.received)]  # fmt: skip


def reruns(actor: Actor) -> QuerySet[Rerun]:
    """What this actor's organisation asked to be made anew, newest first."""
    return Rerun.objects.filter(
        service=actor.service, asked_by__organisation=actor.organisation
    ).order_by("-asked_at")


def rerun_or_missing(actor: Actor, rerun_id: Any) -> Rerun:
    """One of them, or Missing."""
    found = reruns(actor).filter(pk=rerun_id).first()
    if found is None:
        raise Missing
    return found


def suggested_rows(actor: Actor) -> list[Listed]:
    """The suggestions of the latest released folders, hospital by hospital."""
    latest = set(latest_lists(actor).values())
    found = Listed.objects.select_related("received__gateway", "received__uploaded_by").filter(
        service=actor.service, received__in=latest, kind=Listed.Kind.SUGGESTED
    )
    rows = found.order_by("list_id", "rank")
    return [row for row in rows if not policies.why_closed(row.received)]


def hospitals_of_others(actor: Actor, received: ReceivedList) -> list[Hospital]:
    """Hospitals on the list that another organisation runs than the one that uploaded it."""
    codes = [place["list_id"] for place in received.manifest.get("lists", [])]
    found = Hospital.objects.select_related("organisation").filter(
        service=actor.service, site_code__in=codes
    )
    return list(found.exclude(organisation=received.uploaded_by.organisation_id))


def row_to_ask(actor: Actor, row_id: Any) -> Listed | None:
    """A row of a consent-first list that this actor's organisation sent."""
    return (
        Listed.objects.select_related("received__gateway", "received__uploaded_by")
        .filter(
            service=actor.service,
            pk=row_id,
            received__state=State.RELEASED,
            received__legal_mode=ReceivedList.LegalMode.CONSENT_FIRST,
            received__uploaded_by__organisation=actor.organisation,
        )
        .first()
    )
