"""The menu: every room's items come in, those a role may use go out, in order."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Final

from django.apps import apps

from openhiu.web.access.actor import Actor
from openhiu.web.access.permissions import Permission, may


@dataclass(frozen=True)
class Item:
    """One entry of the menu: its label, the name of its view, who may use it, where it stands."""

    label: str
    url_name: str
    permission: Permission
    order: int = 100


ITEMS: Final = (
    Item("People and roles", "access:members", Permission.MANAGE_USERS, 700),
    Item("Access check", "access:attestations", Permission.ATTEST_ACCESS, 710),
    Item("Openings to review", "access:openings", Permission.REVIEW_BREAK_GLASS, 720),
    Item("Audit", "access:audit", Permission.READ_AUDIT, 730),
    Item("Service settings", "access:settings", Permission.SETTINGS, 740),
)


@cache
def all_items() -> tuple[Item, ...]:
    """Every item of every installed room, in order."""
    found: list[Item] = []
    for config in apps.get_app_configs():
        if config.name.startswith("openhiu.web.") and find_spec(f"{config.name}.navigation"):
            found += getattr(import_module(f"{config.name}.navigation"), "ITEMS", ())
    return tuple(sorted(found, key=lambda item: (item.order, item.label)))


def items_for(actor: Actor) -> list[Item]:
    """What this actor's role may use."""
    return [item for item in all_items() if may(actor.role, item.permission)]
