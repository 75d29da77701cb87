"""The words in which what the workspace keeps is declared: holdings, who reads them, their limits
and the bases proposed for them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

# Who may read: roles of the workspace, by the words of web.access.
LEAD, COVER, MANAGER = "lead", "cover", "supervisor"
SAFEGUARDING, PARTNER, ANALYST = "safeguarding", "partner", "analyst"
COMMISSIONER, GOVERNANCE, ADMINISTRATOR = "commissioner", "auditor", "admin"
ROLE_WORDS: Final = {
    LEAD: "HIU leads", COVER: "colleagues who cover", MANAGER: "the service manager",
    SAFEGUARDING: "the safeguarding lead", PARTNER: "partners", ANALYST: "hospital analysts",
    COMMISSIONER: "commissioners", GOVERNANCE: "information governance",
    ADMINISTRATOR: "administrators",
}  # fmt: skip
CLIENTS, LISTED, STAFF, NOBODY = "clients", "people listed", "staff and partners", "no individual"


@dataclass(frozen=True)
class Limit:
    """A number of days or months that the software itself keeps to, and where it stands."""

    number: int
    unit: str
    place: str  # "module:name", or "module:Model.field" for a default of a setting


@dataclass(frozen=True)
class Holding:
    """One kind of information. `models` are labels as Django gives them; a history table belongs
    to the model it is the history of. `permissions` are the names in web.access.permissions that
    open it, from which `readers` follow; no permission: only whom it is about, or the system.
    """

    key: str
    words: str
    about: str
    models: tuple[str, ...]
    purpose: str
    basis: str
    readers: tuple[str, ...] = ()
    permissions: tuple[str, ...] = ()
    scope: str = ""
    kept: str = "local record class"
    limit: Limit | None = None
    goes_to: str = "nobody"
    health: bool = False


# Proposals in plain words; the data protection officer decides.
DIRECT_CARE: Final = (
    "UK GDPR Article 6(1)(e) and 9(2)(h); confidentiality: what the client agreed to"
)
BEFORE_CONSENT: Final = (
    "UK GDPR Article 6(1)(e) and 9(2)(h); confidentiality: the legal ground recorded at release"
)
EMPLOYMENT: Final = "UK GDPR Article 6(1)(b) or (e); for checks and sickness also 9(2)(b)"
RUNNING: Final = "UK GDPR Article 6(1)(e) or (f): running and securing the service"
ACCOUNTABILITY: Final = "UK GDPR Article 6(1)(c) and (e): showing who did what"
RIGHTS: Final = "UK GDPR Article 6(1)(c), with Articles 12 to 22; 9(2)(g) for health"
SAFETY: Final = "UK GDPR Article 6(1)(e) and 9(2)(g); Data Protection Act 2018, safeguarding"
EVALUATION: Final = "UK GDPR Article 6(1)(e); numbers are protected before anyone sees them"
