"""A board report in a test: facts of a made-up service and an evaluation of made-up rows, both as
the real thing makes them.
"""

from __future__ import annotations

import io
from copy import deepcopy
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any, Final

import pikepdf

from openhiu.evaluate.make import evaluate
from openhiu.evaluate.outcomes import OUTCOMES
from openhiu.evaluate.rows import Cohort, Journey, Prepared
from openhiu.locality import Board, Locality, Money, Risk, Site
from openhiu.report.board import Board as BoardReport
from openhiu.report.board import make
from support.made_rows import made_site

AS_OF: Final = date(2026, 1, 1)
PLACE: Final = Locality(
    name="Larkham",
    sites=(Site("RXX01", "Kestrel General"),),
    plus=("People without a home",),
    board=Board((Risk("One lead carries everything", "Cover agreed", "Manager"),), "01632 960000"),
    money=Money(leads=2.0, leads_given=True),
)

_FACTS: Final[dict[str, Any]] = {
    "what": "service_facts",
    "version": 1,
    "service": "Larkham HIU service",
    "organisation": "Harbour CIC",
    "period": {"from": "2025-10-01", "to_exclusive": "2026-01-01",
               "name": "October to December 2025"},
    "made_at": "2026-01-02T09:00+00:00",
    "did": {
        "on_list": 500, "approached": 34, "said_yes": 21, "not_now": 6, "said_no": 2,
        "not_reached": 3, "opened": 21, "stepped_back": 13, "picked_up_again": 4,
        "caseload_now": 42, "caseload_limit_per_lead": 50, "leads": 2,
        "contacts": {"all": 412, "reached": 301,
                     "by_how": {"Phone": 260, "Face to face": 88, "Text": 61, "Letter": 3}},
        "connections": {"all": 57, "by_kind": {"Services around them": 31,
                                               "People around them": 19,
                                               "Shared with an organisation": 7}},
        "plans_in_own_words": 37, "days_to_pick_up_median": 2, "signals": 19,
        "signals_answered": 15,
    },
    "needs": [{"need": "Loneliness", "people": 19}, {"need": "Housing", "people": 14},
              {"need": "Alcohol", "people": 5}, {"need": "Grief", "people": 2}],
    "missing": [{"service": "Debt advice within a fortnight", "people": 9},
                {"service": "A weekend drop-in", "people": 6}],
    "outcomes": [
        {"outcome": "Joined a group", "people": 12, "events": 15, "direction": "more"},
        {"outcome": "Less self-harm", "people": 3, "events": 4, "direction": "less"},
    ],
    "wellbeing": [
        {"measure": "Satisfied with life", "people": 16, "first_mean": 3.62, "last_mean": 5.44},
        {"measure": "Anxious yesterday", "people": 6, "first_mean": 7.1, "last_mean": 5.2},
    ],
    "quotes": [{"words": "She rang and asked how I was.", "quarter": "October to December 2025"},
               {"words": "Now I know who to ring.", "quarter": "October to December 2025"}],
    "stories": [
        {"title": "The damp flat", "words": "He wanted a dry room for his daughter.",
         "reviewers": ["supervisor", "lead"], "reviewed_on": "2025-12-20"},
        {"title": "Read by one", "words": "A story that only one person has read.",
         "reviewers": ["supervisor"], "reviewed_on": "2025-12-20"},
    ],
    "incidents": {"clients_who_died": 2, "worries_raised": 11},
    "risks": [{"risk": "A lead is away", "mitigation": "A handover card", "owner": "Manager",
               "standing": "1 of 2 leads have nobody to cover"}],
    "claims": [],
}  # fmt: skip


def facts(**changed: Any) -> dict[str, Any]:
    """The facts of a quarter. `did=…` and the like replace sections; dotted names (with two
    underscores for a dot) replace one entry: facts(did__opened=3).
    """
    made = deepcopy(_FACTS)
    for name, value in changed.items():
        *path, last = name.split("__")
        inside = made
        for step in path:
            inside = inside[step]
        inside[last] = value
    return made


def prepared(clients: int, *, comparison: int = 600, journeys: int = 0) -> Prepared:
    """Clients alternate between 1 and 3 attendances a segment; 4 were expected."""
    rows = [((1.0,) * 4, (3.0,) * 4)[n % 2] for n in range(clients)]
    counts = {outcome.key: (4.0, rows) for outcome in OUTCOMES}
    events = [(client, date(2024, month, 5)) for client in range(clients) for month in (2, 5, 9)]
    site = made_site(counts, comparison=comparison, events=events)
    cohort = Cohort(on_roster=clients, offered=clients, said_yes=clients, started=clients,
                    on_list=clients, deaths=min(clients, 3), reached_w3=clients,
                    reached_w12=clients)  # fmt: skip
    return Prepared(
        sites=(site,), journeys=tuple(_journey(n) for n in range(journeys)), lists=(),
        cohort=cohort, store_months=(), warnings=(), inputs=(), cut=AS_OF,
    )  # fmt: skip


def _journey(number: int) -> Journey:
    """One in three is asked, one in six starts; half live in the most deprived fifth."""
    asked = date(2025, 2, 1) if number % 3 == 0 else None
    started = date(2025, 2, 9) if number % 6 == 0 else None
    given: dict[str, Any] = {
        **dict.fromkeys(Journey.__dataclass_fields__),
        "site": "RXX01", "person": 20_000 + number, "first_listed": date(2025, 1, 1),
        "offered": asked, "started": started, "said_yes": True if started else None,
        "off_list": False, "imd_quintile": "1" if number % 2 else "4",
        "sex": "Female" if number % 5 else "Male",
    }  # fmt: skip
    return Journey(**given)


@cache
def _evaluation(clients: int, comparison: int, journeys: int) -> dict[str, Any]:
    made = prepared(clients, comparison=comparison, journeys=journeys)
    return evaluate(made, locality=PLACE, as_of=AS_OF)


def evaluation(
    clients: int = 40, *, comparison: int = 600, journeys: int = 240
) -> dict[str, Any]:  # fmt: skip
    """What `hiu evaluate` finds in such a service."""
    return deepcopy(_evaluation(clients, comparison, journeys))


def nobody() -> dict[str, Any]:
    """An evaluation of a roster of which no hospital is in the store."""
    return evaluate(replace(prepared(0), sites=()), locality=PLACE, as_of=AS_OF)


def report(
    evaluated: dict[str, Any] | None = None, told: dict[str, Any] | None = None, **more: Any
) -> BoardReport:
    """A board report of 40 clients and the facts, unless others are given."""
    if evaluated is None and told is None and not more:
        return _usual()
    return make(
        evaluation() if evaluated is None else evaluated, facts() if told is None else told, PLACE,
        as_of=AS_OF, **more,
    )  # fmt: skip


@cache
def _usual() -> BoardReport:
    return make(evaluation(), facts(), PLACE, as_of=AS_OF)


def words_of(board: BoardReport) -> str:
    """Everything the document says, figures' alternative texts and tables among it."""
    from openhiu.report.board import told

    found: list[str] = []
    waiting: list[Any] = [told(board)["blocks"]]
    while waiting:
        one = waiting.pop(0)
        if isinstance(one, dict):
            waiting[:0] = list(one.values())
        elif isinstance(one, list | tuple):
            waiting[:0] = list(one)
        elif one is not None:
            found.append(str(one))
    return "\n".join(found)


def pages(pdf: bytes) -> int:
    """How many pages a PDF has."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return len(document.pages)
