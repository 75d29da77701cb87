"""I1, I11, I12: a partner sees what agreement, consent, share and role allow, and nothing else.

Asked of the product's own partner pages' facts: what they would read, line by line.
"""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from bench.service.broken import hold
from bench.service.ledger import PLACES
from bench.service.world import World
from openhiu.web.casework import sharing
from openhiu.web.casework.presenters.shared import facts_of
from openhiu.web.casework.queries.sharing import notes_to, shared_people
from openhiu.web.people.models import Person


def partners_see_what_they_may(world: World, only: Iterable[UUID] = ()) -> None:
    """For every partner and every person, or only some."""
    wanted = list(only)
    people = list(Person.objects.filter(merged_into=None, **({"pk__in": wanted} if wanted else {})))
    for nth, organisation in enumerate(world.partners):
        seen = sharing.visible(organisation, people)
        for person in people:
            may = world.ledger.visible(organisation.pk, person.pk, world.clock.today)
            items = seen[person.pk]
            hold("I1", items - may, "a partner sees more than was agreed")
            hold("I1", may - items, "a partner does not see what was shared with them")
            _lines(world, person, items)
        _of_the_role(world, nth, people)


def _lines(world: World, person: Person, items: frozenset[str]) -> None:
    """What stands on the partner's page: no line of an item that is not shared, no hidden place."""
    if not items:
        return
    facts = facts_of(person, items)
    wrong = [fact.key for fact in facts if fact.lines and fact.key not in items]
    hold("I1", wrong, "a partner's page has lines of items that are not shared")
    told = " ".join(line for fact in facts for line in fact.lines)
    if person.pk in world.ledger.restricted:
        soul = world.soul_of(person.pk)
        hold(
            "I12", [w for w in (soul.address, soul.phone) if w in told], "a restricted place shows"
        )
        hold("I12", items & PLACES, "a restricted person's places are shared")


def _of_the_role(world: World, nth: int, people: list[Person]) -> None:
    """The signed-in partner: as their organisation; whoever left sees nobody; words to them too."""
    partner = world.actors[f"partner-{nth}"]
    shown = set(shared_people(partner).values_list("pk", flat=True))
    may = {
        p.pk
        for p in people
        if world.ledger.visible(partner.organisation.pk, p.pk, world.clock.today)
    }
    hold("I1", may - shown, "somebody shared with a partner is not on their list")
    for person in people:
        if person.pk not in may:
            hold("I11", sharing.visible_items(partner, person), "a partner still sees somebody")
            hold("I11", notes_to(partner, person), "a word to a partner outlives its sharing")
    for former in world.kept.get("former partners", []):
        former.membership.refresh_from_db()
        for person in people[:3]:
            hold(
                "I1", sharing.visible_items(former, person), "a former partner still sees somebody"
            )
