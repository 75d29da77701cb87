"""The national data opt-out on a list: when it applies, what is sent, and who may stay."""

from __future__ import annotations

import csv
import hashlib
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from openhiu.cli import main
from openhiu.errors import ExitCode, HiuError, InputNotUsable, RefusedByPolicy, WrongUsage
from openhiu.identify.changes import Change
from openhiu.identify.files import FinishedList, list_table, write
from openhiu.identify.flow import FlowStep
from openhiu.identify.opt_out import applying, asking, numbers
from openhiu.identify.opt_out.folder import read_folder
from openhiu.identify.rank import ListedPerson
from openhiu.identify.suggestions import Suggestion
from openhiu.tables.opt_out import Basis, Use, applies, decide, why_not_applied

NOW = datetime(2026, 4, 2, 9, 0, tzinfo=UTC)
# Numbers of the range kept for tests, with right check digits.
ANN, BEA, CAL, DEE = "9990000018", "9990000026", "9990000034", "9990000042"


@pytest.mark.parametrize(
    ("use", "basis", "yes", "word"),
    [
        (Use.INDIVIDUAL_CARE, Basis.IMPLIED_CONSENT, False, "own care"),
        (Use.INDIVIDUAL_CARE, Basis.SECTION_251, True, "section 251"),
        (Use.FINDING_PEOPLE, Basis.IMPLIED_CONSENT, False, "treats the person"),
        (Use.FINDING_PEOPLE, Basis.SECTION_251, True, "section 251"),
        (Use.FINDING_PEOPLE, Basis.SECTION_251_EXEMPT, False, "set opt-outs aside"),
        (Use.FINDING_PEOPLE, Basis.EXPLICIT_CONSENT, False, "said yes"),
        (Use.FINDING_PEOPLE, Basis.NONE, True, "Nothing recorded"),
        (Use.SAFEGUARDING, Basis.IMPLIED_CONSENT, False, "safe"),
        (Use.SAFEGUARDING, Basis.NONE, False, "safe"),
        (Use.EVALUATION, Basis.IMPLIED_CONSENT, True, "own care"),
        (Use.EVALUATION, Basis.ANONYMISED, False, "recognised"),
        (Use.EVALUATION, Basis.EXPLICIT_CONSENT, False, "said yes"),
        (Use.EVALUATION, Basis.SECTION_251, True, "section 251"),
        (Use.COMMISSIONING, Basis.IMPLIED_CONSENT, True, "own care"),
        (Use.COMMISSIONING, Basis.ANONYMISED, False, "recognised"),
        (Use.RESEARCH, Basis.EXPLICIT_CONSENT, False, "said yes"),
        (Use.RESEARCH, Basis.NONE, True, "Research"),
        (Use.SERVICE_MANAGEMENT, Basis.IMPLIED_CONSENT, True, "own care"),
        (Use.COMPLAINT, Basis.IMPLIED_CONSENT, False, "asked for an answer"),
        (Use.COMPLAINT, Basis.NONE, True, "Nothing recorded"),
        (Use.PAYMENT, Basis.IMPLIED_CONSENT, True, "payments"),
        *[(use, Basis.LAW, False, "law or a court") for use in Use],
        *[(use, Basis.PUBLIC_INTEREST, False, "public interest") for use in Use],
    ],
)
def test_each_use_and_basis_has_its_answer_and_its_reason(
    use: Use, basis: Basis, yes: bool, word: str
) -> None:
    assert applies(use, basis) is yes
    assert word in decide(use, basis).why


def test_every_pair_is_decided_and_what_is_not_recorded_is_never_taken_out() -> None:
    for use in Use:
        for basis in Basis:
            assert decide(use, basis).why.endswith(".")
        assert applies(use, Basis.NONE) or use is Use.SAFEGUARDING


def test_the_file_is_the_golden_one_to_the_byte() -> None:
    made = numbers.written([CAL, ANN, BEA, ANN])
    assert made == b"9990000018,\n9990000026,\n9990000034,\n"


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"9990000018,\r\n9990000026,\r\n", "Windows"),
        (b"nhs_number,\n9990000018,\n", "header"),
        (b"9990000018,\n9990000027,\n", "something else stands"),  # wrong check digit
        (b"9990000018\n9990000026\n", "header"),  # no commas
        (b"9990000018,\n 9990000026,\n", "something else"),
        (b"9990000018,\n9990000026,", "last line"),
        (b"999 000 0018,\n9990000026,\n", "header"),
        (b"ERROR: invalid record at line 2\n", "single line"),
        (b"", "empty"),
        ("\uff19990000018,\n9990000026,\n".encode(), "header"),  # a full-width nine
    ],
)
def test_anything_but_numbers_commas_and_line_feeds_is_refused(data: bytes, word: str) -> None:
    with pytest.raises(InputNotUsable) as told:
        numbers.read(data, "reply.dat")
    assert word in told.value.sentence
    assert "999000" not in told.value.sentence  # never what stands in the line


