"""What clinical safety adds to readiness: has an officer decided on the version that runs?"""

from __future__ import annotations

from importlib import metadata
from typing import Final

from django.urls import reverse
from django.utils import timezone

from openhiu.web.access.models import Service
from openhiu.web.assurance.models import Officer
from openhiu.web.assurance.queries.safety import decision_now
from openhiu.web.assurance.ready.lines import (
    SOFTWARE,
    Line,
    Noted,
    Standing,
    in_place,
    missing,
    wrong,
)
from openhiu.web.design.words import day


def look(service: Service) -> Standing:
    """Approved, and not to be looked at again yet."""
    link, decision = reverse("assurance:safety"), decision_now(service.pk)
    version = metadata.version("openhiu")
    if decision is None:
        return missing(f"No clinical safety officer has decided on version {version}.", link)
    if not decision.accepted:
        return wrong(f"Version {version} was not approved on {day(decision.signed_on)}.", link)
    if decision.review_on < timezone.localdate():
        return wrong(f"The approval was to be looked at again on {day(decision.review_on)}.", link)
    if not Officer.objects.filter(service=service, post="cso", until=None).exists():
        return missing("No clinical safety officer is named.", reverse("assurance:officers"))
    return in_place(f"Version {version} was approved on {day(decision.signed_on)}.", link)


def noted(service: Service) -> Noted | None:
    """Who typed in the decision."""
    found = decision_now(service.pk)
    return Noted(found.recorded_by.user_id, found.recorded_at) if found else None


LINE: Final = Line(
    "clinical_safety", SOFTWARE,
    "A clinical safety officer has approved this version for use here",
    "Clinical risk standards DCB0129 and DCB0160", look=look, where="assurance:safety",
    asks="The decision with the officer's own signature, and where it lies", noted=noted,
)  # fmt: skip
