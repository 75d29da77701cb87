"""The access map: for each model that can tell of a person, the way from its rows to the person.

For each other model `left_out` says why it is not in the copy; a test keeps every model in one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Way:
    """How rows lead to a person: look-ups from the row, any of which may hold. `when` orders them
    and says when each was written. `told` are words for who reads it; `received` marks what says
    that somebody else got to know something.
    """

    model: str
    title: str
    to_person: tuple[str, ...]
    when: str = ""
    told: str = ""
    received: bool = False


def _of(model: str, title: str, *to_person: str, when: str = "", told: str = "",
        received: bool = False) -> Way:  # fmt: skip
    return Way(model, title, to_person, when, told, received)


_CASE: Final = "case__person"
WAYS: Final[tuple[Way, ...]] = (
    _of("people.Person", "Who you are", "pk", told="What we know about you."),
    _of("people.OtherName", "Other names", "person"),
    _of("people.Identifier", "Other numbers", "person",
        told="Numbers that hospitals know you by, and NHS numbers you had before."),
    _of("people.Phone", "Telephone numbers", "person"),
    _of("people.ContactSafety", "Being in touch safely", "person"),
    _of("people.Notice", "Important notices", "person", when="proposed_at",
        told="What colleagues wanted each other to know before a visit. Each ends on a day."),
    _of("people.Merge", "Two records of you that were joined", "kept", "absorbed",
        when="proposed_at"),
    _of("people.Apart", "A record that looks like yours and is somebody else's", "one", "other",
        when="at"),
    _of("people.IdentityCheck", "Checks of your NHS number", "person", when="at"),
    _of("people.IdentityQuestion", "Questions about your NHS number", "person", when="opened_at"),
    _of("intake.Listed", "The hospital's list that you were on", "person",
        told="How often you came to A&E, and why the rules put you on the list."),
    _of("intake.Approach", "How we came to ask you", "person", when="chosen_at"),
    _of("intake.Attempt", "Times we tried to reach you", "approach__person", when="at"),
    _of("casework.Case", "Your support", "person", when="opened_at"),
    _of("casework.PhaseChange", "How far support has come", _CASE, when="at"),
    _of("casework.Handover", "Who supports you, and changes of it", _CASE, when="at"),
    _of("casework.CaseWeight", "How much time your support needs", _CASE, when="at"),
    _of("casework.Plan", "Your plan", _CASE, when="updated_at"),
    _of("casework.Need", "Reasons behind your visits", _CASE, when="noted_at"),
    _of("casework.Goal", "Your goals", _CASE, when="set_on"),
    _of("casework.Step", "Steps towards your goals", "goal__case__person", when="due_on"),
    _of("casework.NetworkMember", "People and services around you", _CASE, when="added_at"),
    _of("casework.Outcome", "What changed in your life", _CASE, when="noted_at"),
    _of("casework.Wellbeing", "How you said you were", _CASE, when="asked_on"),
    _of("casework.Contact", "Times we were in touch", _CASE, when="at"),
    _of("casework.Task", "Things we said we would do", _CASE, when="made_at"),
    _of("casework.Visit", "Visits", _CASE, when="starts_at",
        told="Where a visit was is deleted soon after it."),
    _of("casework.SupervisionNote", "What a supervisor said about your support", _CASE, when="at"),
    _of("casework.Connection", "Services you were brought together with", _CASE, when="made_on",
        received=True),
    _of("casework.ConnectionNews", "How that went", "connection__case__person", when="at"),
    _of("casework.Consent", "What you agreed to", "person", when="recorded_at"),
    _of("casework.Objection", "What you did not want", "person", when="at"),
    _of("casework.Share", "What was shared with your agreement", "person", when="at",
        received=True),
    _of("casework.SharedWithoutConsent", "What was shared to keep someone safe", "person",
        when="at", received=True),
    _of("casework.Concern", "Worries that were raised", "person", when="at"),
    _of("casework.FollowUp", "What followed a worry", "concern__person", "shared__person",
        when="opened_at"),
    _of("casework.FollowUpStep", "Steps that followed a worry", "follow_up__concern__person",
        "follow_up__shared__person", when="made_at"),
    _of("casework.Story", "Your story, if you told one", _CASE, when="written_at"),
    _of("casework.StoryReview", "Who read your story before it was told", "story__case__person",
        when="at"),
    _of("casework.StoryUse", "Where your story was told", "story__case__person", when="used_at",
        received=True),
    _of("monitoring.Activity", "Visits to hospital, ambulances and 111 calls", "person",
        when="began_at", told="As the hospital sent it to us."),
    _of("monitoring.Coverage", "Whether the hospital's data know you", "person"),
    _of("monitoring.Anniversary", "Hard times of the year", _CASE, when="added_at"),
    _of("monitoring.Signal", "Early warnings", _CASE, when="raised_at",
        told="A rule counted your visits and asked a colleague to call you. A person decided."),
    _of("monitoring.SignalStep", "What was done about a warning", "signal__case__person",
        when="at"),
    _of("mdt.Listing", "Meetings you were to be talked about at", _CASE, when="proposed_at"),
    _of("mdt.Slot", "Meetings that talked about you", _CASE, when="talked_at"),
    _of("mdt.Note", "What was said at a meeting", "slot__case__person", when="at"),
    _of("mdt.Action", "What a meeting agreed to do", _CASE, when="made_at"),
    _of("mdt.AgreedPlan", "The plan agreed at a meeting", _CASE, when="made_at"),
    _of("mdt.PlanRow", "Who does what in that plan", "plan__case__person"),
    _of("mdt.Copy", "Copies of that plan", "plan__case__person", when="given_at", received=True),
    _of("letters.Letter", "Letters about you", _CASE, when="written_at"),
    _of("letters.Copy", "Letters as they were printed", "letter__case__person", when="made_at"),
    _of("letters.Outgoing", "Where letters went", "letter__case__person", when="put_in_at",
        received=True),
    _of("letters.AddressCheck", "Checks of your address", "person", when="at"),
    _of("assurance.RightsRequest", "What you asked about your record", "person", when="noted_at"),
    _of("assurance.RequestPause", "What we asked you about it", "request__person",
        when="asked_on"),
    _of("assurance.Correction", "What was put right", "person", when="at"),
    _of("assurance.Telling", "Who was told that it was put right", "correction__person",
        when="received_on", received=True),
    _of("assurance.ProcessingHold", "Times your record was kept and not used", "person",
        when="since"),
    _of("assurance.Disclosure", "What police or a court asked for", "person", when="noted_at",
        received=True),
    _of("assurance.Entry", "Incidents, complaints and thanks with you in them", "person",
        when="told_at"),
    _of("assurance.Step", "What was done about them", "entry__person", when="at"),
    _of("assurance.Duty", "What we had to do about them, and by when", "entry__person"),
    _of("assurance.RecordClass", "How long your record is kept", "person"),
    _of("assurance.Hold", "Times your record was kept for a court or an inquiry", "person"),
    _of("assurance.Appraisal", "Whether your record is still kept", "about"),
    _of("access.AuditEntry", "Who looked at your record or did something in it", "person_id",
        when="at", received=True,
        told="Every look, newest last. Colleagues look only for a reason."),
    _of("access.BreakGlass", "Who opened your record though they do not support you", "person_id",
        when="began_at", received=True),
)  # fmt: skip
