"""The services of the made-up town, brought into the directory the way a council's file is.

services.toml comes in; an Open Referral file goes to directory.actions.import_directory.
"""

from __future__ import annotations

import json
import tomllib
from datetime import timedelta
from importlib.resources import files
from typing import Any, Final
from uuid import NAMESPACE_URL, uuid5

from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.directory import hours
from openhiu.web.directory.actions import import_directory
from openhiu.web.directory.models import Listing
from openhiu.web.directory.open_referral.writing import write

SOURCE: Final = "Larkham Borough Council's directory"
_DAYS_AGO: Final = {"verified": "verified_on", "room_heard": "capacity_on"}
_NAMED: Final = {"said_by": "capacity_said_by", "note": "capacity_note"}


def fill_directory(by: Actor) -> dict[str, int]:
    """Bring the town's services into the actor's directory; the counts of what was new."""
    return import_directory(by=by, data=town(), source=SOURCE, file_name="larkham.json")


def town() -> bytes:
    """The town as an Open Referral file, its dates as many days ago as services.toml says."""
    text = (files("openhiu.web.demo") / "services.toml").read_text("utf-8")
    rows = [write(_row(told)) for told in tomllib.loads(text)["service"]]
    return json.dumps({"contents": rows}).encode()


def _row(told: dict[str, Any]) -> Listing:
    facts = dict(told)
    today = timezone.localdate()
    dates = {column: today - timedelta(days=facts.pop(name))
             for name, column in _DAYS_AGO.items() if name in facts}  # fmt: skip
    said = {column: facts.pop(name) for name, column in _NAMED.items() if name in facts}
    typed = facts.pop("hours", {})
    lines = facts.pop("address", [])
    place = dict(zip(("address_1", "town", "postcode"), lines, strict=False))
    week = {day: hours.read_spells(text) for day, text in typed.items()}
    ref = str(uuid5(NAMESPACE_URL, f"larkham/{facts['name']}"))
    return Listing(ref=ref, hours=week, changed_at=timezone.now(), **facts, **dates, **said,
                   **place)  # fmt: skip
