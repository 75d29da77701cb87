"""Writes what is missing into the data inventory, guessed from each field's type and name, and
takes out what is stale: `python -m tests.support.propose_inventory`. People read every new line.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
FILE = ROOT / "src" / "openhiu" / "tables" / "data_inventory.toml"
HEAD = """# Every field of every model of the workspace, by what kind it is of (tables/fields.py).
# A field that is missing here, or one that is gone, fails tests/web/config/test_what_is_kept.py.
# `python -m tests.support.propose_inventory` proposes lines for new fields; read each one.
"""
PLACES = ("address", "postcode", "phone", "number", "digits", "gp_practice", "where", "place",
          "mailbox", "email", "call")  # fmt: skip
NAMES = ("name", "nhs_number", "birth_date", "pronouns", "alias", "value", "person_ref", "sex")
SHORT = 40  # letters: a code of ours rather than somebody's words
SECRET = ("password", "secret", "token", "sealed", "code_hash", "recovery")
BOOKS = ("version", "hash", "sha256", "search_text", "sound", "size", "fingerprint", "claim",
         "tries", "seq", "key")  # fmt: skip


def kept() -> dict[str, Any]:
    """Every model by its label; a history belongs to what it is the history of."""
    from django.apps import apps
    from pghistory.models import Event

    return {
        model._meta.label: model
        for model in apps.get_models()
        if not (issubclass(model, Event) and hasattr(model, "pgh_tracked_model"))
    }


def guess(field: Any, about: str) -> str:
    """A first guess at the kind of a field; people decide."""
    name, kind = field.name, type(field).__name__
    if field.is_relation:
        return _link(field.related_model._meta.label)
    if field.primary_key:
        return "key"
    for words, found in ((SECRET, "secret"), (BOOKS, "bookkeeping")):
        if any(word in name for word in words) and not name.endswith("_at"):
            return found
    if about == "no individual":
        return "setting"
    if about == "staff and partners":
        return "staff"
    if "Binary" in kind or "Bytes" in kind:
        return "file"
    if kind in ("DateField", "DateTimeField", "TimeField"):
        return "time"
    return _about_someone(field, name, kind)


def _about_someone(field: Any, name: str, kind: str) -> str:
    worded = any(part in kind for part in ("Text", "Char", "JSON"))
    if field.choices or not worded:
        return "fact"
    if any(word == name or name.endswith(f"_{word}") for word in NAMES):
        return "identity"
    if any(word in name for word in PLACES):
        return "place"
    return "fact" if (field.max_length or SHORT + 1) <= SHORT else "words"


def _link(label: str) -> str:
    if label in ("access.Membership", "access.User"):
        return "worker"
    if label in ("access.Organisation", "access.Hospital", "directory.Listing"):
        return "body"
    return "key"


def proposed() -> dict[str, dict[str, str]]:
    """What is declared for fields that exist, and guesses for the others."""
    from openhiu.tables.fields import declared
    from openhiu.tables.holdings import HOLDINGS

    about = {label: one.about for one in HOLDINGS for label in one.models}
    known = declared() if FILE.exists() else {}
    return {
        label: {
            field.name: known.get(label, {}).get(field.name)
            or guess(field, about.get(label, "clients"))
            for field in model._meta.concrete_fields
        }
        for label, model in sorted(kept().items())
    }


def written(entries: dict[str, dict[str, str]]) -> str:
    """The file."""
    from openhiu.tables.fields import KINDS

    lines = [HEAD]
    for label, fields in entries.items():
        lines.append(f'["{label}"]')
        for kind in KINDS:
            names = " ".join(name for name, found in fields.items() if found == kind)
            if names:
                lines.append(f'{kind} = "{names}"')
        lines.append("")
    return "\n".join(lines)


def main() -> None:
    """Write the file anew."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "openhiu.web.config.settings")
    import django

    django.setup()
    FILE.write_text(written(proposed()), "utf-8")


if __name__ == "__main__":
    main()