def test_a_number_that_is_none_is_never_sent() -> None:
    with pytest.raises(InputNotUsable):
        numbers.written([ANN, "9990000027"])
    with pytest.raises(InputNotUsable):
        numbers.written([])


def person(key: str, rank: int, site: str = "ZT101", came: int = 9) -> ListedPerson:
    arrived = datetime(2026, 3, 1, 10, 0)
    return ListedPerson(
        list_id=site, rank=rank, person_id=key, attendances=came, max_in_month=4,
        attendances_12m=20, by_ambulance=1, admissions=0, sites_attended=1, first_arrival=arrived,
        last_arrival=arrived, age=40, sex="2", imd_decile=3, ethnic_category="A", rules=("top",),
        tied=False, why="Came to Northtown 9 times.",
    )  # fmt: skip


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    """Four people at one site: three with NHS numbers, one known by a hospital number alone.

    Beside the list, one suggestion (Dee) and one who left (by a hospital number).
    """
    rows = [person("P1", 1, came=9), person("P2", 2, came=8), person("P3", 3, came=7),
            person("P4", 4, came=6)]  # fmt: skip
    people = {
        "P1": {"name": "Ann Alder", "nhs_number": ANN, "phone": "01632 960001"},
        "P2": {"name": "Bea Beech", "nhs_number": BEA, "phone": "01632 960002"},
        "P3": {"name": "Cal Cedar", "nhs_number": CAL, "phone": "01632 960003"},
        "P4": {"name": "No Number", "nhs_number": None, "phone": "01632 960004"},
    }
    changes = [Change("ZT101", "P1", "came", "Came."), Change("ZT101", "P2", "stayed", "Came."),
               Change("ZT101", "P9", "left", "Fewer.")]  # fmt: skip
    flow = [
        FlowStep("everything in the store", 500, 90),
        FlowStep("arrived in the window", 200, 60),
        FlowStep("listed", 30, 4),
    ]
    manifest = {
        "openhiu": "0.1.0", "preset": "x", "criteria": {}, "criteria_in_words": ["The top 4."],
        "locality": "Northtown", "footprint": "No area.", "as_of": "2026-04-01", "window": {},
        "lists": [{"list_id": "ZT101", "people_who_attended": 60, "listed": 4, "cut_at": 6,
                   "people_at_cut": 1, "people_above_cut": 3, "tied": False}],
        "warnings": [],
    }  # fmt: skip
    out = tmp_path / "list"
    history = pa.table({"list_id": ["ZT101"], "person_id": ["P2"], "last_listed": ["2026-04-01"]})
    write(out, FinishedList(
        listed=rows, people=people, flow=flow, changes=changes,
        suggestions=[Suggestion("ZT101", DEE, 3, "A reason.", False)], fairness=[],
        history=history, manifest=manifest, cover=["Northtown"],
    ))  # fmt: skip
    return out


def asked_for(listed: Path, at: datetime = NOW) -> tuple[asking.Asked, Path]:
    folder = listed.parent / "mesh"
    note = asking.ask(read_folder(listed), folder, mailbox="X26OT999", to=asking.TO, now=at)
    return note, folder / f"{note.name}.dat"


def stay(listed: Path, sent: Path, reply: bytes | None, now: datetime = NOW) -> set[str]:
    back = sent.parent / "reply.dat"
    if reply is not None:
        back.write_bytes(reply)
    return applying.may_stay(sent, back, now=now, days=7, of_list=read_folder(listed).fingerprint)


