"""What is given and what is held back: a request's reviews and what is held come in; sections of
what may be given, and how much is still to be decided, go out.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from openhiu.web.assurance.held.gathering import Item, Section, held_for
from openhiu.web.assurance.models import ItemReview, RightsRequest


def before(name: str) -> str:
    """What a field said before, as a name of what is left out."""
    return f"earlier:{name}"


@dataclass(frozen=True)
class Judged:
    """One item with what was decided about it; a decision about words that have changed counts no
    more.
    """

    item: Item
    review: ItemReview | None
    goes_with: bool = False  # with something that is held back, of which it would tell

    @property
    def open(self) -> bool:
        """Whether somebody still has to decide."""
        return self.item.to_review and self.review is None

    @property
    def allowed(self) -> Item | None:
        """The item as it is given; None where it is held back or not decided."""
        if self.open or self.withheld:
            return None
        without = set(self.review.without) if self.review else set()
        return replace(
            self.item,
            facts=tuple(one for one in self.item.facts if one.name not in without),
            earlier=tuple(one for one in self.item.earlier
                          if not without & {one.name, before(one.name)}),
        )  # fmt: skip

    @property
    def withheld(self) -> bool:
        """Whether nothing of it is given, because somebody decided so or with what it tells of."""
        return self.goes_with or (self.review is not None and not self.review.given)

    @property
    def holds_back(self) -> bool:
        """Whether something of it is not given."""
        return self.review is not None and (not self.review.given or bool(self.review.without))


@dataclass(frozen=True)
class JudgedSection:
    """One kind of thing with every item judged."""

    section: Section
    judged: tuple[Judged, ...]

    @property
    def open(self) -> int:
        """How many items are still to be decided."""
        return sum(one.open for one in self.judged)

    @property
    def held_back(self) -> int:
        """How many items are not given, or not as a whole."""
        return sum(one.holds_back for one in self.judged)


@dataclass(frozen=True)
class Decided:
    """All of it."""

    sections: tuple[JudgedSection, ...]

    @property
    def open(self) -> int:
        """How many items are still to be decided."""
        return sum(one.open for one in self.sections)

    @property
    def given(self) -> int:
        """How many items are given."""
        return sum(one.allowed is not None for part in self.sections for one in part.judged)

    @property
    def held_back(self) -> int:
        """How many items are not given, or not as a whole."""
        return sum(one.held_back for one in self.sections)

    @property
    def reasons(self) -> set[str]:
        """Why something is held back, as keys of ItemReview.Why."""
        return {
            str(one.review.why)
            for part in self.sections
            for one in part.judged
            if one.holds_back and one.review
        }


def deciding(request: RightsRequest) -> Decided:
    """Everything held about the one who asks, with what was decided about each item."""
    reviews = {
        (one.model, one.row, one.fingerprint): one
        for one in request.reviews.select_related("by__user")
    }
    found = tuple(
        JudgedSection(
            section,
            tuple(
                Judged(item, reviews.get((item.model, item.row, item.fingerprint)))
                for item in section.items
            ),
        )
        for section in held_for(request)
    )
    # Of what was held back and is there no more the trail is left: that would tell of it, too.
    kept_back = {(one.model.lower(), one.row) for one in reviews.values() if not one.given}
    return Decided(_with_what_they_tell_of(found, kept_back))


def _with_what_they_tell_of(
    sections: tuple[JudgedSection, ...], kept_back: set[tuple[str, str]]
) -> tuple[JudgedSection, ...]:
    """Hold back, with what is held back, what nobody reads and what would tell that it is there:
    the trail of it, and rows that belong to it.
    """
    gone = kept_back | _withheld(sections)
    more = set(gone)
    while more:
        sections = tuple(
            replace(part, judged=tuple(_judged_with(one, gone) for one in part.judged))
            for part in sections
        )
        now = kept_back | _withheld(sections)
        more, gone = now - gone, now
    return sections


def _withheld(sections: tuple[JudgedSection, ...]) -> set[tuple[str, str]]:
    return {_key(one) for part in sections for one in part.judged if one.withheld}


def _judged_with(one: Judged, gone: set[tuple[str, str]]) -> Judged:
    return replace(one, goes_with=not one.item.to_review and bool(one.item.of & gone))


def _key(one: Judged) -> tuple[str, str]:
    return one.item.model.lower(), one.item.row
