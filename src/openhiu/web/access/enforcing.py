"""Bodies that enforce, judge or sanction: an organisation comes in, a yes or a refusal goes out.

They get no account and no standing share. What they have to know in one case is disclosed in that
case, recorded and with its own reason. They are known by their names: nobody is asked to sort
organisations, and a name that hides what a body does gets past, so whoever grants accounts looks.
"""

from __future__ import annotations

import re
from typing import Any, Final

from django.db.models import Q

from openhiu.web.access.gate import NotAllowed
from openhiu.web.access.models import Organisation

NO_STANDING: Final = (
    "This organisation's task is to enforce, judge or sanction, so it has no seat, no account and "
    "no standing share here: such a share of health facts has harmed people before. What it has to "
    "know in one case is disclosed in that case, with its own reason, from the client's page."
)
# A space stands for anything between two words. Many surgeries and sheltered homes are called
# "... Court", so a court is named by what kind of court it is, and never by the word alone.
_COURT: Final = (
    "(crown|county|high|family|youth|criminal|civil|combined|supreme|sheriff|law) courts?"
    "(?! (road|street|lane|surgery|medical|practice|health|care|house|lodge))"
)
_WORDS: Final = (
    "police", "policing", "constabulary", "constabularies", "national crime agency", "mappa",
    "probation", "prisons?", "h[.]?m[.]?p[.]?", "hmpps", "hmyoi", "parole", "young offenders?",
    "youth offending", "youth justice", "offender management", "secure training centre",
    "detention centre", "removal centre", "home office", "border force",
    "immigration(?! (aid|advice|law))", "crown prosecution", "cps", "prosecut(ors?|ions?|ing)",
    _COURT, "courts(?! (road|street|lane|surgery|medical|practice|health|care))", "court of",
    "courts? service", "court cent(re|er)", "magistrates?", "tribunals?", "coroners?",
    "justice cent(re|er)", "ministry of justice", "hmcts", "bailiffs?", "enforcement",
    "anti ?social behaviou?r", "asb", "community safety",
    "department (for|of) work (and )?pensions", "dwp", "job ?cent(re|er)s?",
    "hmrc", "revenue (and )?customs",
)  # fmt: skip
_GAP: Final = "[^a-z0-9]+"
# One pattern for Python and for PostgreSQL, which writes word boundaries in different ways.
PATTERN: Final = (
    "(^|[^a-z0-9])("
    + "|".join(_WORDS).replace(" ?", "[^a-z0-9]*").replace(" ", _GAP)
    + ")([^a-z0-9]|$)"
)
_NAMED: Final = re.compile(PATTERN, re.IGNORECASE)
# The same asked of the database, of rows that belong to an organisation.
THEIRS: Final = Q(organisation__name__iregex=PATTERN)


def enforces(organisation: Organisation) -> bool:
    """Whether an organisation's task is to enforce, judge or sanction."""
    return _NAMED.search(organisation.name) is not None


def why_not_standing(*organisations: Any) -> str:
    """Why these cannot have an account or a standing share, or nothing; None is nobody."""
    return NO_STANDING if any(one is not None and enforces(one) for one in organisations) else ""


def must_not_enforce(*organisations: Any) -> None:
    """Refuse an account or a standing share where one of these enforces."""
    if why := why_not_standing(*organisations):
        raise NotAllowed(why)
