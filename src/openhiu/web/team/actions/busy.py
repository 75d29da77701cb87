"""Spells of overload: begun and ended by the clock, answered by their owner, told in general."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.announce import announce
from openhiu.web.access.audit import Did, record
from openhiu.web.access.gate import NotAllowed
from openhiu.web.access.models import Membership, Service
from openhiu.web.access.permissions import Permission
from openhiu.web.access.policies import needs
from openhiu.web.team.actions.care import ask_for_talk
from openhiu.web.team.hours import add_workdays
from openhiu.web.team.models import BusySpell
from openhiu.web.team.queries.busy import in_general, signs_of, spell_of
from openhiu.web.team.queries.care import settings_of
from openhiu.web.team.queries.staff import managers_of, page_about, workers_of


@transaction.atomic
def watch(service: Service) -> int:
    """Look at everyone's record once: begin, end and tell of spells. How many were told of.

    Run as often as one likes; by the clock once a day.
    """
    return sum(_look(member) for member in workers_of(service.pk))


def _look(member: Membership) -> int:
    spell, busy, today = spell_of(member), bool(signs_of(member)), timezone.localdate()
    if spell is None:
        if busy:
            _begin(member, today)
        return 0
    if not busy:
        spell.ended_on = today
        spell.save(update_fields=["ended_on"])
        return 0
    return _tell(spell) if _ripe(spell, today) else 0


def _begin(member: Membership, today: date) -> None:
    """Its owner is told at once, and from which day others would be."""
    wait = settings_of(member.service).tell_after_workdays
    BusySpell.objects.create(
        service=member.service,
        member=member,
        began_on=today,
        tell_on=add_workdays(member.service, today, wait),
    )
    announce(
        to=member,
        words="Your record shows signs that you have a lot on. Only you see which.",
        link=reverse("team:care"),
    )


def _ripe(spell: BusySpell, today: date) -> bool:
    """Its day has come, nobody was told yet, and it was not talked about already."""
    talked = spell.answer == BusySpell.Answer.TALKED
    return spell.told_at is None and today >= spell.tell_on and not talked


def _tell(spell: BusySpell) -> int:
    for manager in managers_of(spell.member):
        announce(
            to=manager,
            words=in_general(spell.member.user.name),
            link=page_about(spell.member, manager),
        )
    spell.told_at = timezone.now()
    spell.save(update_fields=["told_at"])
    record(None, Did.CHANGED, about=spell, service_id=spell.service_id, told=True)
    return 1


@transaction.atomic
def answer(*, by: Actor, answer: str, words: str = "") -> BusySpell:
    """Say how it is. Who looks after them reads it together with the general sentence.

    Args:
        by: whose spell it is.
        answer: one of BusySpell.Answer; a wish for a talk is passed on at once.
        words: a few words, read by whoever looks after them.

    Raises:
        NotAllowed: there is no spell now, or no such answer.
    """
    needs(by, Permission.OWN_WORK)
    found = spell_of(by.membership)
    if found is None:
        raise NotAllowed("There are no such signs now, so there is nothing to answer.")
    if answer not in BusySpell.Answer.values:
        raise NotAllowed("Choose an answer.")
    spell: BusySpell = BusySpell.objects.select_for_update().get(pk=found.pk)
    spell.answer, spell.answer_words = answer, words.strip()
    spell.answered_at = timezone.now()
    spell.save(update_fields=["answer", "answer_words", "answered_at"])
    record(by, Did.CHANGED, about=spell, answered=True)
    if answer == str(BusySpell.Answer.HELP):
        ask_for_talk(by=by)
    return spell
