"""Any criteria that a criteria file can hold, made up by hypothesis."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from openhiu.identify.criteria import NO_AGE_LIMIT, Criteria, Kind, OnePer, Rule
from openhiu.tables import codes

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
_WORDS = ["01", "02", "03", "04", "05", "99"]
_STATUSES = [*codes.STREAMED_AWAY, *codes.DEAD_ON_ARRIVAL, *codes.LEFT_BEFORE_BEING_SEEN, "12345"]


def bound(kind: Kind, *, rolling: bool = False) -> st.SearchStrategy[Rule]:
    """A rule with a least number, said as "more than" or as "or more"."""
    return st.builds(
        Rule, st.just(kind), st.integers(1, 400), rolling=st.just(rolling), strictly=st.booleans()
    )


bands = st.builds(
    lambda least, more: Rule(Kind.BAND, least, None if more is None else least + more),
    st.integers(1, 50),
    st.none() | st.integers(0, 50),
)
SINGLE = (
    st.builds(Rule, st.just(Kind.TOP), st.integers(1, 1000)),
    bound(Kind.MONTH),
    bound(Kind.MONTH, rolling=True),
    bound(Kind.WINDOW),
    bound(Kind.YEAR),
)


@st.composite
def any_rules(draw: Any) -> tuple[Rule, ...]:
    """At least one rule, none of a kind twice but bands."""
    chosen = draw(st.sets(st.integers(0, len(SINGLE) - 1)))
    rules = [draw(SINGLE[place]) for place in chosen] + draw(st.lists(bands, max_size=3))
    return tuple(draw(st.permutations(rules or [draw(SINGLE[0])])))


@st.composite
def any_criteria(draw: Any) -> Criteria:
    """Criteria with every value free."""
    youngest = draw(st.integers(0, 90))
    return Criteria(
        name=draw(words),
        title=draw(words),
        source=draw(words),
        rules=draw(any_rules()),
        window_months=draw(st.integers(1, 120)),
        youngest=youngest,
        oldest=draw(st.just(NO_AGE_LIMIT) | st.integers(youngest, 120)),
        department_types=draw(
            st.none() | st.lists(st.sampled_from(_WORDS), min_size=1, unique=True).map(tuple)
        ),
        categories=draw(
            st.none()
            | st.lists(st.sampled_from(["1", "2", "3", "4", ""]), min_size=1, unique=True).map(
                tuple
            )
        ),
        leave_out_statuses=draw(st.lists(st.sampled_from(_STATUSES), unique=True).map(tuple)),
        one_per=draw(st.sampled_from(OnePer)),
        exclusions_file=draw(st.none() | st.just(Path("set-aside.csv"))),
        suggest_at_least=draw(st.integers(1, 20)),
    )
