"""The made-up people who work in the made-up service, as data: nothing comes in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from openhiu.web.access.models import Role


@dataclass(frozen=True)
class Persona:
    """Someone to sign in as, and what they would do here."""

    key: str
    name: str
    role: Any  # a Role; Django's choices are not typed
    organisation: str
    team: str
    tries: str  # what a visitor could try as them

    @property
    def email(self) -> str:
        """An address that can reach nobody."""
        return f"{self.key}@demo.invalid"


PROVIDER: Final = "Open Door Communities"
TRUST: Final = "Kestrel and Rowan Hospitals"
COMMISSIONER: Final = "Larkham and Mistleford Integrated Care Board"
HOUSING: Final = "Larkham Housing Advice"
LIAISON: Final = "Kestrel Liaison Psychiatry"
SERVICE: Final = "Larkham and Mistleford High Intensity Use Service"
OTHER_SERVICE: Final = "Eastvale High Intensity Use Service"
OTHER_PROVIDER: Final = "Eastvale Together"
NORTH: Final = "North team"
SOUTH: Final = "South team"

PERSONAS: Final = (
    Persona("asha", "Asha Rahman", Role.LEAD, PROVIDER, NORTH,
            "Start the day: who to call, what changed overnight; log a contact in a minute."),
    Persona("bryn", "Bryn Howells", Role.LEAD, PROVIDER, NORTH,
            "Choose this quarter's people from the list and make a first call."),
    Persona("carla", "Carla Mensah", Role.LEAD, PROVIDER, SOUTH,
            "Walk backwards with someone who is steady; pick someone up again."),
    Persona("dev", "Dev Patel", Role.LEAD, PROVIDER, SOUTH,
            "A new lead with room for more people."),
    Persona("esther", "Esther Oyelaran", Role.SUPERVISOR, PROVIDER, "",
            "Release a list, say thank you, read stories and reports before they go out."),
    Persona("frank", "Frank Lomax", Role.ANALYST, TRUST, "",
            "Send a list, deliver activity, take the roster and evaluate. No notes are shown."),
    Persona("grace", "Grace Adeyemi", Role.PARTNER, HOUSING, "",
            "See only what clients agreed to share with housing advice."),
    Persona("hana", "Hana Kovac", Role.COVER, PROVIDER, NORTH,
            "Stand in for the north team while someone is away."),
    Persona("idris", "Idris Cole", Role.SAFEGUARDING, PROVIDER, "",
            "Look at what was shared to keep someone safe; read a story before it is told."),
    Persona("joan", "Joan Whitlock", Role.AUDITOR, TRUST, "",
            "Read the audit and review records opened outside someone's own."),
    Persona("kit", "Kit Ferreira", Role.ADMIN, PROVIDER, "",
            "Invite people, grant and end roles."),
    Persona("lena", "Lena Marsh", Role.COMMISSIONER, COMMISSIONER, "",
            "Read the quarterly report; make the business case. No page about a person opens."),
    Persona("noor", "Dr Noor Haddad", Role.PARTNER, LIAISON, "",
            "Chair Tuesday's team meeting, on a phone before it and on the wall during it."),
)  # fmt: skip
# Works in the next service along: nothing of Larkham may be seen by them.
OUTSIDER: Final = Persona(
    "mo", "Mo Siddiq", Role.LEAD, OTHER_PROVIDER, "Eastvale team",
    "A lead of another service: everything of Larkham answers as if it did not exist.",
)  # fmt: skip
LEADS: Final = tuple(p for p in PERSONAS if p.role is Role.LEAD)
