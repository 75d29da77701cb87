"""What a file is: name and first bytes must agree; what is not read is refused with a remedy."""

from __future__ import annotations

import gzip
import os
from pathlib import Path

import pytest

from openhiu.errors import ConfigurationFault, InputNotUsable
from openhiu.extract.reading import Limits, Reading, open_text_file
from openhiu.extract.reading.kinds import recognise

CSV, ZIP, GZ = b"id,x\n1,2\n", b"PK\x03\x04" + b"\0" * 40, gzip.compress(b"id,x\n1,2\n", mtime=0)
OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 40


@pytest.mark.parametrize(
    ("name", "content", "form"),
    [
        ("a.csv", CSV, "csv"), ("A.CSV", CSV, "csv"), ("a.txt", CSV, "csv"), ("a.tsv", CSV, "csv"),
        ("a.csv.gz", GZ, "csv.gz"), ("a.parquet", b"PAR1..", "parquet"), ("a.xlsx", ZIP, "xlsx"),
        ("april.2025.csv", CSV, "csv"), ("a.csv", b"PKID,x\n", "csv"), ("a.csv", b"<5,x\n", "csv"),
    ],
)  # fmt: skip
def test_known_files_are_recognised(tmp_path: Path, name: str, content: bytes, form: str) -> None:
    (tmp_path / name).write_bytes(content)
    assert recognise(tmp_path / name, Limits())[0] == form


@pytest.mark.parametrize(
    ("name", "content", "cause"),
    [
        # endings that are not read, whatever is inside
        ("a.xls", OLE2, "old Excel"), ("a.xlsm", ZIP, "macros"), ("a.xlsb", ZIP, "binary"),
        ("a.ods", ZIP, "OpenDocument"), ("a.zip", ZIP, "zip archive"), ("a.7z", CSV, "7z"),
        ("a.gz", GZ, "not named .csv.gz"), ("a.mdb", CSV, "Access"), ("a.pdf", CSV, "not read"),
        ("a", CSV, "not read"), ("a.csv.exe", CSV, "not read"), ("a.csv.zip", ZIP, "zip archive"),
        # content that is not what the ending says
        ("a.csv", ZIP, "zip archive or workbook"), ("a.csv", GZ, "gzip"), ("a.csv", OLE2, "Office"),
        ("a.csv", b"PAR1....", "Parquet"), ("a.csv", b"%PDF-1.7", "PDF"),
        ("a.csv", b"7z\xbc\xaf\x27\x1c", "7z"), ("a.csv", b"\x7fELF\x02", "a program"),
        ("a.csv", b"<html><table>", "web page"), ("a.csv", b"\r\n<!DOCTYPE html>", "web page"),
        ("a.csv", b"<?xml version='1.0'?>", "web page or XML"),
        ("a.csv", b"\x28\xb5\x2f\xfd..", "zstd"), ("a.txt", b"{\\rtf1", "RTF"),
        ("a.csv.gz", CSV, "something else"), ("a.csv.gz", ZIP, "zip archive"),
        ("a.parquet", CSV, "something else"), ("a.parquet", GZ, "gzip"),
        ("a.parquet", b"PARE....", "encrypted Parquet"),
        ("a.xlsx", CSV, "something else"), ("a.xlsx", OLE2, "encrypted with a password, or an old"),
        ("a.xlsx", b"PK\x05\x06" + b"\0" * 18, "empty zip"), ("a.xlsx", b"PAR1", "Parquet"),
        ("a.csv", b"", "is empty"), ("a.parquet", b"", "is empty"), ("a.xlsx", b"", "is empty"),
    ],
)  # fmt: skip
def test_other_files_are_refused_with_a_remedy(
    tmp_path: Path, name: str, content: bytes, cause: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InputNotUsable) as refusal:
        recognise(tmp_path / name, Limits())
    assert cause in refusal.value.cause
    assert refusal.value.file == name
    assert refusal.value.remedy


def test_what_is_no_file_is_refused_and_nothing_hangs(tmp_path: Path) -> None:
    (tmp_path / "folder.csv").mkdir()
    os.mkfifo(tmp_path / "pipe.csv")
    for name, cause in {
        "folder.csv": "a folder",
        "pipe.csv": "device",
        "no.csv": "no such",
    }.items():
        with pytest.raises(InputNotUsable, match=cause):
            recognise(tmp_path / name, Limits())
    with pytest.raises(InputNotUsable, match="no such"):
        recognise(tmp_path / "nul\0.csv", Limits())


def test_a_name_cannot_play_tricks_on_the_screen(tmp_path: Path) -> None:
    path = tmp_path / "a\x1b[31m\u202egpj.csv"
    path.write_bytes(b"")
    with pytest.raises(InputNotUsable) as refusal:
        recognise(path, Limits())
    assert refusal.value.file == "a?[31m?gpj.csv"


def test_a_file_over_the_size_is_refused_before_it_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "huge.csv"
    with path.open("wb") as file:
        file.truncate(10 * 1024**3)  # sparse: takes no room
    with pytest.raises(InputNotUsable, match="10,737,418,240 bytes; at most 4,294,967,296"):
        recognise(path, Limits())


@pytest.mark.parametrize(
    "options", [{"encoding": "zip"}, {"delimiter": "::"}, {"delimiter": ""}, {"header_row": 0}]
)
def test_options_that_make_no_sense_are_refused(tmp_path: Path, options: dict[str, object]) -> None:
    (tmp_path / "a.csv").write_bytes(CSV)
    with pytest.raises(ConfigurationFault):
        open_text_file(tmp_path / "a.csv", options=Reading(**options))
