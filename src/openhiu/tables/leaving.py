"""What crosses between the hospital and the service, as data: every column of every door of
`tables.handover`, and of the files beside a list, grouped by what it tells and why it is needed.

A data protection impact assessment is filled from it; a test keeps each column in one entry.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

HOSPITAL: Final = "hospital analysts"
SERVICE: Final = "the service"


@dataclass(frozen=True)
class Entry:
    """Columns of one door that tell the same kind of thing. `names_someone`: a person could be
    recognised by them alone.
    """

    words: str
    columns: tuple[str, ...]
    why: str
    names_someone: bool = False


@dataclass(frozen=True)
class Door:
    """One way out of a room: who gives, who receives, what. `constants` name the columns that its
    entries cover, in `tables.handover` or as "module:NAME"; `about` is whom it tells of.
    """

    key: str
    words: str
    giver: str
    receiver: str
    about: str
    constants: tuple[str, ...]
    entries: tuple[Entry, ...]
    guarded: str

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column of the door."""
        return tuple(column for entry in self.entries for column in entry.columns)


_LIST: Final = Door(
    "list", "The list of people who attend most", HOSPITAL, SERVICE,
    "adults with most attendances, none of whom has been asked yet",
    ("LIST_COLUMNS", "PEOPLE_COLUMNS"),
    (
        Entry("Name, NHS number, telephone number", ("name", "nhs_number", "phone"),
              "to ring the right person and nobody else", names_someone=True),
        Entry("Warning flags of the hospital", ("warning_flags",),
              "so that neither the person nor the worker comes to harm"),
        Entry("The hospital's own key for the person", ("person_id",),
              "to know the same person on the next list", names_someone=True),
        Entry("Where they stand on which list, and whether they are new to it",
              ("list_id", "rank", "tied", "change"), "to see whom the rules put first"),
        Entry("How often they came, by ambulance or not, and were admitted",
              ("attendances", "max_in_month", "attendances_12m", "by_ambulance", "admissions",
               "sites_attended", "first_arrival", "last_arrival"),
              "to see what is going on, without any diagnosis"),
        Entry("Age, sex, deprivation of the area", ("age", "sex", "imd_decile"),
              "to keep children off the list and to check that it is fair"),
        Entry("The rules that listed them, and a sentence that says why", ("rules", "why"),
              "so that anybody on the list can be told the reason"),
    ),
    "two people: one proposes, another releases under a recorded legal ground",
)  # fmt: skip
_LISTING: Final = "openhiu.web.intake.reading.listing"
_SUGGESTED: Final = Door(
    "suggestions",
    "People suggested because they may be vulnerable",
    HOSPITAL,
    SERVICE,
    "adults whose record shows a reason for concern, by the hospital's key alone",
    (f"{_LISTING}:SUGGESTIONS",),
    (
        Entry(
            "The hospital's own key, and at which hospital",
            ("person_id", "site_code"),
            "so that the hospital can say who it is if the service asks",
            names_someone=True,
        ),
        Entry(
            "How often they came, and the reason for the suggestion",
            ("attendances", "reason"),
            "to weigh need against counting",
        ),
        Entry("Whether they are on the list anyway", ("on_list",), "to see nobody twice"),
    ),
    "released with the list, by two people",
)
_CHANGES: Final = Door(
    "changes",
    "Who came onto the list, stayed, or left it",
    HOSPITAL,
    SERVICE,
    "people on this list or the one before, by the hospital's key alone",
    (f"{_LISTING}:CHANGES",),
    (
        Entry(
            "The hospital's own key, and on which list",
            ("person_id", "list_id"),
            "to follow the same person from list to list",
            names_someone=True,
        ),
        Entry(
            "What changed, and why somebody left",
            ("change", "reason"),
            "so that nobody leaves silently",
        ),
    ),
    "emptied with the list",
)
_NUMBERS: Final = Door(
    "list_numbers", "How the list was counted, and whether it is fair", HOSPITAL, SERVICE,
    "nobody: numbers of people, small ones hidden",
    (f"{_LISTING}:FLOW", f"{_LISTING}:FAIRNESS"),
    (Entry("How many were left after each step", ("step", "attendances", "people"),
           "to see that nobody was lost on the way"),
     Entry("Shares of each group among those listed and among all who attend",
           ("dimension", "group", "listed", "listed_share", "attenders", "attenders_share"),
           "to see who is missed")),
    "protected before it leaves the analysts",
)  # fmt: skip
_CASELOAD: Final = Door(
    "caseload", "Who is being supported", SERVICE, HOSPITAL, "clients",
    ("CASELOAD_COLUMNS", "CASELOAD_OPTIONAL_COLUMNS"),
    (
        Entry("NHS number or hospital number, and who issued it", ("issuer", "person_id"),
              "to find the client's attendances", names_someone=True),
        Entry("The service's own reference", ("person_ref",),
              "so that what comes back needs no name"),
        Entry("How far support has come, since when, and the last contact",
              ("phase", "supported_since", "last_contact_on"),
              "for early warnings that fit the client"),
    ),
    "the analyst fetches it under an account of their own; the fetching is audited",
)  # fmt: skip
_ACTIVITY: Final = Door(
    "client_activity", "What clients have needed since", HOSPITAL, SERVICE, "clients",
    ("CLIENT_ACTIVITY_COLUMNS",),
    (
        Entry("The service's reference for the client", ("person_ref",),
              "no name and no number travels"),
        Entry("Kind of contact, the sender's number of it, from when to when, where",
              ("kind", "source_ref", "began_at", "ended_at", "site_code"),
              "to notice a hard spell in time"),
        Entry("By ambulance, admitted, main complaint, how it ended",
              ("by_ambulance", "admitted", "complaint", "outcome"),
              "to know whether someone was hurt, left unseen or went home"),
    ),
    "only the service's reference; columns beyond these are turned away",
)  # fmt: skip
_KNOWN: Final = Door(
    "coverage", "Of whom the hospital's data can speak", HOSPITAL, SERVICE, "clients",
    ("COVERAGE_COLUMNS",),
    (Entry("The reference, and whether the data know the client", ("person_ref", "standing"),
           "so that no data is never taken for no attendance"),),
    "only the service's reference",
)  # fmt: skip
_SINCE: Final = Door(
    "clients", "Counts since the last contact", HOSPITAL, SERVICE, "clients",
    ("CLIENTS_COLUMNS",),
    (
        Entry("The reference, and whether the data know the client", ("person_ref", "standing"),
              "no name and no number travels"),
        Entry("Since when; attendances, admissions, ambulances and 111 calls; in hospital or home",
              ("since", "attendances", "admissions", "came_home", "in_hospital", "ambulances",
               "calls_111", "last_attended_on"),
              "for the worker's morning page"),
    ),
    "only the service's reference",
)  # fmt: skip
_SIGNALS: Final = Door(
    "signals", "Early warnings", HOSPITAL, SERVICE, "clients", ("SIGNAL_COLUMNS",),
    (
        Entry("The reference", ("person_ref",), "no name and no number travels"),
        Entry("Which rule spoke, how loudly, on what day, why", ("rule", "level", "day", "why"),
              "so that a worker rings in time; nothing is decided by the rule"),
        Entry("A key that stops the same warning twice", ("key",), "to tell it once"),
    ),
    "only the service's reference; each one is answered by a person",
)  # fmt: skip
_HEALTH: Final = Door(
    "health", "What is wrong with the data", HOSPITAL, SERVICE, "nobody: feeds of data",
    ("HEALTH_COLUMNS",),
    (Entry("Which feed, which site, since when, in words",
           ("kind", "dataset", "site_code", "since", "words"),
           "so that a feed that stopped does not look like quiet"),),
    "no personal data",
)  # fmt: skip
_ROSTER: Final = Door(
    "roster", "Who said yes and was supported, for the evaluation", SERVICE, HOSPITAL,
    "people who said yes themselves to taking part; those who object are left out",
    ("ROSTER_COLUMNS", "ROSTER_OPTIONAL_COLUMNS"),
    (
        Entry("The key under which the hospital knows them; the service's reference",
              ("person_id", "person_ref"), "to find before and after", names_someone=True),
        Entry("Hospital, day and place on the list", ("site", "list_date", "list_rank"),
              "to compare like with like"),
        Entry("Asked, yes or no, begun, stepped back, picked up again",
              ("offer_date", "consent", "start_date", "step_down_date", "return_date"),
              "to know when support could have made a difference"),
        Entry("Died or moved away", ("death_date", "moved_date"),
              "so that neither is ever counted as a success"),
        Entry("Housing and mental health needs, yes or no", ("housing", "mental_health"),
              "to see for whom it helps"),
    ),
    "the analyst fetches it under an account of their own; the fetching is audited",
)  # fmt: skip
DOORS: Final = (_LIST, _SUGGESTED, _CHANGES, _NUMBERS, _ACTIVITY, _KNOWN, _SINCE, _SIGNALS, _HEALTH,
                _CASELOAD, _ROSTER)  # fmt: skip
