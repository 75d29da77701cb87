"""Canaries: a unique text planted into every column that can hold words about one person.

Every kind of row of retention.forgetting is made once for the person, with all its text, JSON and
bytes filled, so that a kind of row added later is planted without being named here.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import count
from typing import Any
from uuid import uuid4

from django.apps import apps
from django.db import connection
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.models import Announcement, Draft, Posted
from openhiu.web.access.row_security import our_models
from openhiu.web.assurance.retention.forgetting import FORGOTTEN
from openhiu.web.people.models import Person

_NUMBERS = count(1)
# What a generic row cannot be told by its fields alone.
_SAID: dict[str, dict[str, Any]] = {
    "people.Person": {"merged_into": None, "forgotten_at": None, "died": ""},
    "people.Merge": {"approved": True, "undone_at": timezone.now, "undone_by": "member"},
    "casework.Consent": {"kind": "take_part", "organisation": None},
    "casework.Story": {"state": "written", "approved_edition": 0},
    "casework.Case": {"phase": "working_together"},
    "casework.FollowUp": {
        "concern": "casework.Concern",
        "shared": None,
        "closed_at": timezone.now,
    },
    "assurance.RecordClass": {"record_class": "mental_health"},
    "assurance.Hold": {"record_class": "", "lifted_at": timezone.now, "lifted_by": "member"},
    "assurance.Disclosure": {"basis": "consent", "answer": "given", "reviewed_at": None},
    "assurance.ProcessingHold": {"lifted_at": timezone.now},
    "assurance.RightsRequest": {"kind": "erasure", "closed_at": timezone.now},
    "assurance.Entry": {"closed_at": lambda: timezone.now() - timedelta(days=365 * 30)},
    "letters.Outgoing": {"state": "sent", "ended_at": timezone.now},
    "monitoring.Signal": {"state": "raised"},
    "mdt.AgreedPlan": {"state": "draft"},
}
# Not words about the person: which body asked, which colleague advised; keys, states and codes of
# ours, which a constraint or a reader wants to be real.
_REAL = {
    "phase", "from_phase", "to_phase", "quarter", "state", "site_code", "list_id", "kind", "rule",
    "category", "nhs_number", "content_hash", "sha256", "key", "issuer", "language", "approved_how",
    "found_by", "rules", "change", "organisation", "adviser", "from_state", "to_state",
    "record_class", "result", "what", "role", "iso",
}  # fmt: skip
# Looked at by a second person, after which the database lets the application change nothing.
_REVIEWED = ("casework.SharedWithoutConsent", "assurance.Disclosure")


class Flock:
    """One person's canaries: what was planted, and where each was put."""

    def __init__(self, by: Actor, name: str) -> None:
        self.by, self.name = by, name
        self.rows: dict[str, Any] = {}
        self.planted: dict[str, str] = {}

    def word(self, where: str, longest: int | None = None) -> str:
        """A text that stands nowhere else, short enough for its column."""
        text = f"Q{self.name}{next(_NUMBERS):04d}Z"
        if longest is not None and len(text) > longest:
            return text[:longest]
        self.planted[text] = where
        return text

    def plant(self) -> Flock:
        """A row of every kind, in the order in which one leads to the next."""
        for label in FORGOTTEN:
            self._row(label)
        self._passing()
        return self

    @property
    def person(self) -> Person:
        """Whose they are."""
        return self.rows["people.Person"]

    def _row(self, label: str) -> None:
        model = apps.get_model(label)
        said = {name: self._meant(value) for name, value in _SAID.get(label, {}).items()}
        values = {
            field.name: self._value(label, field)
            for field in model._meta.concrete_fields
            if field.name not in said and not field.primary_key
        }
        row = model._default_manager.create(**{**values, **said})
        if not getattr(model, "append_only", False):
            row.save()  # a second version, for the history
        if label in _REVIEWED:
            model._default_manager.filter(pk=row.pk).update(reviewed_at=timezone.now())
        self.rows[label] = row

    def _meant(self, value: Any) -> Any:
        if callable(value):
            return value()
        if value == "member":
            return self.by.membership
        return self.rows.get(value, value) if isinstance(value, str) else value

    def _value(self, label: str, field: Any) -> Any:
        if field.is_relation:
            return self._related(label, field)
        if field.choices:
            return next(key for key, _ in field.flatchoices if key or field.blank)
        return self._plain(label, field, field.get_internal_type())

    def _plain(self, label: str, field: Any, kind: str) -> Any:
        where = f"{label}.{field.name}"
        if field.name == "nhs_number":
            return f"99{next(_NUMBERS):08d}"
        if kind in ("CharField", "TextField") and "JSON" in type(field).__name__:
            return {"said": self.word(where)}
        if kind in ("CharField", "TextField"):
            if field.name in _REAL:
                return f"{next(_NUMBERS)}"[: field.max_length or 10]
            return self.word(where, field.max_length)
        if kind == "JSONField":
            return {"said": self.word(where)}
        if kind == "BinaryField":
            return self.word(where).encode()
        if kind == "ArrayField":
            return []
        if kind == "UUIDField":
            return uuid4()
        return self._measured(field, kind)

    def _measured(self, field: Any, kind: str) -> Any:
        """Days, moments, numbers and yes or no."""
        now = timezone.now()
        if kind == "DateTimeField":
            late = field.name in ("ends_at", "expires_at", "reasons_due_at")
            return None if field.null else now + timedelta(hours=1 if late else 0)
        if kind == "DateField":
            return None if field.null else timezone.localdate()
        if kind == "BooleanField":
            return None if field.null else False
        small = 1 if field.name in ("month", "day") else next(_NUMBERS) % 99
        return None if field.null else small

    def _related(self, label: str, field: Any) -> Any:
        target = field.related_model._meta.label
        if target in self.rows:
            if label in ("people.Merge", "people.Apart") and field.name in ("absorbed", "other"):
                return self._twin()
            return self.rows[target]
        known = {
            "access.Service": self.by.service, "access.Membership": self.by.membership,
            "access.User": self.by.user, "access.Organisation": self.by.organisation,
        }  # fmt: skip
        if target in known:
            return known[target]
        return None if field.null else self._made(field.related_model)

    def _twin(self) -> Person:
        if "twin" not in self.rows:
            self.rows["twin"] = Person.objects.create(
                service=self.by.service, given_name="Somebody", family_name="Else"
            )
        return self.rows["twin"]

    def _made(self, model: Any) -> Any:
        """A row that belongs to nobody: a list, a feed, a meeting."""
        label = model._meta.label
        if label not in self.rows:
            others = Flock(self.by, "N")
            others.rows = self.rows
            others._row(label)
        return self.rows[label]

    def _passing(self) -> None:
        """What is kept for whoever is at the screen."""
        here, case = {"service": self.by.service}, self.rows["casework.Case"].pk
        Draft.objects.create(
            **here, user=self.by.user, key=f"contact:{case}",
            fields={"what": [self.word("access.Draft.fields")]},
        )  # fmt: skip
        Draft.objects.create(
            **here, user=self.by.user, key=f"disclosure:new:{self.name}",
            fields={"what": [f"{self.person.given_name} {self.person.family_name} moved."],
                    "why": [self.word("access.Draft.fields, by name")]},
        )  # fmt: skip
        Posted.objects.create(token=uuid4(), user=self.by.user, led_to=f"/casework/{case}/")
        Announcement.objects.create(
            **here, to=self.by.membership, link=f"/casework/{case}/",
            words=self.word("access.Announcement.words"),
        )  # fmt: skip


