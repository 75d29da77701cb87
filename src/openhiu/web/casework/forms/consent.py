"""Forms for what someone agrees to, for taking it back, and for what is then shared."""

from __future__ import annotations

from typing import Any

from openhiu.web.casework.models import Consent
from openhiu.web.casework.sharing import ITEMS
from openhiu.web.design.forms import Choice, Choices, Date, LongText, NhsForm, YesNo


class AnswerForm(NhsForm):
    """One answer to one question, with how it was given and what was told before."""

    given = YesNo("What did they say?", choices=(("yes", "Yes, they agree"), ("no", "No")))
    route = Choice("How did they answer?", choices=Consent.Route.choices)
    capacity = Choice(
        "Can they decide this for themselves?",
        choices=Consent.Capacity.choices,
        initial=Consent.Capacity.PRESUMED,
        hint="Assume that they can, unless there is a reason to doubt it.",
    )
    evidence = LongText(
        "What they said, or where the paper is", hint="As close to their words as you can.", rows=3
    )
    told = LongText("What you told them before they answered", rows=4)
    answered_on = Date("Day they answered", past=True)
    review_on = Date(
        "Ask again on",
        future=True,
        required=False,
        hint="Leave empty for the usual time. Ask sooner when something changes.",
    )


class ShareAnswerForm(AnswerForm):
    """Whether one organisation may receive some things; choices come from the agreement."""

    given = YesNo(
        "May we share with them?",
        choices=(("yes", "Yes, some things"), ("no", "No")),
        reveals={"yes": "items"},
    )
    items = Choices("What may they see?", choices=())

    def __init__(self, *args: Any, allowed: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["items"].choices = item_choices(allowed)


class ShareForm(NhsForm):
    """What one organisation sees from now on, and a word to them."""

    items = Choices("What they will see", choices=())
    note = LongText(
        "A word to them",
        required=False,
        count=500,
        hint="What you would like them to know or do. They see this too.",
    )

    def __init__(self, *args: Any, allowed: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["items"].choices = item_choices(allowed)


class WithdrawForm(NhsForm):
    """Taking an answer back; nothing has to be said."""

    note = LongText("Anything they said about it", required=False, rows=2)


def item_choices(names: list[str]) -> list[tuple[str, str]]:
    """The named items with their words, in the order they are declared."""
    return [(name, item.label) for name, item in ITEMS.items() if name in names]
