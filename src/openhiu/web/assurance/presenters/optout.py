"""Questions of identity in words: what happened, what it stops, and what a person does now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from openhiu.web.people.models import IdentityQuestion

_KIND: Any = IdentityQuestion.Kind


@dataclass(frozen=True)
class Advice:
    """What it means for now, and what to do."""

    means: str
    do: str


ADVICE: Final[dict[str, Advice]] = {
    str(_KIND.MERGE): Advice(
        "Their number was replaced by one that another record here has: there are two records of "
        "one person, and each tells half.",
        "Compare both records and decide whether they are joined. The former number stays "
        "findable.",
    ),
    str(_KIND.NUMBER): Advice(
        "Nobody has this NHS number, or it was taken out of use. It may have been someone else's. "
        "Nobody is in touch, and nothing is matched by it.",
        "Check name, date of birth and address with the hospital or the practice, in that order.",
    ),
    str(_KIND.ANOTHER): Advice(
        "Their NHS number was replaced, says the trace. Nothing was changed yet.",
        "Check with the hospital or the practice whether the new one is theirs, then enter it. "
        "The former one stays findable.",
    ),
    str(_KIND.DIED): Advice(
        "Nobody here had heard of it. Nobody is in touch for now, and nothing was ended.",
        "Ask the practice, not the family. If they died, mark it on their page; if not, let "
        "contact go on.",
    ),
    str(_KIND.DEATH_REMOVED): Advice(
        "A death has been taken back. They stay marked as died, and nobody is in touch for now.",
        "Make sure that they are alive before anybody rings. Ask the practice, not the family.",
    ),
    str(_KIND.DEATH_DIFFERS): Advice(
        "We know of a death that the trace says less about than before. They stay marked as died.",
        "Find out which is right. If they are alive, correct it on their page.",
    ),
    str(_KIND.UNRESTRICTED): Advice(
        "Their details stay hidden: a file never shows them again.",
        "Ask them, or whoever keeps them safe, whether it is over. Then lift it on their page.",
    ),
}  # fmt: skip


def who(question: IdentityQuestion, visible: bool) -> str:
    """A name for those who may see it, a reference for others."""
    if visible:
        return str(question.person.full_name)
    return f"Person {str(question.person_id)[:8]}"
