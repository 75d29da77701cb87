"""What could go wrong for the people in the data, and what the software does about each: plain
data. Every control names the module that holds it, and a test finds each there.

The ratings are a first proposal; a clinical safety officer and a data protection officer decide.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

HIGH, MEDIUM, LOW = "high", "medium", "low"


@dataclass(frozen=True)
class Control:
    """Something the software does, and the module in which it does it."""

    words: str
    module: str


@dataclass(frozen=True)
class Hazard:
    """One risk: what could happen, to what end, how grave before and after its controls, and what
    people still have to do.
    """

    key: str
    words: str
    harm: str
    before: str
    after: str
    controls: tuple[Control, ...]
    still: str


_WEB: Final = "openhiu.web"
HAZARDS: Final = (
    Hazard("no_ground", "Names reach a charity-employed lead before anybody was asked, without a "
           "legal ground", "Trust is lost; the list is unlawful", HIGH, MEDIUM, (
               Control("A list is released only with one of three recorded grounds; an approval "
                       "that has ended stops it", f"{_WEB}.intake.policies"),
               Control("One person uploads, another releases", f"{_WEB}.intake.actions.releasing"),
               Control("Where the hospital asks first, the lead sees no name until a yes",
                       f"{_WEB}.intake.actions.asking"),
           ), "Decide the ground for each hospital, in writing"),
    Hazard("wrong_person", "Somebody is taken for somebody else", "A stranger hears private facts; "
           "the wrong person is called", HIGH, MEDIUM, (
               Control("Damaged NHS numbers are never repaired", "openhiu.tables.identifiers"),
               Control("Records that look alike are shown, joined by two people and can be parted "
                       "again", f"{_WEB}.people.match"),
           ), "Check three facts before a first call says what it is about"),
    Hazard("unsafe_contact", "A call, message or letter is heard or read by the wrong person",
           "Violence at home; shame", HIGH, MEDIUM, (
               Control("Safe times, who may answer, voicemail or not are wanted before a first "
                       "call; neutral words otherwise", f"{_WEB}.people.safety"),
               Control("A letter leaves only to an address confirmed within 30 days and marked "
                       "safe to write to", f"{_WEB}.letters.gates.person"),
           ), "Ask at every contact whether it is still safe"),
    Hazard("beyond_consent", "A partner sees more than the client agreed to", "Broken promise; "
           "harm from being known", HIGH, LOW, (
               Control("What is seen is what agreement, consent and share have in common, item by "
                       "item", f"{_WEB}.casework.sharing"),
               Control("In a meeting each partner sees what is agreed for their own organisation",
                       f"{_WEB}.mdt.seeing"),
           ), "Keep agreements current"),
    Hazard("stale_consent", "A yes is acted on after it was taken back or grew old",
           "Unlawful sharing", MEDIUM, LOW, (
               Control("At its review date a consent stops carrying a share; taking it back works "
                       "at once", f"{_WEB}.casework.policies"),
           ), "Ask again in good time"),
    Hazard("wrong_service", "Somebody of another service or team opens a record", "Private facts "
           "leave the circle they belong in", HIGH, LOW, (
               Control("Rows of another service do not exist for a session: row security in the "
                       "database", f"{_WEB}.access.row_security"),
               Control("Every page states which permission it needs; without one it is shut",
                       f"{_WEB}.access.gate"),
           ), "Remove people on the day they leave"),
    Hazard("curiosity", "Staff look up neighbours, relatives or each other", "Private facts are "
           "talked about", MEDIUM, LOW, (
               Control("A record outside one's own opens only with a reason, for four hours, and "
                       "is reviewed by somebody else", f"{_WEB}.access.actions.breaking_glass"),
               Control("Looks and searches are in a record that cannot be altered unnoticed",
                       f"{_WEB}.access.chain"),
               Control("Searching has a pace", f"{_WEB}.people.pace"),
           ), "Read who looked, monthly"),
    Hazard("stolen_account", "Somebody signs in as somebody else", "All of a caseload is open",
           HIGH, LOW, (
               Control("A second factor for everyone; a passkey for those who grant roles or read "
                       "the audit", f"{_WEB}.access.session"),
               Control("Guessing slows down until it is hopeless",
                       f"{_WEB}.access.sign_in.guessing"),
           ), "Train people not to hand codes over"),
    Hazard("loose_list", "A list of names is sent by mail or left on a disk", "Hundreds of people "
           "are exposed", HIGH, MEDIUM, (
               Control("The workspace receives lists and never mails one",
                       f"{_WEB}.intake.actions.receiving"),
               Control("A file that was uploaded is read by a process that can reach nothing else",
                       f"{_WEB}.intake.reading.confine"),
           ), "Delete copies after the upload; never attach a list"),
    Hazard("kept_too_long", "Names of people nobody chose pile up", "More is known than is needed",
           MEDIUM, LOW, (
               Control("By the clock, rows nobody chose lose names and numbers",
                       f"{_WEB}.intake.actions.purging"),
           ), "Settle how long clients' records are kept, and carry it out"),
    Hazard("small_numbers", "Somebody is recognised in a report", "Private facts are public",
           HIGH, LOW, (
               Control("Counts of 1 to 7 are hidden, others rounded, and what could be worked out "
                       "is hidden too", "openhiu.disclosure.protect"),
               Control("A story is read by two colleagues before it is told",
                       f"{_WEB}.casework.story_policies"),
           ), "Think twice about stories from small places"),
    Hazard("left_out", "People in need are missing from the list, or some groups more than others",
           "Unequal help", MEDIUM, MEDIUM, (
               Control("Every list says how many it lost at each step", "openhiu.identify.flow"),
               Control("Groups on the list are set beside groups who attend",
                       "openhiu.identify.fairness"),
               Control("People may be suggested for vulnerability besides counting",
                       "openhiu.identify.suggestions"),
           ), "Read the fairness table each time, and act on it"),
    Hazard("wrongly_listed", "Planned visits, duplicates or a child put somebody on the list",
           "Upset; an unlawful call", MEDIUM, LOW, (
               Control("Rules in words stand on every list; age is counted on its day",
                       "openhiu.identify.criteria"),
               Control("A person chooses, or sets aside with a reason; no call follows by itself",
                       f"{_WEB}.intake.actions.choosing"),
           ), "Ask the department to read the first lists"),
    Hazard("died", "Somebody who died is called or written to", "Grief is made worse", HIGH,
           MEDIUM, (
               Control("People known to have died are not listed", "openhiu.identify.rank"),
               Control("A death stops calls, letters and plans", f"{_WEB}.casework.policies"),
           ), "Look again shortly before each first call"),
    Hazard("silent_feed", "Data stop or repeat and nobody notices", "A crisis is missed; success "
           "is claimed falsely", HIGH, MEDIUM, (
               Control("A feed that stops, halves or repeats is named on every page that rests on "
                       "it", "openhiu.monitor.health"),
           ), "Name who rings the analysts"),
    Hazard("unseen_warning", "An early warning is missed while a lead is away", "A crisis without "
           "help", HIGH, MEDIUM, (
               Control("Warnings go to whoever covers, and come up again until answered",
                       f"{_WEB}.monitoring.cover"),
               Control("Leave without cover is pointed out", f"{_WEB}.casework.actions.covering"),
           ), "Agree cover before leave; it is no crisis service, and says so"),
    Hazard("machine_decides", "A list or a warning is taken for a verdict", "Unfair treatment",
           MEDIUM, LOW, (
               Control("Facts and a reason are shown, no score of a person",
                       "openhiu.identify.why"),
               Control("A warning is answered by a person in their own words",
                       f"{_WEB}.monitoring.actions.signals"),
           ), "Teach what the list is not"),
    Hazard("danger_untold", "A danger is kept quiet for fear of sharing", "Somebody is badly hurt",
           HIGH, MEDIUM, (
               Control("Sharing to keep someone safe is never blocked, always recorded, and "
                       "reviewed", f"{_WEB}.casework.actions.safeguarding"),
           ), "Practise it with the safeguarding lead"),
    Hazard("enforcement", "The record is used to punish", "People stay away from help", HIGH, LOW, (
               Control("There is no role for police or enforcement, and no field for penalties",
                       f"{_WEB}.access.permissions"),
           ), "Answer each request by itself, with advice"),
    Hazard("hard_words", "Somebody reads a word about themselves that hurts", "They feel turned "
           "away", MEDIUM, LOW, (
               Control("Letters and shared plans are checked for such words",
                       f"{_WEB}.design.wording"),
           ), "Write as if they read along, for they may"),
    Hazard("lost_words", "Two people write at once, or a page locks, and a note is gone",
           "Something important is forgotten", MEDIUM, LOW, (
               Control("What is typed is kept as a draft; two versions are shown side by side",
                       f"{_WEB}.access.drafts"),
           ), "Have a way of working for the day the computers are down"),
    Hazard("lone_visit", "A worker comes to harm on a visit", "Injury", HIGH, MEDIUM, (
               Control("A visit that is overdue wakes the buddy, then the manager",
                       f"{_WEB}.casework.actions.late_visits"),
               Control("Notices have a source, a second person and an end",
                       f"{_WEB}.people.policies"),
           ), "Follow the local procedure; this is an aid and no alarm"),
    Hazard("not_counted", "Somebody objects to being counted and is counted", "Their wish is "
           "ignored", MEDIUM, LOW, (
               Control("Whoever objects is not on the roster for the evaluation",
                       f"{_WEB}.casework.roster"),
           ), "Apply the national data opt-out where it applies"),
)  # fmt: skip