def seen_through_models() -> Iterator[tuple[str, str]]:
    """Every value of every row of every table of ours, histories too, with seals opened."""
    for model in our_models(apps):
        for row in model._default_manager.all().iterator():
            for field in model._meta.concrete_fields:
                value = getattr(row, field.attname)
                if isinstance(value, (bytes, memoryview)):
                    value = bytes(value).decode("utf-8", "replace")
                yield f"{model._meta.label}.{field.name}", str(value)


def seen_in_tables(superuser: Any) -> Iterator[tuple[str, str]]:
    """Every row of every table as PostgreSQL prints it, past every wall."""
    found = superuser.execute("select tablename from pg_tables where schemaname = 'public'")
    for (table,) in found.fetchall():
        for (row,) in superuser.execute(f'select t::text from public."{table}" as t').fetchall():
            yield table, row


def still_there(planted: dict[str, str], seen: list[tuple[str, str]]) -> dict[str, list[str]]:
    """For each canary where it is still found; those found nowhere are left out."""
    whole = "\x00".join(text for _, text in seen)
    found: dict[str, list[str]] = {}
    for canary in planted:
        for form in (canary, canary.encode().hex()):
            if form in whole:
                found[canary] = sorted({where for where, text in seen if form in text})
    return found


def tables() -> int:
    """How many tables of ours there are."""
    return len(list(our_models(apps)))


def close() -> None:
    """Let go of the connection, so that another role can look."""
    connection.close()
