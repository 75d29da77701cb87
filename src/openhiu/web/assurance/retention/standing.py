"""Where each record stands: a service comes in; class, last contact and end of each go out."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from openhiu.web.assurance.clocks import months_after
from openhiu.web.assurance.models.registers import Entry
from openhiu.web.assurance.models.retention import Hold, RecordClass, RetentionRules
from openhiu.web.assurance.retention.classes import CLASSES, COOLING_DAYS, EVERY
from openhiu.web.assurance.retention.clock import last_contacts
from openhiu.web.casework.models import Case, Concern, SharedWithoutConsent
from openhiu.web.people.models import Person

_SERIOUS: Final = (Entry.Register.INCIDENT,)


@dataclass(frozen=True)
class Rules:
    """The schedules in force: version (0: nobody has set any), periods, and days of cooling off."""

    version: int
    periods: dict[str, int]
    usual: str
    cooling_days: int

    def number(self, key: str) -> int:
        """How many of its unit a class is kept here."""
        return int(self.periods.get(key) or CLASSES[key].number or 0)

    def ends(self, key: str, since: date) -> date:
        """When a record of that class, whose clock began then, need be kept no longer."""
        return CLASSES[key].ends(since, self.number(key))


@dataclass(frozen=True)
class Standing:
    """One record: its class, when it was last touched, when it ends, which of its keys are one."""

    person_id: UUID
    record_class: str
    last_contact_on: date
    due_on: date
    records: tuple[UUID, ...]

    @property
    def words(self) -> str:
        """The class as people read it."""
        return CLASSES[self.record_class].label


def rules_of(service_id: UUID) -> Rules:
    """The newest schedules that two people agreed on, or the defaults."""
    row = (
        RetentionRules.objects.filter(service=service_id, agreed=True).order_by("-version").first()
    )
    if row is None:
        return Rules(0, {}, "client", COOLING_DAYS)
    return Rules(row.version, dict(row.periods), row.usual, row.cooling_days)


def standings(service_id: UUID, people: Collection[UUID] | None = None) -> list[Standing]:
    """Every record of the service (or these), joined records as one, the first to end first."""
    rules = rules_of(service_id)
    facts = _Facts(service_id)
    touched = last_contacts(service_id)
    wanted = Person.objects.filter(service=service_id, merged_into=None, forgotten_at=None)
    if people is not None:
        wanted = wanted.filter(pk__in=list(people))
    found = [_standing(one, rules, facts, touched) for one in wanted.values("pk", "died_on")]
    return sorted(found, key=lambda one: (one.due_on, str(one.person_id)))


def standing_of(service_id: UUID, person_id: UUID) -> Standing | None:
    """One record's standing; None where it was removed or is part of another."""
    return next(iter(standings(service_id, [person_id])), None)


def held(service_id: UUID, keys: Iterable[UUID], record_class: str) -> list[Hold]:
    """Holds in force on any of these records, their class, or everything."""
    return list(
        Hold.objects.filter(service=service_id, lifted_at=None)
        .filter(Q(person__in=list(keys)) | Q(record_class__in=(EVERY, record_class)))
        .order_by("placed_at", "pk")
    )


class _Facts:
    """What decides a class, read once for a whole service."""

    def __init__(self, service_id: UUID) -> None:
        here = {"service": service_id}
        self.clients = set(Case.objects.filter(**here).values_list("person_id", flat=True))
        worries = Concern.objects.filter(**here).exclude(person=None)
        told = SharedWithoutConsent.objects.filter(**here).exclude(person=None)
        self.worried = {
            *worries.values_list("person_id", flat=True), *told.values_list("person_id", flat=True)
        }  # fmt: skip
        said = RecordClass.objects.filter(**here).order_by("at", "pk")
        self.said = dict(said.values_list("person_id", "record_class"))
        self.entries: dict[UUID, list[tuple[str, date | None]]] = {}
        for row in Entry.objects.filter(**here).exclude(person=None):
            closed = timezone.localdate(row.closed_at) if row.closed_at else None
            key = "serious_incident" if row.register in _SERIOUS else "register"
            self.entries.setdefault(row.person_id, []).append((key, closed))
        self.joined: dict[UUID, list[UUID]] = {}
        joined = Person.objects.filter(**here).exclude(merged_into=None)
        for key, into in joined.values_list("pk", "merged_into_id"):
            self.joined.setdefault(into, []).append(key)

    def group(self, key: UUID) -> tuple[UUID, ...]:
        """The record and every one joined to it, however often."""
        found = [key]
        for one in found:
            found += self.joined.get(one, [])
        return tuple(found)


def _standing(
    row: dict[str, Any], rules: Rules, facts: _Facts, touched: dict[UUID, date]
) -> Standing:
    keys = facts.group(row["pk"])
    last = max((touched[key] for key in keys if key in touched), default=timezone.localdate())
    ends = [(_end(rules, key, last, row["died_on"]), key) for key in _classes(keys, rules, facts)]
    for key in keys:
        for kind, closed in facts.entries.get(key, ()):
            ends.append((rules.ends(kind, closed or timezone.localdate()), kind))
    due, chosen = max(ends)
    return Standing(row["pk"], chosen, last, due, keys)


def _classes(keys: tuple[UUID, ...], rules: Rules, facts: _Facts) -> list[str]:
    """Every class a record is in; the one that ends last counts."""
    found = [facts.said[key] for key in keys if key in facts.said]
    if not found:
        found = [rules.usual if facts.clients.intersection(keys) else "asked"]
    if facts.worried.intersection(keys):
        found.append("safeguarding")
    return found


def _end(rules: Rules, key: str, last: date, died_on: date | None) -> date:
    """Years after the last contact; where the class says so, fewer after a death."""
    end = rules.ends(key, last)
    years = CLASSES[key].after_death
    if years is None or died_on is None:
        return end
    return min(end, max(months_after(died_on, 12 * years), last))
