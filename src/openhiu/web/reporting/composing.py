"""One report from what there is: evaluation, service facts, place and the report before come in;
its files, and what they were made from, go out. The only file here that makes a report.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final

from openhiu.locality import Locality
from openhiu.web.access.actor import Actor
from openhiu.web.access.models import Service
from openhiu.web.casework.facts import facts_for, quarter_period
from openhiu.web.casework.quarter import days_of
from openhiu.web.reporting.faults import NotUsable
from openhiu.web.reporting.keeping import kept
from openhiu.web.reporting.models import Evaluation, Report
from openhiu.web.reporting.place import place_of
from openhiu.web.reporting.reading import RESULT

# What a report told, as data: the next report is held against it. It is for no reader.
TOLD: Final = "board.json"
MANIFEST: Final = "manifest.json"
_INPUTS: Final = "inputs/"


@dataclass(frozen=True)
class Gathered:
    """What was proved before anything is written."""

    evaluation: bytes
    before: bytes | None
    locality: Locality
    as_of: date


@dataclass(frozen=True)
class Composed:
    """A report as it was made. `files` are for its readers; `inputs` what it was made from.

    `left_out` says in sentences what could not be written or does not add up; `refs` names the
    stories and quotes that stand in it.
    """

    files: Mapping[str, bytes]
    inputs: Mapping[str, bytes]
    manifest: bytes
    left_out: list[str] = field(default_factory=list)
    refs: tuple[str, ...] = ()


def gather(
    service: Service, quarter: str, evaluation: Evaluation, previous: Report | None
) -> Gathered:
    """The evaluation, the report before and the place, each proved to be what was kept.

    Raises:
        Altered: one of them is not what it was.
    """
    told = None
    if previous is not None and TOLD in previous.inputs:
        told = kept(service.pk, previous.inputs[TOLD], "The report before")
    return Gathered(
        kept(service.pk, evaluation.files[RESULT], RESULT),
        told,
        place_of(service).locality,
        max(days_of(quarter)[1] + timedelta(days=1), evaluation.as_of),
    )


def facts(by: Actor, quarter: str) -> dict[str, Any]:
    """What the service itself knows of a quarter, as it was: only a report sees it, disclosed."""
    return facts_for(by, quarter_period(quarter))


def compose(gathered: Gathered, facts: Mapping[str, Any]) -> Composed:
    """Write the report and every file of it. Nothing is stored.

    Raises:
        InputNotUsable: what went in is not what it says it is.
        NotUsable: it tells words that are not in the vault, so that nobody could take them out.
    """
    refs = _handed_over(facts)
    # Charts, PDF and Word are loaded where a report is made, not where pages are served.
    from openhiu.report import board, files

    made = board.make(
        json.loads(gathered.evaluation), facts, gathered.locality, as_of=gathered.as_of,
        previous={TOLD: gathered.before} if gathered.before else None,
    )  # fmt: skip
    contents = files.contents(made, {RESULT: gathered.evaluation})
    inside = {name for name in contents if name.startswith(_INPUTS)} | {TOLD, MANIFEST}
    return Composed(
        files={name: data for name, data in contents.items() if name not in inside},
        inputs={name: contents[name] for name in sorted(inside - {MANIFEST})},
        manifest=contents[MANIFEST],
        left_out=[*made.left_out, *made.warnings],
        refs=refs,
    )


def _handed_over(facts: Mapping[str, Any]) -> tuple[str, ...]:
    """The stories and quotes a report may hold: each is answered for, whatever it does with them.

    They are never looked for in the report: it is free to set their words as it likes.
    """
    handed = [*facts.get("quotes", ()), *facts.get("stories", ())]
    refs = tuple(str(one.get("ref") or "") for one in handed)
    if not all(refs) or len(set(refs)) < len(refs):
        raise NotUsable("A story or quote in it is not from the vault. No report is made with it.")
    return refs
