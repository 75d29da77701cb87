"""What has to be done before the first call: each step with its owner, how long it takes, what it
waits for and what shows that it is done. Plain data; `schedule` gives it dates.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

# Who answers for a step, in words; a name is put beside them where the settings have one.
COMMISSIONER: Final = "Commissioner"
PROVIDER: Final = "Provider"
HOSPITAL: Final = "Hospital analysts"
PROTECTION: Final = "Data protection officer"
CALDICOTT: Final = "Caldicott Guardian"
COMMUNICATIONS: Final = "Communications leads"
MANAGER: Final = "Service manager"
TOGETHER: Final = "Commissioner and provider"
LEAD: Final = "HIU lead"

DECIDE: Final = "Decide"
PROTECT: Final = "Protect"
RECRUIT: Final = "Recruit"
COUNT: Final = "Count"
EQUIP: Final = "Equip"
TELL: Final = "Tell"
START: Final = "Start"
PHASES: Final = {
    DECIDE: "Decide and contract", PROTECT: "Information and fairness", RECRUIT: "The right person",
    COUNT: "The list and the starting point", EQUIP: "A place to work from",
    TELL: "Those around the service", START: "Begin",
}  # fmt: skip


@dataclass(frozen=True)
class Step:
    """One step. `takes` are working days; `after` are keys of steps that must be finished before
    it begins.
    """

    key: str
    phase: str
    words: str
    owner: str
    takes: int
    evidence: str
    after: tuple[str, ...] = ()


STEPS: Final = (
    Step("approve", DECIDE, "Approve the case for the service", COMMISSIONER, 15,
         "Minute of the approving body"),
    Step("provider", DECIDE, "Settle who employs the leads", COMMISSIONER, 30,
         "Award letter, or record of the decision", ("approve",)),
    Step("contract", DECIDE, "Sign the contract with its specification", TOGETHER, 15,
         "Signed contract of 18 months or more",
         ("provider", "equality")),
    Step("controllers", PROTECT, "Name controllers, data protection officer, Caldicott Guardian",
         TOGETHER, 5, "Names in this pack, each confirmed", ("approve",)),
    Step("dpia", PROTECT, "Complete the privacy impact assessment and have it signed", PROTECTION,
         20, "Signed assessment; every open risk has an owner", ("controllers", "provider")),
    Step("legal_ground", PROTECT, "Settle on which legal ground names may reach a lead", CALDICOTT,
         15, "Recorded ground, with reference and end date where it has one", ("controllers",)),
    Step("agreement", PROTECT, "Sign the information-sharing agreements", PROTECTION, 20,
         "Signed by each hospital and partner", ("dpia", "legal_ground")),
    Step("consent", PROTECT, "Approve consent form and privacy notice", PROTECTION, 10,
         "Approved form in print, large print and Easy Read; notice published", ("dpia",)),
    Step("equality", PROTECT, "Complete the equality impact assessment", COMMISSIONER, 10,
         "Assessment agreed; actions have owners", ("approve",)),
    Step("advert", RECRUIT, "Agree job description, grade and advert", PROVIDER, 10,
         "Agreed description and advert; grade confirmed", ("provider",)),
    Step("applications", RECRUIT, "Advertise, widely", PROVIDER, 15,
         "Published in health, council and voluntary sector; applications from several",
         ("advert", "contract")),
    Step("interviews", RECRUIT, "Choose, with lived experience on the panel",
         PROVIDER, 10, "Notes of the panel; offer made", ("applications",)),
    Step("checks", RECRUIT, "References, enhanced DBS check, notice period", PROVIDER, 40,
         "Certificate seen; start date agreed", ("interviews",)),
    Step("induction", RECRUIT, "Induction and training for the role", MANAGER, 10,
         "Training record: coaching by telephone, resilience, safeguarding, information",
         ("checks", "supervision", "base", "agreement")),
    Step("data", COUNT, "Prepare the hospital extract and make a trial list, names left out",
         HOSPITAL, 15, "Control totals that agree; a trial list somebody checked",
         ("dpia",)),
    Step("baseline", COUNT, "Fix the starting point and how change will be judged", COMMISSIONER,
         10, "Evaluation plan dated before the first call", ("data",)),
    Step("base", EQUIP, "Find a base; order telephones and laptops", PROVIDER, 20,
         "Desk, telephone and laptop handed over", ("contract",)),
    Step("supervision", EQUIP, "Arrange supervision, coaching and a buddy elsewhere", PROVIDER, 15,
         "Names and first dates in the diary", ("contract",)),
    Step("cover", EQUIP, "Agree cover for leave, lone visits and nights and weekends", MANAGER, 10,
         "Rota; visit procedure; card with night and weekend numbers", ("contract",)),
    Step("workspace", EQUIP, "Set the workspace up: roles, second factors, directory", MANAGER, 10,
         "Everybody has signed in once; roles confirmed by a second person",
         ("contract", "dpia")),
    Step("joint_words", TELL, "Agree one message with every communications team", COMMUNICATIONS,
         15, "Text agreed by all organisations", ("provider",)),
    Step("meet", TELL, "Meet the ten groups; ask them to help shape the service", TOGETHER, 20,
         "Dates met and what each group asked for", ("joint_words",)),
    Step("gp", TELL, "Tell GP practices how they will hear of their own people", COMMUNICATIONS, 10,
         "Letter sent to each practice", ("joint_words", "consent")),
    Step("first_list", START, "Make, check and release the first list", HOSPITAL, 3,
         "Released by a second person, with its legal ground",
         ("data", "agreement", "legal_ground", "consent", "workspace", "induction")),
    Step("ready", START, "Go through the readiness check together", TOGETHER, 2,
         "Signed check: go, or not yet",
         ("induction", "first_list", "baseline", "equality", "consent", "cover", "meet", "gp")),
)  # fmt: skip


@dataclass(frozen=True)
class Later:
    """Something that is due so many days after the service goes live. `months` are calendar
    months, `days` working days. Something that `lapses` is due on the working day before it does;
    a `consent` does so when the place asks again.
    """

    words: str
    owner: str
    evidence: str
    days: int = 0
    months: int = 0
    lapses: bool = False
    consent: bool = False


AFTERWARDS: Final = (
    Later("First calls made", LEAD, "Each try recorded, reached or not", days=5),
    Later("First talk about how it is going", MANAGER, "Date of supervision noted", days=10),
    Later("Look back together after a month", TOGETHER, "What to change, written down", months=1),
    Later("First quarterly report to the board", MANAGER, "Published report", months=3),
    Later("Ask again about each consent given in the first month", LEAD,
          "New answers on the record", months=6, lapses=True, consent=True),
    Later("Access, agreements and impact assessments looked at again", PROTECTION,
          "Dated review of each", months=12, lapses=True),
    Later("First evaluation over 12 months before and after", COMMISSIONER,
          "Evaluation with its ranges; needs clients followed for a year", months=24),
)  # fmt: skip
BY_KEY: Final = {step.key: step for step in STEPS}
