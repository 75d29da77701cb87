"""Who was asked, for the roster: approaches and the rows of lists that led to them go out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.utils import timezone

from openhiu.tables.handover import ALL_SITES
from openhiu.web.access.actor import Actor
from openhiu.web.access.models import Hospital
from openhiu.web.casework.roster import Offer
from openhiu.web.intake.models import Approach, Attempt, Listed

_ASKED: Final = (Approach.Outcome.YES, Approach.Outcome.NO, Approach.Outcome.NOT_NOW)


def offers(actor: Actor) -> list[Offer]:
    """One for each listing, or suggestion, that led to a first try or an answer."""
    found = Approach.objects.filter(service=actor.service_id)
    tries = _first_tries(actor)
    groups: dict[tuple[UUID, UUID], list[Approach]] = {}
    for one in found.select_related(
        "listed__received__gateway", "listed__received__uploaded_by"
    ).order_by("chosen_at", "pk"):
        groups.setdefault((one.person_id, one.listed_id or one.pk), []).append(one)
    places, moved = _Places(actor), _moved(actor)
    made = (_offer(group, tries, places, moved) for group in groups.values())
    return [offer for offer in made if offer is not None]


def _offer(
    group: list[Approach], tries: dict[UUID, datetime], places: _Places, moved: dict[Any, date]
) -> Offer | None:
    days = [day for one in group for day in _asked_on(one, tries)]
    if not days:
        return None  # chosen, and nobody has called yet
    last = group[-1]
    row = next((one.listed for one in group if one.listed), None)
    ranked = places.ranked(row)
    said = {one.outcome: one for one in group}
    answer = said.get(str(Approach.Outcome.YES)) or said.get(str(Approach.Outcome.NO))
    return Offer(
        person=last.person_id,
        site=ranked.list_id if ranked else places.of(row),
        list_date=ranked.received.as_of if ranked else None,
        list_rank=ranked.rank if ranked else None,
        offered_on=min(days),
        said=answer.outcome if answer else "",
        said_on=_day(answer.ended_at) if answer else None,
        store_id=row.person_ref if row else "",
        moved_on=moved.get(last.person_id) or moved.get(row.person_ref if row else None),
    )


def _asked_on(one: Approach, tries: dict[UUID, datetime]) -> Iterable[date]:
    if one.pk in tries:
        yield timezone.localdate(tries[one.pk])
    if one.outcome in _ASKED and one.ended_at:
        yield timezone.localdate(one.ended_at)


def _day(moment: datetime | None) -> date | None:
    return timezone.localdate(moment) if moment else None


def _first_tries(actor: Actor) -> dict[UUID, datetime]:
    rows = Attempt.objects.filter(service=actor.service_id).order_by("-at")
    return dict(rows.values_list("approach", "at"))


def _moved(actor: Actor) -> dict[Any, date]:
    """Who was set aside because they had moved away, by our key and by the store's."""
    rows = Listed.objects.filter(service=actor.service_id, set_aside_as=Listed.Aside.MOVED)
    found: dict[Any, date] = {}
    for person, ref, at in rows.order_by("-decided_at").values_list(
        "person", "person_ref", "decided_at"
    ):
        found |= {key: timezone.localdate(at) for key in (person, ref) if key and at}
    return found


class _Places:
    """Which hospital's list somebody stood on: rows of one folder belong together."""

    def __init__(self, actor: Actor) -> None:
        codes = Hospital.objects.filter(service=actor.service_id).values_list(
            "site_code", flat=True
        )
        self._only = codes[0] if len(codes) == 1 else ""
        chosen = Listed.objects.filter(
            service=actor.service_id, state=Listed.State.CHOSEN, kind=Listed.Kind.RANKED
        ).exclude(list_id=ALL_SITES)
        self._rows: dict[tuple[UUID, Any], Listed] = {}
        for row in chosen.select_related("received__gateway", "received__uploaded_by").order_by(
            "-rank"
        ):
            self._rows[(row.received_id, row.person_ref or row.person_id)] = row

    def ranked(self, row: Listed | None) -> Listed | None:
        """The row of one hospital's list: this one, or theirs where they rank highest."""
        if row is None:
            return None
        if row.kind == Listed.Kind.RANKED and row.list_id != ALL_SITES:
            return row
        return self._rows.get((row.received_id, row.person_ref or row.person_id))

    def of(self, row: Listed | None) -> str:
        """The hospital of somebody who stood on no list: the suggestion's, or the only one."""
        if row is not None and row.list_id != ALL_SITES:
            return row.list_id
        return self._only
