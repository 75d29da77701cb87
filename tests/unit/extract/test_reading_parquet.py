"""Parquet files of every make: what their cells become as text, and which files are refused."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from faults.reading.made import SECRET, here, refused
from openhiu.extract.reading import Limits


def made(folder: Path, table: pa.Table, **options: object) -> Path:
    path = folder / "trust.parquet"
    pq.write_table(table, path, **options)
    return path


@pytest.mark.parametrize(
    ("values", "kind", "text"),
    [
        (["a", "  b ", "", None], pa.string(), ["a", "b", None, None]),
        (["a", None], pa.large_string(), ["a", None]),
        (["a", "b", "a"], pa.dictionary(pa.int8(), pa.string()), ["a", "b", "a"]),
        ([b"abc", None], pa.binary(), ["abc", None]),
        ([7, -1, None], pa.int16(), ["7", "-1", None]),
        ([9434765919], pa.int64(), ["9434765919"]),
        ([2**64 - 1], pa.uint64(), ["18446744073709551615"]),
        # The tail is how a number that came through a float column is told, and then rejected.
        ([9434765919.0, 0.5, 1e22, None], pa.float64(), ["9434765919.0", "0.5", "1e+22", None]),
        ([1.0, float("nan")], pa.float32(), ["1.0", None]),
        ([Decimal("9434765919")], pa.decimal128(10, 0), ["9434765919"]),
        ([Decimal("1.50")], pa.decimal128(5, 2), ["1.50"]),
        ([True, False, None], pa.bool_(), ["true", "false", None]),
        ([date(2024, 2, 29)], pa.date32(), ["2024-02-29"]),
        ([date(2024, 2, 29)], pa.date64(), ["2024-02-29"]),
        ([datetime(2025, 1, 2, 3, 4)], pa.timestamp("ms"), ["2025-01-02T03:04:00"]),
        (
            [datetime(2025, 1, 2, 3, 4, 5, 600_000), datetime(2025, 1, 2)],
            pa.timestamp("us"),
            ["2025-01-02T03:04:05.600000", "2025-01-02T00:00:00"],
        ),
        ([time(9, 5)], pa.time64("us"), ["09:05:00"]),
        ([None, None, "x"], pa.string(), [None, None, "x"]),
    ],
)
def test_every_plain_type_becomes_text(
    tmp_path: Path, values: list[object], kind: pa.DataType, text: list[str | None]
) -> None:
    rows = pa.table({"n": pa.array(range(len(values))), "x": pa.array(values, kind)})
    assert [cells[1] for cells in here(made(tmp_path, rows)).cells] == text


def test_times_with_a_zone_become_local_time(tmp_path: Path) -> None:
    """British summer time began on 30 March 2025 at 01:00 UTC and ended on 26 October at 01:00."""
    moments = [
        datetime(2025, 1, 1, 12, 0, tzinfo=UTC),  # winter: UTC
        datetime(2025, 7, 1, 12, 0, tzinfo=UTC),  # summer: one hour on
        datetime(2025, 10, 26, 0, 30, tzinfo=UTC),  # the first 01:30 of that night
        datetime(2025, 10, 26, 1, 30, tzinfo=UTC),  # the second
    ]
    column = pa.array(moments, pa.timestamp("us", "UTC"))
    assert here(made(tmp_path, pa.table({"x": column}))).cells == [
        ("2025-01-01T12:00:00",),
        ("2025-07-01T13:00:00",),
        ("2025-10-26T01:30:00",),
        ("2025-10-26T01:30:00",),
    ]


def test_old_int96_times_are_read_with_a_warning(tmp_path: Path) -> None:
    rows = pa.table({"Arrival": pa.array([datetime(2025, 1, 2, 3, 4)], pa.timestamp("ns"))})
    read = here(made(tmp_path, rows, use_deprecated_int96_timestamps=True))
    assert read.cells == [("2025-01-02T03:04:00",)]
    assert "column Arrival is in the old INT96 form" in read.facts.warnings[0]


def test_columns_of_lists_are_left_out_with_a_warning(tmp_path: Path) -> None:
    read = here(made(tmp_path, pa.table({"id": [1], "codes": [["a"]], "x": [{"a": 1}]})))
    assert (read.columns, read.cells) == (("id",), [("1",)])
    assert len(read.facts.warnings) == 2


def test_rows_are_numbered_from_two_over_row_groups_and_batches(tmp_path: Path) -> None:
    rows = pa.table({"n": pa.array(range(2, 1002))})
    read = here(made(tmp_path, rows, row_group_size=300), Limits(batch_rows=70))
    assert [(row[0], row[2]) for row in read.rows] == [(n, str(n)) for n in range(2, 1002)]


@pytest.mark.parametrize(
    ("table", "cause"),
    [
        (pa.table({"a": pa.array([], pa.string())}), "no row below it"),
        (pa.table([pa.array(["1"]), pa.array(["2"])], names=["Site", "SITE "]), "stands twice"),
        (pa.table([pa.array(["1"]), pa.array(["2"])], names=["a", "a"]), "stands twice"),
        (pa.table({f"c{n}": [1] for n in range(2001)}), "2,001 columns"),
        (pa.table({"a": [["x"]]}), "no column of the file is a plain column"),
        (pa.table({"a": [b"\xff\xfe" + SECRET.encode()]}), "cannot be written as text"),
        (pa.table({"a": pa.array([b"Jos\xe9"]).view(pa.string())}), "cannot be written as text"),
        (pa.table({"a": ["x" * 1_048_577]}), "1,048,576 bytes"),
    ],
    ids=["no rows", "case clash", "twice", "too wide", "nested", "bytes", "no text", "giant cell"],
)
def test_tables_that_cannot_be_used_are_refused(
    tmp_path: Path, table: pa.Table, cause: str
) -> None:
    assert cause in refused(made(tmp_path, table)).cause


@pytest.mark.parametrize("keep", [12, 400, -1, -9, -200])
def test_a_truncated_file_is_refused(tmp_path: Path, keep: int) -> None:
    path = made(tmp_path, pa.table({"a": [f"{SECRET}{n}" for n in range(1000)]}))
    path.write_bytes(path.read_bytes()[:keep])
    assert "damaged or was cut off" in refused(path).cause


def test_a_file_damaged_in_the_middle_is_refused(tmp_path: Path) -> None:
    path = made(tmp_path, pa.table({"a": [f"{SECRET}{n}" for n in range(10_000)]}))
    content = bytearray(path.read_bytes())
    content[4:400] = b"\xff" * 396
    path.write_bytes(content)
    assert "damaged or was cut off" in refused(path).cause


def bomb(folder: Path, rows: int, cell: int) -> Path:
    """One long text in the dictionary, `rows` times in the column: kilobytes on disk."""
    indices = pa.array([0] * rows, pa.int32())
    column = pa.DictionaryArray.from_arrays(indices, pa.array(["x" * cell]))
    return made(folder, pa.table({"a": column}), compression="zstd")


def test_a_small_file_that_holds_a_terabyte_is_refused(tmp_path: Path) -> None:
    path = bomb(tmp_path, rows=1_000_000, cell=1_000_000)  # 10^12 bytes
    assert path.stat().st_size < 30_000
    assert "more than 8,589,934,592 bytes" in refused(path).cause


def test_a_giant_entry_of_a_dictionary_is_refused_before_it_is_spread(tmp_path: Path) -> None:
    assert "1,048,576 bytes" in refused(bomb(tmp_path, rows=100_000, cell=2_000_000)).cause


def test_many_row_groups_add_up(tmp_path: Path) -> None:
    rows = pa.table({"a": pa.array(["x" * 1000] * 4000).dictionary_encode()})  # 4,000,000 bytes
    path = made(tmp_path, rows, row_group_size=100)
    assert len(here(path, Limits(max_unpacked_bytes=4_000_000)).rows) == 4000
    assert "more than 3,999,999" in refused(path, Limits(max_unpacked_bytes=3_999_999)).cause
