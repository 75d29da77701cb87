"""The child that parses: it is shut in, it can be killed, and its parent outlives it."""

from __future__ import annotations

import hashlib
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from faults.reading.made import SECRET, by_child, here, table_workbook, workbook
from openhiu.errors import InputNotUsable
from openhiu.extract.reading import Limits, TextFile, open_text_file

linux = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


@pytest.fixture(autouse=True)
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder for temporary files, which must be empty when all is closed."""
    folder = tmp_path / "scratch"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    return folder


@pytest.fixture
def long_file(tmp_path: Path) -> Path:
    """11 MB: more than any pipe holds, so its child is still at work after the first batch."""
    path = tmp_path / "long.csv"
    path.write_text("id,text\n" + "\n".join(f"{n},{SECRET * 2}" for n in range(250_000)))
    return path


def ended(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def files(tmp_path: Path) -> dict[str, Path]:
    rows = [["id", "town"], ["a1", "Leeds"], ["a2", "York"]]
    text, table = tmp_path / "a.csv", tmp_path / "a.parquet"
    text.write_text("\n".join(",".join(row) for row in rows))
    pq.write_table(pa.table({"id": ["a1", "a2"], "town": ["Leeds", "York"]}), table)
    return {"text": text, "string": table, "mixed": table_workbook(tmp_path / "a.xlsx", rows)}


@pytest.mark.parametrize("kind", ["text", "string", "mixed"])
def test_a_file_comes_through_the_child_as_it_does_without(tmp_path: Path, kind: str) -> None:
    path = files(tmp_path)[kind]
    assert by_child(path) == here(path).rows == [
        (2, None, "a1", "Leeds"), (3, None, "a2", "York"),
    ]  # fmt: skip
    with open_text_file(path) as file:
        assert file.columns == ("id", "town")
        assert file.column_types == {"id": kind, "town": kind}
        assert file.format == path.suffix[1:]
        assert file.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
        assert file.size == path.stat().st_size
        batch = next(file.batches())
    assert batch.schema.types == [pa.int64(), pa.string(), pa.string(), pa.string()]
    assert batch.schema.names == ["_row", "_fault", "id", "town"]


def test_batches_are_of_the_size_asked_for_and_progress_is_told(long_file: Path) -> None:
    seen = []
    with open_text_file(long_file, limits=Limits(batch_rows=50_000)) as file:
        for batch in file.batches():
            assert batch.num_rows <= 50_000
            seen.append(file.bytes_done)
            if len(seen) == 1:
                assert 0 < seen[0] < file.size
        with pytest.raises(RuntimeError, match="once"):
            next(file.batches())
    assert seen == sorted(seen)
    assert file.bytes_done == file.size


def test_a_refusal_of_the_child_names_file_row_and_remedy(tmp_path: Path) -> None:
    path = tmp_path / "april.csv"
    path.write_text(f'id,x\n1,2\n3,"{SECRET}\n')
    with pytest.raises(InputNotUsable, match=r"^april\.csv, row 3: a quote opened") as refusal:
        by_child(path)
    assert "close or remove the quote" in refusal.value.remedy


def test_the_parent_outlives_a_killed_child(long_file: Path, scratch: Path) -> None:
    with open_text_file(long_file) as file:
        batches = file.batches()
        next(batches)
        os.kill(file.child_pid, signal.SIGKILL)
        with pytest.raises(InputNotUsable, match=r"^long\.csv: reading it needed more memory"):
            list(batches)
    assert ended(file.child_pid)
    assert list(scratch.iterdir()) == []


def test_a_child_that_dies_between_batches_is_never_taken_for_the_end(tmp_path: Path) -> None:
    """A stream that stops at a message boundary looks complete; the exit code tells."""
    path = tmp_path / "a.csv"
    path.write_text("id,x\n" + "1,2\n" * 1000)
    with open_text_file(path) as file:
        file._child._process.wait = lambda timeout=None: -9  # as if it had been killed
        with pytest.raises(InputNotUsable):
            list(file.batches())
        del file._child._process.wait


def test_a_child_that_hangs_is_killed_in_time(long_file: Path) -> None:
    limits = Limits(child_cpu_seconds=1, child_cpu_seconds_per_100_mb=0)  # three seconds of waiting
    with open_text_file(long_file, limits=limits) as file:
        batches = file.batches()
        os.kill(file.child_pid, signal.SIGSTOP)
        began = time.monotonic()
        with pytest.raises(InputNotUsable, match="took longer than is allowed"):
            list(batches)
    assert time.monotonic() - began < 10
    assert ended(file.child_pid)


def test_a_child_that_uses_up_its_processor_time_is_stopped(tmp_path: Path) -> None:
    path = tmp_path / "slow.csv"
    path.write_bytes(b"id,x\n" + "1,é\n".encode("cp1252") * 6_000_000)
    limits = Limits(child_cpu_seconds=1, child_cpu_seconds_per_100_mb=0)
    with pytest.raises(InputNotUsable, match="took longer than is allowed"):
        by_child(path, limits)


def test_a_stray_cell_in_the_last_corner_stops_at_the_memory_limit(tmp_path: Path) -> None:
    """Its grid of 1,048,576 x 16,384 cells would take half a terabyte."""

    def fill(book: object) -> None:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["id", "x"])
        sheet.write_string("XFD1048576", SECRET)

    path = workbook(tmp_path / "corner.xlsx", fill)
    with pytest.raises(InputNotUsable, match="more memory than is allowed") as refusal:
        by_child(path)
    assert "stray cells" in refusal.value.remedy


def test_leaving_early_ends_the_child_and_clears_up(long_file: Path, scratch: Path) -> None:
    with open_text_file(long_file) as file:
        next(file.batches())
        assert not ended(file.child_pid)
    assert ended(file.child_pid)
    assert list(scratch.iterdir()) == []


def test_a_file_written_to_while_it_is_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "growing.csv"
    path.write_text("id,x\n1,2\n")
    with open_text_file(path) as file:
        with path.open("a") as more:
            more.write("3,4\n")
        with pytest.raises(InputNotUsable, match="changed while it was being read"):
            list(file.batches())


def open_files(pid: int) -> set[str]:
    return {str(link.readlink()) for link in Path(f"/proc/{pid}/fd").iterdir()}


def walls(file: TextFile) -> dict[str, str]:
    lines = Path(f"/proc/{file.child_pid}/limits").read_text().splitlines()[1:]
    return {line[:26].strip(): line[26:47].strip() for line in lines}


@linux
def test_the_child_is_shut_in(
    long_file: Path, tmp_path: Path, scratch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_PASSWORD", "hunter2")
    with (tmp_path / "open.txt").open("w") as held, socket.socket() as network:
        os.set_inheritable(held.fileno(), True)
        os.set_inheritable(network.fileno(), True)
        with open_text_file(long_file) as file:
            child = Path(f"/proc/{file.child_pid}")
            assert b"hunter2" not in (child / "environ").read_bytes()
            assert (child / "cwd").readlink().parent == scratch
            assert not {name for name in open_files(file.child_pid) if "open.txt" in name}
            assert not {name for name in open_files(file.child_pid) if name.startswith("socket")}
            limits = walls(file)
            confined = set(file.facts.confined)
            own_network = (child / "ns/net").readlink() != Path("/proc/self/ns/net").readlink()
    assert limits["Max address space"] == str(2 * 1024**3)
    assert limits["Max file size"] == "0"
    # 60 seconds, and 60 more for each 100 MB in proportion: 11,888,897 bytes add 7.
    assert (file.size, limits["Max cpu time"]) == (11_888_897, "67")
    assert limits["Max open files"] == "64"
    assert limits["Max core file size"] == "0"
    assert own_network == ("network" in confined)
    assert confined >= {"memory", "cpu", "disk", "files", "core dumps", "privileges"}


MEASURE = """
import resource, sys
from pathlib import Path
from openhiu.errors import InputNotUsable
from openhiu.extract.reading import open_text_file
try:
    open_text_file(Path(sys.argv[1])).close()