def test_asking_writes_the_file_its_envelope_and_a_note_with_the_names_mesh_wants(
    listed: Path,
) -> None:
    note, sent = asked_for(listed)
    assert sent.name == "X26OT999-020426-0001.dat"
    assert sent.read_bytes() == f"{ANN},\n{BEA},\n{CAL},\n{DEE},\n".encode()
    control = sent.with_suffix(".ctl").read_text()
    assert "<WorkflowId>SPINE_NTT_UPHOLDING</WorkflowId>" in control
    assert "<Subject>X26OT999-020426-0001</Subject>" in control
    assert "<LocalId>X26OT999-020426-0001</LocalId>" in control
    assert (note.numbers, note.without_number) == (4, 2)  # P4 and P9 have no number
    assert sent.stat().st_mode & 0o077 == 0
    again, _ = asked_for(listed)
    assert again.name == "X26OT999-020426-0002"


@pytest.mark.parametrize("mailbox", ["x26ot999", "X26/../..", "X26 OT", "", "X26OT999;"])
def test_a_mailbox_that_is_none_is_refused(listed: Path, mailbox: str) -> None:
    with pytest.raises(WrongUsage):
        asking.ask(read_folder(listed), listed.parent / "m", mailbox=mailbox, to=asking.TO, now=NOW)


def test_only_whom_the_reply_names_is_left_in_any_file(listed: Path) -> None:
    note, sent = asked_for(listed)
    reply = f"{ANN},\n{CAL},\n".encode()
    left = stay(listed, sent, reply)
    out = listed.parent / "after"
    applying.write(out, applying.apply(
        read_folder(listed), left, asked=note, reply=reply, now=NOW, days=7
    ))  # fmt: skip
    table = pq.read_table(out / "list.parquet").to_pylist()
    assert [(row["rank"], row["person_id"]) for row in table] == [(1, "P1"), (2, "P3")]
    assert not (out / "history.parquet").exists()
    everything = b"".join(
        path.read_bytes() for path in out.iterdir() if path.suffix in {".csv", ".json"}
    )
    for gone in (BEA, DEE, "Bea", "No Number", "960002", "960004", "P2", "P4", "P9"):
        assert gone.encode() not in everything, gone
    flow = list(csv.reader((out / "flow.csv").read_text("utf-8").splitlines()))
    # Two of four left (Bea opted out, P4 has no number): two are too few to be shown.
    assert flow[-2][0].startswith("opted out") and flow[-2][1:] == ["", ""]
    # Of those left: 9 and 7 attendances.
    assert flow[-1] == ["listed", "16", "2"]
    assert len(flow) == 1 + 3 + 1


def test_the_manifest_says_when_what_was_asked_and_what_came_back_and_binds_the_files(
    listed: Path,
) -> None:
    note, sent = asked_for(listed)
    reply = f"{ANN},\n".encode()
    applied = applying.apply(
        read_folder(listed), stay(listed, sent, reply), asked=note, reply=reply, now=NOW, days=7
    )
    out = listed.parent / "after"
    applying.write(out, applied)
    manifest = json.loads((out / "manifest.json").read_text())
    said = manifest["opt_out"]
    assert said["reply_sha256"] == hashlib.sha256(reply).hexdigest()
    assert said["request_sha256"] == hashlib.sha256(sent.read_bytes()).hexdigest()
    assert manifest["lists"][0]["listed"] == 1
    assert manifest["lists"][0]["people_at_cut"] is None
    listed_hash = hashlib.sha256((out / "list.csv").read_bytes()).hexdigest()
    assert manifest["files"]["list.csv"] == listed_hash
    assert why_not_applied(said, NOW + timedelta(days=7)) == ""
    assert "more than 7 days" in why_not_applied(said, NOW + timedelta(days=7, seconds=1))
    with pytest.raises(InputNotUsable, match="already"):
        read_folder(out)


@pytest.mark.parametrize(
    ("reply", "after", "kind", "word"),
    [
        (None, timedelta(hours=1), RefusedByPolicy, "no reply yet"),
        (None, timedelta(hours=25), RefusedByPolicy, "24 hours"),
        (b"9990000018,\n", timedelta(days=7, minutes=1), RefusedByPolicy, "more than 7 days"),
        (b"9990000018,\n", timedelta(minutes=-1), RefusedByPolicy, "in the future"),
        (b"9990000050,\n", timedelta(hours=1), InputNotUsable, "nobody asked about"),
        (b"invalid input\n", timedelta(hours=1), InputNotUsable, "single line"),
        (b"9990000018,\r\n", timedelta(hours=1), InputNotUsable, "Windows"),
        (b"", timedelta(hours=1), InputNotUsable, "empty"),
    ],
)
def test_without_a_fresh_whole_reply_nothing_leaves(
    listed: Path, reply: bytes | None, after: timedelta, kind: type[HiuError], word: str
) -> None:
    _, sent = asked_for(listed)
    with pytest.raises(kind, match=word):
        stay(listed, sent, reply, NOW + after)


