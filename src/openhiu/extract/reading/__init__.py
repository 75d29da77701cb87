"""Any file a trust sends, read safely: a path comes in, Arrow batches of text come out.

Parsing happens in a child process within limits of memory and time; see
docs/explanation/untrusted-files.md.
"""

from __future__ import annotations

from openhiu.extract.reading.limits import Facts, Limits, Reading
from openhiu.extract.reading.text_file import TextFile, open_text_file

__all__ = ["Facts", "Limits", "Reading", "TextFile", "open_text_file"]
