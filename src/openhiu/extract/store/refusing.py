"""What a store does not take: folders and stages come in; a fault with its remedy goes out."""

from __future__ import annotations

import json
from pathlib import Path

from openhiu.errors import ConfigurationFault, HiuError, InputNotUsable, WrongUsage
from openhiu.extract.store import durable, layout
from openhiu.extract.store.facts import SubmissionFacts
from openhiu.extract.store.stage import Stage


def refuse_strangers(path: Path) -> None:
    """Refuse a folder that holds something else than a store.

    Another process may make the store in this moment: it writes the marker before all else, so
    whoever sees anything of that store finds the marker afterwards.
    """
    if path.exists() and not path.is_dir():
        raise ConfigurationFault("this is a file", remedy="name a folder", file=path.name)
    strange = path.is_dir() and any(not durable.is_temporary(found) for found in path.iterdir())
    if strange and not (path / layout.MARKER).exists():
        raise ConfigurationFault(
            "this folder holds something that is not a store",
            remedy="name a new or an empty folder",
            file=path.name,
        )


def check_format(path: Path) -> None:
    """Refuse what is no store, or a newer one."""
    try:
        number = json.loads((path / layout.MARKER).read_bytes())["format"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputNotUsable(
            "this folder is not a store",
            remedy="name the folder that `hiu extract --store` made",
            file=path.name,
        ) from error
    if not isinstance(number, int) or number > layout.FORMAT:
        raise ConfigurationFault(
            "this store was made by a newer OpenHIU",
            remedy="install the newest version and run the command again",
            file=path.name,
        )


def check_counts(stage: Stage, facts: SubmissionFacts) -> None:
    """Refuse books that do not add up, and people by period."""
    if facts.read != stage.rows + facts.rejected:
        stage.abort()
        raise HiuError(
            f"{facts.read} rows were read, but {stage.rows} taken and {facts.rejected} rejected",
            remedy="this is a fault of OpenHIU; report it. The store is as it was",
            file=facts.file,
        )
    if facts.replaces and stage.dataset == layout.PEOPLE:
        stage.abort()
        raise WrongUsage(
            "people are not replaced by period",
            remedy="extract the file without a period to replace",
            file=facts.file,
        )
