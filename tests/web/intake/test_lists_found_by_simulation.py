"""What simulated years found wrong (bench/service), each as the few steps that led to it."""

from __future__ import annotations

import pytest

from openhiu.web.intake import actions
from openhiu.web.intake.models import Change
from support.web_intake import Folder, make_place, proposed, released, row

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("how", ["sent back", "withdrawn"])
def test_who_left_a_list_is_emptied_with_it(how: str) -> None:
    place = make_place()
    released(place, Folder(as_of="2026-09-01", rows=[row(1), row(2)]))
    left = Folder(as_of="2026-10-01", rows=[row(1)])
    if how == "sent back":
        received = proposed(place, left)
        assert Change.objects.exclude(person_ref="").filter(received=received).exists()
        actions.send_back(by=place.supervisor, received=received, reason="A hospital is missing.")
    else:
        received = released(place, left)
        actions.withdraw(by=place.supervisor, received=received, reason="The wrong months.")
    assert not Change.objects.exclude(person_ref="").filter(received=received).exists()
