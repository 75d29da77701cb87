"""Every way out of the service, as data: what leaves, to whom, and what it needs before it may.

A test finds every place in the code that hands something out and fails when it stands in no entry
here, and every door of `tables.leaving` is in exactly one. What an entry needs is asked where the
thing leaves (access.lawful, casework.sharing); matrix tests try each without it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from openhiu.web.access.lawful import ACTIVITY, CASELOAD, CROSSINGS, LIST, ROSTER


class Needs(StrEnum):
    """What has to hold before something leaves this way."""

    GATEWAY = "a legal gateway in force that names the data set and the organisation"
    CROSSING = "a legal gateway or a sharing agreement in force that names the data set"
    AGREEMENT = "an agreement signed by every party and in force, the client's yes, and a share"
    SAFEGUARDING = "a duty to keep somebody safe, with its reason, reviewed by a second person"
    CASE = "a duty or an order in that one case, recorded and reviewed"
    YES = "the client's own yes to this use of their words"
    REMOVAL = "the duty to remove, which no agreement can end"
    THEIRS = "nothing: it goes to the person it is about, or to whom they hand it"
    WITHIN = "nothing: it stays with the colleagues of the service"
    NUMBERS = "nothing: protected numbers without a person in them"
    NOBODY = "nothing: it tells of no person who is supported"


# These are refused without an agreement or a gateway; the matrix test tries each of them.
GUARDED: Final = (Needs.GATEWAY, Needs.CROSSING, Needs.AGREEMENT)


@dataclass(frozen=True)
class WayOut:
    """One way out. `by` are the functions that hand it out, as "room.module:function"; `crossing`
    is the data set of access.lawful, where it leaves whole.
    """

    key: str
    words: str
    to: str
    needs: Needs
    by: tuple[str, ...]
    crossing: str = ""

    @property
    def doors(self) -> tuple[str, ...]:
        """The doors of tables.leaving that lead this way."""
        return CROSSINGS[self.crossing].doors if self.crossing else ()


WAYS: Final = (
    WayOut("list", "A hospital list is taken in, released, and read by leads", "leads",
           Needs.GATEWAY, ("intake.actions.receiving:propose", "intake.actions.releasing:release",
            "intake.queries.lists:rows_of"), LIST),
    WayOut("activity", "What clients have needed is taken in from a hospital", "leads",
           Needs.CROSSING, ("monitoring.actions.feed:receive",), ACTIVITY),
    WayOut("caseload", "Who is being supported", "hospital analysts", Needs.CROSSING,
           ("monitoring.actions.feed:hand_over_caseload", "monitoring.views.feed:take_caseload"),
           CASELOAD),
    WayOut("roster", "Who said yes and was supported, for the evaluation",
           "hospital analysts", Needs.CROSSING,
           ("casework.actions.handing_out:hand_over_roster", "casework.views.handing_out:_file"),
           ROSTER),
    WayOut("share", "Items of a record that a partner reads here", "partner organisations",
           Needs.AGREEMENT, ("casework.actions.sharing:share",)),
    WayOut("connection", "What is passed on when a client is connected with a service",
           "partner organisations", Needs.AGREEMENT, ("casework.actions.connections:connect",)),
    WayOut("meeting", "That a team meeting talks of somebody, and what it says",
           "partners at the table", Needs.AGREEMENT, ("mdt.actions.groups:add_member",)),
    WayOut("plan", "Copies of a plan agreed at a meeting", "partner organisations",
           Needs.AGREEMENT, ("mdt.actions.copies:give_copy", "mdt.views.copies:print_copy")),
    WayOut("letter", "Letters to practices and partners, by post, mail or sign-in",
           "practices and partner organisations", Needs.AGREEMENT,
           ("letters.actions.putting_in:put_in", "letters.actions.sending:_recorded",
            "letters.actions.ending:posted", "letters.views.outbox:file",
            "letters.views.serving:download", "exchange.secure_mail:_message")),
    WayOut("safeguarding", "What is told to keep somebody safe", "who can keep them safe",
           Needs.SAFEGUARDING, ("casework.actions.safeguarding:share_to_keep_safe",)),
    WayOut("disclosure", "What police or a court asked for in one case", "police and courts",
           Needs.CASE, ("assurance.actions.disclosures:note_disclosure",)),
    WayOut("story", "A client's words in a published report", "readers of reports", Needs.YES,
           ("casework.actions.telling:report_published",)),
    WayOut("own_copy", "A copy of somebody's record for themselves", "the person",
           Needs.THEIRS,
           ("assurance.actions.rights.packs:make_pack", "assurance.actions.rights.packs:give_pack",
            "assurance.actions.rights.packs:taken", "assurance.views.rights.held:take",
            "casework.views.client:export_client")),
    WayOut("card", "The crisis card on paper", "the client", Needs.THEIRS,
           ("casework.views.plan:show_card",)),
    WayOut("day_sheet", "A day's visits on paper, for who makes them", "colleagues", Needs.WITHIN,
           ("casework.views.visits:day_sheet",)),
    WayOut("downtime", "A lead's caseload, sealed with a password, for when the service cannot be "
           "reached", "the lead", Needs.WITHIN,
           ("casework.actions.handing_out:take_downtime_copy", "casework.views.downtime:_file")),
    WayOut("calendar", "When somebody works, in their own calendar", "the colleague", Needs.NOBODY,
           ("team.actions.calendar_key:fetched", "team.views.calendar:_answer")),
    WayOut("facts", "A quarter's facts, for making the report", "supervisors", Needs.WITHIN,
           ("casework.actions.handing_out:hand_over_facts",)),
    WayOut("report", "Quarterly reports and the evaluation", "commissioners", Needs.NUMBERS,
           ("reporting.views.library:_file", "reporting.views.outcomes:file",
            "reporting.views.serving:download", "reporting.views.serving:drawn",
            "reporting.management.commands.export_report:_contents")),
    WayOut("gaps", "Which services were missing", "commissioners", Needs.NUMBERS,
           ("monitoring.views.gaps:download",)),
    WayOut("area", "Documents of the case for the service, and the area's settings",
           "commissioners", Needs.NUMBERS,
           ("commissioning.views.documents:_file", "commissioning.views.documents:everything",
            "commissioning.views.files:download")),
    WayOut("directory", "The directory of services", "anybody", Needs.NOBODY,
           ("directory.views.looking:_attached", "directory.views.looking:export_csv",
            "directory.views.looking:export_open_referral")),
    WayOut("registers", "Incidents, complaints and compliments by reference and in numbers",
           "boards", Needs.NUMBERS,
           ("assurance.views.register_numbers:_file",
            "assurance.views.register_numbers:take_entries",
            "assurance.views.register_numbers:take_numbers")),
    WayOut("to_forget", "The hospital's own keys, NHS numbers and dates of birth of people whose "
           "record was removed, so that they are removed there too", "hospital analysts",
           Needs.REMOVAL, ("assurance.views.retention.appraising:to_forget",)),
    WayOut("assurance", "Readiness, evidence packs, the inventory, certificates of removal",
           "boards and inspectors", Needs.NOBODY,
           ("assurance.views.ready:take_paper", "assurance.views.evidence:pack",
            "assurance.views.inventory:take_inventory",
            "assurance.views.retention.keeping:take_certificate")),
)  # fmt: skip


def guarded() -> list[WayOut]:
    """The ways that an agreement or a gateway keeps."""
    return [way for way in WAYS if way.needs in GUARDED]
