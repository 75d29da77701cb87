"""An Office file as it was saved comes in; the same file with its members in one order and one
time of day goes out, so that the same words are the same bytes.
"""

from __future__ import annotations

import io
import zipfile
from typing import Final

_FIRST: Final = "[Content_Types].xml"
_TIME: Final = (1980, 1, 1, 0, 0, 0)


def repack(saved: bytes) -> bytes:
    """The members of a ZIP, sorted (the content types first) and undated."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(saved)) as old,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as new,
    ):
        for name in sorted(old.namelist(), key=lambda name: (name != _FIRST, name)):
            member = zipfile.ZipInfo(name, _TIME)
            member.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(member, old.read(name))
    return buffer.getvalue()
