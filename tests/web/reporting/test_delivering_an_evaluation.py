"""The analyst delivers what `hiu evaluate` wrote; it is kept for good, with who and when."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from openhiu.web.access.actor import Actor
from openhiu.web.access.gate import NotAllowed
from openhiu.web.access.models import Announcement, AuditEntry, Role
from openhiu.web.access.row_security import set_service
from openhiu.web.reporting import actions, queries
from openhiu.web.reporting.actions import OlderThanLast
from openhiu.web.reporting.faults import Altered, NotUsable
from openhiu.web.reporting.models import Evaluation, KeptFile
from support.web import make_member, make_service, sign_in
from support.web_reporting import (
    SVG,
    evaluation_files,
    make_hospital,
    one_by_one,
    receive,
    zipped,
)

pytestmark = pytest.mark.django_db
UPLOAD = "reporting:upload"


def send(client: Client, files: list[Any], **more: Any) -> Any:
    return client.post(reverse(UPLOAD), {"evaluation": files, **more}, follow=True)


@pytest.mark.parametrize("as_zip", [True, False])
def test_the_folder_is_taken_in_and_the_page_shows_what_it_says(
    client: Client, analyst: Actor, as_zip: bool
) -> None:
    files = evaluation_files()
    sent = [zipped(files)] if as_zip else one_by_one(files)
    text = send(sign_in(client, analyst), sent).content.decode()
    assert "Evaluation taken in: A&amp;E is known up to 30 September 2026." in text
    assert "Does it help?" in text
    evaluation = Evaluation.objects.get()
    assert evaluation.received_by == analyst.membership
    assert queries.evaluation_file(evaluation, "figures/the-picture-3-months.svg") == SVG


def test_a_file_of_people_is_turned_away_on_the_page_and_nothing_is_kept(
    client: Client, analyst: Actor
) -> None:
    files = evaluation_files(unnamed={"people.parquet": b"PAR1 rows of people"})
    answer = send(sign_in(client, analyst), [zipped(files)])
    assert answer.status_code == 422
    assert "people.parquet has a row for each client." in answer.content.decode()
    assert not Evaluation.objects.exists()
    assert not KeptFile.objects.exists()
    entry = AuditEntry.objects.get(did="uploaded")
    assert (entry.result, entry.detail["faults"]) == ("not usable", 1)


def test_what_is_sent_twice_is_kept_once(client: Client, analyst: Actor) -> None:
    token = "0f0e0d0c-0b0a-4908-8706-050403020100"
    sign_in(client, analyst)
    for _ in range(2):
        assert send(client, [zipped(evaluation_files())], posted=token).status_code == 200
    assert Evaluation.objects.count() == 1
    assert "was received on" in send(client, [zipped(evaluation_files())]).content.decode()
    assert Evaluation.objects.count() == 1


def test_a_newer_one_takes_the_place_and_the_older_stays(
    client: Client, analyst: Actor, supervisor: Actor
) -> None:
    first = receive(analyst, cut="2026-07-01", as_of="2026-07-01")
    second = receive(analyst)
    assert queries.latest_evaluation(supervisor) == second
    sign_in(client, supervisor)
    text = client.get(reverse("reporting:earlier")).content.decode()
    assert text.index(first.content_hash) > text.index(second.content_hash)
    older = client.get(reverse("reporting:evaluation", args=[first.pk])).content.decode()
    assert "A newer evaluation is in use" in older


def test_an_older_one_needs_the_tick_and_supervisors_are_told(
    client: Client, analyst: Actor, supervisor: Actor
) -> None:
    receive(analyst)
    files = [zipped(evaluation_files(cut="2026-07-01"))]
    sign_in(client, analyst)
    assert "knows A&amp;E up to 30 June 2026" in send(client, files).content.decode()
    files[0].seek(0)
    send(client, files, although_older="on")
    assert queries.latest_evaluation(supervisor).older_than_last
    words = Announcement.objects.filter(to=supervisor.membership).values_list("words", flat=True)
    assert "An older evaluation was put in use. Look at what it says before you quote it." in words


def test_an_older_one_is_refused_by_name_for_whoever_calls(analyst: Actor) -> None:
    receive(analyst)
    with pytest.raises(OlderThanLast):
        receive(analyst, cut="2026-07-01")


def test_only_an_analyst_delivers(client: Client, supervisor: Actor) -> None:
    for role in set(Role) - {Role.ANALYST}:
        someone = make_member(supervisor.service, role)
        assert sign_in(client, someone).get(reverse(UPLOAD)).status_code == 403
        with pytest.raises(NotAllowed):
            actions.receive_evaluation(by=someone, files=evaluation_files())


def test_a_hospital_of_another_service_is_refused(supervisor: Actor) -> None:
    other = make_member(make_service(), Role.ANALYST)
    with pytest.raises(NotUsable, match="none yet"):
        receive(other)
    make_hospital(other, "RXX02")
    with pytest.raises(NotUsable, match="Hospitals of this service: RXX02"):
        receive(other)


def test_kept_files_cannot_be_changed_or_taken_out_by_the_application(analyst: Actor) -> None:
    receive(analyst)
    for change in (
        lambda: KeptFile.objects.update(content=b"other"),
        lambda: KeptFile.objects.all().delete(),
        lambda: Evaluation.objects.update(cut="2020-01-01"),
        lambda: Evaluation.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert Evaluation.objects.count() == 1


def test_another_service_sees_none_of_it(analyst: Actor) -> None:
    evaluation = receive(analyst)
    other = make_member(make_service(), Role.SUPERVISOR)
    set_service(other.service_id)
    assert not KeptFile.objects.exists()
    assert not Evaluation.objects.exists()
    set_service(analyst.service_id)
    assert Evaluation.objects.get() == evaluation


def test_a_file_that_is_not_what_was_kept_is_shown_to_nobody(
    client: Client, analyst: Actor, supervisor: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    evaluation = receive(analyst)
    wrong = "f" * 64
    KeptFile.objects.create(
        service=analyst.service, sha256=wrong, size=3, content=b"not what it says"
    )
    evaluation.files = dict.fromkeys(evaluation.files, wrong)
    with pytest.raises(Altered):
        queries.result_of(evaluation)
    monkeypatch.setattr(queries, "evaluation_or_missing", lambda _actor, _pk: evaluation)
    sign_in(client, supervisor)
    for name, args in (("reporting:evaluation", []),
                       ("reporting:figure", ["figures/the-picture-3-months.svg"]),
                       ("reporting:evaluation_file", ["evaluation.pdf"])):  # fmt: skip
        answer = client.get(reverse(name, args=[evaluation.pk, *args]))
        assert answer.status_code == 409
        assert "This file is not shown" in answer.content.decode()
        assert "not what it says" not in answer.content.decode()
    assert AuditEntry.objects.filter(result="altered").count() == 3


def test_a_figure_is_a_drawing_that_can_do_nothing_else(
    client: Client, analyst: Actor, lead: Actor
) -> None:
    evaluation = receive(analyst)
    name = "figures/the-picture-3-months.svg"
    answer = sign_in(client, lead).get(reverse("reporting:figure", args=[evaluation.pk, name]))
    assert answer.content == SVG
    assert answer["Content-Type"] == "image/svg+xml"
    assert answer["Content-Security-Policy"].startswith("default-src 'none'")
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "script-src" not in answer["Content-Security-Policy"]


@pytest.mark.parametrize("name", ["evaluation.json", "people.parquet", "../settings.py", "x.svg"])
def test_a_figure_is_a_figure_of_this_evaluation(client: Client, analyst: Actor, name: str) -> None:
    evaluation = receive(analyst)
    sign_in(client, analyst)
    assert client.get(f"/outcomes/{evaluation.pk}/figures/{name}").status_code == 404


def test_a_download_is_recorded_with_its_hash_and_why(
    client: Client, analyst: Actor, supervisor: Actor
) -> None:
    evaluation = receive(analyst)
    url = reverse("reporting:evaluation_file", args=[evaluation.pk, "evaluation.xlsx"])
    answer = sign_in(client, supervisor).get(url)
    assert answer["Content-Disposition"] == 'attachment; filename="2026-10-01-evaluation.xlsx"'
    entry = AuditEntry.objects.get(did="exported")
    assert (entry.purpose, entry.about_id, entry.detail["sha256"]) == (
        "evaluation", evaluation.pk, evaluation.files["evaluation.xlsx"],
    )  # fmt: skip


def test_the_command_delivers_a_folder_of_this_machine(analyst: Actor, tmp_path: Path) -> None:
    for name, data in evaluation_files(unnamed={"people.parquet": b"PAR1"}).items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data)
    said = io.StringIO()
    call_command("deliver_evaluation", str(tmp_path), stdout=said)
    assert said.getvalue() == "Evaluation taken in: A&E is known up to 30 September 2026.\n"
    set_service(analyst.service_id)
    assert Evaluation.objects.get().way == "command"
    with pytest.raises(CommandError, match="already"):
        call_command("deliver_evaluation", str(tmp_path))


def test_the_command_asks_which_service_and_who(analyst: Actor, tmp_path: Path) -> None:
    make_member(analyst.service, Role.ANALYST)
    with pytest.raises(CommandError, match="--by: there are several"):
        call_command("deliver_evaluation", str(tmp_path))
    make_service("Eastvale")
    with pytest.raises(CommandError, match="--service: there are several"):
        call_command("deliver_evaluation", str(tmp_path))
    with pytest.raises(CommandError, match="no such folder"):
        call_command("deliver_evaluation", str(tmp_path / "none"), service="Larkham HIU",
                     by=analyst.user.email)  # fmt: skip
