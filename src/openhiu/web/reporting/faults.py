"""What is wrong with something sent or asked for: sentences for the person who sent it."""

from __future__ import annotations


class NotUsable(Exception):
    """It cannot be taken in or made. Nothing was stored. `sentences` say why and what to do."""

    def __init__(self, *sentences: str) -> None:
        self.sentences = sentences
        super().__init__(" ".join(sentences))


class Altered(Exception):
    """A kept file is not what it was when it was kept: it must not be shown to anybody."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(f"{name} is not what was kept")
