"""Early warning over a caseload file: its rows and the events of the store come in; signals go out,
and which rules could not speak, of how many clients and why.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime

from openhiu.monitor.caseload import Row
from openhiu.monitor.events import Event
from openhiu.monitor.signals import RULES, Rules, Signal, Watched, raise_signals
from openhiu.monitor.watched import Event as WatchedEvent


def watch(
    clients: Mapping[str, Row],
    coverage: Mapping[str, str],
    events: Iterable[Event],
    died: Collection[str] = (),
) -> list[Watched]:
    """Every client as the rules see them; of those who died the rules see nothing at all."""
    theirs: dict[str, list[WatchedEvent]] = {}
    for event in events:
        theirs.setdefault(event.person_ref, []).append(_seen(event))
    return [
        Watched(
            ref, row.phase, row.supported_since, row.last_contact_on,
            tuple(theirs.get(ref, ())), known=coverage.get(ref) == "found",
        )
        for ref, row in sorted(clients.items())
        if ref not in died
    ]  # fmt: skip


def signals(
    watched: list[Watched],
    rules: Rules,
    as_of: date,
    data_until: Mapping[str, datetime | None],
    data_since: date | None,
    unhealthy: Collection[str],
) -> list[Signal]:
    """The signals that stand on the as-of date."""
    return raise_signals(
        watched, rules, as_of,
        data_until=data_until, data_since=data_since, unhealthy=unhealthy,
    )  # fmt: skip


def could_not_speak(watched: list[Watched], rules: Rules) -> list[str]:
    """A sentence for each rule that is off, or that lacks what it needs of some clients."""
    told = [f"{RULES[name].label}: switched off." for name in RULES if not _is_on(name, rules)]
    for name, lack, missing in (
        ("at_a_distance", "phase", [one for one in watched if one.phase is None]),
        ("silence", "last contact", [one for one in watched if _never_heard(one)]),
    ):
        if missing and _is_on(name, rules):
            told.append(f"{RULES[name].label}: not looked for in {_people(len(missing))} of whom "
                        f"the caseload says no {lack}.")  # fmt: skip
    unknown = sum(not one.known for one in watched)
    if unknown:
        told.append(f"Of {_people(unknown)} there are no data: no rule about attendances looks at "
                    "them, and that is not the same as no attendance.")  # fmt: skip
    return told


def _seen(event: Event) -> WatchedEvent:
    return WatchedEvent(
        event.kind, event.began_at, event.ended_at, event.site_code, event.by_ambulance,
        event.admitted, event.complaint, event.outcome, source_ref=event.source_ref,
    )  # fmt: skip


def _is_on(name: str, rules: Rules) -> bool:
    limits = {"first_after_quiet": rules.quiet_weeks, "ambulance_twice": rules.ambulance_in_week,
              "silence": rules.silence_days}  # fmt: skip
    return limits[name] is not None if name in limits else bool(getattr(rules, name))


def _never_heard(client: Watched) -> bool:
    return client.last_contact_on is None and client.supported_since is None


def _people(count: int) -> str:
    return "1 person" if count == 1 else f"{count} people"
