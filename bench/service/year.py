"""A year of one seed, day after day; what must hold is looked at after every week."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from io import StringIO
from random import Random
from typing import Any, Final

from django.core.management import call_command

from bench.service import clock, founding, keys, rows
from bench.service.acts import (
    agreeing,
    alongside,
    away,
    colliding,
    feeds,
    forbidden,
    keeping_safe,
    lists,
    meetings,
    outside,
    reaching,
    team,
    warnings,
    who,
    writing,
)
from bench.service.broken import Broken
from bench.service.checks import contacting, covering, keeping, seeing, telling, warning, working
from bench.service.world import World
from openhiu.web.config.timetable import COMMANDS

BEGIN: Final = date(2026, 1, 5)  # a Monday
DAYS: Final = 364
# Not run by this clock: one looks every minute for an hour, the others at what is not here.
_WEEKLY: Final = frozenset({
    "look_after_the_team", "purge_unchosen", "remind_team", "appraise_records", "remind_assurance",
})  # fmt: skip
_ELSEWHERE: Final = frozenset({
    "watch_visits", "look_for_news", "clearsessions", "send_letters", "verify_audit",
})  # fmt: skip
Act = Callable[[World], Any]
# What is rare happens all the same: each so often a year, on days the dice choose.
RARE: Final[dict[str, tuple[int, Act]]] = {
    "heard died": (2, lambda world: who.dies(world, registered=False)),
    "registered died": (2, lambda world: who.dies(world, registered=True)),
    "not dead": (2, who.lives_after_all),
    "restricted": (3, who.restricted),
    "twice entered": (4, who.twice_entered),
    "parted": (2, who.part_some),
    "notice": (2, who.notice),
    "withdrew": (4, lambda world: _takes_back(world, "take_part")),
    "withdrew sharing": (4, lambda world: _takes_back(world, "share")),
    "handed over": (4, team.hand_over),
    "taken back": (4, team.take_back),
    "begins": (1, team.somebody_begins),
    "leaves": (1, team.somebody_leaves),
    "partner changes": (2, team.a_partner_changes),
    "list withdrawn": (1, lists.a_list_is_withdrawn),
    "agreement ends": (1, agreeing.agreement_ends),
    "agreement begins": (2, agreeing.agreement_begins),
    "told to keep safe": (3, keeping_safe.share_to_keep_safe),
    "worry": (4, keeping_safe.worry),
    "leave": (8, away.ask),
    "ill": (3, away.falls_ill),
    "other leave": (4, away.changes_mind),
    "visit": (8, outside.visit),
    "proposed": (8, meetings.propose),
    "meeting": (5, meetings.meet),
    "off the list": (2, meetings.off_the_list),
    "letter": (10, writing.write),
}
CHECKS: Final[tuple[Act, ...]] = (
    seeing.partners_see_what_they_may,
    contacting.nobody_is_in_touch_who_must_not,
    contacting.only_adults,
    contacting.people_are_who_they_are,
    keeping.activity_is_what_the_feeds_told,
    working.nobodys_words_are_lost,
    working.limits_are_passed_with_a_reason,
    warning.none_is_dropped,
    warning.supervisors_hear,
    covering.somebody_answers,
    telling.a_meeting_tells_no_more,
    telling.letters_leave_only_in_order,
)
MONTHLY: Final[tuple[Act, ...]] = (
    keeping.lists_are_as_sent,
    keeping.the_purged_are_gone,
    working.words_are_ours,
    telling.letters_use_no_word_that_hurts,
)


@dataclass
class Year:
    """What a year's end leaves: how often each kind of thing happened."""

    seed: int
    days: int = 0
    checks: int = 0
    tally: Counter[str] = field(default_factory=Counter)
    digest: str = ""  # of everything that happened, in its order: the same for the same seed


def simulate(
    seed: int,
    days: int = DAYS,
    watch: Callable[[World], None] | None = None,
    *,
    eventful: bool = False,
    pace: float = 1.0,
) -> Year:
    """Live through `days` of one seed.

    Args:
        seed: the same seed is the same year.
        days: how long; a year unless told.
        watch: called with the world on its first morning, before anything happens.
        eventful: what is rare in a year happens within these days, and from the second week on.
        pace: the share of days on which leads do what is ordinary; below 1 the clock's commands run
            on three days of five. Feeds, what is rare and the checks stay as they are.

    Raises:
        Broken: a promise did not hold; the sentence says when and what came before.
    """
    year = Year(seed)
    with keys.drawn(seed), rows.shuffled(seed), clock.running(BEGIN) as hand:
        world = founding.found(seed, hand)
        if watch:
            watch(world)
        keeping.the_neighbour_is_untouched(world)
        try:
            world.kept |= {"eventful": eventful, "pace": pace}
            _live(world, year, days)
        except Exception as why:
            raise _told(world, why) from why
    year.tally, year.digest = world.tally, world.told.hexdigest()
    return year


def _live(world: World, year: Year, days: int) -> None:
    rare = _shuffled(world.dice, DAYS if world.kept["eventful"] else days)
    if world.kept["eventful"] or world.kept["pace"] < 1:
        # Otherwise a year of few working days may go by before anybody says yes.
        reaching.begin_with_clients(world, 8 if world.kept["eventful"] else 5)
    for nth in range(days):
        day = BEGIN + timedelta(days=nth)
        for soul in world.souls:
            soul.live(day, world.dice)
        if day.weekday() < 5:
            world.clock.morning(day, world.dice)
            if world.kept["pace"] == 1 or day.weekday() in (0, 2, 4):
                _night_before(world)
            _work(world, day, rare)
        if day.weekday() == 4 or nth == days - 1:
            _look(world, monthly=nth % 28 == 4 or nth == days - 1)
            year.checks += 1
        year.days = nth + 1


