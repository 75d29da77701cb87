"""The lines of the starter pack's readiness check, looked at: one source of words for both.

Each essential becomes a line. Where software can see it, `LOOKS` says how; the rest is confirmed by
a person, who shows what the essential names as its evidence.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from openhiu.report.starter_pack.essentials import ESSENTIALS, LAW, WORK, Essential
from openhiu.web.access.models import Service
from openhiu.web.assurance.ready import law, people, work
from openhiu.web.assurance.ready.lines import Line, Standing

Look = Callable[[Service], Standing]
# Who asks for each, where it is more than the resource pack.
SOURCES: Final[dict[str, str]] = {
    "money": "Business case, key risks; resource pack, key success factors",
    "provider": "Resource pack, employing organisation",
    "contract": "Service specification, header and section 3",
    "outcomes": "Resource pack, key success factors",
    "every_hospital": "Service specification, section 1",
    "controllers": "Resource pack, information governance",
    "dpo": "Resource pack, information governance",
    "caldicott": "Service specification, section 4",
    "dpia": "Resource pack, privacy impact assessment",
    "eqia": "Resource pack, equality impact assessment",
    "gateways": "Service specification, section 4, information sharing",
    "agreements": "Business case, key risks; resource pack, data sharing",
    "consent": "Business case, key risks; resource pack, consent form",
    "consent_again": "Resource pack, information governance",
    "safeguarding": "Service specification, section 4, safeguarding",
    "cso": "Clinical risk standard DCB0160",
    "people": "Resource pack, key success factors",
    "dbs": "Service specification, section 4, governance",
    "training": "Resource pack, training; business case, key risks",
    "supervision": "Resource pack, support to the worker",
    "coaching": "Resource pack, coaching",
    "limits": "Service specification, section 3, identifying the cohort",
    "cover": "Resource pack, support to the worker; business case, key risks",
    "monthly_list": "Service specification, section 3, identifying the cohort",
    "list_columns": "Resource pack, how individuals will be identified",
    "list_read": "Resource pack, how individuals will be identified",
    "baseline": "Resource pack, evaluation and monitoring",
    "activity": "Resource pack, ongoing monitoring",
    "first_release": "Business case, key risks: data available before the service starts",
    "measures": "Resource pack, evaluation and monitoring",
    "out_of_hours": "Resource pack, out-of-hours contingency support",
    "lone_visits": "Service specification, section 3, location",
    "stepping_back": "Resource pack, ongoing support",
    "picked_up": "Resource pack, ongoing support",
    "gps": "Resource pack, communication with the GP",
    "incidents": "Service specification, section 4, governance",
    "message": "Resource pack, communications and engagement",
    "groups": "Resource pack, communication about the service",
    "lived_experience": "Service specification, section 2",
    "directory": "Service specification, section 3, whole system relationships",
    "base": "Resource pack, location",
    "equipment": "Resource pack, equipment",
    "phone": "Resource pack, equipment",
    "second_factor": "Service specification, section 4, confidential client records",
    "downtime": "Service specification, section 4, client records",
}
LOOKS: Final[dict[str, Look]] = {
    "dpo": law.officer("dpo"),
    "caldicott": law.officer("caldicott"),
    "cso": law.officer("cso"),
    "safeguarding": law.safeguarding,
    "dpia": law.assessment("dpia"),
    "eqia": law.assessment("eqia"),
    "gateways": law.gateways,
    "agreements": law.agreements,
    "consent": law.notice,
    "consent_again": law.consent_again,
    "dbs": people.dbs,
    "training": people.training,
    "supervision": people.supervision,
    "coaching": people.buddies,
    "limits": people.limits,
    "cover": people.cover,
    "second_factor": people.second_factor,
    "monthly_list": work.monthly_list,
    "list_columns": work.list_columns,
    "activity": work.activity,
    "first_release": work.first_release,
    "out_of_hours": work.out_of_hours,
    "lone_visits": work.lone_visits,
    "incidents": work.registers,
    "directory": work.directory,
    "phone": work.phone,
}
# Seen by software, and still asked of a person: seeing half of it would be too little.
ALSO_ASKED: Final = ("consent", "consent_again", "safeguarding", "cover", "limits", "lone_visits",
                     "out_of_hours", "phone", "agreements", "dpo", "caldicott", "cso",
                     "coaching", "list_columns", "second_factor")  # fmt: skip
# Typed in by a person: another one confirms that it is so.
NOTED: Final = {post: law.named_by(post) for post in ("dpo", "caldicott", "cso", "safeguarding")}
# Where each is put in place, for those that have a page of their own.
WHERE: Final[dict[str, str]] = {
    "dpo": "assurance:officers", "caldicott": "assurance:officers", "cso": "assurance:officers",
    "safeguarding": "assurance:officers", "dpia": "assurance:assessments",
    "eqia": "assurance:assessments", "gateways": "assurance:gateways",
    "agreements": "assurance:agreements", "dbs": "assurance:staff_register",
    "training": "assurance:staff_register", "supervision": "assurance:staff_register",
}  # fmt: skip


def lines() -> list[Line]:
    """Every essential as a line, and what the workspace adds of its own."""
    return [_line(one) for one in ESSENTIALS] + list(_OWN)


def _line(one: Essential) -> Line:
    look = LOOKS.get(one.key)
    asked = look is None or one.key in ALSO_ASKED
    return Line(one.key, one.group, one.words, SOURCES[one.key], look=look,
                asks=one.evidence if asked else "", where=WHERE.get(one.key, ""),
                noted=NOTED.get(one.key))  # fmt: skip


_OWN: Final = (
    Line("siro", LAW, "A senior information risk owner is named", "Data Security and "
         "Protection Toolkit", look=law.officer("siro"), where="assurance:officers",
         asks="Their letter of appointment", noted=law.named_by("siro")),
    Line("two_people", LAW, "Two people are there for what two people decide",
         "Service specification, section 4", look=people.two_people),
    Line("opening", WORK, "Opening hours are set",
         "Service specification, section 3, hours of operation", look=work.opening,
         # A new service has hours that nobody set: only a person knows whether they are ours.
         asks="Where the hours were agreed: the contract, or a minute"),
)  # fmt: skip
