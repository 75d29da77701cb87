"""One question to a page: the order of the questions in, where one is and what follows out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Answers = Mapping[str, Any]


def always(answers: Answers) -> bool:  # noqa: ARG001 - every condition is asked the same way
    """The condition of a question that everybody is asked."""
    return True


@dataclass(frozen=True)
class Question:
    """One page: its name in the address, its heading, its form, and when it is asked at all."""

    name: str
    title: str
    form: type[Any]
    note: str = ""
    asked_when: Callable[[Answers], bool] = always


@dataclass(frozen=True)
class Step:
    """Where one stands, for design/step.html: number and total count only questions asked."""

    question: Question
    number: int
    total: int
    back: str = ""

    @property
    def title(self) -> str:
        """The heading of the page."""
        return self.question.title

    @property
    def note(self) -> str:
        """The sentence under the heading."""
        return self.question.note


@dataclass(frozen=True)
class Questions:
    """The questions in order. The room keeps the answers; here is only which comes when."""

    all: Sequence[Question]

    def asked(self, answers: Answers) -> list[Question]:
        """The questions that apply to these answers."""
        return [question for question in self.all if question.asked_when(answers)]

    def step(self, name: str, answers: Answers, back: Callable[[str], str] | None = None) -> Step:
        """Where a question stands.

        Args:
            name: of the question.
            answers: given so far.
            back: turns the name of the question before into its address.

        Raises:
            KeyError: there is no such question, or it does not apply.
        """
        asked = self.asked(answers)
        names = [question.name for question in asked]
        if name not in names:
            raise KeyError(name)
        index = names.index(name)
        before = back(names[index - 1]) if back and index else ""
        return Step(asked[index], index + 1, len(asked), before)

    def following(self, name: str, answers: Answers) -> str:
        """The name of the next question that applies, or "" when all are answered."""
        order = [question.name for question in self.all]
        later = order[order.index(name) + 1 :]
        names = [question.name for question in self.asked(answers)]
        return next((each for each in later if each in names), "")
