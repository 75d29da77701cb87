"""Every answer of every pack points at a file, a page or a test that exists."""

from __future__ import annotations

import ast
import io
import json
import zipfile
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.test import Client
from django.urls import get_resolver, reverse

from openhiu.cli import hiu
from openhiu.web.access.models import AuditEntry, Role
from openhiu.web.assurance.evidence.assets import ASSETS
from openhiu.web.assurance.evidence.reading import Question, frameworks
from support.web import make_member, make_service, sign_in

ROOT = Path(__file__).parents[4]
EVERY = [(kind.key, one) for kind in frameworks() for one in kind.questions]


@cache
def defined_in(path: str) -> frozenset[str]:
    """The tests a file defines."""
    tree = ast.parse((ROOT / path).read_text("utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def is_there(place: str) -> bool:
    """Whether a piece of evidence exists."""
    if place.startswith("page:"):
        room, _, name = place.removeprefix("page:").partition(":")
        return name in get_resolver().namespace_dict[room][1].reverse_dict
    path, _, test = place.partition("::")
    if not (ROOT / path).is_file():
        return False
    return not test or test == "*" or test in defined_in(path)


@pytest.mark.parametrize(("kind", "question"), EVERY, ids=lambda one: getattr(one, "key", one))
def test_what_an_answer_points_at_exists(kind: str, question: Question) -> None:
    assert [place for place in question.shown if not is_there(place)] == [], kind
    assert question.shown or question.deployer, "somebody has to show it"
    assert question.answer


def test_what_is_not_there_is_noticed() -> None:
    for place in ("docs/nothing.md", "page:assurance:nothing",
                  "tests/web/access/test_matrix.py::test_nothing"):  # fmt: skip
        assert not is_there(place)


def test_the_eight_principles_are_eight_and_the_objectives_five() -> None:
    told = {kind.key: kind for kind in frameworks()}
    assert [one.key for one in told["caldicott"].questions] == list("12345678")
    assert [area.name[0] for area in told["dspt"].areas] == list("ABCDE")
    assert len(told["dtac"].areas) == 5


def test_numbers_are_not_given_twice() -> None:
    for kind in frameworks():
        keys = [one.key for one in kind.questions]
        assert len(keys) == len(set(keys))


def test_the_command_writes_every_pack_and_says_what_is_left_to_you(tmp_path: Path) -> None:
    out = tmp_path / "evidence"
    words = [
        "evidence",
        "--as-of",
        "2026-11-22",
        "--contact",
        "help@example.org",
        "--out",
        str(out),
    ]
    made: Any = CliRunner().invoke(hiu, words, standalone_mode=False)
    assert made.return_value == 0
    for stem in ("dspt", "dtac", "caldicott", "accessibility-statement", "information-assets"):
        for ending in ("pdf", "docx", "html"):
            assert (out / f"{stem}.{ending}").stat().st_size > 1000
    assert "help@example.org" in (out / "accessibility-statement.html").read_text("utf-8")
    told = json.loads((out / "evidence.json").read_text("utf-8"))
    left = [one for kind in told.values() for area in kind["areas"] for one in area["questions"]
            if one["whose"] != "the software's"]  # fmt: skip
    assert left
    assert all(one["deployer"] for one in left)


def test_the_register_of_assets_says_what_each_loss_would_mean() -> None:
    names = {one.name for one in ASSETS}
    assert {"The activity store", "Field keys", "Backups", "Audit anchor"} <= names
    assert all(one.owner and one.kept and one.loss and one.holds for one in ASSETS)


@pytest.mark.django_db
def test_the_page_counts_accounts_and_gives_everything_out_as_one_file(client: Client) -> None:
    auditor = make_member(make_service(), Role.AUDITOR)
    make_member(auditor.service, Role.LEAD, name="Sam Secret")
    sign_in(client, auditor)
    page = client.get(reverse("assurance:evidence")).content.decode()
    assert "HIU lead" in page
    assert "Sam Secret" not in page
    given = client.get(reverse("assurance:evidence_pack"))
    with zipfile.ZipFile(io.BytesIO(given.content)) as pack:
        dspt = pack.read("dspt.html").decode()
        assert "Sam Secret" not in dspt
        assert "Confirmed within 90 days" in dspt
        assert json.loads(pack.read("manifest.json"))["live"]
    assert AuditEntry.objects.filter(did="exported", detail__what="evidence").count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["dspt", "dtac", "caldicott"])
def test_each_framework_has_its_page(client: Client, key: str) -> None:
    sign_in(client, make_member(make_service(), Role.SUPERVISOR))
    page = client.get(reverse("assurance:framework", args=[key])).content.decode()
    [kind] = [one for one in frameworks() if one.key == key]
    assert [one.key for one in kind.questions if f"{one.key} " not in page] == []
    assert client.get(reverse("assurance:framework", args=["nothing"])).status_code == 404
