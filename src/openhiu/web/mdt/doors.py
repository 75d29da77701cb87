"""What this room does when somebody dies: off every list, actions let go, copies asked back."""

from __future__ import annotations

from openhiu.web.access.actor import Actor
from openhiu.web.casework.models import Case
from openhiu.web.mdt.actions.copies import ask_back
from openhiu.web.mdt.actions.doing import end_all
from openhiu.web.mdt.actions.listing import off
from openhiu.web.mdt.models import Listing
from openhiu.web.people import doors
from openhiu.web.people.models import Person


def after_a_death(actor: Actor, person: Person) -> None:
    """They leave every list and agenda; nobody is asked to do anything for them any more."""
    for case in Case.objects.filter(service=actor.service_id, person=person):
        live = (Listing.State.PROPOSED, Listing.State.LISTED)
        rows = Listing.objects.select_for_update().filter(case=case, state__in=live)
        for row in rows:
            off(actor, row, "They died.")
        end_all(actor, case, "They died.")
    ask_back(actor.service)


def hang() -> None:
    """Called once when Django is ready."""
    doors.at_death(after_a_death)
