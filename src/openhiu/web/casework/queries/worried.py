"""Whose record a worry is about: what was typed comes in, the one person it fits goes out, or none.

Anyone of the service can be meant: a worry is never refused because a record is someone else's.
"""

from __future__ import annotations

import re

from django.db.models import Q

from openhiu.web.access.actor import Actor
from openhiu.web.people.models import Person


def person_meant(actor: Actor, typed: str) -> Person | None:
    """The only person of the service with this NHS number or full name; None when unsure."""
    digits = re.sub(r"\D", "", typed)
    words = typed.split()
    everyone = Person.objects.filter(service=actor.service_id, merged_into=None)
    if len(digits) == 10:
        found = everyone.filter(nhs_number=digits).exclude(contact_held="number")
    elif len(words) >= 2:
        first, last = words[0], " ".join(words[1:])
        found = everyone.filter(
            Q(given_name__iexact=first) | Q(preferred_name__iexact=first), family_name__iexact=last
        )
    else:
        return None
    few = list(found[:2])
    return few[0] if len(few) == 1 else None
