"""Writing in the registers: noting an entry, working on it, answering its duties, closing it.

Every act adds a line to the entry's history; nothing of it is ever taken away.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.announce import announce, settle
from openhiu.web.access.audit import Did, record
from openhiu.web.access.gate import NotAllowed, Stale
from openhiu.web.access.models import Membership, Service
from openhiu.web.access.permissions import Permission
from openhiu.web.access.policies import needs
from openhiu.web.assurance.models import Duty, Entry, RegisterSettings, Step
from openhiu.web.assurance.policies import registers as policies
from openhiu.web.assurance.queries import registers as queries
from openhiu.web.assurance.registers.clocks import deadlines
from openhiu.web.assurance.registers.kinds import DUTIES, KINDS, PREFIX
from openhiu.web.design.words import as_day
from openhiu.web.people.models import Person

NO_DATA: Final = "no"  # a value of Entry.Data
LABELS: Final[Mapping[str, str]] = {
    "kind": "Kind", "severity": "Severity", "data": "Personal data", "happened_on": "Day",
    "what": "What happened", "at_once": "What was done at once", "learning": "What we learned",
    "from_words": "Who it is from", "person": "Person", "about_member": "Member of staff",
    "owner": "Who sees to it",
}  # fmt: skip


@transaction.atomic
def note_entry(
    *,
    by: Actor,
    register: str,
    kind: str,
    what: str,
    happened_on: date,
    aware_at: datetime | None = None,
    at_once: str = "",
    from_words: str = "",
    data: str = NO_DATA,
    person: Person | None = None,
    about_member: Membership | None = None,
) -> Entry:
    """Note something; its clocks begin, and who keeps the registers is told of a reference.

    Args:
        by: whoever noted it; they need not know more than what happened.
        register: a value of Entry.Register; `kind`: a key of KINDS; `data`: of Entry.Data.
        what: what happened, in their words.
        happened_on: the day.
        aware_at: when the service came to know of it; now unless given.
        at_once: what was done at once.
        from_words: who complains or thanks, and how to answer them.
        person: whom it is about, somebody the noter may see.
        about_member: a colleague it is about, who will not be able to open it.

    Raises:
        NotAllowed: a day is ahead, or a word is missing.
    """
    policies.may_note(by)
    policies.must_be_past(happened_on)
    policies.must_say(what, "What happened")
    aware = min(aware_at or timezone.now(), timezone.now())
    if register not in PREFIX or kind not in KINDS:
        raise NotAllowed("Choose what it is.")
    entry = Entry.objects.create(
        service=by.service, register=register, kind=kind, data=data, happened_on=happened_on,
        aware_at=aware, what=what.strip(), at_once=at_once.strip(), from_words=from_words.strip(),
        person=person, about_member=about_member, told_by=by.membership,
        year=as_day(aware).year, number=_next_number(by.service, register, as_day(aware).year),
    )  # fmt: skip
    _add_duties(entry)
    keep_step(by, entry, "Noted")
    record(by, Did.ADDED, about=entry, register=register, kind=kind)
    _tell_keepers(by, entry)
    return entry


def _next_number(service: Service, register: str, year: int) -> int:
    Service.objects.select_for_update().get(pk=service.pk)  # two at once wait in turn
    held = Entry.objects.filter(service=service, register=register, year=year)
    return (held.aggregate(last=Max("number"))["last"] or 0) + 1


def _add_duties(entry: Entry) -> None:
    held = set(entry.duties.values_list("what", flat=True))
    settings = queries.settings_of(entry.service)
    for one in deadlines(entry.register, entry.data, entry.aware_at, settings):
        if one.what not in held:
            Duty.objects.create(
                service_id=entry.service_id, entry=entry, what=one.what, due_on=one.on,
                due_at=one.at,
            )  # fmt: skip


def _tell_keepers(by: Actor, entry: Entry) -> None:
    about = entry.about_member
    for member in queries.keepers(entry.service, besides=about.user_id if about else None):
        if member.user_id != by.user.pk:
            announce(
                to=member,
                words=f"{entry.reference} was noted: {entry.get_register_display()}, "
                f"{KINDS[entry.kind].lower()}.",
                link=page_of(entry),
                urgent=entry.data != NO_DATA,
            )


def page_of(entry: Entry) -> str:
    """Where an entry is worked on."""
    return reverse("assurance:entry", args=[entry.pk])


def keep_step(
    by: Actor, entry: Entry, did: str, *, fields: list[str] | None = None, words: str = ""
) -> Step:
    """A line of the entry's history."""
    return Step.objects.create(
        service_id=entry.service_id, entry=entry, by=by.membership, did=did,
        fields=fields or [], words=words.strip(),
    )  # fmt: skip


@transaction.atomic
def change(*, by: Actor, entry: Entry, version: int, **said: Any) -> Entry:
    """Keep what was said about an entry: any of the fields of LABELS.

    Raises:
        Stale: somebody saved first.
        NotAllowed: it is closed, or who sees to it may not.
    """
    policies.may_work_on(by, entry)
    policies.must_be_open(entry)
    now = Entry.objects.select_for_update(of=("self",)).get(pk=entry.pk)
    if not set(said) <= set(LABELS):
        raise NotAllowed("There is no such field.")
    changed = [name for name, value in said.items() if getattr(now, name) != value]
    if now.version != version and changed:
        raise Stale([(LABELS[n], str(getattr(now, n) or ""), str(said[n] or "")) for n in changed])
    for name in changed:
        setattr(now, name, said[name])
    _judge(now)
    if changed:
        now.version += 1
        now.save()
        _add_duties(now)
        keep_step(by, now, "Changed", fields=[LABELS[name] for name in changed])
        record(by, Did.CHANGED, about=now, fields=sorted(changed))
    return now


