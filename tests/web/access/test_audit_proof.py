"""The audit proves itself: whatever someone with the owner's rights changes is found and named."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from openhiu.web.access import chain, queries
from openhiu.web.access.audit import Did, Purpose, record
from openhiu.web.access.models import AuditEntry, Role
from openhiu.web.access.row_security import set_service
from openhiu.web.assurance.notebook import Notebook
from openhiu.web.config.database import roles
from support.web import make_member, make_service, sign_in

DETAIL = {"b": 1, "aa": ["ü", "a b"], "a": None, "tick": True, "words": 'say "no"\\ \n\t€ 😀'}


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: Any) -> Path:
    """A home of its own: what one test proved, the next knows nothing of."""
    settings.HOME = tmp_path / "home"
    return tmp_path / "home"


@pytest.fixture
def lead(own_database: str) -> Any:
    from django.db import transaction

    with transaction.atomic():
        return make_member(make_service(), Role.LEAD)


@pytest.fixture
def owner(own_database: str, database_server: Any) -> Iterator[Any]:
    """Someone with every right over the tables, as an attacker would have who owns the machine."""
    address = database_server.url(roles.OWNER, connection.settings_dict["NAME"])
    with psycopg.connect(address, autocommit=True) as session:
        session.execute("alter table access_auditentry no force row level security")
        yield session


def write(actor: Any, how_many: int = 5, **detail: Any) -> None:
    from django.db import transaction

    for _ in range(how_many):
        with transaction.atomic():
            set_service(actor.service_id)
            record(actor, Did.LOOKED, person=uuid4(), **detail)


def tamper(owner: Any, statement: str, values: Any = None) -> None:
    """Change the table as its owner can: with the triggers out of the way."""
    owner.execute("alter table access_auditentry disable trigger user")
    owner.execute(statement, values)
    owner.execute("alter table access_auditentry enable trigger user")


def why() -> list[str]:
    return [f"{one.seq}: {one.why}" for one in chain.verify().breaks]


def test_an_untouched_chain_holds(lead: Any) -> None:
    write(lead, 5, **DETAIL)
    proof = chain.verify()
    assert (proof.entries, proof.breaks) == (5, [])
    assert proof.heads[str(lead.service_id)]["seq"] == 5


def test_python_and_the_database_hash_alike(lead: Any) -> None:
    write(lead, 1, **DETAIL)
    from django.db import transaction

    with transaction.atomic():
        set_service(lead.service_id)
        entry = AuditEntry.objects.get()
        with connection.cursor() as cursor:
            cursor.execute("select access_audit_text(e) from access_auditentry e")
            assert chain.canonical(entry) == cursor.fetchone()[0]
    assert chain.hash_of(entry) == entry.hash


@pytest.mark.parametrize(
    "change",
    [
        "did = 'searched'",
        "person_id = gen_random_uuid()",
        "user_id = null",
        "at = at + interval '1 microsecond'",
        "role = 'admin'",
        "result = 'refused'",
        "purpose = 'safeguarding'",
        "detail = '{\"x\": 1}'",
    ],
)
def test_a_changed_entry_is_found(lead: Any, owner: Any, change: str) -> None:
    write(lead)
    tamper(owner, f"update access_auditentry set {change} where seq = 3")
    assert why() == ["3: it was changed after it was written"]


def test_a_changed_entry_with_its_hash_made_again_is_found(lead: Any, owner: Any) -> None:
    write(lead)
    tamper(owner, "update access_auditentry set did = 'searched' where seq = 3")
    tamper(owner, "update access_auditentry e set hash = access_audit_hash(e) where seq = 3")
    assert why() == ["4: it does not follow the entry before it"]


def test_a_deleted_entry_is_found(lead: Any, owner: Any) -> None:
    write(lead)
    tamper(owner, "delete from access_auditentry where seq = 3")
    assert why()[0].startswith("4: entry 3 is missing")


def test_a_deleted_first_entry_is_found(lead: Any, owner: Any) -> None:
    write(lead)
    tamper(owner, "delete from access_auditentry where seq = 1")
    assert why()[0].startswith("2: entry 1 is missing")


def test_entries_put_in_another_order_are_found(lead: Any, owner: Any) -> None:
    write(lead)
    for old, new in ((2, 100), (4, 2), (100, 4)):
        tamper(owner, "update access_auditentry set seq = %s where seq = %s", [new, old])
    assert {line.split(":")[0] for line in why()} >= {"2", "4"}


def test_an_entry_put_in_between_is_found(lead: Any, owner: Any) -> None:
    write(lead)
    tamper(owner, "update access_auditentry set seq = seq + 100 where seq >= 4")
    tamper(owner, "update access_auditentry set seq = seq - 99 where seq >= 100")
    tamper(
        owner,
        "insert into access_auditentry (id, service_id, seq, at, role, did, about, purpose, result,"
        " detail, previous_hash, hash) select gen_random_uuid(), service_id, 4, at, role, did,"
        " about, purpose, result, detail, previous_hash, hash from access_auditentry where seq = 3",
    )
    assert why()


def test_entries_cut_off_at_the_end_show_against_the_anchor(
    lead: Any, owner: Any, tmp_path: Path
) -> None:
    write(lead)
    anchor = tmp_path / "anchor.json"
    call_command("verify_audit", anchor=anchor)
    tamper(owner, "delete from access_auditentry where seq > 3")
    assert why() == [], "without an anchor a shorter chain is a whole chain"
    with pytest.raises(CommandError, match="1 breaks found"):
        call_command("verify_audit", anchor=anchor)


def test_a_history_written_anew_shows_against_the_anchor(
    lead: Any, owner: Any, tmp_path: Path
) -> None:
    write(lead)
    anchor = tmp_path / "anchor.json"
    call_command("verify_audit", anchor=anchor)
    tamper(owner, "delete from access_auditentry")
    write(lead, 6)
    (found,) = chain.verify(chain.read_anchor(anchor)).breaks
    assert found.why == "it is not the entry that the anchor knows"


def test_a_chain_that_is_gone_altogether_shows_against_the_anchor(
    lead: Any, owner: Any, tmp_path: Path
) -> None:
    write(lead)
    anchor = tmp_path / "anchor.json"
    call_command("verify_audit", anchor=anchor)
    tamper(owner, "delete from access_auditentry")
    (found,) = chain.verify(chain.read_anchor(anchor)).breaks
    assert "gone" in found.why


def test_the_anchor_moves_on_with_the_chain(lead: Any, tmp_path: Path) -> None:
    anchor = tmp_path / "anchor.json"
    write(lead)
    call_command("verify_audit", anchor=anchor)
    write(lead, 2)
    call_command("verify_audit", anchor=anchor)
    assert chain.read_anchor(anchor)[str(lead.service_id)]["seq"] == 7


def test_an_anchor_that_was_changed_is_not_believed(lead: Any, tmp_path: Path) -> None:
    anchor = tmp_path / "anchor.json"
    write(lead)
    call_command("verify_audit", anchor=anchor)
    told = json.loads(anchor.read_text())
    told["heads"][str(lead.service_id)]["seq"] = 1
    anchor.write_text(json.dumps(told))
    with pytest.raises(CommandError, match="signature"):
        call_command("verify_audit", anchor=anchor)


def test_an_anchor_taken_away_is_a_break_until_one_is_begun_anew(
    lead: Any, owner: Any, tmp_path: Path, home: Path
) -> None:
    anchor = tmp_path / "anchor.json"
    write(lead)
    call_command("verify_audit", anchor=anchor)
    kept = anchor.read_bytes()
    tamper(owner, "delete from access_auditentry where seq > 3")
    anchor.unlink()
    for _ in range(2):  # it goes on being a break: nothing begins by itself
        with pytest.raises(CommandError, match="the anchor is not there"):
            call_command("verify_audit", anchor=anchor)
    assert not anchor.exists()
    assert Notebook(home).read("chain")["breaks"] == 1
    call_command("verify_audit", anchor=anchor, begin_anew=True)
    noted = Notebook(home).read("chain")
    assert noted["breaks"] == 0
    assert noted["anchor_began_at"]
    anchor.write_bytes(kept)
    with pytest.raises(CommandError, match="put it aside"):
        call_command("verify_audit", anchor=anchor, begin_anew=True)


def test_a_break_leaves_the_anchor_as_it_was(lead: Any, owner: Any, tmp_path: Path) -> None:
    anchor = tmp_path / "anchor.json"
    write(lead)
    call_command("verify_audit", anchor=anchor)
    before = anchor.read_bytes()
    tamper(owner, "update access_auditentry set did = 'x' where seq = 2")
    with pytest.raises(CommandError):
        call_command("verify_audit", anchor=anchor)
    assert anchor.read_bytes() == before


def test_two_services_have_two_chains_that_do_not_mind_each_other(lead: Any, owner: Any) -> None:
    from django.db import transaction

    with transaction.atomic():
        other = make_member(make_service(), Role.LEAD)
    write(lead, 3)
    write(other, 2)
    tamper(
        owner,
        "update access_auditentry set did = 'x' where service_id = %s and seq = 1",
        [lead.service_id],
    )
    proof = chain.verify()
    assert {one.chain for one in proof.breaks} == {str(lead.service_id)}
    assert proof.heads[str(other.service_id)]["seq"] == 2


@pytest.mark.django_db
def test_the_auditor_narrows_the_audit_by_reference_user_and_day(client: Client) -> None:
    service = make_service()
    lead, auditor = make_member(service, Role.LEAD), make_member(service, Role.AUDITOR)
    person = uuid4()
    record(lead, Did.LOOKED, person=person, purpose=Purpose.DIRECT_CARE)
    record(lead, Did.LOOKED, person=uuid4())
    found = queries.audit(auditor, person_id=person)
    assert [one.did for one in found] == ["looked"]
    assert queries.audit(auditor, user_id=auditor.user.pk).count() == 0
    sign_in(client, auditor)
    page = client.get(reverse("access:audit"), {"person": str(person)})
    assert page.content.count(str(person).encode()) >= 1
    wrong = client.get(reverse("access:audit"), {"person": "Robin Smith"})
    assert b"not a reference" in wrong.content


@pytest.mark.django_db
def test_another_services_entries_are_not_shown() -> None:
    person = uuid4()
    here, there = make_member(make_service(), Role.AUDITOR), make_member(make_service(), Role.LEAD)
    record(there, Did.LOOKED, person=person)
    set_service(here.service_id)
    assert not queries.looks_at(here, person).exists()
