"""What the made-up service shows of itself: a roster and facts come in; an evaluation, a board
report and the workspace's own library go out. Its effect on attendances is none, and is shown so.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Final

from django.db import transaction

from openhiu import programme
from openhiu.web.access.actor import Actor
from openhiu.web.access.row_security import set_service
from openhiu.web.casework.quarter import days_of, earlier
from openhiu.web.demo.afterwards import FACTS, ROSTER
from openhiu.web.reporting.actions import make_report, publish, receive_evaluation, review

EVALUATION: Final = "evaluation"
BOARD: Final = "board-report"
_READ: Final = "Read whole, against the evaluation."


def show(actors: dict[str, Actor], store: Path, as_of: date, out: Path) -> None:
    """Evaluate, write the board's report into the folder, and fill the workspace's library."""
    made = programme.make_evaluation(
        programme.EvaluateOptions(store, out / ROSTER, as_of, out / EVALUATION), say=_quietly
    )
    quarter = earlier(2, as_of)[1]
    programme.make_board_report(
        programme.BoardOptions(
            out=out / BOARD, evaluation=made.out, store=store, facts=out / FACTS,
            as_of=max(as_of, days_of(quarter)[1] + timedelta(days=1)),
        ),
        say=_quietly,
    )  # fmt: skip
    files = {path.relative_to(made.out).as_posix(): path.read_bytes() for path in made.written}
    _fill_the_library(actors, files, earlier(3, as_of)[1:])


def _fill_the_library(
    actors: dict[str, Actor], files: dict[str, bytes], quarters: list[str]
) -> None:
    """The quarter before last is published; the last waits for the supervisor to read it."""
    waiting, published = quarters
    with transaction.atomic():
        set_service(actors["frank"].service_id)
        receive_evaluation(by=actors["frank"], files=files)
    report = make_report(by=actors["asha"], quarter=published)
    with transaction.atomic():
        set_service(actors["esther"].service_id)
        review(by=actors["esther"], report=report, note=_READ)
        publish(by=actors["esther"], report=report)
    make_report(by=actors["asha"], quarter=waiting)


def _quietly(_words: str) -> None:
    """The demonstration says itself how far it is."""
