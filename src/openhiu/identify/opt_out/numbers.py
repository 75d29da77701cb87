"""The file of NHS numbers that the opt-out service takes and gives: bytes in, numbers out, or the
reverse. One number a line, a comma, a line feed; no header. Nothing is repaired on either way.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from openhiu.errors import InputNotUsable
from openhiu.tables.identifiers import IdentifierFault, read_nhs_number

_END: Final = ",\n"


def written(numbers: Iterable[str]) -> bytes:
    """The bytes that are sent: every number once, in order, and looked at again before they go.

    Raises:
        InputNotUsable: nobody to ask about, or a number that is none.
    """
    data = "".join(number + _END for number in sorted(set(numbers))).encode("ascii")
    read(data, "the file to be sent")
    return data


def read(data: bytes, file: str) -> list[str]:
    """The numbers in such a file, as they stand there.

    Raises:
        InputNotUsable: empty, with a header, Windows line ends or anything that is not a number
            and a comma; or the single line by which the service says that something was wrong.
    """
    if not data:
        raise _fault("it is empty", file, "ask again, and put nothing in place of the reply")
    if b"\r" in data:
        raise _fault("its lines end as Windows writes them", file,
                     "fetch the file again and do not open it in an editor")  # fmt: skip
    lines = data.split(b"\n")
    if lines.pop() != b"":
        raise _fault("its last line does not end: a part may be missing", file, "fetch it again")
    if len(lines) == 1 and _number(lines[0]) is None:
        raise _fault(
            "it is a single line that is no number: the opt-out service could not read what was "
            "asked", file, "look at what was sent, ask again, and disclose nothing meanwhile",
        )  # fmt: skip
    return [_checked(line, row, file) for row, line in enumerate(lines, start=1)]


def _checked(line: bytes, row: int, file: str) -> str:
    number = _number(line)
    if number is None:
        what = (
            "a header or something else stands where" if row == 1 else "something else stands where"
        )
        raise _fault(f"{what} one NHS number and a comma belong", file,
                     "write one number a line, each with a comma after it, and no header",
                     row)  # fmt: skip
    return number


def _number(line: bytes) -> str | None:
    if len(line) != 11 or not line.endswith(b","):
        return None
    text = line[:10].decode("ascii", "replace")
    found = read_nhs_number(text)
    return None if isinstance(found, IdentifierFault) or found != text else found


def _fault(cause: str, file: str, remedy: str, row: int | None = None) -> InputNotUsable:
    return InputNotUsable(cause, file=file, row=row, remedy=remedy)
