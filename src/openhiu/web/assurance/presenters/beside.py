"""What was put right in a record, or is not agreed, as pages below show it beside the record."""

from __future__ import annotations

from collections.abc import Iterator

from django.apps import apps

from openhiu.web.assurance.held.words import label
from openhiu.web.assurance.queries.rights import corrections_of
from openhiu.web.casework.models import Connection, StoryUse
from openhiu.web.design.words import as_day
from openhiu.web.letters.models import Outgoing
from openhiu.web.mdt.models import Copy
from openhiu.web.people.beside import Beside, Received
from openhiu.web.people.models import Person


def corrections(person: Person) -> Iterator[Beside]:
    """A line for each."""
    for one in corrections_of(person):
        field = apps.get_model(one.model)._meta.get_field(one.field)
        name = label(one.field, str(getattr(field, "verbose_name", one.field)))
        yield Beside(name, as_day(one.at), one.statement, one.item)


def also_received(person: Person) -> Iterator[Received]:
    """Letters, copies of agreed plans, services they were brought together with, readers of
    stories: what was shared by consent or for safety stands on that page already.
    """
    for letter in Outgoing.objects.filter(
        letter__case__person=person, state=Outgoing.State.SENT
    ).select_related("letter__organisation"):
        whom = letter.letter.organisation.name if letter.letter.organisation else "Themselves"
        yield Received(whom, "a letter", as_day(letter.sent_on or letter.ended_at))
    for copy in Copy.objects.filter(plan__case__person=person).select_related("organisation"):
        yield Received(copy.organisation.name, "a copy of the agreed plan", as_day(copy.given_at))
    for one in Connection.objects.filter(case__person=person).exclude(items=[]):
        yield Received(one.name, "when they were brought together", one.made_on)
    for use in StoryUse.objects.filter(story__case__person=person).exclude(published_at=None):
        yield Received("Readers of a report", "a story or quote", as_day(use.published_at))
