"""The word gate: a text to a client comes in; words that hurt and what to say instead go out.

The table itself is design.wording, which every room may ask.
"""

from __future__ import annotations

from openhiu.web.design.wording import Finding, check, clean

__all__ = ["Finding", "check", "clean"]
