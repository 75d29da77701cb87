"""Encodings: every one a trust may use gives the same text; what is no text is told by row."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from faults.reading.made import here, refused

TEXT = "id,name\n1,José\n2,Zoë € £5\n"
NAMES = [("1", "José"), ("2", "Zoë € £5")]


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        pytest.param(TEXT.encode(), "utf-8", id="utf-8"),
        pytest.param(codecs.BOM_UTF8 + TEXT.encode(), "utf-8", id="utf-8 with a mark"),
        pytest.param(codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), "utf-16-le", id="utf-16 le"),
        pytest.param(codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "utf-16-be", id="utf-16 be"),
        pytest.param(TEXT.encode("utf-16-le"), "utf-16-le", id="utf-16 le without a mark"),
        pytest.param(TEXT.encode("utf-16-be"), "utf-16-be", id="utf-16 be without a mark"),
        pytest.param(TEXT.encode("cp1252"), "cp1252", id="windows"),
    ],
)
def test_the_encoding_is_found_out(tmp_path: Path, content: bytes, encoding: str) -> None:
    path = tmp_path / "trust.csv"
    path.write_bytes(content)
    read = here(path)
    assert read.columns == ("id", "name")
    assert read.cells == NAMES
    assert read.facts.encoding == encoding


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16-le"])
def test_the_encoding_is_found_out_however_late_it_shows(tmp_path: Path, encoding: str) -> None:
    """The first accented letter stands after 3 MiB, on no boundary of any block."""
    path = tmp_path / "trust.csv"
    plain = "id,name\n" + "1,Jose\n" * 450_000
    path.write_bytes((plain + "2,José\n" * 3).encode(encoding))
    read = here(path)
    assert len(read.cells) == 450_003
    assert read.cells[-3:] == [("2", "José")] * 3
    assert read.facts.encoding == encoding


def test_a_declared_encoding_is_believed(tmp_path: Path) -> None:
    path = tmp_path / "trust.csv"
    path.write_bytes("id,name\n1,José\n".encode("cp850"))
    assert here(path, encoding="cp850").cells == [("1", "José")]


@pytest.mark.parametrize(
    ("first", "second"), [("utf-8", "cp1252"), ("cp1252", "utf-8")], ids=["utf-8 first", "windows"]
)
def test_a_file_in_two_encodings_is_refused_at_the_row_where_it_changes(
    tmp_path: Path, first: str, second: str
) -> None:
    path = tmp_path / "trust.csv"
    start = 'id,name\n1,"José\nLuis"\n'.encode(first)  # rows 1 and 2, three lines
    path.write_bytes(start + b"2,Ann\n" + "3,Zoë\n".encode(second) + b"4,Bo\n")
    refusal = refused(path)
    assert "mixes encodings" in refusal.cause
    assert refusal.row == 4


@pytest.mark.parametrize(
    ("content", "options"),
    [
        pytest.param(codecs.BOM_UTF8 + b"id,name\n1,a\n2,\xff\xfe\n3,c\n", {}, id="mark"),
        pytest.param(b"id,name\n1,a\n2,\xc3\n3,c\n", {"encoding": "utf-8"}, id="declared"),
        pytest.param(b"id,name\n1,\xe9\n2,\x81\n3,c\n", {}, id="no such letter in windows"),
        pytest.param(
            codecs.BOM_UTF16_LE + "id,name\n1,a\n2,".encode("utf-16-le") + b"\x00\xd8"
            + "\n3,c\n".encode("utf-16-le"), {}, id="half a surrogate pair",
        ),
    ],
)  # fmt: skip
def test_a_row_that_is_no_text_is_a_fault_and_the_others_are_read(
    tmp_path: Path, content: bytes, options: dict[str, str]
) -> None:
    path = tmp_path / "trust.csv"
    path.write_bytes(content)
    faults = [(row[0], row[1]) for row in here(path, **options).rows]
    assert faults == [(2, None), (3, "not text in the file's encoding"), (4, None)]


def test_names_already_damaged_by_another_system_are_kept_as_sent(tmp_path: Path) -> None:
    path = tmp_path / "trust.csv"
    path.write_text("id,name\n1,JosÃ©\n2,Jos\ufffd\n", encoding="utf-8")
    assert here(path).cells == [("1", "JosÃ©"), ("2", "Jos\ufffd")]


def test_a_nul_in_a_wide_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "trust.csv"
    path.write_bytes(codecs.BOM_UTF16_LE + "id,name\n1,a\0b\n".encode("utf-16-le"))
    assert "NUL" in refused(path).cause
