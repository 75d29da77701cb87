"""The private check and private notes: what their owner sees, and that nobody else ever does."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from cryptography.exceptions import InvalidTag
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.gate import Missing, NotAllowed
from openhiu.web.access.models import Announcement, AuditEntry, Draft, Membership, Role
from openhiu.web.access.sign_in.sealing import opened
from openhiu.web.team.actions import care as noting
from openhiu.web.team.actions import own as writing
from openhiu.web.team.models import PrivateNote, StrainCheck
from openhiu.web.team.queries import own
from support.web import make_member, make_service, sign_in

pytestmark = pytest.mark.django_db
HEAVY = {"heavy": 4, "home": 3, "worn": 2}  # 9 of 12
LIGHT = {"heavy": 1, "home": 0, "worn": 0}
WORDS = "I dread Thursdays"


@pytest.fixture
def nia() -> Actor:
    return make_member(make_service(), Role.LEAD, name="Nia Evans")


def all_rows(table: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(f"select * from {table}")
        return cursor.fetchall()


def test_ones_own_checks_come_back_as_they_were(nia: Actor) -> None:
    writing.check_strain(by=nia, answers=HEAVY, words=WORDS)
    (found,) = own.strain_of(nia)
    assert (found.answers, found.words, found.sum, found.high) == (HEAVY, WORDS, 9, True)


def test_help_is_offered_when_two_checks_running_are_high(nia: Actor, client: Client) -> None:
    sign_in(client, nia)
    writing.check_strain(by=nia, answers=HEAVY)
    assert b"carry this alone" not in client.get(reverse("team:strain")).content
    writing.check_strain(by=nia, answers=HEAVY)
    page = client.get(reverse("team:strain")).content
    assert b"carry this alone" in page
    assert b"116 123" in page
    writing.check_strain(by=nia, answers=LIGHT)
    assert b"carry this alone" not in client.get(reverse("team:strain")).content


@pytest.mark.parametrize("answers", [
    {}, {"heavy": 4}, {**HEAVY, "more": 1}, {**HEAVY, "home": 5}, {**HEAVY, "home": -1},
])  # fmt: skip
def test_a_check_has_every_answer_and_no_other(nia: Actor, answers: dict[str, int]) -> None:
    with pytest.raises(NotAllowed):
        writing.check_strain(by=nia, answers=answers)


@pytest.mark.parametrize("role", list(Role))
def test_no_role_of_the_service_reads_it_by_any_query(nia: Actor, role: Role) -> None:
    writing.check_strain(by=nia, answers=HEAVY, words=WORDS)
    writing.write_note(by=nia, words=WORDS)
    other = make_member(nia.service, role)
    assert own.strain_of(other) == []
    assert own.notes_of(other) == []
    # Even SQL without any scope, in Nia's own service: the database itself holds them back.
    assert all_rows("team_straincheck") == []
    assert all_rows("team_privatenote") == []
    assert list(StrainCheck.objects.all()) == []
    assert list(PrivateNote.objects.all()) == []
    with own.reading_as(other.user.pk):
        assert all_rows("team_straincheck") == []
    with own.reading_as(nia.user.pk):
        assert len(all_rows("team_straincheck")) == 1


def test_nobody_writes_deletes_or_moves_anothers(nia: Actor) -> None:
    writing.check_strain(by=nia, answers=HEAVY)
    (mine,) = own.strain_of(nia)
    other = make_member(nia.service, Role.SUPERVISOR)
    with pytest.raises(Missing):
        writing.delete_strain(by=other, check_id=mine.id)
    assert writing.delete_strain(by=other) == 0
    with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        StrainCheck.objects.create(service=nia.service, user=nia.user, sealed="x")
    with own.reading_as(other.user.pk):
        assert StrainCheck.objects.update(user=other.user) == 0
    assert len(own.strain_of(nia)) == 1


def test_what_the_database_holds_is_sealed_for_its_owner(nia: Actor) -> None:
    writing.check_strain(by=nia, answers=HEAVY, words=WORDS)
    with own.reading_as(nia.user.pk):
        row = StrainCheck.objects.get()
    assert WORDS not in row.sealed
    assert "heavy" not in row.sealed
    other = make_member(nia.service, Role.LEAD)
    with pytest.raises(InvalidTag):
        opened(row.sealed, own.about("strain", other.user.pk, row.pk))
    with pytest.raises(InvalidTag):
        opened(row.sealed)
    assert (
        json.loads(opened(row.sealed, own.about("strain", nia.user.pk, row.pk)))["words"] == WORDS
    )


def test_it_leaves_nothing_in_the_audit_the_drafts_or_a_history(nia: Actor, client: Client) -> None:
    sign_in(client, nia)
    client.get(reverse("team:care"))  # the session takes up its role
    before = AuditEntry.objects.count()
    client.get(reverse("team:strain"))
    page = reverse("team:strain")
    assert client.post(page, {**dict.fromkeys(HEAVY, "4"), "words": WORDS}).status_code == 302
    client.post(reverse("team:notes"), {"words": WORDS})
    assert AuditEntry.objects.count() == before
    assert "data-draft" not in client.get(page).content.decode().split("<main")[1].split("</main")[
        0
    ].replace("data-draft-status", "")
    assert not Draft.objects.exists()
    tables = connection.introspection.table_names()
    assert not [
        table for table in tables if table.startswith(("team_straincheckev", "team_privatenoteev"))
    ]
    assert len(own.strain_of(nia)) == 1


@pytest.mark.parametrize("role", [role for role in Role if role != Role.LEAD])
def test_no_page_shows_it_to_anyone_else(nia: Actor, role: Role, client: Client) -> None:
    from django.urls import get_resolver

    writing.check_strain(by=nia, answers=HEAVY, words=WORDS)
    writing.write_note(by=nia, words="Another secret")
    sign_in(client, make_member(nia.service, role))
    names = [name for name in _addresses(get_resolver(), "") if name]
    assert len(names) > 60
    for name in names:
        answer = client.get(reverse(name))
        if answer.streaming or "text" not in answer.get("Content-Type", ""):
            continue
        for secret in (WORDS, "Another secret"):
            assert secret not in answer.content.decode(), name
    if role == Role.SUPERVISOR:
        page = client.get(reverse("team:care_of", args=[nia.membership.pk])).content.decode()
        assert WORDS not in page
        assert "private check" not in page.lower()


def _addresses(resolver: Any, namespace: str) -> Any:
    """Names of every address without arguments."""
    for entry in resolver.url_patterns:
        if hasattr(entry, "url_patterns"):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _addresses(entry, inner)
        elif entry.name and not entry.pattern.converters and "lock" not in entry.name:
            yield f"{namespace}{entry.name}"


def test_one_or_all_are_deleted_for_good(nia: Actor, client: Client) -> None:
    sign_in(client, nia)
    for _ in range(3):
        writing.check_strain(by=nia, answers=LIGHT)
    first = own.strain_of(nia)[0]
    client.post(reverse("team:delete_strain"), {"check": str(first.id)})
    assert len(own.strain_of(nia)) == 2
    client.post(reverse("team:delete_strain"))
    assert own.strain_of(nia) == []
    with own.reading_as(nia.user.pk):
        assert not StrainCheck.objects.exists()


def test_after_a_year_or_when_they_leave_it_is_deleted(nia: Actor) -> None:
    stays, leaves = nia, make_member(nia.service, Role.COVER)
    for member in (stays, leaves):
        writing.check_strain(by=member, answers=LIGHT)
        writing.write_note(by=member, words="x")
    with own.reading_as(stays.user.pk):
        StrainCheck.objects.update(at=timezone.now() - timedelta(days=400))
    Membership.objects.filter(pk=leaves.membership.pk).update(ended_at=timezone.now())
    call_command("look_after_the_team", verbosity=0)
    from openhiu.web.access.row_security import set_service

    set_service(nia.service_id)
    assert own.strain_of(stays) == []
    assert len(own.notes_of(stays)) == 1
    with own.reading_as(leaves.user.pk):
        assert not StrainCheck.objects.exists()
        assert not PrivateNote.objects.exists()


def test_the_button_says_only_that_one_would_like_a_talk(nia: Actor, client: Client) -> None:
    boss = make_member(nia.service, Role.SUPERVISOR, name="Bea Boss")
    for _ in range(2):
        writing.check_strain(by=nia, answers=HEAVY, words=WORDS)
    sign_in(client, nia)
    client.post(reverse("team:ask_for_talk"))
    client.post(reverse("team:ask_for_talk"))
    (told,) = Announcement.objects.filter(to=boss.membership)
    assert told.words == "Nia Evans would like a talk."
    sign_in(client, boss)
    page = client.get(reverse("team:looking_after")).content.decode()
    assert "Nia Evans would like a talk." in page
    for more in ("strain", "check of", "heavy", "high"):
        assert more not in page.split("<main")[1].split("</main")[0].lower()


def test_the_wish_ends_with_the_talk(nia: Actor) -> None:
    boss = make_member(nia.service, Role.SUPERVISOR)
    wish = noting.ask_for_talk(by=nia)
    noting.note_talk(
        by=boss, member=nia.membership, kind="supervision", on=timezone.localdate(),
        with_member=boss.membership,
    )  # fmt: skip
    wish.refresh_from_db()
    assert wish.met_at is not None


def test_a_private_note_stands_only_beside_ones_own_talk(nia: Actor) -> None:
    other = make_member(nia.service, Role.LEAD)
    talk = noting.note_talk(
        by=other,
        member=other.membership,
        kind="coaching",
        on=timezone.localdate(),
        with_words="Kim",
    )
    with pytest.raises(Missing):
        writing.write_note(by=nia, words="x", talk=talk)
