"""The activity store: accepted tables come in as submissions; what is true now goes out as files.

Append-only, content-addressed and atomic; docs/adr/0002-the-store.md says how, and
docs/adr/0003-how-corrections-win.md which version of a record is true.
"""

from __future__ import annotations

from openhiu.extract.store.facts import ControlTotal, Manifest, Period, SubmissionFacts
from openhiu.extract.store.forgetting import Forgotten
from openhiu.extract.store.stage import Stage
from openhiu.extract.store.store import Store
from openhiu.extract.store.whom import Key
from openhiu.extract.store.whose import Whose

__all__ = [
    "ControlTotal",
    "Forgotten",
    "Key",
    "Manifest",
    "Period",
    "Stage",
    "Store",
    "SubmissionFacts",
    "Whose",
]
