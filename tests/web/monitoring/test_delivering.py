"""The analyst's pages: the caseload file leaves, the feed arrives or is made on the store."""

from __future__ import annotations

import io
import time
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from openhiu.web.access.actor import Actor
from openhiu.web.access.models import AuditEntry, Role, Service
from openhiu.web.casework.models import Case
from openhiu.web.monitoring import morning, rerun
from openhiu.web.monitoring.faults import NotUsable
from openhiu.web.monitoring.models import Activity, Feed
from support.web import PASSWORD, make_member, sign_in
from support.web_monitoring import event, feed_files, make_client, uploads

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("april")]

FEEDS, UPLOAD = "monitoring:feeds", "monitoring:upload"


@pytest.fixture
def robin(lead: Actor) -> Case:
    return make_client(lead, "Robin", "9990000018", opened="2025-08-01 10:00")


def send(client: Client, files: list[Any], **more: Any) -> Any:
    return client.post(reverse(UPLOAD), {"feed": files, **more}, follow=True)


def test_the_caseload_file_is_downloaded_and_kept_nowhere(
    client: Client, analyst: Actor, robin: Case
) -> None:
    answer = sign_in(client, analyst).post(reverse("monitoring:take_caseload"))
    assert answer.content.decode().splitlines()[1] == f"{robin.person_id},nhs,9990000018"
    assert answer["Content-Disposition"] == 'attachment; filename="caseload.csv"'
    assert "no-store" in answer["Cache-Control"]


def test_whoever_proved_themselves_long_ago_does_so_again(
    client: Client, analyst: Actor, robin: Case
) -> None:
    analyst.user.set_password(PASSWORD)
    analyst.user.save()
    sign_in(client, analyst)
    held = client.session
    for record in held["account_authentication_methods"]:
        record["at"] = time.time() - 86_400
    held.save()
    answer = client.post(reverse("monitoring:take_caseload"))
    assert answer.status_code == 302
    assert "9990000018" not in answer.content.decode()
    assert not AuditEntry.objects.filter(did="exported").exists()


def test_back_from_proving_it_the_page_says_what_to_do_next(client: Client, analyst: Actor) -> None:
    answer = sign_in(client, analyst).get(reverse("monitoring:take_caseload"), follow=True)
    assert "Thank you. Now download the caseload file." in answer.content.decode()


def test_the_three_files_are_taken_in_and_the_page_says_what_became_of_them(
    client: Client, analyst: Actor, robin: Case
) -> None:
    files = feed_files([robin], [event(robin, "2026-04-01 10:00")])
    answer = send(sign_in(client, analyst), uploads(files))
    text = answer.content.decode()
    assert "Feed taken in for 1 client: 1 new, 0 corrected, 0 taken back." in text
    assert "A&amp;E data to 2 April 2026, 20:39." in text
    assert Activity.objects.count() == 1


def test_one_zip_of_the_folder_does_as_well(client: Client, analyst: Actor, robin: Case) -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, data in feed_files([robin], []).items():
            archive.writestr(f"feed/{name}", data)
        archive.writestr("feed/client_activity.parquet", b"PAR1 not read")
    send(sign_in(client, analyst), [SimpleUploadedFile("feed.zip", held.getvalue())])
    assert Feed.objects.count() == 1


def test_a_wrong_cell_is_told_with_its_place_and_nothing_is_stored(
    client: Client, analyst: Actor, robin: Case
) -> None:
    rows = [event(robin, "2026-04-01 10:00"), event(robin, "someone said so")]
    answer = send(sign_in(client, analyst), uploads(feed_files([robin], rows)))
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "There is a problem" in text
    assert "client_activity.csv, row 3, column began_at: it is not a date and time." in text
    assert "someone said so" not in text
    assert not Feed.objects.exists()
    assert not Activity.objects.exists()
    entry = AuditEntry.objects.get(did="uploaded")
    assert (entry.result, entry.detail["faults"]) == ("not usable", 1)


@pytest.mark.parametrize(
    "files",
    [
        [],
        [SimpleUploadedFile("feed.zip", b"PK\x03\x04 not a zip")],
        [SimpleUploadedFile("list.csv", b"rank,name")],
    ],
    ids=["nothing", "no zip", "something else"],
)
def test_what_is_no_feed_is_sent_back_with_a_sentence(
    client: Client, analyst: Actor, files: list[SimpleUploadedFile]
) -> None:
    answer = send(sign_in(client, analyst), files)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "There is a problem" in text
    assert "Choose manifest.json, client_activity.csv and coverage.csv together" in text


