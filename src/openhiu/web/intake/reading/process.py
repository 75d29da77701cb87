"""The child process seen from outside: uploaded files go in, a checked list comes out.

It gets no environment, no database and no open files of ours, and is killed when it takes too long.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final, Protocol

from openhiu.web.intake.reading import limits
from openhiu.web.intake.reading.child import OUT_OF_MEMORY, REFUSED, USABLE
from openhiu.web.intake.reading.faults import Fault, NotUsable

_START: Final = Path(__file__).with_name("child.py")
_AGAIN: Final = "Upload the folder of hiu identify again; if it happens again, tell your supplier"


class Uploaded(Protocol):
    """What Django's uploaded files offer."""

    name: str
    size: int

    def chunks(self) -> Iterable[bytes]:
        """The content in parts."""


def read_upload(
    uploads: Iterable[Uploaded], *, sites: Iterable[str], today: date, wait: float | None = None
) -> dict[str, Any]:
    """The checked list in some uploaded files, as listing.read_listing gives it.

    Args:
        uploads: one zip, or the files of the folder.
        sites: the site codes of this service's hospitals.
        today: the day of the upload.
        wait: seconds before the child is killed, instead of WALL_SECONDS.

    Raises:
        NotUsable: why it cannot be taken in. Nothing is left on the disk.
    """
    uploads = list(uploads)
    if sum(upload.size for upload in uploads) > limits.MOST_UPLOADED:
        raise NotUsable(Fault(f"The upload is larger than {limits.MOST_UPLOADED >> 20} MB"))
    if len(uploads) > limits.MOST_ENTRIES:
        raise NotUsable(Fault(f"These are more than {limits.MOST_ENTRIES} files"))
    with tempfile.TemporaryDirectory(prefix="openhiu-list-") as folder:
        files = _put_down(uploads, Path(folder))
        return read_files(files, sites=sites, today=today, wait=wait)


def _put_down(uploads: list[Uploaded], folder: Path) -> dict[str, Path]:
    """Write each upload under a name of ours; what it was called is only data."""
    files: dict[str, Path] = {}
    for number, upload in enumerate(uploads):
        if upload.name in files:
            raise NotUsable(Fault("The same file was chosen twice"))
        files[upload.name] = folder / str(number)
        with files[upload.name].open("wb") as out:
            for part in upload.chunks():
                out.write(part)
    return files


def read_files(
    files: dict[str, Path], *, sites: Iterable[str], today: date, wait: float | None = None
) -> dict[str, Any]:
    """The same from files on the disk, by the names they were given. Raises NotUsable."""
    job = {
        "files": {name: str(path) for name, path in files.items()},
        "sites": sorted(sites),
        "ours": version("openhiu"),
        "today": today.isoformat(),
    }
    code, told = _run(job, wait or limits.WALL_SECONDS)
    if code == OUT_OF_MEMORY or code in (-9, -6):
        raise NotUsable(Fault("Reading it needed more memory than a list can need", _AGAIN))
    if code == -getattr(signal, "SIGXCPU", 0) != 0:
        raise NotUsable(Fault("Reading it took longer than is allowed", _AGAIN))
    if code not in (USABLE, REFUSED) or len(told) > limits.MOST_ANSWER:
        raise NotUsable(Fault("One of the files is damaged or not of a list", _AGAIN))
    answer: dict[str, Any] = json.loads(told)
    if code == REFUSED:
        raise NotUsable(*(Fault(**fault) for fault in answer["faults"]))
    return answer


def _run(job: dict[str, Any], wait: float) -> tuple[int, bytes]:
    with tempfile.TemporaryDirectory(prefix="openhiu-child-") as scratch:
        try:
            done = subprocess.run(
                [sys.executable, "-B", "-P", "-s", str(_START)],
                input=json.dumps(job).encode(),
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=_environment(),
                cwd=scratch,
                start_new_session=True,
                timeout=wait,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise NotUsable(Fault("Reading it took longer than is allowed", _AGAIN)) from None
    return done.returncode, done.stdout


def _environment() -> dict[str, str]:
    """Nothing of ours but where Python finds its modules: no database, no keys."""
    path = os.pathsep.join(str(Path(part).resolve()) for part in sys.path if part)
    kept = {"PYTHONPATH": path, "LC_ALL": "C.UTF-8"}
    if "SYSTEMROOT" in os.environ:  # Windows starts no process without it
        kept["SYSTEMROOT"] = os.environ["SYSTEMROOT"]
    # Address space is limited, so nothing may reserve it in advance.
    return {
        **kept,
        "ARROW_DEFAULT_MEMORY_POOL": "system",
        "MALLOC_ARENA_MAX": "2",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
    }
