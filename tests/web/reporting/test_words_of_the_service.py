"""The logic model, the risks and the rest of what a report says of its place."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from openhiu.web.access.actor import Actor
from openhiu.web.access.gate import NotAllowed, Stale
from openhiu.web.access.models import Service
from openhiu.web.reporting import actions
from openhiu.web.reporting.models import ReportWords
from openhiu.web.reporting.place import place_of
from support.web import sign_in

pytestmark = pytest.mark.django_db
PAGE, WORDS = "reporting:logic_model", "reporting:words"
TOML = """
name = "Larkham"
[logic_model]
aim = "Fewer mornings on the phone."
inputs = ["Two leads"]
[board]
contact = "The manager, 01632 960 111"
risks = [{risk = "One lead leaves", mitigation = "Cover is agreed", owner = "Manager"}]
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setattr(settings, "HOME", tmp_path)
    return tmp_path


def test_without_a_file_the_programmes_words_stand_and_are_marked(
    client: Client, lead: Actor, home: Path
) -> None:
    text = sign_in(client, lead).get(reverse(PAGE)).content.decode()
    assert text.count("s words</strong>") == 7
    assert "No locality file was found" in text
    assert "own words</a>" not in text


def test_the_file_in_the_home_folder_speaks(client: Client, supervisor: Actor, home: Path) -> None:
    (home / "locality.toml").write_text(TOML, "utf-8")
    text = sign_in(client, supervisor).get(reverse(PAGE)).content.decode()
    assert "Fewer mornings on the phone." in text
    assert "Two leads" in text
    assert text.count("s words</strong>") == 5
    assert "locality.toml in the home" in text
    assert "The manager, 01632 960 111" in text


def test_the_file_beside_the_services_own_store_comes_first(
    supervisor: Actor, home: Path, tmp_path: Path
) -> None:
    (home / "locality.toml").write_text(TOML, "utf-8")
    store = tmp_path / "store"
    store.mkdir()
    (store / "locality.toml").write_text('name = "Mistleford"', "utf-8")
    Service.objects.filter(pk=supervisor.service_id).update(store=str(store))
    assert place_of(Service.objects.get()).locality.name == "Mistleford"


def test_a_file_with_a_fault_is_told_and_breaks_nothing(
    client: Client, supervisor: Actor, home: Path
) -> None:
    (home / "locality.toml").write_text("nonsense = 1", "utf-8")
    answer = sign_in(client, supervisor).get(reverse(PAGE))
    assert answer.status_code == 200
    assert "nonsense" in answer.content.decode()


def test_what_a_supervisor_types_stands_before_the_file(
    client: Client, supervisor: Actor, home: Path
) -> None:
    (home / "locality.toml").write_text(TOML, "utf-8")
    sign_in(client, supervisor)
    form = client.get(reverse(WORDS)).content.decode()
    assert "One lead leaves | Cover is agreed | Manager" in form
    said = {"version": "0", "contact": "Esther", "aim": "", "inputs": "Three leads\n\n A van ",
            "risks": "No room | Ask the library"}  # fmt: skip
    client.post(reverse(WORDS), said)
    locality = place_of(supervisor.service).locality
    assert locality.logic_model.inputs == ("Three leads", "A van")
    assert locality.logic_model.aim == "Fewer mornings on the phone."
    assert "inputs" not in locality.logic_model.defaulted
    assert [(r.risk, r.mitigation, r.owner) for r in locality.board.risks] == [
        ("No room", "Ask the library", "")
    ]
    again = client.get(reverse(WORDS)).content.decode()
    assert "No room | Ask the library</textarea>" in again


def test_a_line_that_is_no_risk_is_told_by_its_number(client: Client, supervisor: Actor) -> None:
    sign_in(client, supervisor)
    answer = client.post(reverse(WORDS), {"version": "0", "risks": "Fine\n | nothing | Esther"})
    assert answer.status_code == 422
    assert "Risk 2: write what could go wrong" in answer.content.decode()


def test_two_who_save_at_once_see_both_texts(client: Client, supervisor: Actor) -> None:
    actions.change_words(by=supervisor, version=0, logic_model={}, risks=[], contact="Esther")
    with pytest.raises(Stale):
        actions.change_words(by=supervisor, version=0, logic_model={}, risks=[], contact="Mo")
    sign_in(client, supervisor)
    answer = client.post(reverse(WORDS), {"version": "0", "contact": "Mo"})
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Esther" in text
    assert "Mo" in text
    client.post(reverse(WORDS), {"version": "1", "contact": "Mo"})
    assert ReportWords.objects.get().contact == "Mo"


def test_only_who_sets_the_service_may_type(client: Client, lead: Actor) -> None:
    assert sign_in(client, lead).get(reverse(WORDS)).status_code == 403
    with pytest.raises(NotAllowed):
        actions.change_words(by=lead, version=0, logic_model={}, risks=[], contact="")
