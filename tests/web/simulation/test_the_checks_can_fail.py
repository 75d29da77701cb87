"""Each promise is broken on purpose, and the simulated year has to notice: a check that cannot fail
proves nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from bench.service.broken import Broken
from bench.service.checks import keeping
from bench.service.world import World
from bench.service.year import simulate

from openhiu.web.access.models import AuditEntry
from openhiu.web.casework import policies, sharing
from openhiu.web.casework.actions import contacts, late_visits, plan, stopping
from openhiu.web.casework.actions import sharing as share_actions
from openhiu.web.casework.management.commands import watch_visits
from openhiu.web.intake.actions import choosing, purging, receiving
from openhiu.web.intake.reading import manifest
from openhiu.web.monitoring.actions import feed
from openhiu.web.people.actions import joining
from openhiu.web.team import policies as team_policies

Patch = pytest.MonkeyPatch
Fresh = Callable[[], AbstractContextManager[str]]


def review_dates_pass_unnoticed(patch: Patch) -> None:
    patch.setattr(policies, "in_date", lambda answer, on=None: policies.holds(answer))


def the_dead_are_shown_whole(patch: Patch) -> None:
    patch.setattr(sharing, "kept", lambda _person, items: items)


def hidden_places_are_shown(patch: Patch) -> None:
    patch.setattr(sharing, "PLACES", frozenset())


def a_no_stops_nothing(patch: Patch) -> None:
    patch.setattr(stopping, "stop_shares", lambda *_a, **_k: 0)
    patch.setattr(sharing, "not_taking_part", lambda *_a: set())


def the_dead_are_rung(patch: Patch) -> None:
    patch.setattr(contacts.reaching, "why_not_record", lambda *_a, **_k: "")
    patch.setattr(contacts.reaching, "against_plan", lambda *_a, **_k: "")


def children_are_listed(patch: Patch) -> None:
    patch.setattr(manifest, "_youngest", lambda _said: 0)


def a_list_is_kept_otherwise(patch: Patch) -> None:
    real = receiving._ranked

    def other(*told: Any) -> Any:
        row = real(*told)
        row.attendances += 1
        return row

    patch.setattr(receiving, "_ranked", other)


def corrections_are_lost(patch: Patch) -> None:
    real = feed._correct
    patch.setattr(feed, "_correct", lambda row, told: not row.person_id and real(row, told))


def parting_forgets_rows(patch: Patch) -> None:
    patch.setattr(joining, "_put_back", lambda *_a: None)
    patch.setattr(joining, "_part", lambda kept, absorbed, _moved: parted(absorbed))


def parted(absorbed: Any) -> None:
    absorbed.merged_into = None
    absorbed.save()


def warnings_are_not_raised(patch: Patch) -> None:
    patch.setattr(feed, "raise_for", lambda *_a, **_k: None)


def a_word_that_hurts(patch: Patch) -> None:
    patch.setattr(share_actions, "NEW_SHARE", "A relapse was shared with your organisation.")


def limits_are_silent(patch: Patch) -> None:
    patch.setattr(choosing, "_make_room", lambda *_a: None)


def the_later_save_wins(patch: Patch) -> None:
    real = plan._apply
    patch.setattr(plan, "_apply", lambda row, _version, *more: real(row, row.version, *more))


def leave_needs_nobody(patch: Patch) -> None:
    patch.setattr(team_policies, "why_not_ask", lambda *_a: "")


def nobody_looks_out(patch: Patch) -> None:
    patch.setattr(watch_visits, "tell_of_late_visits", lambda *_a: 0)
    patch.setattr(late_visits, "tell_of_late_visits", lambda *_a: 0)


BROKEN_ON_PURPOSE: list[tuple[Callable[[Patch], None], set[str]]] = [
    (review_dates_pass_unnoticed, {"I1", "I11"}),
    (the_dead_are_shown_whole, {"I1", "I12"}),
    (hidden_places_are_shown, {"I1", "I12"}),
    (a_no_stops_nothing, {"I1", "I11"}),
    (the_dead_are_rung, {"I2"}),
    (children_are_listed, {"I3"}),
    (a_list_is_kept_otherwise, {"I4"}),
    (corrections_are_lost, {"I5"}),
    (parting_forgets_rows, {"I6"}),
    (warnings_are_not_raised, {"I13"}),
    (a_word_that_hurts, {"I14"}),
    (limits_are_silent, {"limits"}),
    (the_later_save_wins, {"REL05"}),
    (leave_needs_nobody, {"responsible"}),
    (nobody_looks_out, {"visits"}),
]

# What each harm needs may not come up in one short year: then others are lived through.
SEEDS = (2, 1, 3, 4)


@pytest.mark.parametrize(
    ("harm", "noticed"), BROKEN_ON_PURPOSE, ids=[harm.__name__ for harm, _ in BROKEN_ON_PURPOSE]
)
def test_harm_is_noticed(
    fresh_database: Fresh, monkeypatch: Patch, harm: Callable[[Patch], None], noticed: set[str]
) -> None:
    harm(monkeypatch)
    pace = 1.0 if harm is limits_are_silent else 0.3
    found = (_first_broken(fresh_database, seed, pace) for seed in SEEDS)
    assert next(filter(None, found), "nothing") in noticed


def _first_broken(fresh_database: Fresh, seed: int, pace: float) -> str:
    """Which promise did not hold in four months of a seed; nothing if all did."""
    try:
        with fresh_database():
            simulate(seed, days=120, eventful=True, pace=pace)
    except Broken as broken:
        return broken.invariant
    return ""


def test_names_that_should_have_been_emptied_are_found(
    own_database: str, monkeypatch: Patch
) -> None:
    def soon(world: World) -> None:
        world.service.purge_after_days = 10
        world.service.save()

    monkeypatch.setattr(purging, "_empty", lambda _rows: 0)
    with pytest.raises(Broken, match="I16"):
        simulate(seed=1, days=70, watch=soon, pace=0.1)


def test_a_changed_entry_of_the_audit_and_a_changed_neighbour_are_found(own_database: str) -> None:
    def look(world: World) -> None:
        with world.rows(world.neighbour):
            before = AuditEntry.objects.filter(service=world.neighbour).count()
        assert before
        keeping.the_audit_holds(world)
        world.kept["heads"][str(world.neighbour.pk)] = {"seq": before + 7, "hash": "0" * 64}
        with pytest.raises(Broken, match="I9"):
            keeping.the_audit_holds(world)
        keeping.the_neighbour_is_untouched(world)
        with world.rows(world.neighbour):
            AuditEntry.objects.create(service=world.neighbour, did="looked")
        with pytest.raises(Broken, match="I10"):
            keeping.the_neighbour_is_untouched(world)
        world.kept.clear()

    simulate(seed=1, days=0, watch=look)
