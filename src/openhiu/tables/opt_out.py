"""The national data opt-out: for which purposes it applies, and what a list says of its asking.

A purpose and a basis come in; yes or no and the reason in words go out. Who opted out is nowhere:
only whom a reply left in may go on. What a list says of it is the hospital's word: nothing here can
look into the hospital's store. Source: national data opt-out operational policy guidance.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

# For so many days a reply may be used; a place may say fewer, never more.
VALID_DAYS: Final = 7
# A reply that has not come by then will not come: nothing is disclosed, and it is asked again.
ANSWERED_WITHIN: Final = timedelta(hours=24)
WORKFLOW: Final = "SPINE_NTT_UPHOLDING"
ENTRY: Final = "opt_out"  # where a list's manifest says it


class Use(StrEnum):
    """What identifiable data are used for."""

    INDIVIDUAL_CARE = "individual care"
    SAFEGUARDING = "safeguarding"
    FINDING_PEOPLE = "finding people to offer support"
    SERVICE_MANAGEMENT = "running and auditing the service"
    EVALUATION = "evaluation"
    COMMISSIONING = "planning and commissioning"
    RESEARCH = "research"
    COMPLAINT = "answering a complaint or an incident"
    PAYMENT = "checking payments"


class Basis(StrEnum):
    """What sets the duty of confidence aside, or why there is none."""

    IMPLIED_CONSENT = "implied consent for care"
    EXPLICIT_CONSENT = "explicit consent"
    SECTION_251 = "section 251 approval"
    SECTION_251_EXEMPT = "section 251 approval that says opt-outs do not apply"
    LAW = "required by law or a court"
    PUBLIC_INTEREST = "overriding public interest"
    ANONYMISED = "anonymised"
    NONE = "none recorded"


@dataclass(frozen=True)
class Rule:
    """One line of the rules. None stands for any; the first line that fits decides."""

    use: Use | None
    basis: Basis | None
    applies: bool
    why: str

    def fits(self, use: Use, basis: Basis) -> bool:
        """Whether this line speaks of such a use on such a basis."""
        return self.use in (None, use) and self.basis in (None, basis)


RULES: Final = (
    Rule(None, Basis.ANONYMISED, False,
         "Nobody can be recognised in anonymised data, so there is nothing to opt out of."),
    Rule(Use.EVALUATION, Basis.EXPLICIT_CONSENT, False,
         "The person said yes. The roster a service hands over holds only people who said yes "
         "themselves to taking part, and have not taken it back or asked not to be counted. "
         "Everybody else the hospital knows from its own list alone."),
    Rule(None, Basis.EXPLICIT_CONSENT, False,
         "The person said yes to this very use. A yes to one use comes before a general no."),
    Rule(None, Basis.LAW, False,
         "The law or a court requires it. An opt-out cannot set that aside."),
    Rule(None, Basis.PUBLIC_INTEREST, False,
         "An overriding public interest was decided for this one case, and written down."),
    Rule(Use.SAFEGUARDING, None, False,
         "Keeping somebody safe comes first. It is decided case by case, never by a list."),
    Rule(None, Basis.SECTION_251_EXEMPT, False,
         "The Confidentiality Advisory Group set opt-outs aside in this approval."),
    Rule(None, Basis.SECTION_251, True,
         "Opt-outs apply to everything disclosed under section 251, unless the approval itself "
         "says that they do not."),
    Rule(Use.INDIVIDUAL_CARE, Basis.IMPLIED_CONSENT, False,
         "This is the person's own care, given by people who care for them."),
    Rule(Use.FINDING_PEOPLE, Basis.IMPLIED_CONSENT, False,
         "The provider that treats the person finds them, for the person's own care. Leads named "
         "in the gateway see who they are, to offer support: it has to say who employs them. Where "
         "others would see it first, the list is released as consent first."),
    Rule(Use.COMPLAINT, Basis.IMPLIED_CONSENT, False,
         "The person, or someone for them, asked for an answer about their own care."),
    Rule(Use.EVALUATION, None, True,
         "Evaluation goes beyond a person's own care. A hospital that evaluates in its own store "
         "uses data in which nobody can be recognised, or applies opt-outs there itself: this "
         "software does not do it for them."),
    Rule(Use.COMMISSIONING, None, True,
         "Planning and commissioning go beyond a person's own care. Use anonymised numbers, or "
         "apply opt-outs."),
    Rule(Use.RESEARCH, None, True, "Research goes beyond a person's own care."),
    Rule(Use.SERVICE_MANAGEMENT, None, True,
         "Running and auditing a service goes beyond a person's own care, unless those who give "
         "the care audit their own work."),
    Rule(Use.PAYMENT, None, True, "Checking payments goes beyond a person's own care."),
    # Nothing above decided: then it applies.
    Rule(None, None, True, "Nothing recorded takes this out of the opt-out, so it applies."),
)  # fmt: skip


def decide(use: Use, basis: Basis) -> Rule:
    """The line of the rules that decides."""
    return next(rule for rule in RULES if rule.fits(use, basis))


def applies(use: Use, basis: Basis) -> bool:
    """Whether people who opted out have to be taken out first."""
    return decide(use, basis).applies


def why_not_applied(entry: Any, at: datetime, valid_days: int = VALID_DAYS) -> str:
    """Why what a list's manifest says does not show that opt-outs were applied; empty where it
    does. Whatever is missing, unreadable, of the future or too old counts as not applied.
    """
    if not isinstance(entry, Mapping):
        return (
            "The national data opt-out was not applied to this list. The hospital applies it with "
            "hiu opt-out, and uploads the list that comes out."
        )
    try:
        asked = datetime.fromisoformat(entry["asked_at"])
        applied = datetime.fromisoformat(entry["applied_at"])
        whole = all(len(entry[key]) == 64 for key in ("request_sha256", "reply_sha256"))
        said_days = int(entry["valid_days"])
    except (KeyError, TypeError, ValueError):
        return "What the list says of the national data opt-out cannot be read."
    if not whole or asked.tzinfo is None or applied.tzinfo is None or asked > applied:
        return "What the list says of the national data opt-out cannot be true."
    if applied > at + timedelta(minutes=5):
        return "The national data opt-out was applied on a day that has not come."
    days = min(valid_days, max(0, said_days))
    if at - asked > timedelta(days=days):
        return (
            f"The national data opt-out was asked about more than {_days(days)} ago. People may "
            "have opted out since: ask again, and upload the list that comes out."
        )
    return ""


def _days(count: int) -> str:
    return "a day" if count == 1 else f"{count} days"
