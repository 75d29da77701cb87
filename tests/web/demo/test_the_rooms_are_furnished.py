"""The made-up service's newer rooms: each piece comes from the rooms' own actions, on its day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from openhiu.locality import read_locality
from openhiu.web.access.actor import Actor
from openhiu.web.access.row_security import set_service
from openhiu.web.casework import actions as casework
from openhiu.web.casework.models import Connection, Visit
from openhiu.web.demo import rooms
from openhiu.web.demo.acting import spoken
from openhiu.web.demo.founding import found
from openhiu.web.directory import night
from openhiu.web.directory.models import Listing
from openhiu.web.letters import gates
from openhiu.web.letters.actions import put_away, write_letter
from openhiu.web.letters.models import Letter, Outgoing
from openhiu.web.letters.sheet import sheet
from openhiu.web.mdt.models import AgreedPlan, Meeting, Slot
from openhiu.web.people import actions as people
from openhiu.web.team.models import Leave

LOCALITY = """
name = "Larkham"
[[sites]]
code = "ZT101"
name = "Kestrel General"
provider = "ZT1"
"""


def clients(lead: Actor, number: int) -> None:
    """So many people who said yes, each with a safety plan, an address and some words."""
    for nth in range(number):
        person = people.add_person(
            by=lead, given_name=f"Robin{nth}", family_name=f"Of{lead.user.name.split()[0]}",
            phones=[("07700 900 123", "own")], address="1 Weir Street", postcode="ZZ1 4WS",
            despite="Someone else.",
        )  # fmt: skip
        people.set_contact_safety(by=lead, person=person, voicemail="yes", text="yes", letter="no")
        case = casework.open_case(by=lead, person=person, consent=spoken("Yes"), quarter="2026-Q4")
        casework.change_plan(by=lead, case=case, version=1, what_matters="Sleep.",
                             warning_signs="Curtains shut.", what_helps="Tea.",
                             come_if="My chest hurts.")  # fmt: skip


def test_every_room_has_something_to_show(db: None, tmp_path: Any) -> None:
    file = tmp_path / "locality.toml"
    file.write_text(LOCALITY)
    since = timezone.localdate() - timedelta(days=730)
    actors = found(read_locality(file), "", since)
    set_service(actors["asha"].service_id)
    for key in ("asha", "bryn", "carla"):
        clients(actors[key], 7)
    rooms.furnish(actors, since)
    set_service(actors["asha"].service_id)
    assert Listing.objects.count() >= 20
    assert {row.state for row in Connection.objects.all()} >= {
        "connected",
        "waiting",
        "no_capacity",
    }
    assert {row.state for row in Outgoing.objects.all()} == {"sent", "to_post"}
    to_practice = Outgoing.objects.filter(letter__kind__startswith="gp_")
    assert {(row.letter.kind, row.state) for row in to_practice} == {
        ("gp_working", "sent"), ("gp_plan", "to_post"),
    }  # fmt: skip
    sent = to_practice[0].letter
    again = write_letter(
        by=actors["asha"], case=sent.case, kind="gp_stepping_back", to=sent.organisation
    )
    assert not gates.stopped(gates.look(sheet(again, "post")))
    put_away(by=actors["asha"], letter=again)
    lines = night.lines_here(actors["asha"].service)
    said = actors["asha"].service.out_of_hours
    assert any(said.startswith(line.partition(" or ")[0]) for line in lines), "one number"
    assert Letter.objects.filter(state="draft").count() == 1, "an address stops one"
    assert Leave.objects.get().state == "booked"
    assert Visit.objects.filter(starts_at__date=date.today()).count() == 1 or Visit.objects.exists()
    ahead, held = Meeting.objects.order_by("-starts_at")
    assert (held.state, ahead.state) == ("minutes_agreed", "planned")
    assert Slot.objects.filter(meeting=ahead).exists()
    assert AgreedPlan.objects.get().state == "agreed"
