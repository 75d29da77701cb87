"""Bytes of a file, plain or gzip, as a stream that stops at the limits.

A path comes in; unpacked bytes go out, and never more than `Limits` allows.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from openhiu.errors import InputNotUsable
from openhiu.extract.reading.limits import RATIO_COUNTS_FROM, Limits

_DAMAGED = "the file is damaged or was cut off while it was sent"
_SEND_AGAIN = "ask for it to be sent again"
_UNPACK_STEP = 1 << 20


class Source(Protocol):
    """Something to read bytes from."""

    @property
    def done(self) -> int:
        """Bytes of the file on disk taken so far."""
        ...

    def read(self, size: int) -> bytes:
        """Up to `size` bytes; empty at the end."""
        ...

    def close(self) -> None:
        """Let go of the file."""
        ...


Opener = Callable[[], Source]


class PlainFile:
    """A file as it is."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("rb", buffering=0)
        self.done = 0

    def read(self, size: int) -> bytes:
        """Up to `size` bytes; empty at the end."""
        data = self._file.read(size) or b""
        self.done += len(data)
        return data

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()


class GzipFile:
    """The unpacked bytes of a gzip file of one or several members."""

    def __init__(self, path: Path, limits: Limits) -> None:
        self._packed = PlainFile(path)
        self._limits = limits
        self._member = zlib.decompressobj(wbits=31)
        self._waiting = b""
        self._unpacked = 0

    @property
    def done(self) -> int:
        """Bytes of the packed file taken so far."""
        return self._packed.done

    def read(self, size: int) -> bytes:
        """Up to `size` unpacked bytes; empty at the end. Raises InputNotUsable at a limit."""
        while True:
            if not self._waiting:
                self._waiting = self._packed.read(_UNPACK_STEP)
            ended = not self._waiting
            if self._member.eof and not self._next_member():
                if ended:
                    return b""
                continue
            data = self._unpack(min(size, _UNPACK_STEP))
            if data:
                return self._counted(data)
            if ended and not self._member.eof:
                raise InputNotUsable(_DAMAGED, remedy=_SEND_AGAIN)

    def close(self) -> None:
        """Let go of the file."""
        self._packed.close()

    def _unpack(self, size: int) -> bytes:
        try:
            data = self._member.decompress(self._waiting, size)
        except zlib.error as error:
            raise InputNotUsable(_DAMAGED, remedy=_SEND_AGAIN) from error
        self._waiting = self._member.unconsumed_tail or self._member.unused_data
        return data

    def _next_member(self) -> bool:
        # Zero bytes between or after members are padding; they belong to none.
        self._waiting = self._waiting.lstrip(b"\0")
        if self._waiting:
            self._member = zlib.decompressobj(wbits=31)
        return bool(self._waiting)

    def _counted(self, data: bytes) -> bytes:
        self._unpacked += len(data)
        check_unpacked(self._unpacked, self.done, self._limits)
        return data


def check_unpacked(unpacked: int, packed: int, limits: Limits) -> None:
    """Raise InputNotUsable where unpacking has gone past the size or the ratio allowed."""
    if unpacked > limits.max_unpacked_bytes:
        raise InputNotUsable(
            f"it unpacks to more than {limits.max_unpacked_bytes:,} bytes",
            remedy="send it in parts, for example one file a month",
        )
    if unpacked > RATIO_COUNTS_FROM and unpacked > limits.max_ratio * packed:
        raise InputNotUsable(
            f"it unpacks to more than {limits.max_ratio} times its size, as files made to exhaust "
            "a computer do",
            remedy="if it is genuine, send it as plain CSV or as Parquet",
        )


def opener(path: Path, form: str, limits: Limits) -> Opener:
    """A function that opens the file from its start, unpacking as its format asks."""
    if form == "csv.gz":
        return lambda: GzipFile(path, limits)
    return lambda: PlainFile(path)
