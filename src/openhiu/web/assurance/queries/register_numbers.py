"""Numbers of the registers: counts by kind and quarter, exact inside, protected where they go."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from openhiu.monitor.registers import in_time, of_quarter
from openhiu.web.access.actor import Actor
from openhiu.web.assurance.models import Entry
from openhiu.web.assurance.presenters.registers import met
from openhiu.web.assurance.queries.registers import entries, lines
from openhiu.web.assurance.registers.kinds import KINDS
from openhiu.web.casework.quarter import days_of, earlier, quarter_of
from openhiu.web.design.words import as_day

Table = Mapping[str, Mapping[str, int]]


def finished(number: int) -> list[str]:
    """The quarters that are over, oldest first: what still grows is not published."""
    return earlier(number + 1)[:0:-1]


def by_register(actor: Actor, quarters: list[str]) -> dict[str, dict[str, int]]:
    """How many of each register were noted in each quarter, by the day we came to know."""
    counted = Counter(
        (entry.register, quarter_of(as_day(entry.aware_at))) for entry in _since(actor, quarters)
    )
    return {
        label: {quarter: counted[value, quarter] for quarter in quarters}
        for value, label in Entry.Register.choices
    }


def by_kind(actor: Actor, quarters: list[str]) -> dict[str, dict[str, int]]:
    """How many of each kind, without compliments; kinds of which there were none are left out."""
    counted = Counter(
        (entry.kind, quarter_of(as_day(entry.aware_at)))
        for entry in _since(actor, quarters)
        if entry.register != Entry.Register.COMPLIMENT
    )
    found = {
        label: {quarter: counted[value, quarter] for quarter in quarters}
        for value, label in KINDS.items()
    }
    return {label: row for label, row in found.items() if any(row.values())}


def _since(actor: Actor, quarters: list[str]) -> Iterable[Entry]:
    first = days_of(min(quarters))[0]
    return [entry for entry in lines(entries(actor)) if as_day(entry.aware_at) >= first]


@dataclass(frozen=True)
class Summary:
    """One quarter in the words of those who inspect: protected counts, shares in time, learning."""

    quarter: str
    counts: Mapping[str, int | str]
    severity: Mapping[str, int | str]
    in_time: Mapping[str, str]
    learned: list[Entry]


def summary(actor: Actor, quarter: str) -> Summary:
    """What a quarter's page says; learning is that of entries closed in it."""
    found = [
        entry for entry in _since(actor, [quarter])
        if quarter_of(as_day(entry.aware_at)) == quarter
    ]  # fmt: skip
    registers = Counter(entry.register for entry in found)
    harm = Counter(e.get_severity_display() for e in found if e.register == "incident")
    return Summary(
        quarter,
        of_quarter({label: registers[value] for value, label in Entry.Register.choices}),
        of_quarter({label or "Not judged yet": count for label, count in harm.items()}),
        {label: _share(found, what) for what, label in _ASKED.items()},
        _closed_in(actor, quarter),
    )


_ASKED = {
    "commissioner": "Commissioner told of incidents in time",
    "person": "Person or family told in time",
    "acknowledge": "Complaints acknowledged in time",
    "answer": "Complaints answered by the day agreed",
}


def _share(found: list[Entry], what: str) -> str:
    duties = [duty for entry in found for duty in entry.duties.all() if duty.what == what]
    owed = [duty for duty in duties if duty.outcome != "not_needed"]
    return in_time(sum(met(duty) for duty in owed), len(owed))


def _closed_in(actor: Actor, quarter: str) -> list[Entry]:
    rows = entries(actor).filter(closed_at__isnull=False).exclude(learning="")
    return [e for e in rows.prefetch_related("lessons") if _quarter(e.closed_at) == quarter]


def _quarter(moment: Any) -> str:
    return quarter_of(as_day(moment))
