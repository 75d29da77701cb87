"""A list arrives every month: released on one of three grounds, sent back, withdrawn, unusable."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from bench.service import files
from bench.service.clock import at
from bench.service.world import World
from openhiu.web.access.actions import gateways
from openhiu.web.access.models import Gateway
from openhiu.web.intake import actions
from openhiu.web.intake.actions.receiving import propose
from openhiu.web.intake.models import Listed, ReceivedList
from openhiu.web.intake.reading.listing import read_listing

GROUNDS = ("direct_care", "direct_care", "direct_care", "section_251", "consent_first")


def a_list_arrives(world: World) -> None:
    """On the first working days of a month; the second person decides the same week."""
    as_of = world.clock.today.replace(day=1)
    files_, rows = _made(world, as_of)
    _try_unusable(world, rows, as_of)
    received = _sent(world, files_)
    if received is None:
        return
    world.must_refuse(
        "I11",
        "releasing a list without a ground",
        lambda: actions.release(by=world.actors["supervisor"], received=received, gateway=None),
    )
    world.must_refuse(
        "I9",
        "releasing one's own list",
        lambda: actions.release(
            by=world.actors["analyst"], received=received, gateway=_direct_care(world)
        ),
    )
    world.kept.setdefault("lists", {})[received.pk] = rows
    _same_again(world, files_)
    _decide(world, received)


def a_list_is_withdrawn(world: World) -> bool:
    """A released list is taken back; who was not chosen is emptied at once."""
    with world.rows():
        held = ReceivedList.objects.filter(state="released").order_by("-as_of").first()
    if held is None or len(world.kept.get("lists", {})) < 3:
        return False
    done = world.do(
        "list withdrawn",
        lambda: actions.withdraw(
            by=world.actors["supervisor"], received=held, reason="Made from the wrong months."
        ),
    )
    return done is not None


def _made(world: World, as_of: date) -> tuple[dict[str, bytes], list[Any]]:
    since, until = at(as_of - timedelta(days=91), 0), at(as_of, 0)
    rows = files.list_rows([s for s in world.souls if s.alive], as_of, since, until)
    return files.list_files(rows, as_of, since), rows


def _sent(world: World, files_: dict[str, bytes]) -> Any:
    return world.do("list received", lambda: _propose(world, files_))


def _propose(world: World, files_: dict[str, bytes]) -> Any:
    listing = read_listing(
        files_, sites=frozenset(files.SITES), ours="0.1.0", today=world.clock.today
    )
    return propose(by=world.actors["analyst"], listing=listing)


def _same_again(world: World, files_: dict[str, bytes]) -> None:
    if world.chance(0.3):
        world.must_refuse("I5", "the same list sent twice", lambda: _propose(world, files_))


def _try_unusable(world: World, rows: list[Any], as_of: date) -> None:
    """A child among the adults: nothing of the list may be kept."""
    if not rows or world.chance(0.6):
        return
    wrong = [dict(row) for row in rows]
    world.dice.choice(wrong)["age"] = world.dice.randint(1, 17)
    made = files.list_files(wrong, as_of, at(as_of - timedelta(days=91), 0))
    world.must_refuse("I3", "a list with a child", lambda: _propose(world, made))


def _decide(world: World, received: Any) -> None:
    supervisor = world.actors["supervisor"]
    if world.chance(0.08):
        world.do(
            "list sent back",
            lambda: actions.send_back(
                by=supervisor, received=received, reason="A hospital is missing."
            ),
        )
        return
    ground = world.dice.choice(GROUNDS)
    days = world.dice.choice((20, 200)) if ground == "section_251" else 200
    gateway = _direct_care(world)
    if ground != "direct_care":
        gateway = world.do(f"gateway opened: {ground}", lambda: _opened(world, ground, days))
    world.do(
        f"list released: {ground}",
        lambda: actions.release(by=supervisor, received=received, gateway=gateway),
    )
    if ground == "consent_first":
        _hospital_asks(world, received)


def _direct_care(world: World) -> Gateway:
    with world.rows():
        found: Gateway = Gateway.objects.filter(kind="direct_care").latest("expires_on")
    return found


def _opened(world: World, ground: str, days: int) -> Gateway:
    """Registered by the supervisor, agreed by information governance."""
    today = world.clock.today
    drafted = gateways.draft_gateway(
        by=world.actors["supervisor"], kind=ground, reference="24/CAG/0001",
        organisation=world.actors["analyst"].organisation, data_sets=["list"],
        starts_on=today, expires_on=today + timedelta(days=days), purpose="asking about support",
        evidence="Letter of approval.", article_6="6_1_e", article_9="9_2_h", schedule_1="1_2",
    )  # fmt: skip
    return gateways.agree_gateway(by=world.actors["auditor"], gateway=drafted)


def _hospital_asks(world: World, received: Any) -> None:
    with world.rows():
        asked = list(Listed.objects.filter(received=received)[:10])
    for row in asked:
        answer = world.dice.choice(("yes", "yes", "no", "not_now"))
        world.do(
            f"the hospital asked: {answer}",
            lambda row=row, answer=answer: actions.record_answer(
                by=world.actors["analyst"], row=row, answer=answer, asked_on=world.clock.today
            ),
        )
