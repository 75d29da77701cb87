"""Writing and deleting what is for one's own eyes alone.

These acts leave nothing in the audit on purpose: that somebody checked how they are, and when, is
already more than anyone else should know. The database keeps no history of them either.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.gate import Missing, NotAllowed
from openhiu.web.access.models import Membership, Service
from openhiu.web.access.permissions import Permission
from openhiu.web.access.policies import needs
from openhiu.web.access.sign_in.sealing import sealed
from openhiu.web.team.models import PrivateNote, StrainCheck, Talk
from openhiu.web.team.queries.own import ANSWERS, QUESTIONS, about, reading_as

KEPT_DAYS: Final = 366


@transaction.atomic
def check_strain(*, by: Actor, answers: dict[str, int], words: str = "") -> None:
    """Keep one check for oneself: an answer from 0 to 4 to every question.

    Raises:
        NotAllowed: an answer is missing or none of those there are.
    """
    needs(by, Permission.OWN_WORK)
    if set(answers) != set(QUESTIONS) or not set(answers.values()) <= set(ANSWERS):
        raise NotAllowed("Answer every question, or leave the page.")
    said = json.dumps({"answers": answers, "words": words.strip()})
    _keep(by, StrainCheck, "strain", said)


@transaction.atomic
def write_note(*, by: Actor, words: str, talk: Talk | None = None) -> None:
    """Keep a note for oneself, beside one of one's own talks or alone."""
    needs(by, Permission.OWN_WORK)
    if not words.strip():
        raise NotAllowed("Write a few words, or leave the page.")
    if talk is not None and talk.member.user_id != by.user.pk:
        raise Missing
    _keep(by, PrivateNote, "note", words.strip(), talk=talk)


@transaction.atomic
def delete_strain(*, by: Actor, check_id: UUID | None = None) -> int:
    """Delete one check, or all of one's own; for good. The number deleted.

    Raises:
        Missing: it is not there, or not theirs.
    """
    return _delete(by, StrainCheck, check_id)


@transaction.atomic
def delete_note(*, by: Actor, note_id: UUID) -> int:
    """Delete one private note for good."""
    return _delete(by, PrivateNote, note_id)


@transaction.atomic
def forget_old(service: Service, now: datetime | None = None) -> int:
    """Delete what is older than a year, and what belongs to people who left; by the clock."""
    before = (now or timezone.now()) - timedelta(days=KEPT_DAYS)
    users = Membership.objects.filter(service=service).values_list("user", flat=True).distinct()
    here = set(users.filter(ended_at=None))
    gone = 0
    for user_id in users:
        with reading_as(user_id):
            for kind in (StrainCheck, PrivateNote):
                rows = kind.objects.filter(service=service, user=user_id)
                gone += (rows.filter(at__lt=before) if user_id in here else rows).delete()[0]
    return gone


def _keep(by: Actor, kind: type[Any], word: str, text: str, **more: Any) -> None:
    key = uuid4()
    with reading_as(by.user.pk):
        kind.objects.create(
            id=key,
            service=by.service,
            user=by.user,
            sealed=sealed(text, about(word, by.user.pk, key)),
            **more,
        )


def _delete(by: Actor, kind: type[Any], row_id: UUID | None) -> int:
    needs(by, Permission.OWN_WORK)
    with reading_as(by.user.pk):
        rows = kind.objects.filter(service=by.service_id, user=by.user)
        count = int((rows.filter(pk=row_id) if row_id else rows).delete()[0])
    if row_id and not count:
        raise Missing
    return count
