"""Reading what `hiu identify` wrote: what is a list is taken in, and nothing else is."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from openhiu.web.intake.reading import limits
from openhiu.web.intake.reading.faults import NotUsable
from openhiu.web.intake.reading.process import read_upload
from support.web_intake import OTHER_SITE, SITE, Folder, row, zip_of

TODAY = date(2026, 11, 22)


def read(uploads: Any, **more: Any) -> dict[str, Any]:
    return read_upload(uploads, sites=[SITE, OTHER_SITE], today=TODAY, **more)


def refusal(uploads: Any, **more: Any) -> list[str]:
    with pytest.raises(NotUsable) as refused:
        read(uploads, **more)
    return [fault.sentence for fault in refused.value.faults]


def test_a_folder_is_read_whether_it_comes_as_files_or_as_a_zip() -> None:
    folder = Folder(
        suggestions=[[SITE, "9991234561", 4, "Was recorded as homeless 4 times.", "false"]]
    )
    as_files, as_zip = read(folder.uploads()), read([folder.zipped()])
    assert as_files == as_zip
    assert [one["rank"] for one in as_files["rows"]] == [1, 2, 3]
    assert as_files["suggested"][0]["reason"] == "Was recorded as homeless 4 times."
    assert as_files["manifest"]["as_of"] == "2026-10-01"


def test_the_apostrophe_put_before_a_formula_is_taken_away_again() -> None:
    folder = Folder(rows=[row(1, name="'=Robin"), row(2, name="O'Brien")])
    assert [one["name"] for one in read(folder.uploads())["rows"]] == ["=Robin", "O'Brien"]


@pytest.mark.parametrize("missing", ["list_csv", "manifest_json", "changes_csv", "flow_csv"])
def test_an_upload_that_is_not_whole_says_which_file_is_missing(missing: str) -> None:
    (said,) = refusal(Folder().uploads(**{missing: None}))
    assert said.startswith("The upload is not whole: " + missing.replace("_", "."))


def test_fewer_rows_than_the_manifest_says_are_a_list_that_half_arrived() -> None:
    whole = Folder()
    short = Folder(rows=whole.rows[:2], manifest={"lists": whole.told()["lists"]})
    (said,) = refusal(short.uploads())
    assert "2 rows where the manifest says 3" in said


def test_a_csv_cut_in_the_middle_of_a_row_is_refused_with_its_row() -> None:
    data = Folder().files()["list.csv"]
    (said,) = refusal(Folder().uploads(list_csv=data[: data.rindex(b"2026-07-03") + 4]))
    assert said.startswith("list.csv, row 4")


def test_a_list_of_another_service_is_refused_without_saying_which() -> None:
    (said,) = refusal(Folder(rows=[row(1, list_id="RXX99")]).uploads())
    assert said.startswith(
        "list.csv, row 2, column list_id: the hospital is not one of this service"
    )
    assert "RXX99" not in said


@pytest.mark.parametrize(("made", "words"), [
    ("1.0.0", "a version of hiu identify that does not belong here"),
    ("0.9.0", "a newer hiu identify"),
    ("a while ago", "does not say which version"),
])  # fmt: skip
def test_a_list_from_another_version_is_refused(made: str, words: str) -> None:
    (said,) = refusal(Folder(manifest={"openhiu": made}).uploads())
    assert words in said


def test_a_list_of_a_day_that_has_not_come_is_not_believed() -> None:
    (said,) = refusal(Folder(as_of="2027-01-01").uploads())
    assert "the as-of date is in the future" in said


def test_faults_name_file_row_and_column_and_never_what_stands_there() -> None:
    folder = Folder(rows=[
        row(1, attendances="lots"), row(2, nhs_number="9991234560"), row(3, sex="F", age="17"),
    ])  # fmt: skip
    said = refusal(folder.uploads())
    assert [text.partition(":")[0] for text in said] == [
        "list.csv, row 2, column attendances",
        "list.csv, row 3, column nhs_number",
        "list.csv, row 4, column sex",
    ]
    assert not any(value in " ".join(said) for value in ("lots", "9991234560", "'F'"))


def test_a_child_is_never_on_a_list_for_adults() -> None:
    (said,) = refusal(Folder(rows=[row(1, age="17")]).uploads())
    assert said.startswith("list.csv, row 2, column age")


def test_whose_age_is_not_known_is_never_on_a_list() -> None:
    said = refusal(Folder(rows=[row(1), row(2, age=""), row(3, age="")]).uploads())
    assert [text.partition(":")[0] for text in said] == [
        "list.csv, row 3, column age", "list.csv, row 4, column age",
    ]  # fmt: skip


@pytest.mark.parametrize("said", [16, 15, 0, -1])
def test_no_manifest_opens_the_service_to_children(said: int) -> None:
    criteria = {"title": "Of any age", "youngest": said}
    rows = [row(1, age=16), row(2, age=15), row(3, age=9)]
    told = refusal(Folder(rows=rows, manifest={"criteria": criteria}).uploads())
    assert [text.partition(":")[0] for text in told] == [
        "list.csv, row 3, column age", "list.csv, row 4, column age",
    ]  # fmt: skip


@pytest.mark.parametrize("said", [True, False, 16.0, "16", None])
def test_a_youngest_age_that_is_no_whole_number_is_refused(said: Any) -> None:
    criteria = {"title": "Of any age", "youngest": said}
    (told,) = refusal(Folder(manifest={"criteria": criteria}).uploads())
    assert told.startswith("manifest.json: the youngest age of its criteria")


@pytest.mark.parametrize("twice", [
    [row(1), row(1, nth=77)],
    [row(1), row(2, person_id=row(1)["person_id"])],
])  # fmt: skip
def test_a_rank_or_a_person_twice_on_one_list_is_refused(twice: list[dict[str, Any]]) -> None:
    assert "row 3" in refusal(Folder(rows=twice).uploads())[0]


def test_other_columns_than_those_of_a_list_are_refused() -> None:
    data = Folder().files()["list.csv"].replace(b"why,", b"because,", 1)
    (said,) = refusal(Folder().uploads(list_csv=data))
    assert said.startswith("list.csv: it has no column why")


NOT_LISTS = {
    "a photograph": [SimpleUploadedFile("list.csv", b"\x89PNG\r\n\x1a\n\0\0\0")],
    "another sheet": [SimpleUploadedFile("budget.csv", b"a,b\n1,2\n")],
    "a zip called csv": [SimpleUploadedFile("list.csv", zip_of({"a": b"b"}))],
    "a text called zip": [SimpleUploadedFile("list.zip", b"hello")],
    "a zip in a zip": [SimpleUploadedFile("a.zip", zip_of({"b.zip": zip_of({"list.csv": b"x"})}))],
    "a way out": [SimpleUploadedFile("a.zip", zip_of({"../list.csv": b"x"}))],
    "a cut zip": [SimpleUploadedFile("a.zip", Folder().zipped().read()[:700])],
    "an empty file": [SimpleUploadedFile("list.csv", b"")],
    "nothing": [],
    "a manifest too deep": Folder().uploads(manifest_json=b'{"a":' * 100_000),
    "a broken parquet": Folder().uploads(list_parquet=b"PAR1" + b"\0" * 99 + b"PAR1"),
}


@pytest.mark.parametrize("what", NOT_LISTS)
def test_what_is_not_a_list_is_refused_in_words(what: str) -> None:
    said = refusal(NOT_LISTS[what])
    assert said and all(len(text) > 20 for text in said)


def test_a_zip_that_unpacks_to_more_than_a_list_can_be_is_not_unpacked() -> None:
    bomb = zip_of({"list.csv": b"0" * (limits.RATIO_COUNTS_FROM + 1)})
    (said,) = refusal([SimpleUploadedFile("list.zip", bomb)])
    assert "unpacks to more than a list can be" in said


def test_a_small_parquet_of_endless_texts_is_stopped() -> None:
    import io

    import pyarrow as pa
    import pyarrow.parquet as pq

    from openhiu.tables.handover import LIST_COLUMNS

    table = pa.table({name: pa.array(["x" * 3_000_000] * 200).dictionary_encode()
                      for name in LIST_COLUMNS})  # fmt: skip
    out = io.BytesIO()
    pq.write_table(table, out, compression="zstd")
    assert len(out.getvalue()) < 200_000
    said = refusal(Folder().uploads(list_csv=None, list_parquet=out.getvalue()))
    assert "longer than a list has" in said[0] or "memory" in said[0]


def test_a_reader_that_takes_too_long_is_killed() -> None:
    (said,) = refusal(Folder().uploads(), wait=0.001)
    assert "took longer than is allowed" in said


def test_a_list_and_its_twin_in_parquet_must_say_the_same(made_list: Any) -> None:
    files = {path.name: path.read_bytes() for path in made_list.iterdir()}
    uploads = [SimpleUploadedFile(name, data) for name, data in files.items()]
    found = read_upload(uploads, sites=["ZT101", "ZT102", "ZT201"], today=TODAY)
    told = json.loads(files["manifest.json"])
    assert len(found["rows"]) == sum(one["listed"] for one in told["lists"])
    changed = files["list.csv"].replace(b",false,", b",true,", 1)
    uploads = [SimpleUploadedFile(name, changed if name == "list.csv" else data)
               for name, data in files.items()]  # fmt: skip
    with pytest.raises(NotUsable, match="do not say the same"):
        read_upload(uploads, sites=["ZT101", "ZT102", "ZT201"], today=TODAY)


def test_where_the_manifest_hashes_its_files_they_must_fit() -> None:
    (said,) = refusal(Folder(manifest={"files": {"list.csv": "0" * 64}}).uploads())
    assert said.startswith("list.csv: it is not the file that the manifest speaks of")
