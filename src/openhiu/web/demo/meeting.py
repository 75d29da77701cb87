"""The made-up team meeting: who sits in it, what was decided last month, who is next on Tuesday."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.models import Agreement
from openhiu.web.casework import actions as casework
from openhiu.web.casework.models import Case
from openhiu.web.casework.queries.cases import cases
from openhiu.web.demo.acting import spoken
from openhiu.web.mdt import actions
from openhiu.web.mdt.models import Action, Group, GroupMember, Meeting, Slot
from openhiu.web.mdt.queries.plans import who_may_agree

AGREED: Final = ["name", "birth_date", "phase", "what_matters", "goals", "card", "meeting",
                 "agreed_plan"]  # fmt: skip
_ASKED: Final = "Yes. Noor already knows me; it saves telling it all again."
_REASON: Final = "Came to both hospitals in one week, and told two stories."
_SAID: Final = (
    "Evenings are the hard part. The ward will ring the lead before anybody starts again from the "
    "beginning."
)
_DECIDED: Final = (
    "One page at the front of the notes at both hospitals; the side room when it is loud."
)
_PLAN: Final = {
    "signs": "Stops answering. Says that they are a nuisance.",
    "helps": "Somebody who stays for ten minutes. The list on the wall.",
    "come_if": "You have hurt yourself, or cannot stop thinking of it. You are always welcome.",
}


def tuesday_after(day: date) -> date:
    """The next Tuesday, not the day itself."""
    return day + timedelta(days=(1 - day.weekday()) % 7 or 7)


def begin(actors: dict[str, Actor]) -> Group:
    """The team with its chair, its members and the rules by which it is pointed at people."""
    asha, noor = actors["asha"], actors["noor"]
    group = actions.begin_group(
        by=asha, name="Larkham and Mistleford team meeting", chair=noor.membership,
        chair_as="Consultant in liaison psychiatry", coordinator=asha.membership,
        rhythm="Every fourth Tuesday at two", minutes_each=10,
    )  # fmt: skip
    seats = {"bryn": "HIU lead", "esther": "Service manager", "grace": "Housing adviser"}
    for key, post in seats.items():
        actions.add_member(by=asha, group=group, membership=actors[key].membership, post=post)
    return group


def share_with_chair(lead: Actor, number: int) -> list[Case]:
    """Some clients agree that the chair's organisation hears of them; what is shared goes there."""
    mine = cases(lead).filter(person__died="").exclude(phase="at_a_distance")
    agreement = Agreement.objects.get(service=lead.service, items__contains=["agreed_plan"])
    shared: list[Case] = []
    for case in mine.order_by("opened_at"):
        if len(shared) < number and _taking_part(case):
            _share(lead, case, agreement)
            shared.append(case)
    return shared


def meet(actors: dict[str, Actor], group: Group, about: list[Case], now: datetime) -> Meeting:
    """Last month's meeting, from its agenda to its agreed minutes; `now` is the day it was held."""
    asha, noor = actors["asha"], actors["noor"]
    for case in about:
        actions.accept(by=asha, listing=actions.propose(
            by=asha, group=group, case=case, reason=_REASON))  # fmt: skip
    meeting = actions.plan_meeting(by=asha, group=group, starts_at=now, place="Room 3, Kestrel")
    actions.build_agenda(by=asha, meeting=meeting)
    meeting = actions.move(by=asha, meeting=meeting, to="agenda_closed")
    for seat in GroupMember.objects.filter(group=group, left_at=None):
        actions.answer_for(by=noor, meeting=meeting, member=seat, answer="present")
    for slot in Slot.objects.select_related("case").filter(meeting=meeting).order_by("position"):
        _talk_about(actors, group, slot)
    _agree_a_plan(asha, group, about[0], meeting)
    meeting = actions.move(by=asha, meeting=meeting, to="held")
    return actions.move(by=noor, meeting=meeting, to="minutes_agreed")


def plan_next(actors: dict[str, Actor], group: Group, more: list[Case]) -> Meeting:
    """Next Tuesday: what was promised stands beside who is new on the list."""
    asha, today = actors["asha"], timezone.localdate()
    for case in more:
        actions.propose(by=asha, group=group, case=case, reason="Picked up again; both sites know.")
    for action in Action.objects.filter(group=group).order_by("due_on")[:1]:
        actions.finish_action(by=_owner(actors, action), action=action, words="Done on Friday.")
    meeting = actions.plan_meeting(
        by=asha, group=group, starts_at=at_two(tuesday_after(today)), place="Room 3, Kestrel",
    )  # fmt: skip
    actions.build_agenda(by=asha, meeting=meeting)
    return meeting


def at_two(day: date) -> datetime:
    """Two in the afternoon of a day."""
    return timezone.make_aware(datetime.combine(day, time(14)))


def _share(lead: Actor, case: Case, agreement: Agreement) -> None:
    told = {"person": case.person, "agreement": agreement, "items": AGREED}
    casework.answer_share(by=lead, **told, **spoken(_ASKED))
    casework.share(by=lead, **told, note="For the team meeting.")


def _taking_part(case: Case) -> bool:
    from openhiu.web.casework.policies import taking_part

    return taking_part(case.person)


def _talk_about(actors: dict[str, Actor], group: Group, slot: Slot) -> None:
    asha, noor = actors["asha"], actors["noor"]
    due = timezone.localdate() + timedelta(days=14)
    note: Callable[..., Any] = actions.write_note
    note(by=asha, slot=slot, words=_SAID, items=["meeting"])
    note(by=noor, slot=slot, words=_DECIDED, kind="decided", items=["meeting"])
    for owner, words in ((noor, "Put the page at the front of the notes"),
                         (asha, "Tell them what was decided, and ask")):  # fmt: skip
        actions.give_action(by=asha, group=group, case=slot.case, words=words, due_on=due,
                            owner=owner.membership, slot=slot, items=["meeting"])  # fmt: skip
    actions.talked(by=asha, slot=slot)


def _agree_a_plan(by: Actor, group: Group, case: Case, meeting: Meeting) -> None:
    plan = actions.begin_plan(by=by, case=case)
    plan = actions.change_plan(by=by, plan=plan, version=plan.version, **_PLAN)
    actions.add_row(by=by, plan=plan, who="Kestrel General A&E", does="The side room; ring Asha.")
    seats = GroupMember.objects.filter(group=group, left_at=None)
    there = who_may_agree(case, seats.select_related("membership__organisation"))
    actions.agree_plan(by=by, plan=plan, there=there, agreed_on=timezone.localdate(),
                       meeting=meeting, client_says="agreed",
                       client_words="That is it. That is what helps.")  # fmt: skip


def _owner(actors: dict[str, Actor], action: Action) -> Actor:
    return next(one for one in actors.values() if one.membership.pk == action.owner_id)
