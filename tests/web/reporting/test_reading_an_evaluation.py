"""What is checked before an evaluation is kept, and what is turned away."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from openhiu.web.reporting import unpacking
from openhiu.web.reporting.drawing import read_drawing
from openhiu.web.reporting.faults import NotUsable
from openhiu.web.reporting.reading import Delivery, read_delivery
from openhiu.web.reporting.unpacking import read_folder, unpack
from support.paper_document import made_figure
from support.web_reporting import SITE, SVG, evaluation_files, one_by_one, result, zipped


def read(files: dict[str, bytes]) -> Delivery:
    return read_delivery(files, sites=[SITE])


def refused(files: dict[str, bytes]) -> str:
    with pytest.raises(NotUsable) as why:
        read(files)
    return " ".join(why.value.sentences)


def test_a_whole_folder_is_read() -> None:
    delivery = read(evaluation_files())
    assert (str(delivery.as_of), str(delivery.cut)) == ("2026-10-01", "2026-10-01")
    assert delivery.sites == (SITE,)
    assert "figures/the-picture-3-months.svg" in delivery.files
    assert "people.parquet" not in delivery.files


@pytest.mark.parametrize("send", [lambda files: [zipped(files)], one_by_one,
                                  lambda files: [zipped(files, top="")]],
                         ids=["zip of the folder", "files", "zip of its files"])  # fmt: skip
def test_a_zip_and_single_files_are_the_same(send: Any) -> None:
    files = evaluation_files()
    assert read(unpack(send(files))).files == files


@pytest.mark.parametrize("as_zip", [True, False])
def test_the_file_of_people_is_turned_away_with_a_sentence(as_zip: bool) -> None:
    files = evaluation_files(unnamed={"people.parquet": b"PAR1 rows of people"})
    with pytest.raises(NotUsable, match=r"people\.parquet has a row for each client"):
        unpack([zipped(files)] if as_zip else one_by_one(files))


def test_on_the_server_the_file_of_people_stays_unread(tmp_path: Path) -> None:
    for name, data in evaluation_files(unnamed={"people.parquet": b"PAR1"}).items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data)
    assert read_folder(tmp_path) == evaluation_files()
    with pytest.raises(NotUsable, match="no such folder"):
        read_folder(tmp_path / "elsewhere")


@pytest.mark.parametrize("name", ["evaluation.json", "evaluation.xlsx", "manifest.json",
                                  "figures/the-picture-3-months.svg"])  # fmt: skip
def test_a_missing_file_is_named(name: str) -> None:
    files = evaluation_files()
    del files[name]
    assert refused(files).startswith(f"{name} is missing.")


@pytest.mark.parametrize("name", ["evaluation.json", "evaluation.pdf",
                                  "figures/the-picture-3-months.png"])  # fmt: skip
def test_one_changed_byte_is_noticed(name: str) -> None:
    files = evaluation_files()
    files[name] = files[name][:-1] + b"!"
    assert refused(files).startswith(f"{name} is not as it was made")


def test_what_the_manifest_does_not_name_is_not_kept() -> None:
    assert read(evaluation_files(unnamed={"notes.pdf": b"%PDF-"})).files == evaluation_files()


@pytest.mark.parametrize("text", [b"{", b"[]", b"[" * 100_000, b"\xff", b'{"sha256": {}}'])
def test_a_manifest_that_is_none_is_sent_back(text: bytes) -> None:
    assert "manifest.json" in refused(evaluation_files() | {"manifest.json": text})


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"what": "client_activity"}, "is not an evaluation"),
        ({"cut": "last month"}, "cut is not a date"),
        ({"windows": []}, "windows is missing or is not what it should be"),
        ({"sites": []}, "names no hospital"),
        ({"sites": ["RXX01"]}, "names no hospital"),
        ({"openhiu": "one"}, "which version"),
        ({"openhiu": "99.0.0"}, "newer than the"),
        ({"sites": [{"site": "RZZ99"}]}, "not one of this service: RZZ99"),
    ],
)
def test_something_else_is_sent_back_with_why(changes: dict[str, Any], said: str) -> None:
    assert said in refused(evaluation_files(**changes))


@pytest.mark.parametrize(
    "cohort",
    [
        {"rows": [{"person_id": "1"}]},
        {"said": "999 000 0018 was asked"},
        {"said": ["ring 9990000018"]},
        {"sums": [9990000018]},
        {"by": {"999 000 0018": 9}},
        {"deep": [[[{"nhs_number": ""}]]]},
    ],
)
def test_whatever_tells_of_one_person_is_turned_away_unquoted(cohort: dict[str, Any]) -> None:
    said = refused(evaluation_files(cohort=cohort))
    assert "tells of a single person" in said
    assert "0018" not in said


def test_hashes_and_large_numbers_are_no_nhs_numbers() -> None:
    plan = {"hash": "a9990000018bcdef", "sums": [1234567890, 99900000180]}
    assert read(evaluation_files(plan=plan)).plan_hash == "a9990000018bcdef"


@pytest.mark.parametrize(
    "inside",
    [
        b"<script>alert(1)</script>",
        b'<rect onload="alert(1)"/>',
        b'<image href="http://elsewhere.example/x.png"/>',
        b'<image xmlns:x="http://www.w3.org/1999/xlink" x:href="http://elsewhere.example/"/>',
        b"<foreignObject><p>words</p></foreignObject>",
        b'<a href="javascript:alert(1)"><rect/></a>',
        b"<rect",
        b"<foreignobject/>",
        b"<style>@import 'http://elsewhere.example/x.css'</style>",
        b'<rect style="fill:url( http://elsewhere.example/x )"/>',
        b'<image href="data:image/svg+xml,%3Csvg/%3E"/>',
        b'<set attributeName="href" to="javascript:alert(1)"/>',
    ],
)
def test_a_figure_that_does_more_than_draw_is_turned_away(inside: bytes) -> None:
    bad = SVG.replace(b"</svg>", inside + b"</svg>")
    assert "figures/bad.svg is not a plain drawing" in refused(
        evaluation_files(more={"figures/bad.svg": bad})
    )


@pytest.mark.parametrize("name", ["figures/bad.SVG", "figures/bad.svg"])
def test_words_in_a_figure_tell_of_nobody(name: str) -> None:
    bad = SVG.replace(b"</svg>", b"<text>999 000 <tspan>x</tspan></text></svg>")
    assert name in read(evaluation_files(more={name: bad})).files
    bad = SVG.replace(b"</svg>", b"<desc>999 000 0018</desc></svg>")
    said = refused(evaluation_files(more={name: bad}))
    assert said.startswith(f"{name} tells of a single person")
    assert "0018" not in said


def test_the_manifest_tells_of_nobody_either() -> None:
    files = evaluation_files()
    manifest = json.loads(files["manifest.json"])
    manifest["figures"][0]["alt"] = "Ring 999 000 0018"
    files["manifest.json"] = json.dumps(manifest).encode()
    assert refused(files).startswith("manifest.json tells of a single person")


def test_a_drawing_of_our_own_is_a_plain_one() -> None:
    assert read_drawing(made_figure().drawing.svg.encode()) is not None


def test_what_is_no_part_of_an_evaluation_is_left_out_and_named() -> None:
    strange = {"people.json": b'[{"nhs_number": "9990000018"}]', "people.xlsx": b"person_id\n1",
               "figures/deep/x.svg": SVG, "notes.pdf": b"%PDF-"}  # fmt: skip
    delivery = read(evaluation_files(more=strange, unnamed={"evaluation.csv.json": b"{}"}))
    assert delivery.left_out == (
        "evaluation.csv.json", "figures/deep/x.svg", "notes.pdf", "people.json", "people.xlsx",
    )  # fmt: skip
    assert delivery.files.keys() == evaluation_files().keys()


@pytest.mark.parametrize("said", [b"NaN", b"-Infinity", b"1e999", b'"a\\u0000b"', b'"\\ud800"',
                                  b'{"a\\u0000": 1}'])  # fmt: skip
def test_what_is_no_number_and_no_text_is_turned_away(said: bytes) -> None:
    files = evaluation_files(cohort={"x": "HERE"})
    files["evaluation.json"] = files["evaluation.json"].replace(b'"HERE"', said)
    manifest = json.loads(files["manifest.json"])
    manifest["sha256"]["evaluation.json"] = sha256(files["evaluation.json"]).hexdigest()
    files["manifest.json"] = json.dumps(manifest).encode()
    assert refused(files).startswith("evaluation.json ")


@pytest.mark.parametrize("day", ["0001-01-01", "1989-12-31", "9999-12-31"])
@pytest.mark.parametrize("key", ["as_of", "cut"])
def test_a_day_that_cannot_be_is_turned_away(key: str, day: str) -> None:
    assert f"{key} cannot be the day it says" in refused(evaluation_files(**{key: day}))


def test_a_zip_that_was_altered_on_its_way_is_told() -> None:
    sent = bytearray(zipped(evaluation_files()).read())
    start = sent.find(b"evaluation.json") + 40
    sent[start : start + 60] = bytes(byte ^ 0xFF for byte in sent[start : start + 60])
    with pytest.raises(NotUsable, match="The zip file cannot be read"):
        unpack([SimpleUploadedFile("evaluation.zip", bytes(sent))])


def test_entities_are_never_opened() -> None:
    bomb = b'<!DOCTYPE svg [<!ENTITY a "aaaa">]>' + SVG.replace(b"</svg>", b"&a;</svg>")
    assert "not a plain drawing" in refused(evaluation_files(more={"figures/bomb.svg": bomb}))


@pytest.mark.parametrize(
    "name", ["figures/x.png", "figures/x.PNG", "evaluation.pdf", "evaluation.xlsx"]
)
def test_a_file_is_what_its_name_says(name: str) -> None:
    assert name in refused(evaluation_files(more={name: b"GIF89a"}))


def test_no_more_is_unpacked_than_may_be_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpacking, "MOST_BYTES", 5000)
    with pytest.raises(NotUsable, match="larger than 40 MB"):
        unpack([zipped({"evaluation.json": b"0" * 100_000})])
    with pytest.raises(NotUsable, match="larger than 40 MB"):
        unpack(one_by_one({"evaluation.json": b"0" * 6000}))


def test_a_zip_that_is_none_and_a_file_that_is_there_twice() -> None:
    with pytest.raises(NotUsable, match="cannot be read"):
        unpack([SimpleUploadedFile("evaluation.zip", b"PK\x03\x04 nothing")])
    with pytest.raises(NotUsable, match="there twice"):
        unpack(one_by_one({"a/evaluation.json": b"1", "b/evaluation.json": b"2"}))


def test_the_sample_is_what_hiu_evaluate_writes() -> None:
    assert json.dumps(result())
