"""How made-up clients let something be told: asked, written, agreed to, read by two; and how they
say they feel. The clock has been set to the right day before.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from django.utils import timezone

from openhiu.web.casework import actions as casework
from openhiu.web.casework.models import Need, Story
from openhiu.web.casework.quarter import quarter_of
from openhiu.web.casework.story_details import DETAILS

if TYPE_CHECKING:
    from openhiu.web.demo.acting import Walk

_ASKED: Final = "Yes, if nobody can tell that it is me."
_HEARD: Final = "Heard it read out, laughed once, and said that is how it was."
_NOT_TWICE: Final = timedelta(days=180)
_READ: Final = {"story": "Nothing in it that a neighbour would know.", "quote": ""}


def look_for(walk: Walk) -> None:
    """Something was needed and could not be found: it is noted beside the reason."""
    missing = walk.story.text.get("missing")
    if not missing:
        return
    category, service = missing
    need = Need.objects.filter(case=walk.open_case, category=category).first()
    if need is None:
        return
    casework.change_reason(
        by=walk.lead, need=need, words=_words(walk, category), certain=True, met_on=None,
        missing_service=service,
    )  # fmt: skip


def _words(walk: Walk, category: str) -> str:
    return next((words for key, words in walk.story.text["reasons"] if key == category), "")


def feel(walk: Walk, better: int) -> None:
    """The four questions, answered by someone who wanted to; now and then one is skipped."""
    low = {"satisfied": 3, "worthwhile": 4, "happy": 3, "anxious": 7}
    turn = {"satisfied": better, "worthwhile": better, "happy": better, "anxious": -better}
    answers: dict[str, int | None] = {
        key: max(0, min(10, low[key] + turn[key] + walk.dice.randint(-2, 2))) for key in low
    }
    if walk.dice.random() < 0.1:
        answers["anxious"] = None
    casework.record_wellbeing(
        by=walk.lead, case=walk.open_case, asked_on=timezone.localdate(), answers=answers
    )


def tell(walk: Walk, kind: str) -> None:
    """They are asked, say yes, and it is written with them; a week later it is read to them."""
    from openhiu.web.demo.acting import spoken

    case, text = walk.open_case, walk.story.text
    words = text["told_words"] if kind == "story" else text["quote"]
    lately = timezone.now() - _NOT_TWICE
    told = Story.objects.filter(service=case.service_id, written_at__gt=lately)
    if words in told.values_list("words", flat=True):
        return  # lives on file are few, and no two people say the same within half a year
    casework.answer_story(by=walk.lead, person=case.person, **spoken(_ASKED))
    story = casework.write_story(
        by=walk.lead, case=case, kind=kind, quarter=quarter_of(), changed=list(DETAILS),
        title=text["told_title"], words=words,
    )  # fmt: skip
    _later(walk, 4, "agree", {"key": story.pk})


def agree(walk: Walk, key: Any) -> None:
    """Their yes to the words; then two people read it, one after the other."""
    story = Story.objects.get(pk=key)
    casework.note_approval(
        by=walk.lead, story=story, version=story.version, on=timezone.localdate(), how="in_person",
        said=_HEARD,
    )  # fmt: skip
    for number in range(len(walk.readers)):
        _later(walk, 2 + 2 * number, "read", {"key": key, "number": number})


def read(walk: Walk, key: Any, number: int) -> None:
    """One reader found it safe."""
    story = Story.objects.get(pk=key)
    casework.review_story(
        by=walk.readers[number], story=story, edition=story.edition, safe=True,
        words=_READ[story.kind],
    )  # fmt: skip


def _later(walk: Walk, days: int, what: str, details: dict[str, Any]) -> None:
    walk.plan(timezone.localdate() + timedelta(days=days), what, details)
