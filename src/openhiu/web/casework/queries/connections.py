"""A client's connections with services, those to ask about today, and how each service does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Final

from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.models import Agreement
from openhiu.web.casework.connecting import OPEN, QUIET_DAYS, STATES
from openhiu.web.casework.models import Case, Connection, ConnectionNews
from openhiu.web.casework.queries import home
from openhiu.web.casework.queries.sharing import agreements, shareable
from openhiu.web.directory.models import Listing
from openhiu.web.people.models import Person

FEWEST: Final = 5  # below this a number is not shown: it might be somebody


def connections(actor: Actor, case: Case) -> list[Connection]:
    """A client's connections: open ones first, then the newest; their news with them."""
    news = ConnectionNews.objects.select_related("by__user").order_by("-at")
    found = (
        Connection.objects.filter(service=actor.service_id, case=case)
        .select_related("listing", "need", "made_by__user", "agreement__organisation")
        .prefetch_related(Prefetch("news", news))
        .order_by("-made_on", "-made_at")
    )
    return sorted(found, key=lambda one: one.state not in OPEN)


def to_ask_about(actor: Actor) -> QuerySet[Connection]:
    """Open connections of one's own clients that are due, or of which nobody heard for long."""
    quiet = timezone.now() - timedelta(days=QUIET_DAYS)
    today = timezone.localdate()
    return (
        Connection.objects.filter(state__in=OPEN, case__in=home.own(actor).values("pk"))
        .filter(Q(check_on__lte=today) | Q(news_at__lt=quiet))
        .select_related("case__person", "case__lead__user")
        .order_by("check_on", "news_at")
    )


def why_not_pass(person: Person, agreement: Agreement | None, items: Iterable[str]) -> str:
    """Why something about a person cannot be passed to a service now, or nothing."""
    wanted = set(items)
    if agreement is None:
        return (
            "There is no sharing agreement with them. The client can get in touch themselves, "
            "or you can call together."
        )
    if agreement.service_id != person.service_id:
        return "There is no such agreement."
    if not wanted:
        return "Choose what was passed on."
    if wanted - shareable(person, agreement):
        return (
            "They have not agreed to share one of these with this organisation. "
            "Ask them first, and record their answer."
        )
    return ""


def passable(person: Person) -> list[tuple[Agreement, frozenset[str]]]:
    """Agreements under which something may be passed on now, and what."""
    every = [(one, shareable(person, one)) for one in agreements(person.service_id)]
    return [(agreement, items) for agreement, items in every if items]


def how_it_went(actor: Actor, listing: Listing) -> Mapping[str, str]:
    """How many of the whole service's clients each outcome had, small numbers not shown."""
    rows = Connection.objects.filter(service=actor.service_id, listing=listing)
    counted = rows.values("state").annotate(people=Count("case", distinct=True))
    people = {row["state"]: row["people"] for row in counted.order_by("state")}
    if not people:
        return {}
    if rows.values("case").distinct().count() < FEWEST:
        return {"Clients connected so far": f"fewer than {FEWEST}"}
    return {
        state.label: str(people[key]) if people.get(key, 0) >= FEWEST else f"fewer than {FEWEST}"
        for key, state in STATES.items()
    }