def test_pressing_twice_takes_it_in_once(client: Client, analyst: Actor, robin: Case) -> None:
    token = "0f0e0d0c-0b0a-4908-8706-050403020100"
    files = feed_files([robin], [event(robin, "2026-04-01 10:00")])
    sign_in(client, analyst)
    first = send(client, uploads(files), posted=token)
    again = send(client, uploads(files), posted=token)
    assert (first.status_code, again.status_code) == (200, 200)
    assert Feed.objects.count() == 1


def test_an_older_feed_needs_the_tick(client: Client, analyst: Actor, robin: Case) -> None:
    sign_in(client, analyst)
    send(client, uploads(feed_files([robin], [])))
    older = feed_files([robin], [], as_of="2026-03-01", cut_off="2026-02-27T10:00:00")
    text = send(client, uploads(older)).content.decode()
    assert "the one in use knows it up to 2 April 2026" in text
    answer = send(client, uploads(older), although_older="on")
    assert "older than the one before" in answer.content.decode()


@pytest.mark.parametrize("role", [Role.LEAD, Role.SUPERVISOR, Role.PARTNER, Role.ADMIN])
def test_nobody_else_sees_these_pages(client: Client, lead: Actor, role: Role) -> None:
    someone = make_member(lead.service, role)
    sign_in(client, someone)
    for name in (FEEDS, UPLOAD, "monitoring:run"):
        assert client.get(reverse(name)).status_code == 403
    assert client.post(reverse("monitoring:take_caseload")).status_code == 403


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with one attendance of Robin, made by `hiu extract` itself."""
    from openhiu import extract

    folder = tmp_path_factory.mktemp("store")
    rows = "attendance_id,person_id,site_code,arrival_datetime,department_type\n"
    rows += "1,9990000018,RXX01,2026-04-01 10:00,01\n2,9990000026,RXX01,2026-04-01 11:00,01\n"
    (folder / "attendances.csv").write_text(rows, "utf-8")
    extract.receive(
        folder / "attendances.csv", folder / "store", extract.Options(),
        on_progress=extract.no_progress,
    )  # fmt: skip
    return folder / "store"


def test_the_feed_is_made_on_the_services_own_store(
    client: Client, analyst: Actor, robin: Case, store: Path
) -> None:
    sign_in(client, analyst)
    told = client.get(reverse("monitoring:run"), follow=True).content.decode()
    assert "No activity store is set for this service." in told
    Service.objects.filter(pk=analyst.service_id).update(store=str(store))
    day = {"as_of_day": "3", "as_of_month": "4", "as_of_year": "2026"}
    answer = client.post(reverse("monitoring:run"), day, follow=True)
    assert "Feed taken in for 1 client: 1 new" in answer.content.decode()
    assert Activity.objects.get().person_id == robin.person_id
    assert Feed.objects.get().way == "run"


def test_a_store_that_is_not_there_is_told_without_its_people(tmp_path: Path) -> None:
    with pytest.raises(NotUsable) as why:
        rerun.run(str(tmp_path / "none"), "person_ref,issuer,person_id\na,nhs,9990000018\n",
                  date(2026, 4, 3))  # fmt: skip
    assert "9990000018" not in why.value.faults[0].sentence
    assert why.value.faults[0].remedy


def test_a_run_that_takes_too_long_is_stopped(store: Path) -> None:
    with pytest.raises(NotUsable, match="took too long"):
        rerun.run(str(store), "person_ref,issuer,person_id\na,nhs,9990000018\n",
                  date(2026, 4, 3), wait=0.01)  # fmt: skip


def test_the_morning_page_asks_the_analyst_for_a_feed_until_one_is_fresh(
    client: Client, analyst: Actor, robin: Case
) -> None:
    (section,) = morning.sections(analyst)
    assert (section.place, section.lines[0].text) == ("needs", "Deliver the activity feed")
    send(sign_in(client, analyst), uploads(feed_files([robin], [])))
    (section,) = morning.sections(analyst)
    assert section.title == "Activity feed"
