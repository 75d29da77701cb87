"""A list under section 251 leaves only after opt-outs; who opted out is kept nowhere."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.utils import timezone

from openhiu.web.access.gate import NotAllowed
from openhiu.web.intake.models import Listed
from openhiu.web.intake.queries import lists
from support.web_intake import Folder, Place, after_opt_outs, let_go, make_place, proposed, rows_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Place:
    return make_place()


def under_251(place: Place, folder: Folder) -> Any:
    return let_go(place, proposed(place, folder), "section_251")


@pytest.mark.parametrize(
    ("folder", "words"),
    [
        (Folder, "was not applied"),
        (lambda: Folder(manifest={"opt_out": {}}), "cannot be read"),
        (lambda: after_opt_outs(Folder(), asked_days_ago=8), "more than 7 days ago"),
        (lambda: after_opt_outs(Folder(), asked_days_ago=2, valid_days=1), "more than a day ago"),
        (lambda: after_opt_outs(Folder(), asked_days_ago=-1), "not come"),
        (lambda: after_opt_outs(Folder(), reply_sha256="short"), "cannot be true"),
        (lambda: unbound(after_opt_outs(Folder())), "which files"),
    ],
)
def test_without_a_fresh_whole_entry_nobody_is_seen(place: Place, folder: Any, words: str) -> None:
    received = proposed(place, folder())
    with pytest.raises(NotAllowed, match=words):
        let_go(place, received, "section_251")
    received.refresh_from_db()
    assert received.state == "proposed"
    assert not lists.received_lists(place.lead).filter(state="released").exists()


def unbound(folder: Folder) -> Folder:
    folder.manifest.pop("files")
    return folder


def test_with_a_fresh_entry_the_list_is_released(place: Place) -> None:
    assert under_251(place, after_opt_outs(Folder(), asked_days_ago=6.9)).state == "released"


def test_a_list_for_direct_care_needs_no_opt_outs(place: Place) -> None:
    assert let_go(place, proposed(place), "direct_care").state == "released"


def test_the_entry_is_looked_at_when_it_is_released_not_when_it_came(
    place: Place, time_machine: Any
) -> None:
    received = proposed(place, after_opt_outs(Folder()))
    time_machine.move_to(timezone.now() + timedelta(days=7, minutes=1))
    with pytest.raises(NotAllowed, match="more than 7 days ago"):
        let_go(place, received, "section_251", expires_on=date(2031, 1, 1))


def test_swapping_the_rows_under_a_good_entry_is_noticed(place: Place) -> None:
    from openhiu.web.intake.reading.faults import NotUsable
    from support.web_intake import row

    folder = after_opt_outs(Folder())
    folder.rows.append(row(4))
    with pytest.raises(NotUsable, match="not the file"):
        proposed(place, folder)


def test_no_row_about_anybody_has_room_for_an_opt_out() -> None:
    """The status may neither be added to a record nor be shared; so there is no field for it."""
    for model in apps.get_models():
        if not model.__module__.startswith("openhiu."):
            continue
        names = [field.name.lower().replace("_", "") for field in model._meta.get_fields()]
        told = [name for name in names if "optout" in name or "optedout" in name]
        assert told in ([], ["optoutssetaside"]), f"{model._meta.label}: {told}"
        assert "optout" not in model._meta.label_lower
    # The one field a person's row could hide it in says nothing of it either.
    assert "opt" not in " ".join(Listed.Aside.labels).lower().split()


def test_the_rows_of_a_released_list_say_nothing_of_it(place: Place) -> None:
    received = under_251(place, after_opt_outs(Folder()))
    for row in rows_in(received):
        assert "opt" not in f"{row.rules} {row.why} {row.change} {row.warning_flags}".lower()
