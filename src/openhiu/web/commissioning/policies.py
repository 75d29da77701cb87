"""Who may do what with the area and its documents: sentences that are also a button's reason."""

from __future__ import annotations

from typing import Any, Final

from openhiu.web.access.actor import Actor
from openhiu.web.access.gate import NotAllowed
from openhiu.web.access.permissions import Permission, may
from openhiu.web.commissioning.models import Document, Making

State: Any = Document.State
UNDER_WAY: Final = "A document is being made already. Wait until it is there."
NO_TIERS: Final = (
    "No tiers have been delivered yet. The hospital's analyst makes them with hiu report tiers and "
    "delivers what may be handed on."
)


def must_hold(by: Actor, permission: Permission) -> None:
    """Refuse a role that may not do this kind of thing at all."""
    must(why_role(by, permission))


def must(why_not: str) -> None:
    """Refuse with the sentence, when there is one."""
    if why_not:
        raise NotAllowed(why_not)


def why_role(by: Actor, permission: Permission) -> str:
    """Why this role may not do it."""
    return "" if may(by.role, permission) else f"Your role here cannot {permission}."


def why_not_make(by: Actor, needs_tiers: bool, tiers: object, running: Making | None) -> str:
    """Why no document of a kind can be made now."""
    why = why_role(by, Permission.MAKE_DOCUMENT)
    if why:
        return why
    if needs_tiers and tiers is None:
        return NO_TIERS
    return UNDER_WAY if running else ""


def why_not_set_aside(by: Actor, document: Document) -> str:
    """Why a document cannot be put away."""
    if document.state == State.SET_ASIDE:
        return "It was set aside already."
    return why_role(by, Permission.MAKE_DOCUMENT)
