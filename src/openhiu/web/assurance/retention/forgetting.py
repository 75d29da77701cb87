"""What becomes of every kind of row that leads to a person, when that person is forgotten.

A model that leads to a person and is neither here nor among STAYS stops the tests
(tests/web/assurance/retention). `script` makes the database's own function of this.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Gone:
    """Rows are deleted. `via`: fields whose row, being gone or emptied, takes this one along."""

    via: tuple[str, ...]


@dataclass(frozen=True)
class Emptied:
    """Rows stay for their count; these columns become empty (null, or no text)."""

    via: tuple[str, ...]
    columns: tuple[str, ...]
    # Columns that cannot be empty, and what they say then, as SQL.
    instead: tuple[tuple[str, str], ...] = ()


_CASE: Final = Gone(("case",))
_PERSON: Final = Gone(("person",))
# In an order in which every row's owner comes before it.
FORGOTTEN: Final[dict[str, Gone | Emptied]] = {
    "people.Person": Emptied(
        (),
        ("given_name", "family_name", "preferred_name", "pronouns", "birth_date", "sex",
         "nhs_number", "address", "postcode", "address_confirmed_on", "gp_practice", "died_on",
         "died", "status_note", "search_text", "family_sound"),
        (("restricted", "false"), ("forgotten_at", "now()")),
    ),
    "people.OtherName": _PERSON,
    "people.Identifier": _PERSON,
    "people.Phone": _PERSON,
    "people.ContactSafety": _PERSON,
    "people.Notice": _PERSON,
    "people.Merge": Gone(("kept", "absorbed")),
    "people.Apart": Gone(("one", "other")),
    "people.IdentityCheck": _PERSON,
    "people.IdentityQuestion": Gone(("person", "merge")),
    "intake.Listed": Emptied(
        ("person",),
        ("name", "nhs_number", "phone", "warning_flags", "person_ref", "person", "reason",
         "first_arrival", "last_arrival", "age"),
        (("why", "''"), ("purged_at", "now()")),
    ),
    "intake.Approach": Emptied(
        ("person",),
        ("reason", "over_limit_reason", "outcome_note", "signposted_to", "next_try_on",
         "ask_again_on"),
        (("ended_at", "coalesce(ended_at, now())"),),
    ),
    "intake.Attempt": Emptied(("approach",), ("note",)),
    "casework.Case": _PERSON,
    "casework.PhaseChange": _CASE,
    "casework.Contact": _CASE,
    "casework.SupervisionNote": _CASE,
    "casework.Handover": _CASE,
    "casework.Plan": _CASE,
    "casework.Need": _CASE,
    "casework.Goal": _CASE,
    "casework.Step": Gone(("goal",)),
    "casework.NetworkMember": _CASE,
    "casework.Outcome": _CASE,
    "casework.Wellbeing": _CASE,
    "casework.Connection": _CASE,
    "casework.ConnectionNews": Gone(("connection",)),
    "casework.Consent": _PERSON,
    "casework.Share": _PERSON,
    "casework.Concern": _PERSON,
    "casework.SharedWithoutConsent": _PERSON,
    "casework.FollowUp": Gone(("concern", "shared")),
    "casework.FollowUpStep": Gone(("follow_up",)),
    "casework.Objection": _PERSON,
    "casework.Story": _CASE,
    "casework.StoryReview": Gone(("story",)),
    "casework.StoryUse": Gone(("story",)),
    "casework.Visit": _CASE,
    "casework.CaseWeight": _CASE,
    "casework.Task": _CASE,
    "monitoring.Coverage": _PERSON,
    "monitoring.Activity": _PERSON,
    "monitoring.Anniversary": _CASE,
    "monitoring.Signal": _CASE,
    "monitoring.SignalStep": Gone(("signal",)),
    "mdt.Listing": _CASE,
    "mdt.Slot": Gone(("case", "listing")),
    "mdt.Note": Gone(("slot",)),
    "mdt.Action": Gone(("case", "slot")),
    "mdt.AgreedPlan": _CASE,
    "mdt.PlanRow": Gone(("plan",)),
    "mdt.Copy": Gone(("plan",)),
    "letters.Letter": _CASE,
    "letters.AddressCheck": _PERSON,
    "letters.Copy": Gone(("letter",)),
    "letters.Outgoing": Gone(("letter",)),
    # That somebody asked, and what was decided, is shown for years; who asked and what is not.
    "assurance.RightsRequest": Emptied(
        ("person",),
        ("person", "listed_number", "about_whom", "representative", "words", "extended_reason",
         "decision_reason"),
    ),
    "assurance.RequestPause": Gone(("request",)),
    "assurance.ItemReview": Gone(("request",)),
    "assurance.AccessPack": Gone(("request",)),
    "assurance.Correction": Gone(("person", "request")),
    "assurance.Telling": Gone(("correction",)),
    "assurance.ProcessingHold": Gone(("person", "request")),
    # That something was disclosed, on what basis and whether it was right, stays a register.
    "assurance.Disclosure": Emptied(
        ("person",),
        ("person", "about_whom", "asker", "reference", "purpose", "asked_for", "basis_words",
         "least", "given", "why", "consent_sought", "person_told", "review"),
    ),
    # An incident stays in the register for its year's figures; its words go with the person.
    "assurance.Entry": Emptied(
        ("person",), ("person", "what", "at_once", "from_words", "learning"),
    ),
    "assurance.Duty": Emptied(("entry",), ("words",)),
    "assurance.Lesson": Emptied(("entry",), ("words", "ended_words")),
    "assurance.Step": Gone(("entry",)),
    "assurance.RecordClass": _PERSON,
    "assurance.Hold": _PERSON,
}  # fmt: skip

STAYS: Final = {
    "access.AuditEntry": "references only, and a chain from which nothing can be taken",
    "access.BreakGlass": "that somebody looked stays; its words are emptied by the key",
    "assurance.Appraisal": "what two people decided; its reason is emptied by the key",
    "assurance.Certificate": "the proof that it was done; it names a reference",
}
# Rows that name a person by the key alone: column of the key, columns emptied.
BY_KEY: Final = {
    "access.BreakGlass": ("person_id", ("reason", "review_note")),
    "assurance.Appraisal": ("about", ("reason",)),
}
# Rows that carry the address or key of something in a text, and are deleted with it.
BY_ADDRESS: Final = {
    "access.Draft": "key",
    "access.Posted": "led_to",
    "access.Announcement": "link",
}
