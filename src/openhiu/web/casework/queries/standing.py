"""Whether a case is supported now: cases come in, the same with `stands` go out."""

from __future__ import annotations

from typing import Final

from django.db.models import BooleanField, Case, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from openhiu.web.casework import models

SUPPORTED: Final = "supported"
STOPPED: Final = "stopped"
DIED: Final = "died"


def with_standing(cases: QuerySet[models.Case]) -> QuerySet[models.Case]:
    """The cases with `stands`: supported, stopped (they asked us to), or died; in one query.

    The newest answer to "take part" counts, as in queries.consent.
    """
    answers = models.Consent.objects.filter(
        person=OuterRef("person"), kind=models.Consent.Kind.TAKE_PART
    ).order_by("-recorded_at", "-answered_on")
    holds = Case(
        When(given=True, withdrawn_at=None, then=Value(True)),
        default=Value(False),
        output_field=BooleanField(),
    )
    newest = Subquery(answers.annotate(holds=holds).values("holds")[:1])
    takes_part = cases.annotate(takes_part=Coalesce(newest, Value(False)))
    return takes_part.annotate(
        stands=Case(
            When(~Q(person__died="") | Q(person__died_on__isnull=False), then=Value(DIED)),
            When(takes_part=False, then=Value(STOPPED)),
            default=Value(SUPPORTED),
        )
    )
