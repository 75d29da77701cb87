"""What must be true before the first call, one line each: plain data, drawn from what the programme
asks of a service. `readiness` marks what the settings answer already.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from openhiu.report.starter_pack.steps import (
    CALDICOTT,
    COMMISSIONER,
    COMMUNICATIONS,
    HOSPITAL,
    LEAD,
    MANAGER,
    PROTECTION,
    PROVIDER,
    TOGETHER,
)

MONEY, LAW, RIGHT_PERSON, LIST, WORK = (
    "Money and contract", "Law and information", "The right person, looked after",
    "The list and the starting point", "Ways of working",
)  # fmt: skip
AROUND, TOOLS = "Those around the service", "Base and tools"
GROUPS: Final = (MONEY, LAW, RIGHT_PERSON, LIST, WORK, AROUND, TOOLS)


@dataclass(frozen=True)
class Essential:
    """One thing. `says` is the key of `wanted.WANTED` that answers it, `step` the key of the step
    of the plan that makes it so. The readiness page of the workspace has the same lines by `key`.
    """

    key: str
    group: str
    words: str
    owner: str
    evidence: str
    says: str = ""
    step: str = ""


ESSENTIALS: Final = (
    Essential("money", MONEY, "Money is agreed for 18 months or more", COMMISSIONER,
              "Minute and contract", "months", "approve"),
    Essential("provider", MONEY, "Who employs the leads is settled", COMMISSIONER,
              "Record of the decision", "provider", "provider"),
    Essential("contract", MONEY,
              "The contract holds the specification with local thresholds and area", TOGETHER,
              "Signed contract", step="contract"),
    Essential("outcomes", MONEY, "The service is for outcomes, and free in how it reaches them",
              COMMISSIONER, "Wording of the contract"),
    Essential("every_hospital", MONEY, "Every A&E of the area has access to it, or a date for that",
              COMMISSIONER, "List of hospitals", "hospitals"),
    Essential("controllers", LAW, "Controllers are named", TOGETHER, "Names", "controllers",
              "controllers"),
    Essential("dpo", LAW, "A data protection officer is named and has agreed", PROTECTION, "Name",
              "dpo", "controllers"),
    Essential("caldicott", LAW, "A Caldicott Guardian is named and has agreed", CALDICOTT, "Name",
              "caldicott_guardian", "controllers"),
    Essential("dpia", LAW, "The privacy impact assessment is signed", PROTECTION, "Signed paper",
              step="dpia"),
    Essential("eqia", LAW, "The equality impact assessment is agreed", COMMISSIONER, "Agreed paper",
              step="equality"),
    Essential("gateways", LAW, "A legal ground for names is recorded for each hospital", CALDICOTT,
              "Entry, with reference and end", step="legal_ground"),
    Essential("agreements", LAW, "Sharing agreements are signed by hospitals and partners",
              PROTECTION, "Signed agreements", "partners", "agreement"),
    Essential("consent", LAW, "Consent form and privacy notice are approved and in use", PROTECTION,
              "Approved form; published notice", "privacy_notice", "consent"),
    Essential("consent_again", LAW, "Asking again for consent has a date in the diary", MANAGER,
              "Review months set in the workspace", "review"),
    Essential("safeguarding", LAW, "Safeguarding procedures for adults and children are known",
              MANAGER, "Training record; who to ring", "safeguarding_lead"),
    Essential("cso", LAW, "Somebody answers for clinical safety of the software", PROVIDER,
              "Name; safety case", "clinical_safety_officer"),
    Essential("people", RIGHT_PERSON,
              "Leads are chosen for who they are, with lived experience on the panel", PROVIDER,
              "Notes of the panel", step="interviews"),
    Essential("dbs", RIGHT_PERSON, "DBS certificates are seen, and looked at yearly", PROVIDER,
              "Dates in the workspace", step="checks"),
    Essential("training", RIGHT_PERSON, "Training is done or has dates", MANAGER, "Training record",
              step="induction"),
    Essential("supervision", RIGHT_PERSON, "Supervision has a name and a first date", PROVIDER,
              "Diary", "supervision", "supervision"),
    Essential("coaching", RIGHT_PERSON, "Coaching, and a buddy in another area", PROVIDER, "Diary",
              "coaching", "supervision"),
    Essential("limits", RIGHT_PERSON, "Limits of the caseload are set and known", MANAGER,
              "The same limits in the workspace", "caseload"),
    Essential("cover", RIGHT_PERSON, "Leave, sickness and a lead who goes are covered", MANAGER,
              "Cover for the first leave", step="cover"),
    Essential("monthly_list", LIST, "Analysts make the list every month, by agreed rules", HOSPITAL,
              "Trial list with control totals", "analyst", "data"),
    Essential("list_columns", LIST, "The list holds name, NHS number, telephone and warning flags",
              HOSPITAL, "Columns of the trial list", step="data"),
    Essential("list_read", LIST, "Clinicians read the trial list; planned care is set aside",
              HOSPITAL, "Note of what was changed", step="data"),
    Essential("baseline", LIST, "The starting point is fixed, 3 months now and 12 months later",
              COMMISSIONER, "Evaluation plan with its date", step="baseline"),
    Essential("activity", LIST, "What clients do in A&E comes back regularly", HOSPITAL,
              "First delivery; day of the next", step="first_list"),
    Essential("first_release", LIST, "The first list is released by a second person", HOSPITAL,
              "Release in the workspace", step="first_list"),
    Essential("measures", LIST, "Few measures are agreed, and a quarterly report", TOGETHER,
              "Logic model; date of the first report", "logic"),
    Essential("out_of_hours", WORK, "Nights and weekends: who answers is known and on a card",
              MANAGER, "Card", "out_of_hours", "cover"),
    Essential("lone_visits", WORK, "Lone visits: place, buddy, time, what happens when late",
              MANAGER, "Procedure; a trial", step="cover"),
    Essential("stepping_back", WORK,
              "Stepping back slowly is agreed; clients stay open at a distance", LEAD,
              "Way of working, written down"),
    Essential("picked_up", WORK, "Somebody picked up again is seen at once", LEAD,
              "Way of working"),
    Essential("gps", WORK, "GPs hear that their people have support, where these agree", LEAD,
              "Letter in the workspace", step="gp"),
    Essential("incidents", WORK, "Incidents, complaints and thanks are recorded", MANAGER,
              "Register", "complaints"),
    Essential("message", AROUND, "One message is agreed by all organisations", COMMUNICATIONS,
              "Text", "communications_lead", "joint_words"),
    Essential("groups", AROUND, "The ten groups were met and asked", TOGETHER, "Dates and answers",
              "stakeholders", "meet"),
    Essential("lived_experience", AROUND, "People with lived experience helped to shape it",
              TOGETHER, "What was changed"),
    Essential("directory", AROUND, "Services to connect people with are in the directory", LEAD,
              "Twenty entries or more", step="workspace"),
    Essential("base", TOOLS, "A base among people who give everyday support", PROVIDER, "Address",
              "host", "base"),
    Essential("equipment", TOOLS, "Telephone and laptop for each lead", PROVIDER, "Handed over",
              "equipment", "base"),
    Essential("phone", TOOLS, "Clients can ring: number and what is said when nobody answers",
              MANAGER, "Number; a call to it", "phone"),
    Essential("second_factor", TOOLS, "Everybody signs in with a second factor, in the right role",
              MANAGER, "Access confirmed by a second person", step="workspace"),
    Essential("downtime", TOOLS, "A way to work when computers are down", MANAGER,
              "Printed day sheet; a trial"),
)  # fmt: skip
