"""Requests to cover are made, sent, fitted to the days of a leave, and ended; colleagues are told.

The pieces that actions.leave puts together: each is called within its transaction.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse

from openhiu.web.access.actor import Actor
from openhiu.web.access.announce import announce, settle
from openhiu.web.access.audit import Did, record
from openhiu.web.access.models import Membership
from openhiu.web.design.words import short_day
from openhiu.web.team import policies
from openhiu.web.team.models import Cover, Leave
from openhiu.web.team.queries.leave import candidates

Answer: Any = Cover.Answer
ASKED = (Answer.WAITING, Answer.YES)


def cover_link(cover: Cover) -> str:
    """Where a request to cover is answered."""
    return str(reverse("team:cover", args=[cover.pk]))


def as_asked(
    by: Actor, leave: Leave, covering: Membership, first: date | None = None,
    last: date | None = None,
) -> Cover:  # fmt: skip
    """A request as it would be, not saved yet."""
    if not candidates(by, leave.member).filter(pk=covering.pk).exists():
        policies.must("Choose a lead or cover of this service.")
    return Cover(
        service=by.service,
        leave=leave,
        covering=covering,
        from_day=first or leave.from_day,
        until_day=last or leave.until_day,
        asked_by=by.membership,
    )


def send(by: Actor, cover: Cover) -> None:
    """Save a request and tell the colleague who is asked."""
    cover.save()
    record(by, Did.ADDED, about=cover)
    announce(to=cover.covering, words=request_words(cover, "Can you cover"), link=cover_link(cover))


def request_words(cover: Cover, begin: str) -> str:
    """What a colleague is told: the days, and no reason."""
    days = short_day(cover.from_day)
    if cover.until_day != cover.from_day:
        days = f"{days} to {short_day(cover.until_day)}"
    return f"{begin} a colleague who is away, {days}{'?' if begin.startswith('Can') else '.'}"


def fit(by: Actor, leave: Leave) -> list[Cover]:
    """Cover within the new days of a leave: shortened where it reaches out, ended where outside."""
    kept = []
    rows = Cover.objects.filter(leave=leave, answer__in=ASKED)
    for cover in rows.select_related("covering__user", "covering__service"):
        if cover.from_day > leave.until_day or cover.until_day < leave.from_day:
            end(by, cover)
            continue
        first, last = max(cover.from_day, leave.from_day), min(cover.until_day, leave.until_day)
        if (first, last) != (cover.from_day, cover.until_day):
            cover.from_day, cover.until_day = first, last
            cover.save(update_fields=["from_day", "until_day"])
            announce(to=cover.covering, words=request_words(cover, "You now cover"),
                     link=cover_link(cover))  # fmt: skip
        cover.leave = leave
        kept.append(cover)
    return kept


def end(by: Actor, cover: Cover) -> None:
    """End a request or a promise; the colleague is told and need not answer any more."""
    cover.answer = Answer.ENDED
    cover.save(update_fields=["answer"])
    settle(by, cover_link(cover))
    announce(to=cover.covering, words="Cover you were asked for is not needed any more.")