except InputNotUsable as refusal:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(used.ru_utime + used.ru_stime, used.ru_maxrss // 1024, refusal.cause, sep="|")
"""


def xlsx_bomb(folder: Path) -> Path:
    """About 256 MB of one row after the other in well under a megabyte."""
    path = folder / "bomb.xlsx"
    row = '<row r="1"><c r="A1" t="inlineStr"><is><t>x</t></is></c></row>'

    def fill(parts: dict[str, bytes]) -> None:
        sheet = parts["xl/worksheets/sheet1.xml"]
        start, _, end = sheet.partition(b"</sheetData>")
        parts["xl/worksheets/sheet1.xml"] = (
            start + row.encode() * (256_000_000 // len(row)) + b"</sheetData>" + end
        )

    from faults.reading.made import repacked

    return repacked(table_workbook(path, [["id"]]), fill)


def parquet_bomb(folder: Path) -> Path:
    path = folder / "bomb.parquet"
    column = pa.DictionaryArray.from_arrays(
        pa.array([0] * 1_000_000, pa.int32()), pa.array(["x" * 1_000_000])
    )
    pq.write_table(pa.table({"a": column}), path, compression="zstd")
    return path


def zeros(folder: Path) -> Path:
    path = folder / "zeros.csv"
    with path.open("wb") as file:
        file.truncate(3 * 1024**3)  # sparse
    return path


@pytest.mark.parametrize(
    ("make", "cause"),
    [
        (xlsx_bomb, "100 times its size"),
        (parquet_bomb, "more than 8,589,934,592 bytes"),
        (zeros, "NUL"),
    ],
)
def test_bombs_are_refused_quickly_within_little_memory_and_leave_nothing(
    tmp_path: Path, make: object, cause: str
) -> None:
    path = make(tmp_path)
    assert path.stat().st_blocks * 512 < 1_000_000
    folder = tmp_path / "disk"
    folder.mkdir()
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, str(path)], capture_output=True, text=True, check=True,
        env={**os.environ, "TMPDIR": str(folder)},
    )  # fmt: skip
    seconds, megabytes, told = done.stdout.strip().split("|")
    assert cause in told
    assert int(megabytes) <= 300
    assert float(seconds) <= 2  # of processor time: the clock depends on what else runs
    assert list(folder.iterdir()) == []
