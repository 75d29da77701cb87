"""Bytes in any encoding a trust may use become UTF-8, or a refusal that names the row.

Without a declared encoding a file is UTF-8 if all of it is, Windows-1252 if none of its accented
lines are, and refused when it is both.
"""

from __future__ import annotations

import codecs
from typing import Final, Protocol

from openhiu.errors import InputNotUsable
from openhiu.extract.reading.limits import Facts
from openhiu.extract.reading.sources import Opener, Source

# Stands where bytes were no text; a code point reserved for inside a program, so never in a file.
NOT_TEXT: Final = "\ufdd0"
STEP: Final = 1 << 20
LONGEST_LINE: Final = 8 << 20
ENCODINGS: Final = (
    "utf-8", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "iso8859-1", "iso8859-15", "cp850",
    "mac-roman", "ascii",
)  # fmt: skip
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def _mark(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return NOT_TEXT, error.end


codecs.register_error("openhiu-mark", _mark)


class Decoder(Protocol):
    """Turns blocks of bytes into UTF-8."""

    def decode(self, block: bytes, final: bool) -> bytes:
        """UTF-8 for this block and what was left of the one before."""
        ...


class Declared:
    """A file whose encoding is known; what does not fit is marked, and its row becomes a fault."""

    def __init__(self, encoding: str) -> None:
        self._decoder = codecs.getincrementaldecoder(encoding)(errors="openhiu-mark")

    def decode(self, block: bytes, final: bool) -> bytes:
        """UTF-8 for this block and what was left of the one before."""
        return self._decoder.decode(block, final).encode("utf-8", errors="replace")


class FoundOut:
    """A file that does not say: UTF-8 while it can be, else Windows-1252, never both."""

    def __init__(self, facts: Facts, opener: Opener) -> None:
        self._facts = facts
        self._opener = opener
        self._waiting = b""
        self._offset = 0
        self._seen_utf8 = False

    def decode(self, block: bytes, final: bool) -> bytes:
        """UTF-8 for the whole lines so far."""
        data = self._waiting + block
        if not data.isascii() and not final:
            end = max(data.rfind(b"\n"), data.rfind(b"\r")) + 1
            data, self._waiting = data[:end], data[end:]
            self._refuse_endless_line()
        else:
            self._waiting = b""
        decoded = data if data.isascii() else self._lines(data)
        self._offset += len(data)
        return decoded

    def _lines(self, data: bytes) -> bytes:
        if self._facts.encoding == "utf-8" and _is_utf8(data):
            self._seen_utf8 = True
            return data
        return b"".join(self._line(line, at) for line, at in _with_offsets(data))

    def _line(self, line: bytes, at: int) -> bytes:
        if line.isascii():
            return line
        if _is_utf8(line):
            self._agree("utf-8", at)
            self._seen_utf8 = True
            return line
        self._agree("cp1252", at)
        self._facts.encoding = "cp1252"
        return line.decode("cp1252", errors="openhiu-mark").encode("utf-8")

    def _agree(self, encoding: str, at: int) -> None:
        mixed = self._seen_utf8 if encoding == "cp1252" else self._facts.encoding == "cp1252"
        if mixed:
            raise InputNotUsable(
                "the file mixes encodings: some rows are UTF-8, others Windows-1252",
                remedy="export it again from one system, or set the encoding in the mapping to "
                "have the rows that do not fit rejected",
                row=row_at(self._opener, self._offset + at),
            )

    def _refuse_endless_line(self) -> None:
        if len(self._waiting) > LONGEST_LINE:
            raise InputNotUsable(
                f"a line is longer than {LONGEST_LINE:,} bytes",
                remedy="check that it is a CSV file with one record a line",
                row=row_at(self._opener, self._offset),
            )


class Utf8Stream:
    """A file as UTF-8 bytes without its byte-order mark, NUL characters refused."""

    def __init__(self, opener: Opener, encoding: str | None, facts: Facts) -> None:
        self._opener = opener
        self._source: Source = opener()
        try:
            start = _fill(self._source, 4096)
        except BaseException:
            self._source.close()
            raise
        facts.encoding, skip, certain = _encoding(start, encoding)
        self._decoder: Decoder = Declared(facts.encoding) if certain else FoundOut(facts, opener)
        self._wide = facts.encoding.startswith("utf-16")
        self._raw: bytes | None = start[skip:]
        self._taken = skip
        self._ready = b""

    @property
    def done(self) -> int:
        """Bytes of the file on disk taken so far."""
        return self._source.done

    def read(self, size: int) -> bytes:
        """Exactly `size` bytes of UTF-8, fewer only at the end."""
        parts, have = [self._ready], len(self._ready)
        while have < size and self._raw is not None:
            decoded = self._next()
            parts.append(decoded)
            have += len(decoded)
        everything = parts[0] if len(parts) == 1 else b"".join(parts)
        self._ready = everything[size:]
        return everything[:size]

    def close(self) -> None:
        """Let go of the file."""
        self._source.close()

    def _next(self) -> bytes:
        block = self._raw or self._source.read(STEP)
        self._raw = b"" if block else None
        if not self._wide and b"\0" in block:
            self._refuse_nul(self._taken + block.index(b"\0"))
        self._taken += len(block)
        decoded = self._decoder.decode(block, not block)
        if self._wide and b"\0" in decoded:
            self._refuse_nul(None)
        return decoded

    def _refuse_nul(self, at: int | None) -> None:
        raise InputNotUsable(
            "the file has NUL characters, which no text has",
            remedy="it is damaged or not a CSV file: export it again",
            row=None if at is None else row_at(self._opener, at),
        )


def row_at(opener: Opener, offset: int) -> int:
    """The number of the record that holds the byte at `offset` (the header is record 1)."""
    source, records, inside, half = opener(), 1, False, False
    try:
        while offset > 0 and (block := source.read(min(STEP, offset))):
            offset -= len(block)
            block, half = block[half and block[:1] == b"\n" :], block[-1:] == b"\r"
            for part in block.replace(b"\r\n", b"\n").split(b'"'):
                records += 0 if inside else part.count(b"\n") + part.count(b"\r")
                inside = not inside
            inside = not inside
    finally:
        source.close()
    return records


def _encoding(start: bytes, declared: str | None) -> tuple[str, int, bool]:
    """Its name, the length of its mark, and whether it is certain."""
    for mark, name in _BOMS:
        if start.startswith(mark):
            return name, len(mark), True
    if declared:
        return ("utf-16-le" if declared == "utf-16" else declared), 0, True
    even, odd = start[0::2].count(0), start[1::2].count(0)
    # Western text in UTF-16 has a zero in every second byte; other text has none at all.
    if odd > 0.4 * len(start) / 2 and even == 0:
        return "utf-16-le", 0, True
    if even > 0.4 * len(start) / 2 and odd == 0:
        return "utf-16-be", 0, True
    return "utf-8", 0, False


def _fill(source: Source, size: int) -> bytes:
    data = b""
    while len(data) < size and (more := source.read(size - len(data))):
        data += more
    return data


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _with_offsets(data: bytes) -> list[tuple[bytes, int]]:
    found, at = [], 0
    for line in data.splitlines(keepends=True):
        found.append((line, at))
        at += len(line)
    return found
