"""Choosing is a person's press; setting aside takes a reason, and neither happens by itself."""

from __future__ import annotations

from typing import Any

import pytest

from openhiu.web.access.gate import NotAllowed
from openhiu.web.intake import actions
from openhiu.web.intake.models import Approach, Listed
from support.web_intake import Place, released, rows_in

WAITING: Any = Listed.State.WAITING


def test_a_released_list_decides_about_nobody(place: Place) -> None:
    rows = rows_in(released(place))
    assert {row.state for row in rows} == {WAITING}
    assert not Approach.objects.exists()


@pytest.mark.parametrize(
    ("kind", "words", "why"),
    [
        ("", "", "Choose why"),
        ("the rank", "They are last", "Choose why"),
        ("other", "  ", "Say in a few words"),
    ],
)
def test_nobody_is_set_aside_without_a_reason(
    place: Place, kind: str, words: str, why: str
) -> None:
    rows = rows_in(released(place))
    with pytest.raises(NotAllowed, match=why):
        actions.set_aside(by=place.lead, rows=rows[:1], set_aside_as=kind, reason=words)
    rows[0].refresh_from_db()
    assert rows[0].state == WAITING