def _judge(entry: Entry) -> None:
    policies.must_be_past(entry.happened_on)
    policies.must_say(entry.what, "What happened")
    if entry.owner is not None:
        policies.may_own(entry, entry.owner)


@transaction.atomic
def add_words(*, by: Actor, entry: Entry, words: str) -> Step:
    """Add a line to the history: what was done, what somebody said."""
    policies.may_work_on(by, entry)
    policies.must_say(words, "What there is to add")
    step = keep_step(by, entry, "Added a note", words=words)
    record(by, Did.CHANGED, about=entry, fields=["steps"])
    return step


@transaction.atomic
def answer(*, by: Actor, duty: Duty, outcome: str, on: date, words: str = "") -> Duty:
    """Say that a duty is done, or is not needed and why; once, since others rely on it.

    Raises:
        NotAllowed: answered already, the day is ahead, or the reason is missing.
    """
    policies.may_work_on(by, duty.entry)
    policies.must_be_open(duty.entry)
    now = Duty.objects.select_for_update(of=("self",)).select_related("entry").get(pk=duty.pk)
    policies.may_answer(now, outcome)
    policies.must_be_past(on)
    if outcome == policies.NOT_NEEDED or duty.what == "ico":
        policies.must_say(words, DUTIES[duty.what].not_needed)
    _answer(by, now, outcome, on, words)
    if now.what == "acknowledge":
        _also_acknowledged(by, now, on, words)
    return now


def _answer(by: Actor, duty: Duty, outcome: str, on: date, words: str) -> None:
    duty.outcome, duty.on, duty.words = outcome, on, words.strip()
    duty.answered_by, duty.answered_at = by.membership, timezone.now()
    duty.save()
    label = DUTIES[duty.what].label
    keep_step(by, duty.entry, f"{label}: {duty.get_outcome_display().lower()}", words=words)
    record(by, Did.CHANGED, about=duty.entry, fields=[duty.what], outcome=outcome)
    settle(by, page_of(duty.entry))


def _also_acknowledged(by: Actor, duty: Duty, on: date, words: str) -> None:
    """One acknowledgement meets both clocks."""
    for twin in duty.entry.duties.filter(what="acknowledge_data", outcome=""):
        _answer(by, twin, policies.DONE, on, words)


@transaction.atomic
def agree_day(*, by: Actor, duty: Duty, to: date, words: str) -> Duty:
    """By when a complaint is answered, as agreed with whoever complained; moved in the open.

    Raises:
        NotAllowed: not the answer to a complaint, a day that has passed, or no word of how it was
            agreed: a clock is never stopped silently.
    """
    policies.may_work_on(by, duty.entry)
    policies.must_be_open(duty.entry)
    if duty.what != "answer" or duty.outcome:
        raise NotAllowed("Only the day of an answer that is still owed can be agreed.")
    if to < timezone.localdate():
        raise NotAllowed("This day has passed.")
    policies.must_say(words, "How and with whom this day was agreed")
    duty.due_on = to
    duty.save()
    keep_step(by, duty.entry, f"Agreed to answer by {to:%d %B %Y}".replace(" 0", " "), words=words)
    record(by, Did.CHANGED, about=duty.entry, fields=["answer_by"])
    return duty


@transaction.atomic
def close(*, by: Actor, entry: Entry) -> Entry:
    """Close an entry whose duties are answered, with what was learned and changed.

    Raises:
        NotAllowed: something is still to be done; the sentence says what.
    """
    policies.may_work_on(by, entry)
    now = Entry.objects.select_for_update(of=("self",)).get(pk=entry.pk)
    why = policies.why_not_close(now)
    if why:
        raise NotAllowed(" ".join(why))
    now.closed_at = timezone.now()
    now.version += 1
    now.save()
    keep_step(by, now, "Closed")
    record(by, Did.CHANGED, about=now, fields=["closed_at"])
    return now


@transaction.atomic
def reopen(*, by: Actor, entry: Entry, words: str) -> Entry:
    """Open a closed entry again, and say why."""
    policies.may_work_on(by, entry)
    if entry.closed_at is None:
        raise NotAllowed("This entry is open.")
    policies.must_say(words, "Why it is opened again")
    entry.closed_at = None
    entry.version += 1
    entry.save()
    keep_step(by, entry, "Reopened", words=words)
    record(by, Did.CHANGED, about=entry, fields=["closed_at"])
    return entry


@transaction.atomic
def settle_clocks(*, by: Actor, version: int, **said: int) -> RegisterSettings:
    """Keep the service's own numbers; entries noted from now on use them.

    Raises:
        Stale: somebody saved first.
        NotAllowed: a number is longer than the law allows.
    """
    needs(by, Permission.SETTINGS)
    Service.objects.select_for_update().get(pk=by.service_id)
    held = queries.settings_of(by.service)
    if (0 if held._state.adding else held.version) != version:
        raise Stale([(name, str(getattr(held, name)), str(said[name])) for name in said])
    for name, number in said.items():
        setattr(held, name, number)
    if held.acknowledge_working_days > 3:
        raise NotAllowed("A complaint is acknowledged within three working days at most.")
    held.version = version + 1
    held.save()
    record(by, Did.CHANGED, about=held, fields=sorted(said))
    return held
