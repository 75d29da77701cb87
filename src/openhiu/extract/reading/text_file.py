"""A file of any sender as a stream of text batches: the public face of this package."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, fields
from functools import cached_property
from os import stat_result
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import pyarrow as pa

from openhiu.errors import ConfigurationFault, InputNotUsable
from openhiu.extract.reading.characters import ENCODINGS
from openhiu.extract.reading.kinds import recognise, shown_name
from openhiu.extract.reading.limits import Facts, Limits, Reading
from openhiu.extract.reading.process import Child

_HASH_STEP: Final = 1 << 20
_LIMITS: Final = Limits()
_READING: Final = Reading()


class TextFile:
    """A file being read by a child process. Use it as a context manager; read `batches` once.

    `format` is csv, csv.gz, parquet or xlsx; `columns` the header as written, spaces tidied;
    `column_types` the Arrow type of each column for Parquet, "text" for CSV, "mixed" for XLSX;
    `size` the bytes on disk and `bytes_done` how many of them the batches so far have taken.
    `facts` fills up as batches are taken.
    """

    def __init__(self, path: Path, form: str, found: stat_result, child: Child) -> None:
        self.format = form
        self.size = found.st_size
        self.bytes_done = 0
        self.facts = Facts()
        self._path = path
        self._found = found
        self._name = shown_name(path)
        self._child = child
        self._taken = False
        self._stream = child.wait_for(lambda: pa.ipc.open_stream(child.output))
        self.columns: tuple[str, ...] = tuple(self._stream.schema.names[2:])
        described = json.loads((self._stream.schema.metadata or {})[b"openhiu"])
        self._learn(described["facts"])
        types = dict(zip(self.columns, described["types"], strict=True))
        self.column_types: Mapping[str, str] = MappingProxyType(types)

    def __enter__(self) -> TextFile:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    @property
    def child_pid(self) -> int:
        """The process number of the child that parses."""
        return self._child.pid

    @cached_property
    def sha256(self) -> str:
        """The hash of the file's bytes in hexadecimal, worked out on first use, streaming."""
        digest = hashlib.sha256()
        with self._path.open("rb", buffering=0) as file:
            while block := file.read(_HASH_STEP):
                digest.update(block)
        self._refuse_changed()
        return digest.hexdigest()

    def batches(self) -> Iterator[pa.RecordBatch]:
        """The rows: `_row` (int64), `_fault` (null or a rule), then one text column per column.

        Raises InputNotUsable where reading stops; what came before must then be thrown away.
        """
        if self._taken:
            raise RuntimeError("the batches of a file can be taken once; open it again")
        self._taken = True
        while (taken := self._next()) is not None:
            batch, metadata = taken
            self._learn(json.loads(metadata[b"facts"]))
            self.bytes_done = int(metadata[b"done"])
            if batch.num_rows:
                yield batch
        self._refuse_changed()

    def close(self) -> None:
        """End the child and let go of everything."""
        self._child.close()

    def _next(self) -> tuple[pa.RecordBatch, Mapping[bytes, bytes]] | None:
        try:
            return self._child.wait_for(self._read)
        except StopIteration:
            return None

    def _read(self) -> tuple[pa.RecordBatch, Mapping[bytes, bytes]]:
        taken = self._stream.read_next_batch_with_custom_metadata()
        # A child that has been taken over may send offsets that point anywhere.
        taken.batch.validate(full=True)
        return taken.batch, taken.custom_metadata

    def _learn(self, told: Mapping[str, Any]) -> None:
        for known in fields(Facts):
            setattr(self.facts, known.name, told[known.name])

    def _refuse_changed(self) -> None:
        now = self._path.stat()
        if (now.st_size, now.st_mtime_ns) != (self._found.st_size, self._found.st_mtime_ns):
            raise InputNotUsable(
                "the file changed while it was being read",
                remedy="wait until it has been written, then read it again",
                file=self._name,
            )


def open_text_file(
    path: Path, *, limits: Limits = _LIMITS, options: Reading = _READING
) -> TextFile:
    """Open a trust's file for reading, in a child process that can be killed.

    Raises InputNotUsable with file, row, column and remedy where the file is missing, of another
    kind than it says, over a limit, or has no header and rows; ConfigurationFault where `options`
    make no sense.
    """
    _check(options)
    form, found = recognise(path, limits)
    job = {
        "path": str(path.absolute()),
        "format": form,
        "size": found.st_size,
        "limits": asdict(limits),
        "options": asdict(options),
    }
    child = Child(job, wall_seconds=limits.wall_seconds(found.st_size), file=shown_name(path))
    try:
        return TextFile(path, form, found, child)
    except BaseException:
        child.close()
        raise


def _check(options: Reading) -> None:
    if options.encoding is not None and options.encoding not in ENCODINGS:
        raise ConfigurationFault(
            "the mapping names an encoding that is not read",
            remedy=f"use one of: {', '.join(ENCODINGS)}",
        )
    if options.delimiter is not None and len(options.delimiter) != 1:
        raise ConfigurationFault(
            "the delimiter in the mapping is not a single character",
            remedy="write one character, for example ';' or a tab as \"\\t\"",
        )
    if options.header_row < 1:
        raise ConfigurationFault("header_row in the mapping is below 1", remedy="count rows from 1")
