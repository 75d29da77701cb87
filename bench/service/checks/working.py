"""Who answers for whom, how full their hands are, and that nobody's words are lost."""

from __future__ import annotations

from bench.service.broken import hold
from bench.service.world import World
from openhiu.web.access.models import Announcement
from openhiu.web.casework.models import Case, LimitPassed, Plan
from openhiu.web.casework.quarter import quarter_of
from openhiu.web.casework.queries.standing import SUPPORTED, with_standing
from openhiu.web.intake.models import Approach


def nobodys_words_are_lost(world: World) -> None:
    """Every plan says what was last saved in it, and nothing else."""
    plans = {plan.case_id: plan for plan in Plan.objects.all()}
    wrong = [
        (case, name)
        for case, words in world.kept.get("plans", {}).items()
        for name, said in words.items()
        if getattr(plans[case], name) != said
    ]
    hold("REL05", wrong, "words that were saved are not in the plan")


def limits_are_passed_with_a_reason(world: World) -> None:
    """More people chosen in a quarter than there is room for: somebody said why.

    Whoever died or stopped leaves room for another; whoever comes back after that (a death that was
    an error, a yes after a no) was not chosen a second time, and asks nobody for a reason.
    """
    quarter = quarter_of(world.clock.today)
    for lead in world.leads:
        mine = Approach.objects.filter(lead=lead.membership, quarter=quarter)
        said_yes = mine.filter(outcome="yes").values("person")
        kept = with_standing(
            Case.objects.filter(lead=lead.membership, quarter=quarter, person__in=said_yes)
        ).filter(stands=SUPPORTED)
        chosen = mine.filter(outcome="").count()
        chosen += kept.exclude(person__in=world.kept.get("back", ())).count()
        said = LimitPassed.objects.filter(lead=lead.membership, limit="new").exclude(reason="")
        over = chosen > world.service.new_each_quarter and not said.exists()
        hold(
            "limits",
            over and chosen,
            "more were chosen than there is room for, and nobody said why",
        )


def words_are_ours(world: World) -> None:
    """Quiet words name nobody, and use no word that hurts."""
    people = {soul.given for soul in world.souls if soul.person}
    for words in Announcement.objects.values_list("words", flat=True).distinct():
        hold("I14", [name for name in people if name in words], "an announcement names somebody")
        hold("I14", banned(words), "a banned word in an announcement")


BANNED = ("discharge", "frequent flyer", "abuser", "non-compliant", "refused", "relapse", " dna ")


def banned(words: str) -> list[str]:
    """Which of the words nobody is to read stand in a text."""
    return [word for word in BANNED if word in f" {words.lower()} "]