def test_a_list_changed_since_it_was_asked_about_does_not_leave(listed: Path) -> None:
    _, sent = asked_for(listed)
    changed = (listed / "changes.csv").read_bytes() + b"ZT101,P5,came,\r\n"
    (listed / "changes.csv").write_bytes(changed)
    with pytest.raises(InputNotUsable, match="another list"):
        stay(listed, sent, b"9990000018,\n")


def test_a_question_changed_since_it_was_written_counts_as_none(listed: Path) -> None:
    _, sent = asked_for(listed)
    sent.write_bytes(sent.read_bytes() + b"9990000050,\n")
    with pytest.raises(InputNotUsable, match="changed since"):
        stay(listed, sent, b"9990000018,\n")


def test_questions_and_replies_are_gone_after_their_days(listed: Path) -> None:
    _, old = asked_for(listed, datetime.now(UTC) - timedelta(days=8))
    _, fresh = asked_for(listed, datetime.now(UTC) - timedelta(days=6))
    gone = asking.forget(old.parent, days=7, now=datetime.now(UTC))
    assert len(gone) == 3
    assert not old.exists()
    assert fresh.exists()


@pytest.mark.parametrize(
    "entry",
    [
        None, {}, "yes", {"asked_at": "2026-04-02"},
        {"asked_at": NOW.isoformat(), "applied_at": NOW.isoformat(), "request_sha256": "a",
         "reply_sha256": "b", "valid_days": 7},
        {"asked_at": "2026-04-02T09:00:00", "applied_at": "2026-04-02T09:00:00",
         "request_sha256": "a" * 64, "reply_sha256": "b" * 64, "valid_days": 7},
        {"asked_at": (NOW + timedelta(days=1)).isoformat(), "applied_at": NOW.isoformat(),
         "request_sha256": "a" * 64, "reply_sha256": "b" * 64, "valid_days": 7},
        {"asked_at": NOW.isoformat(), "applied_at": (NOW + timedelta(days=1)).isoformat(),
         "request_sha256": "a" * 64, "reply_sha256": "b" * 64, "valid_days": 7},
        {"asked_at": (NOW - timedelta(days=8)).isoformat(), "applied_at": NOW.isoformat(),
         "request_sha256": "a" * 64, "reply_sha256": "b" * 64, "valid_days": 99},
        {"asked_at": (NOW - timedelta(days=2)).isoformat(), "applied_at": NOW.isoformat(),
         "request_sha256": "a" * 64, "reply_sha256": "b" * 64, "valid_days": 1},
    ],
)  # fmt: skip
def test_a_manifest_that_says_too_little_counts_as_not_applied(entry: object) -> None:
    assert why_not_applied(entry, NOW)


def test_the_command_line_walks_the_whole_way(
    listed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mesh, after = listed.parent / "mesh", listed.parent / "after"
    words = ["opt-out", "request", "--list", str(listed), "--out", str(mesh), "--mailbox",
             "X26OT999", "--json"]  # fmt: skip
    assert main(words) == ExitCode.DONE
    name = json.loads(capsys.readouterr().out)["name"]
    reply = mesh / "back.dat"
    sent = mesh / f"{name}.dat"
    words = ["opt-out", "apply", "--list", str(listed), "--asked", str(sent), "--reply", str(reply),
             "--out", str(after)]  # fmt: skip
    assert main(words) == ExitCode.REFUSED_BY_POLICY
    assert not after.exists()
    reply.write_bytes(f"{ANN},\n".encode())
    assert main([*words, "--json"]) == ExitCode.DONE
    assert json.loads(capsys.readouterr().out)["flow"][-1]["people"] == 1
    assert main(["opt-out", "rules"]) == ExitCode.DONE
    assert "own care" in capsys.readouterr().out


def test_the_rows_that_stay_are_the_rows_as_they_were(listed: Path) -> None:
    note, sent = asked_for(listed)
    everyone = f"{ANN},\n{BEA},\n{CAL},\n{DEE},\n".encode()
    left = stay(listed, sent, everyone)
    applied = applying.apply(read_folder(listed), left, asked=note, reply=everyone, now=NOW, days=7)
    before = pq.read_table(listed / "list.parquet").to_pylist()
    assert applied.table.to_pylist() == before[:3]  # P4 has no number
    assert applied.table.schema == list_table([], {}).schema
