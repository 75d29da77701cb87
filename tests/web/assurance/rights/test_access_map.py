"""Nothing held about a person can be forgotten in the copy they are given: every model is in the
access map, or has a reason why not.
"""

from __future__ import annotations

from collections import Counter
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.db.models import Q
from pghistory.models import Event

from openhiu.tables.holdings import HOLDINGS
from openhiu.web.assurance.held.left_out import LEFT_OUT
from openhiu.web.assurance.held.saying import plain, said
from openhiu.web.assurance.held.ways import WAYS, Way
from openhiu.web.people.belongings import belongings


def kept_models() -> set[str]:
    found = set()
    for model in apps.get_models():
        history = issubclass(model, Event) and hasattr(model, "pgh_tracked_model")
        found.add((model.pgh_tracked_model if history else model)._meta.label)
    return found


def test_every_model_is_in_the_access_map_or_left_out_with_a_reason() -> None:
    mapped = Counter(way.model for way in WAYS)
    assert max(mapped.values()) == 1
    assert set(mapped) & set(LEFT_OUT) == set()
    assert kept_models() - set(mapped) - set(LEFT_OUT) == set(), "in held/ways.py or left_out.py"
    assert set(mapped) | set(LEFT_OUT) == kept_models(), "no longer in the software"
    assert all(len(reason.split()) >= 3 for reason in LEFT_OUT.values())


def test_what_belongs_to_a_person_directly_is_never_left_out() -> None:
    assert [
        one.model._meta.label for one in belongings() if one.model._meta.label in LEFT_OUT
    ] == []


def test_what_is_about_clients_is_left_out_only_as_the_making_of_the_copy() -> None:
    about = {label for one in HOLDINGS if one.about == "clients" for label in one.models}
    staff = {"casework.LimitPassed", "mdt.Group", "mdt.GroupMember", "mdt.Meeting",
             "mdt.Attendance", "letters.Reconciled", "assurance.ItemReview",
             "assurance.AccessPack", "assurance.Lesson", "assurance.RegisterSettings",
             "people.TraceReply"}  # fmt: skip
    assert about & set(LEFT_OUT) <= staff


@pytest.mark.django_db
@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.model)
def test_each_way_leads_from_rows_to_a_person(way: Way) -> None:
    model: Any = apps.get_model(way.model)
    asked = Q()
    for look_up in way.to_person:
        asked |= Q(**{f"{look_up}__in": [uuid4()]})
    rows = model._default_manager.filter(asked)
    assert list(rows.order_by(*([way.when] if way.when else []), "pk")) == []


def test_values_are_said_in_words() -> None:
    assert said(True) == "Yes"
    assert said(["not_now", "yes"]) == "not now, yes"
    assert said({"a": None, "b": 2}) == "b: 2"
    assert said(0) == "0"
    assert said(None) == said("") == said([]) == ""
    assert plain(object(), "nothing") == ""
