"""No act without its record: where the audit cannot be written nothing happens, nothing is shown.

Every address is asked for and posted to as the matrix does it, forms filled in. Where that writes
into the audit, it is done again with an audit that takes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from openhiu.web.access.models import AuditEntry
from openhiu.web.access.row_security import set_service, set_system
from openhiu.web.config.database import roles
from support.addresses import OWN_ONES, PROTECTED, nobodys, rows, someone_who_may
from support.filling_in import filled_in
from support.samples import OWN, SAMPLES, Situation
from support.web import make_service, sign_in

FULL = "the audit takes nothing"
SWITCH = f"""
    create or replace function audit_takes_nothing() returns trigger language plpgsql as $$
    begin raise exception '{FULL}' using errcode = 'disk_full'; end $$;
    drop trigger if exists a_full_audit on access_auditentry;
    create trigger a_full_audit before insert on access_auditentry for each row
        when (current_setting('tests.audit', true) = 'full')
        execute function audit_takes_nothing()"""
NO_SWITCH = "drop trigger a_full_audit on access_auditentry; drop function audit_takes_nothing()"

# Of the assurance room, all whose samples and filled-in forms reach an act or a look that is
# written down: none of them may fall silent. The others are refused here, or write nothing.
ASSURANCE_ACTS = (
    "add_to_entry", "agree_day", "agree_gateway", "agree_to_begin", "answer_duty",
    "ask_for_change", "begin", "change_agreement", "change_schedules", "confirm_line",
    "decide_appraisal", "drop_beginning", "drop_party", "end_change", "identity_question",
    "lift_hold", "name_officer", "new_assessment", "new_gateway", "note_event", "note_right",
    "publish_text", "put_in_class", "rate_safety", "register_clocks", "registration_error",
    "renew_agreement", "review_disclosure", "right_acknowledge", "right_ask_back",
    "right_confirm", "right_correct", "right_extend", "right_hold", "right_identity",
    "right_make", "right_review", "right_send_back", "right_take", "take_back_line",
    "tell_recipient", "tell_safety", "tie_to_record", "write_entry",
)  # fmt: skip
ASSURANCE_LOOKS = (
    "agreement", "appraisal", "disclosure", "disclosures", "disclosures_month", "entry",
    "evidence_pack", "gateway", "hold", "holding", "identity", "identity_question", "inventory",
    "openings", "opt_outs", "ready", "register_numbers", "register_summary", "registers",
    "retention", "right", "right_correct", "right_held", "right_review", "right_section",
    "right_take_copy", "rights", "safety", "safety_concern", "staff_register", "take_certificate",
    "take_entries", "take_inventory", "take_readiness", "take_register_numbers", "text",
    "text_version", "tie_to_record", "to_forget", "untied",
)  # fmt: skip
# Some that surely write: were all the others left out, these would tell.
ALWAYS = {
    *((f"assurance:{name}", "post") for name in ASSURANCE_ACTS),
    *((f"assurance:{name}", "get") for name in ASSURANCE_LOOKS),
    ("casework:worried", "post"), ("casework:worried_about", "post"),
    ("casework:client", "get"), ("intake:release", "post"), ("intake:outcome_yes", "post"),
    ("letters:posted", "post"), ("people:confirm_address", "post"),
    ("people:contact_safety", "post"), ("people:decide_merge", "post"),
    ("people:propose_merge", "post"), ("people:stop_phone", "post"),
}  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def _an_audit_that_can_be_full(database_server: Any, django_db_setup: None) -> Iterator[None]:
    """A trigger that does nothing until a transaction asks for it."""
    with psycopg.connect(database_server.url(roles.OWNER), autocommit=True) as owner:
        owner.execute(SWITCH)
    yield
    with psycopg.connect(database_server.url(roles.OWNER), autocommit=True) as owner:
        owner.execute(NO_SWITCH)


@pytest.fixture
def visitor(db: None, client: Client) -> Client:
    client.raise_request_exception = False
    return client


def entries(service: Any) -> int:
    """How many entries there are of a service and of none."""
    set_service(service.pk)
    set_system(True)
    return AuditEntry.objects.count()


def full(whether: bool) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select set_config('tests.audit', %s, false)", ["full" if whether else ""])


def someone_at(name: str, client: Client) -> tuple[str, Any]:
    """The address of a thing of one's own, with somebody signed in who may see it."""
    service = make_service()
    actor = someone_who_may(name, service)
    kwargs: Any = nobodys(name)
    if name in SAMPLES:
        kwargs = SAMPLES[name](Situation(OWN, actor, service)) or kwargs
    set_service(service.pk)
    sign_in(client, actor)
    client.get("/account/")  # the first page of a session takes up its role
    return reverse(name, kwargs=kwargs), service


def tried(act: Any, service: Any) -> tuple[Any, int]:
    """An answer and how many entries it wrote; nothing of it stays."""
    before = entries(service)
    held = transaction.savepoint()
    answer = act()
    after = entries(service)
    transaction.savepoint_rollback(held)
    return answer, after - before


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", PROTECTED + OWN_ONES)
def test_what_cannot_be_recorded_does_not_happen(visitor: Client, name: str, method: str) -> None:
    address, service = someone_at(name, visitor)
    told: dict[str, Any] = {}
    if method == "post":
        page = visitor.get(address)
        shown = page.content.decode(errors="replace") if not page.streaming else ""
        told = filled_in(shown, address)
    cookies = visitor.cookies.copy()

    def act() -> Any:
        visitor.cookies = cookies.copy()
        return getattr(visitor, method)(address, told)

    usual, written = tried(act, service)
    if not written or usual.status_code >= 400:
        assert (name, method) not in ALWAYS, f"{usual.status_code}, {written} entries"
        pytest.skip("writes nothing into the audit, or is refused")
    set_service(service.pk)
    before = rows()
    full(True)
    answer = act()
    full(False)
    set_service(service.pk)
    assert answer.status_code in {500, 503}
    assert FULL not in answer.content.decode()
    assert rows() == before


def test_what_always_writes_is_an_address_that_is_tried() -> None:
    assert {name for name, _ in ALWAYS} <= {*PROTECTED, *OWN_ONES}


def test_a_full_audit_takes_nothing(db: None) -> None:
    full(True)
    with pytest.raises(Exception, match=FULL), transaction.atomic():
        AuditEntry.objects.create(did="looked")
    full(False)
    AuditEntry.objects.create(did="looked")
