"""`python -m openhiu.web.demo STORE LISTS AS_OF`: builds the made-up service."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import django


def main() -> None:
    """Build what the command line names, in the database of the environment."""
    django.setup()
    from openhiu.web.demo.building import build  # models exist only from here on

    store, lists, as_of = sys.argv[1:]
    build(Path(store), Path(lists), date.fromisoformat(as_of), _say)


def _say(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


main()
