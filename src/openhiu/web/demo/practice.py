"""A GP practice of the made-up town: its agreement and address, one client's yes, two letters."""

from __future__ import annotations

from datetime import date
from typing import Final

from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.models import Agreement
from openhiu.web.casework import actions as casework
from openhiu.web.demo import lawful
from openhiu.web.demo.acting import spoken
from openhiu.web.letters import actions as letters
from openhiu.web.letters.actions.practices import ITEMS
from openhiu.web.mdt.models import AgreedPlan
from openhiu.web.people import actions as people

NAME: Final = "Market Street Surgery"
_ADDRESS: Final = "22 Market Street\nLarkham\nZZ1 2MS"
_ASKED: Final = "Yes. Doctor Quill should know, then I need not explain it all again."


def tell_the_practice(lead: Actor, supervisor: Actor, second: Actor) -> None:
    """One letter to the practice was posted, one waits; all three kinds can be written there."""
    plan = AgreedPlan.objects.select_related("case__person").filter(
        service=lead.service, case__lead=lead.membership, state="agreed",
        case__person__restricted=False, case__person__died="",
    ).first()  # fmt: skip
    if plan is None:
        return
    case, today = plan.case, timezone.localdate()
    practice = letters.add_practice(
        by=supervisor, name=NAME, address=_ADDRESS, starts_on=today,
        purpose="Telling your GP how we go on together", ends_on=date(today.year + 2, 3, 31),
    )  # fmt: skip
    drafted = Agreement.objects.get(service=lead.service, organisation=practice)
    agreement = lawful.conclude(supervisor, second, drafted, today)
    people.change_person(by=lead, person=case.person, version=case.person.version,
                         gp_practice=NAME)  # fmt: skip
    told = {"person": case.person, "agreement": agreement, "items": ITEMS}
    casework.answer_share(by=lead, **told, **spoken(_ASKED))
    casework.share(by=lead, **told, note="For letters to the practice.")
    for kind in ("gp_working", "gp_plan"):
        letter = letters.write_letter(by=lead, case=case, kind=kind, to=practice,
                                      ring="07700 900 812")  # fmt: skip
        item = letters.put_in(by=lead, letter=letter, way="post")
        if kind == "gp_working":
            letters.posted(by=lead, item=item, on=today)