def _work(world: World, day: date, rare: list[str]) -> None:
    if day.day <= 7 and world.kept.get("list of") != day.month:
        world.kept["list of"] = day.month
        lists.a_list_arrives(world)
    if world.chance(0.5):
        feeds.a_feed_arrives(world)
    if world.chance(0.3):
        _put_right(world)
    for lead in world.leads if world.chance(world.kept["pace"]) else ():
        _a_leads_day(world, lead)
    if world.chance(0.3):
        alongside.something_with(world, world.actors["cover"])
    warnings.answer_some(world, world.actors["supervisor" if world.chance(0.3) else "cover"])
    _seldom(world, day, rare)


def _a_leads_day(world: World, lead: Any) -> None:
    dice = world.dice
    for _ in range(dice.randint(1, 3)):
        alongside.something_with(world, lead)
    if dice.random() < 0.5:
        warnings.answer_some(world, lead)
    if dice.random() < 0.25:
        reaching.choose_someone(world, lead)
    if dice.random() < 0.6:
        reaching.reach_out(world, lead)
    case = alongside.one_of(world, lead) if dice.random() < 0.3 else None
    if case is not None:
        act = dice.choice((agreeing.answer_and_share, agreeing.answer_and_share,
                           agreeing.share_again, agreeing.stop_sharing,
                           agreeing.ask_about_going_on, outside.bring_together))  # fmt: skip
        act(world, lead, case)


def _seldom(world: World, day: date, rare: list[str]) -> None:
    """What is rare, and the tries at what must not be."""
    dice = world.dice
    if dice.random() < 0.25:
        colliding.something(world)
    if dice.random() < 0.25:
        forbidden.something(world)
    if dice.random() < 0.1:
        reaching.add_someone(world, world.lead())
    if dice.random() < 0.1:
        reaching.ask_again(world, world.lead())
    if dice.random() < 0.1:
        agreeing.come_back(world, world.lead())
    if day.weekday() in (1, 3):
        keeping_safe.review(world)
        team.hand_on_what_is_left(world)
        away.find_cover(world)
        meetings.do_something(world)
        writing.tend(world)
    eventful = world.kept["eventful"]
    begun = day >= BEGIN + timedelta(days=14 if eventful else 30)
    for _ in range(3 if eventful else dice.random() < len(rare) / 120):
        name = rare.pop() if rare and begun else ""
        if name and not RARE[name][1](world):
            rare.insert(0, name)  # nobody it could happen to today
    if eventful and begun:
        _share_something(world)


def _share_something(world: World) -> None:
    """Somebody is asked about sharing, or about going on, every day."""
    lead = world.lead()
    case = alongside.one_of(world, lead)
    if case is not None:
        agreeing.answer_and_share(world, lead, case)
        if world.chance(0.2):
            agreeing.ask_about_going_on(world, lead, case)


def _night_before(world: World) -> None:
    """What runs by the clock, for every service; some mornings the neighbour is looked at anew."""
    anew = world.chance(0.4)
    if anew and "neighbour" in world.kept:
        keeping.the_neighbour_is_untouched(world)
    for command in COMMANDS:
        monday = world.clock.today.weekday() == 0
        if command not in _ELSEWHERE and (monday or command not in _WEEKLY):
            call_command(command, stdout=StringIO())
    world.kept.pop("neighbour", None)
    if anew:
        keeping.the_neighbour_is_untouched(world)


def _look(world: World, *, monthly: bool) -> None:
    with world.rows():
        for check in CHECKS + (MONTHLY if monthly else ()):
            check(world)
    if "neighbour" in world.kept:
        keeping.the_neighbour_is_untouched(world)
    if monthly:
        keeping.the_audit_holds(world)


def _put_right(world: World) -> None:
    """The hospitals correct what they sent before."""
    known = [soul for soul in world.souls if soul.person and soul.events]
    soul = world.dice.choice(known if known and world.chance(0.6) else world.souls)
    if what := soul.correct(world.dice):
        world.count(f"the hospital corrected: {what}")


def _takes_back(world: World, kind: str) -> bool:
    lead = world.lead()
    case = alongside.one_of(world, lead)
    return case is not None and agreeing.take_back(world, lead, case, kind)


def _shuffled(dice: Random, days: int) -> list[str]:
    """The year's rare things in the order they come; a short year has fewer."""
    deck = [name for name, (times, _) in RARE.items() for _ in range(times)]
    dice.shuffle(deck)
    return deck[: max(1, len(deck) * days // DAYS)] if days < DAYS else deck


def _told(world: World, why: Exception) -> Exception:
    """The same fault with its seed, its day and what came before."""
    lines = "\n  ".join(world.trace)
    words = f"{why}\nseed {world.seed}, {world.clock.now:%A %d %B %Y, %H:%M}, after\n  {lines}"
    if isinstance(why, Broken):
        return Broken(why.invariant, words.removeprefix(f"{why.invariant}: "))
    return RuntimeError(f"{type(why).__name__}: {words}")
