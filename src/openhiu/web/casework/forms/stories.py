"""Forms of the story vault: writing, the client's yes to the words, reading, taking out."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError

from openhiu.web.casework.forms.consent import AnswerForm
from openhiu.web.casework.models import Consent, Story
from openhiu.web.casework.quarter import earlier, in_words
from openhiu.web.casework.story_details import (
    DETAILS,
    LONGEST_QUOTE,
    PURPOSES,
    REPORTS,
    left,
    visible,
)
from openhiu.web.design.forms import (
    Choice,
    Choices,
    Date,
    LongText,
    NhsForm,
    Select,
    Text,
    Tick,
    Version,
    YesNo,
)

_HOWS = tuple(
    choice for choice in Consent.Route.choices if choice[0] != Consent.Route.BEST_INTERESTS
)
_CHANGED_HINT = (
    "Tick each when it is changed in the words, or not told at all. Change it to something as "
    "likely: another age, another town, another trade."
)
_QUOTE = str(Story.Kind.QUOTE)


def _words(longest: int) -> LongText:
    """The words; how many are left is said once half are used, when it is plain what it is."""
    return LongText(
        "The words", rows=8, count=longest, threshold=50, hint="No names. As they would say it."
    )


class StoryForm(NhsForm):
    """The words, what they are told for, and every detail that could give someone away."""

    kind = Choice(
        "What is it?", choices=Story.Kind.choices, reveals={"story": "title"}, initial="quote",
        hints={"story": "What happened, in a few paragraphs",
               "quote": f"Something they said, at most {LONGEST_QUOTE} characters"},
    )  # fmt: skip
    title = Text("A title that gives nothing away", max_length=100)
    words = _words(3000)
    changed = Choices(
        "What could give them away", choices=list(DETAILS.items()), hint=_CHANGED_HINT,
        missing="Tick each detail that is changed or not told", small=True,
    )  # fmt: skip
    quarter = Select("Told for which quarter?", choices=())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["quarter"].choices = [(one, in_words(one)) for one in earlier(8)]
        if self.is_bound and self["kind"].value() == _QUOTE:
            self.fields["words"] = _words(LONGEST_QUOTE)

    def clean_words(self) -> str:
        """What can be seen of them."""
        return visible(self.cleaned_data["words"])

    def clean_changed(self) -> list[str]:
        """Every detail, or how many nobody has ticked."""
        changed: list[str] = self.cleaned_data["changed"]
        if still := len(left(changed)):
            which = "1 detail is" if still == 1 else f"{still} details are"
            raise ValidationError(f"{which} not ticked. Change each in the words first")
        return changed


class ChangeStoryForm(StoryForm):
    """The words anew; what kind it is stays."""

    version = Version()

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["kind"]
        if kind == _QUOTE:
            del self.fields["title"]
            self.fields["words"] = _words(LONGEST_QUOTE)


class ApprovalForm(NhsForm):
    """The client's own yes to these very words."""

    version = Version()
    agreed = Tick(
        "They read it, or heard it read out, and say yes to these words",
        missing="Tick this when they have said yes to these words",
    )
    said = LongText("What they said", rows=3, hint="As close to their words as you can.")
    how = Choice("How did they say it?", choices=_HOWS)
    on = Date("When?", past=True)


class ReviewForm(NhsForm):
    """What a reader found, reading as a neighbour, a cousin or a journalist would."""

    safe = YesNo(
        "Could nobody tell who this is?",
        choices=(("yes", "Nobody could tell"), ("no", "Something has to change")),
        missing="Say whether anybody could tell who it is",
        reveals={"no": "words"},
        inline=False,
    )
    words = LongText("What has to change?", rows=3, hint="The writer reads this.")
    edition = Version()


class TakeOutForm(NhsForm):
    """Why it is taken out."""

    reason = LongText("Why is it taken out?", rows=3, hint="A few words are enough.")


class StoryAnswerForm(AnswerForm):
    """Whether they let their story be used, for one thing at a time."""

    purpose = Choice(
        "What for?", choices=list(PURPOSES.items()), initial=REPORTS,
        hint="One answer for each. They can say yes to one and no to another.",
    )  # fmt: skip
    field_order = ("purpose",)


class ObjectionForm(NhsForm):
    """Someone does not want to be counted."""

    words = LongText("What they said", required=False, rows=2)
    heard_on = Date("When did they say so?", past=True)


class QuarterForm(NhsForm):
    """Which quarter the facts are about."""

    quarter = Select("Which quarter?", choices=())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["quarter"].choices = [(one, in_words(one)) for one in earlier(8)]
