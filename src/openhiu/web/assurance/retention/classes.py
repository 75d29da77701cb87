"""How long each kind of record is kept, from when, and who says so: the schedules as data.

Numbers are defaults; a service sets its own (models.RetentionRules). Sources in words; what is
marked as a proposal is ours, and a records manager decides.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from openhiu.web.assurance.clocks import months_after

DAYS, YEARS = "days", "years"
# How a class ends: two people appraise each record; the clock alone removes; somebody does it, the
# software does not; it is kept.
APPRAISED, BY_CLOCK, BY_HAND, KEPT = "appraised", "by the clock", "by hand", "kept"
CODE: Final = "NHS Records Management Code of Practice 2021 (updated 7 August 2023), Appendix II"
_LAST_CONTACT: Final = "the last contact, try, letter, share, meeting or return to support"


@dataclass(frozen=True)
class RetentionClass:
    """One kind of record: how many of which unit it is kept, counted from what, and why so long.

    `number` None: kept for good, and `source` says why. `after_death` years where they end sooner.
    """

    key: str
    label: str
    number: int | None
    unit: str
    counted_from: str
    source: str
    way: str
    after_death: int | None = None

    def ends(self, since: date, number: int) -> date:
        """The day from which a record whose clock began then need be kept no longer."""
        if self.unit == YEARS:
            return months_after(since, 12 * number)
        return since + timedelta(days=number)


_PROPOSAL: Final = "a proposal of OpenHIU; the local records manager decides"
_ALL: Final = (
    RetentionClass(
        "asked", "Asked, and no yes", 1, YEARS, _LAST_CONTACT,
        f"{_PROPOSAL}. The Code has no such class; somebody who said no should be forgotten soon, "
        "but not before the year's figures are made", APPRAISED,
    ),
    RetentionClass(
        "client", "Client: adult health record", 8, YEARS, _LAST_CONTACT,
        f"{CODE}: adult health records not covered elsewhere, 8 years", APPRAISED,
    ),
    RetentionClass(
        "mental_health", "Client: mental health record", 20, YEARS, _LAST_CONTACT,
        f"{CODE}: mental health records, 20 years, or 10 years after death", APPRAISED, 10,
    ),
    RetentionClass(
        "safeguarding", "A concern, or sharing without consent, is in the record", 25, YEARS,
        _LAST_CONTACT, f"{_PROPOSAL}: long enough for a late inquiry, and looked at before it ends",
        APPRAISED,
    ),
    RetentionClass(
        "serious_incident", "Serious incident about the person", 20, YEARS,
        "the day the entry was closed", f"{CODE}: serious incidents, 20 years; to be checked "
        "against the current edition", APPRAISED,
    ),
    RetentionClass(
        "register", "Complaint, near miss or compliment about the person", 10, YEARS,
        "the day the entry was closed", f"{CODE}: complaints and incidents that are not serious, "
        "10 years", APPRAISED,
    ),
    RetentionClass(
        "listed", "On a list, never chosen", 90, DAYS, "the day the list was received",
        f"{_PROPOSAL}; set among the service's settings, and done every night", BY_CLOCK,
    ),
    RetentionClass(
        "drafts", "What somebody was typing and did not save", 30, DAYS, "the last keystroke",
        _PROPOSAL, BY_CLOCK,
    ),
    RetentionClass(
        "told", "Quiet words to a member, and tokens of forms that were sent", 90, DAYS,
        "the day they were said", _PROPOSAL, BY_CLOCK,
    ),
    RetentionClass(
        "staff", "Checks, training, leave and patterns of people who left", 6, YEARS,
        "the day their last role ended", f"{CODE}: staff records, 6 years after leaving; a "
        "summary is for the employer's own file, to the 75th birthday. "
        "The software does not remove these: somebody does", BY_HAND,
    ),
    RetentionClass(
        "letters", "Letters, activity, early warnings, plans, minutes about a client", None, "", "",
        "go with the client's record, on the same day", KEPT,
    ),
    RetentionClass(
        "reports", "Reports, evaluations and documents made", None, "", "",
        f"hold protected numbers and told stories, and nobody's data. {CODE}: reports of lasting "
        "value are offered to a place of deposit after 20 years", KEPT,
    ),
    RetentionClass(
        "audit", "Who did what, and certificates", None, "", "",
        "an audit that can be shortened proves nothing. Entries hold references made at random; "
        "once a record is removed they lead to nobody", KEPT,
    ),
)  # fmt: skip
CLASSES: Final[Mapping[str, RetentionClass]] = {one.key: one for one in _ALL}
# Classes a whole client's record can be put into by somebody who knows.
OF_CLIENTS: Final = ("client", "mental_health", "safeguarding")
EVERY: Final = "every"  # a hold on all records of a service
COOLING_DAYS: Final = 14
# The database itself waits at least this long, whatever the settings say (sql/forget.sql).
LEAST_COOLING: Final = 1
MOST_COOLING: Final = 90
# How long backups are kept: config.backup.shelf, which nothing here may import; a test compares.
BACKUPS_AGE_OUT: Final = 35
BACKUPS_GONE_AFTER: Final = 49


def settable() -> list[RetentionClass]:
    """Classes whose number a service may set here; lists are set with the service."""
    return [one for one in _ALL if one.number is not None and one.key != "listed"]
