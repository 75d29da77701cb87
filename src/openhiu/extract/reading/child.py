"""The child process: a job comes in on standard input, Arrow batches go out on standard output.

`start.py` runs it. A refusal goes out as one line of JSON on standard error with exit code 3;
anything else that goes wrong is told by the exit code alone, because the words of a parser may
quote a cell.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any, BinaryIO, Final

from openhiu.errors import HiuError, InputNotUsable
from openhiu.extract.reading.confine import confine
from openhiu.extract.reading.limits import Facts, Limits, Reading

REFUSED: Final = 3
OUT_OF_MEMORY: Final = 12
FAILED: Final = 70


class WithoutPandas:
    """Hides pandas: pyarrow loads it for its first array, which takes over a second."""

    def find_spec(self, name: str, *_: object) -> None:
        """Nothing for any module but an ImportError for this one."""
        if name == "pandas":
            raise ModuleNotFoundError(name)


def main() -> int:
    """Read the job, put up the walls, then read the file. The exit code is what is left to say."""
    sys.meta_path.insert(0, WithoutPandas())
    job = json.load(sys.stdin)
    limits = Limits(**job["limits"])
    facts = Facts(confined=confine(limits, job["size"]))
    with _own_output() as output:
        return _answer(job, limits, facts, output)


def _own_output() -> BinaryIO:
    """Standard output for the batches alone: whatever else prints goes to standard error."""
    output = os.fdopen(os.dup(1), "wb", buffering=1 << 20)
    os.dup2(2, 1)
    return output


def _answer(job: dict[str, Any], limits: Limits, facts: Facts, output: BinaryIO) -> int:
    try:
        deliver(job, limits, facts, output)
    except HiuError as refusal:
        sys.stderr.write("\n" + json.dumps(refusal.as_dict()) + "\n")
        return REFUSED
    except MemoryError:
        return OUT_OF_MEMORY
    except BrokenPipeError:
        return 0  # the parent has seen enough
    except BaseException:  # a parser's panic is no Exception; its words may hold a cell
        return FAILED
    return 0


def deliver(job: dict[str, Any], limits: Limits, facts: Facts, output: BinaryIO) -> None:
    """Read the file of a job and write its batches. Raises InputNotUsable where it is refused."""
    # Only the parser that is needed is loaded, and no byte of the file before the walls stand.
    from openhiu.extract.reading.outbox import Outbox

    path, form, reading = Path(job["path"]), job["format"], Reading(**job["options"])
    outbox = Outbox(output, limits, facts)
    outbox.size = job["size"]
    if form == "parquet":
        from openhiu.extract.reading.parquet_rows import read_parquet

        read_parquet(path, limits, outbox)
    elif form == "xlsx":
        from openhiu.extract.reading.workbook_rows import read_workbook

        read_workbook(path, reading, limits, outbox)
    elif form in ("csv", "csv.gz"):
        from openhiu.extract.reading.csv_rows import read_csv

        read_csv(path, form, reading, limits, outbox)
    else:
        raise InputNotUsable(f"there is no reader for {form}", remedy="report this as a bug")
