"""Every named address of the application, and what is needed to ask for each as somebody."""

from __future__ import annotations

import importlib.util
from typing import Any
from uuid import uuid4

from django.apps import apps
from django.db import connection
from django.urls import URLPattern, URLResolver, get_resolver

from openhiu.web.access.actor import Actor
from openhiu.web.access.gate import OwnAccount
from openhiu.web.access.models import Role
from openhiu.web.access.permissions import ROLE_MAY, Permission
from support.web import make_member

ROOMS = (
    "access", "people", "directory", "team", "intake", "casework", "monitoring", "mdt", "letters",
    "reporting", "commissioning", "assurance", "assurance_registers", "assurance_agreements",
    "assurance_ready", "assurance_rights", "assurance_inventory", "assurance_retention",
    "assurance_optout", "assurance_disclosures", "assurance_safety", "assurance_evidence",
    "assurance_running",
)  # fmt: skip
for room in ROOMS:
    if importlib.util.find_spec(f"support.samples_{room}"):
        importlib.import_module(f"support.samples_{room}")
# A GET writes these: looks into the audit, the clock of a session, a rate limit's count.
WRITTEN_BY_LOOKING = {"access_auditentry", "django_session", "access_kept", "people_searchpace"}


def addresses() -> dict[str, Any]:
    """Every named address and its view."""
    return dict(_walk(get_resolver(), ""))


def _walk(resolver: URLResolver, namespace: str) -> Any:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _walk(entry, inner)
        elif isinstance(entry, URLPattern):
            yield f"{namespace}{entry.name or entry.pattern}", entry


ALL = addresses()
NAMES = sorted(ALL)
PROTECTED = [n for n in NAMES if isinstance(getattr(ALL[n].callback, "gate", None), Permission)]
OWN_ONES = [n for n in NAMES if isinstance(getattr(ALL[n].callback, "gate", None), OwnAccount)]


def nobodys(name: str) -> dict[str, Any]:
    """Arguments of the right kind that name nothing."""
    blank = {
        "uuid": uuid4(),
        "int": 999_999,
        "slug": "nothing",
        "str": "nothing",
        "path": "nothing",
    }
    kinds = {
        key: type(converter).__name__.removesuffix("Converter").lower().replace("string", "str")
        for key, converter in ALL[name].pattern.converters.items()
    }
    return {key: blank.get(kind, "nothing") for key, kind in kinds.items()}


def someone_who_may(name: str, service: Any) -> Actor:
    gate = ALL[name].callback.gate
    if isinstance(gate, OwnAccount):
        return make_member(service, Role.LEAD)
    role = next((role for role in Role if gate in ROLE_MAY[role]), None)
    assert role, f"no role may {gate}"
    return make_member(service, role)


def rows() -> dict[str, str]:
    """How many rows every table has and a sum over what is in them."""
    found = {}
    there = set(connection.introspection.table_names())  # some models are queries, not tables
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            table = model._meta.db_table
            if table in there - WRITTEN_BY_LOOKING:
                cursor.execute(f'select count(*), sum(hashtext(t::text)) from "{table}" t')
                found[table] = str(cursor.fetchone())
    return found
