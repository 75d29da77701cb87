"""Someone who does not want to be counted: said once, kept until they say otherwise."""

from __future__ import annotations

import uuid

import pghistory
from django.db import models
from django.utils import timezone

from openhiu.web.access.sealed import SealedText


@pghistory.track(exclude=["words"])
class Objection(models.Model):
    """A person objects to their record being used for evaluation; care goes on as before."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey("access.Service", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    words = SealedText(blank=True)  # what they said
    heard_on = models.DateField()
    heard_by = models.ForeignKey("access.Membership", models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey("access.Membership", models.PROTECT, null=True, related_name="+")
