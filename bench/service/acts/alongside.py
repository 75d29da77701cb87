"""Walking alongside: contacts, plans, goals, tasks, phases, as leads and cover do them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from bench.service.world import World
from openhiu.web.access.actor import Actor
from openhiu.web.casework import actions
from openhiu.web.casework.models import Case, Contact, Goal, Need, Task
from openhiu.web.casework.queries import cases
from openhiu.web.people import actions as people
from openhiu.web.people.models import Person

TEXTS = ("what_matters", "strengths", "warning_signs", "what_helps", "people_to_call", "come_if")
REASON = "Steadier; they want to try more alone."


def one_of(world: World, worker: Actor) -> Case | None:
    """A client of theirs, if they have one."""
    with world.rows():
        mine = list(cases.cases(worker).select_related("plan"))
    return world.dice.choice(sorted(mine, key=lambda one: str(one.pk))) if mine else None


def something_with(world: World, worker: Actor) -> None:
    """One of the ordinary things, with one of their clients; those due come first."""
    case = _due(world, worker) or one_of(world, worker)
    if case is None:
        return
    act: Any = world.dice.choices(ORDINARY, weights=[w for _, w in WEIGHED])[0]
    act(world, worker, case)


def contact(world: World, worker: Actor, case: Case) -> None:
    """A call, a visit or a letter, made or tried."""
    how = world.dice.choice(("phone", "phone", "phone", "visit", "text", "letter", "met"))
    reached = (
        "sent"
        if how in ("text", "letter")
        else world.dice.choice(("yes", "yes", "yes", "no_answer", "voicemail"))
    )
    who = world.dice.choice(("client", "client", "client", "client", "network", "professional"))
    began = "them" if world.chance(0.1) else "us"
    back = timedelta(hours=world.dice.choice((0, 0, 0, 20, 70)))
    world.do(
        f"contact: {who}",
        lambda: actions.record_contact(
            by=worker,
            case=case,
            who=who,
            how=how,
            reached=reached,
            began_by=began,
            at=world.clock.now - back,
            what_mattered="About the week.",
            against_plan_reason="They asked for it." if world.chance(0.7) else "",
            task="Ring the housing office" if world.chance(0.15) else "",
        ),
    )


def plan(world: World, worker: Actor, case: Case) -> None:
    """Some words of the plan, theirs; nobody else's are lost."""
    name = world.dice.choice(TEXTS)
    words = f"{name} as told on {world.clock.now:%d %b %H:%M:%S}"
    done = world.do(
        "plan written",
        lambda: actions.change_plan(
            by=worker, case=case, version=case.plan.version, **{name: words}
        ),
    )
    if done:
        world.kept["plans"].setdefault(case.pk, {})[name] = words


def goal(world: World, worker: Actor, case: Case) -> None:
    """A goal, a step, or a goal reached."""
    with world.rows():
        going = Goal.objects.filter(case=case, state="going").first()
    if going is None or world.chance(0.4):
        world.do(
            "goal",
            lambda: actions.add_goal(
                by=worker, case=case, words="A dry room", first_step="Ring the landlord"
            ),
        )
    else:
        world.do(
            "goal reached",
            lambda: actions.change_goal(
                by=worker, goal=going, version=going.version, words=going.words, state="done"
            ),
        )


def reasons(world: World, worker: Actor, case: Case) -> None:
    """Real reasons behind the visits; sometimes the service for one cannot be found."""
    certain = world.dice.choice((["housing"], ["money"], ["loneliness"]))
    world.do("reasons noted", lambda: actions.note_reasons(by=worker, case=case, certain=certain))
    with world.rows():
        need = Need.objects.filter(case=case, taken_away_on=None).first()
    if need and world.chance(0.3):
        world.do(
            "a service could not be found",
            lambda: actions.change_reason(
                by=worker,
                need=need,
                words=need.words,
                certain=True,
                met_on=None,
                missing_service="Debt advice in the evening",
            ),
        )


def task(world: World, worker: Actor, case: Case) -> None:
    """A task added, done or let go."""
    with world.rows():
        mine = Task.objects.filter(owner=worker.membership, done_at=None).first()
    if mine is None or world.chance(0.4):
        world.do(
            "task",
            lambda: actions.add_task(
                by=worker,
                words="Find the number",
                case=case,
                due_on=world.clock.today + timedelta(days=5),
            ),
        )
    elif world.chance(0.8):
        world.do("task done", lambda: actions.finish_task(by=worker, task=mine))
    else:
        world.do("task let go", lambda: actions.let_go(by=worker, task=mine, reason="Not needed."))


def phase(world: World, worker: Actor, case: Case) -> None:
    """A step back, further, or a return: what the lifecycle allows from where they are."""
    if case.phase in ("working_together", "picked_up_again"):
        world.do("stepped back", lambda: actions.step_back(by=worker, case=case, reason=REASON))
    elif case.phase == "walking_backwards" and world.chance(0.7):
        world.do(
            "open at a distance",
            lambda: actions.move(by=worker, case=case, to="at_a_distance", reason=REASON),
        )
    else:
        world.do(
            "picked up again",
            lambda: actions.return_to_support(by=worker, case=case, reason="They rang."),
        )


def amend(world: World, worker: Actor, case: Case) -> None:
    """A contact put right by its writer, or marked as entered in error."""
    with world.rows():
        mine = Contact.objects.filter(case=case, by=worker.membership, error_at=None).first()
    if mine is None:
        return
    if world.chance(0.7):
        told = {name: getattr(mine, name) for name in ("who", "how", "reached", "began_by", "at")}
        world.do(
            "contact corrected",
            lambda: actions.correct_contact(
                by=worker,
                contact=mine,
                version=mine.version,
                what_mattered="Said better.",
                against_plan_reason="They asked for it.",
                **told,
            ),
        )
    else:
        world.do(
            "contact entered in error",
            lambda: actions.mark_in_error(by=worker, contact=mine, reason="Someone else's call."),
        )


def life(world: World, worker: Actor, case: Case) -> None:
    """Something changed in their life, or how they feel about it."""
    if world.chance(0.5):
        world.do(
            "outcome",
            lambda: actions.record_outcome(
                by=worker, case=case, category="group", happened_on=world.clock.today
            ),
        )
    else:
        world.do(
            "wellbeing",
            lambda: actions.record_wellbeing(
                by=worker,
                case=case,
                asked_on=world.clock.today,
                answers={"satisfied": world.dice.randint(0, 10)},
            ),
        )


def around(world: World, worker: Actor, case: Case) -> None:
    """Somebody around them; or their address confirmed with them."""
    if world.chance(0.5):
        world.do(
            "somebody around them",
            lambda: actions.add_network_member(
                by=worker,
                case=case,
                kind="person",
                name="A sister",
                relation="sister",
                may_contact="yes",
            ),
        )
        return
    with world.rows():
        person = Person.objects.get(pk=case.person_id)
    world.do("address confirmed", lambda: people.confirm_address(by=worker, person=person))


def _due(world: World, worker: Actor) -> Case | None:
    if world.chance(0.4):
        return None
    with world.rows():
        due = cases.cases(worker).filter(next_contact_on__lte=world.clock.today)
        return due.select_related("plan").order_by("next_contact_on", "pk").first()


WEIGHED = (
    (contact, 12),
    (plan, 3),
    (goal, 2),
    (reasons, 1),
    (task, 3),
    (phase, 1.5),
    (amend, 1),
    (life, 1),
    (around, 1),
)
ORDINARY = [act for act, _ in WEIGHED]
