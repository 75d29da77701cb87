"""One client's whole record as plain values: a case comes in; titled lists of rows go out.

For a person who asks what is kept about them, and for taking a record along.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final

from django.db.models import Model, QuerySet
from django.utils import timezone

from openhiu.web.access.models import AuditEntry, Membership
from openhiu.web.access.queries import SEEING
from openhiu.web.casework import models
from openhiu.web.casework.models import Case
from openhiu.web.people import models as people

# Our own keys and bookkeeping say nothing about a person; places of a restricted one never leave.
_OURS: Final = frozenset(
    {
        "id",
        "service",
        "case",
        "person",
        "version",
        "search_text",
        "goal",
        "writers",
        "told",
        "who_sealed",
        "where_sealed",
        "phone_sealed",
        "buddy_told_at",
        "manager_told_at",
    }
)
_PLACES: Final = frozenset({"address", "postcode", "gp_practice", "address_confirmed_on", "number",
                            "digits", "phone"})  # fmt: skip
# What others said to keep someone safe may put them at risk: information governance decides what of
# it is given to the person, so it is not in a copy that a lead prints.
NOT_HERE: Final = (
    "Important notices, worries raised, what was shared to keep someone safe and supervision are "
    "not in this copy. Information governance decides about those."
)
_OF_PERSON: Final = (
    ("Other names", people.OtherName),
    ("Other numbers", people.Identifier),
    ("Phones", people.Phone),
    ("Being in touch safely", people.ContactSafety),
    ("Consent", models.Consent),
    ("Shared with organisations", models.Share),
    ("Not wanting to be counted", models.Objection),
)
_OF_CASE: Final = (
    ("Plan", models.Plan),
    ("Reasons", models.Need),
    ("Goals", models.Goal),
    ("People and services around them", models.NetworkMember),
    ("Connections with services", models.Connection),
    ("Contacts", models.Contact),
    ("Visits", models.Visit),
    ("Tasks", models.Task),
    ("What changed in their life", models.Outcome),
    ("Well-being", models.Wellbeing),
    ("Phases", models.PhaseChange),
    ("Stories and quotes", models.Story),
)


def record_of(case: Case) -> dict[str, Any]:
    """What is kept about a client, by title, but for NOT_HERE; rows of label and value."""
    person = case.person
    hidden = _OURS | _PLACES if person.restricted else _OURS
    made: dict[str, Any] = {
        "Made at": _plain(timezone.now()),
        "Not in this copy": NOT_HERE,
        "Person": [_row(person, hidden)],
        "Support": [_row(case, hidden)],
    }
    for title, kind in _OF_PERSON:
        made[title] = _rows(kind._default_manager.filter(person=person), hidden)
    for title, kind in _OF_CASE:
        made[title] = _rows(kind._default_manager.filter(case=case), hidden)
    made["News of connections"] = _rows(
        models.ConnectionNews.objects.filter(connection__case=case), hidden
    )
    made["Steps"] = _rows(models.Step.objects.filter(goal__case=case), hidden)
    made["Who looked"] = [
        {"When": _plain(one.at), "Who": str(one.user or ""), "What": one.did, "Why": one.purpose}
        for one in AuditEntry.objects.filter(
            service=case.service_id, person_id=person.pk, did__in=SEEING
        ).select_related("user").order_by("-at")
    ]  # fmt: skip
    return made


def _rows(rows: QuerySet[Any], hidden: frozenset[str]) -> list[dict[str, Any]]:
    links = [field.name for field in rows.model._meta.fields
             if field.is_relation and field.name not in hidden]  # fmt: skip
    deep = [f"{name}__user" if _is_member(rows.model, name) else name for name in links]
    return [_row(row, hidden) for row in rows.select_related(*deep).order_by("pk")]


def _is_member(model: type[Model], name: str) -> bool:
    return bool(model._meta.get_field(name).related_model is Membership)


def _row(row: Any, hidden: frozenset[str]) -> dict[str, Any]:
    return {
        str(field.verbose_name).capitalize(): _value(row, field.name)
        for field in row._meta.concrete_fields
        if field.name not in hidden
    }


def _value(row: Any, name: str) -> Any:
    show = getattr(row, f"get_{name}_display", None)
    return _plain(show() if show else getattr(row, name))


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return timezone.localtime(value).isoformat(timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Membership):
        return value.user.name
    if isinstance(value, Model):
        return getattr(value, "name", "") or str(value.pk)
    return value
