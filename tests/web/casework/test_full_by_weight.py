"""Every count follows what the clients weigh: meters, choosing, the quarter, the supervisor."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.models import Role, Service
from openhiu.web.casework import caseload
from openhiu.web.casework.actions.weight import set_weight
from openhiu.web.casework.models import Case, LimitPassed
from openhiu.web.intake.actions import add_for_vulnerability
from openhiu.web.intake.models import Approach
from openhiu.web.intake.queries import pace
from openhiu.web.team.actions.hours import set_pattern
from support.web import make_member, make_service, make_team, sign_in
from support.web_casework import make_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead() -> Actor:
    """Of a service in which a whole post has room for three clients seen every week."""
    service = make_service()
    Service.objects.filter(pk=service.pk).update(together_low=2, together_high=3)
    service.refresh_from_db()
    return make_member(service, Role.LEAD, name="Ada Lead", team=make_team(service))


@pytest.fixture
def boss(lead: Actor) -> Actor:
    return make_member(lead.service, Role.SUPERVISOR, name="Sue Boss", team=lead.team)


def clients(lead: Actor, many: int, phase: str = "working_together") -> list[Case]:
    """Clients for five weeks, seen every week: each weighs 1."""
    found = [make_case(lead) for _ in range(many)]
    opened = timezone.now() - timedelta(weeks=5)
    Case.objects.filter(pk__in=[one.pk for one in found]).update(
        opened_at=opened, rhythm_days=7, phase=phase, quarter="2025-Q1"
    )
    return found


def words(client: Client, who: Actor, name: str) -> str:
    page = sign_in(client, who).get(reverse(name)).content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def test_the_load_is_rounded_everywhere(client: Client, lead: Actor) -> None:
    for one in clients(lead, 4, "walking_backwards"):
        set_weight(by=lead, case=one, said="heavy", reason="Moving house")
    Case.objects.filter(lead=lead.membership).update(rhythm_days=14)
    clients(lead, 1, "at_a_distance")
    # 4 x 0.5 x 1.5 + 0.1 = 3.1 of 3; 3.1 - 3 as floats is 0.10000000000000009.
    page = words(client, lead, "casework:caseload")
    assert "3.1 of 3, 0.1 over" in page
    assert "0.1 more than your post has room for" in page
    assert "0000" not in page


def test_room_for_more_is_never_more_than_the_load_has(lead: Actor) -> None:
    clients(lead, 2, "walking_backwards")  # they weigh 2 of 3, and none counts as often seen
    found = caseload.standing(lead)
    assert found.together.value == 0
    assert found.together.words == "Room for 1 more, by the load"
    assert found.new.words == "Room for 1 more, by the load"
    assert found.open.words.startswith("Room for 48 more")


def test_a_full_load_leaves_no_room_in_any_count(lead: Actor) -> None:
    clients(lead, 3, "walking_backwards")
    found = caseload.standing(lead)
    assert {one.words for one in found.meters} == {"The load is full: one more needs a reason"}


def test_choosing_with_a_full_load_needs_a_reason_and_tells_the_supervisor(lead: Actor) -> None:
    clients(lead, 3, "walking_backwards")
    said = {"reason": "Sleeps outside", "typed": {"given_name": "Robin", "family_name": "Finch"}}
    with pytest.raises(caseload.LimitReached, match=r"load \(3 of 3\)"):
        add_for_vulnerability(by=lead, **said)
    assert not Approach.objects.exists()
    add_for_vulnerability(by=lead, **said, over_limit_reason="It is freezing")
    passed = LimitPassed.objects.get()
    assert (passed.limit, passed.words) == ("load", "Load, 4 of 3")


def test_the_quarter_plan_calls_nobody_while_the_load_is_full(
    client: Client, lead: Actor, boss: Actor
) -> None:
    assert pace.plan_of(caseload.standing(lead)).week.portion > 0
    clients(lead, 3, "walking_backwards")
    plan = pace.plan_of(caseload.standing(lead))
    assert (plan.heavy, plan.week.portion) == (True, 0)
    own = words(client, lead, "intake:own_quarter")
    assert "nobody new is to come just now" in own
    assert "still to come." not in own
    team = words(client, boss, "intake:quarter_plan")
    assert "Nobody new just now" in team
    assert "still to come." not in team


def test_what_nobody_passed_is_put_before_the_supervisor_in_general_words(
    client: Client, lead: Actor, boss: Actor
) -> None:
    clients(lead, 3)
    assert "without anybody having passed" not in words(client, boss, "casework:team")
    set_pattern(
        by=lead, member=lead.membership, from_day=timezone.localdate(), wte=Decimal("0.6"),
        week=[None, *[["09:00", "17:00"]] * 3, None, None, None],
    )  # fmt: skip
    page = words(client, boss, "casework:team")  # 3 of 2 now
    assert "Over now, without anybody having passed a limit" in page
    assert "Ada Lead has more than their post has room for" in page
    for limit in ("together", "load"):
        caseload.pass_limit(by=lead, lead=lead.membership, limit=limit, value=3, allowed=2,
                            reason="Agreed with Sue")  # fmt: skip
    assert "without anybody having passed" not in words(client, boss, "casework:team")


def test_those_over_come_by_name(client: Client, lead: Actor, boss: Actor) -> None:
    more = [make_member(lead.service, Role.LEAD, name=name, team=lead.team)
            for name in ("Zoe Lead", "Mia Lead")]  # fmt: skip
    for one, many in zip((lead, *more), (4, 6, 5), strict=True):
        clients(one, many)
    page = words(client, boss, "casework:team")
    found = re.findall(r"(\w+) Lead has more than", page)
    assert found == ["Ada", "Mia", "Zoe"]
