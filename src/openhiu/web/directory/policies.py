"""Who may change the directory, as sentences."""

from __future__ import annotations

from openhiu.web.access.actor import Actor
from openhiu.web.access.gate import NotAllowed
from openhiu.web.access.permissions import Permission, may
from openhiu.web.directory.models import Listing


def must_change(by: Actor) -> None:
    """Refuse a role that only reads the directory."""
    if not may(by.role, Permission.CHANGE_DIRECTORY):
        raise NotAllowed(f"Your role here cannot {Permission.CHANGE_DIRECTORY}.")


def must_be_running(listing: Listing) -> None:
    """Refuse to say something new about a service that ended."""
    if listing.ended_on:
        raise NotAllowed("This service has ended. Open it again first.")
