"""The pack of clinical safety: version, day, run of the tests and sign-off come in; a folder goes
out, everything in it UNSIGNED until an officer's file names this very version.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from importlib import metadata
from pathlib import Path
from typing import Any

from openhiu.programme.documents import Made, put_down
from openhiu.report.folder import Folder, Missing
from openhiu.web.assurance.safety.log import Hazard, hazards
from openhiu.web.assurance.safety.papers import case_report, handover, hazard_log, plan
from openhiu.web.assurance.safety.papers.sheet import Source
from openhiu.web.assurance.safety.proof import read_run, standing
from openhiu.web.assurance.safety.signed import approved, read_sign_off, template

Say = Callable[[str], None]
WHAT = "safety-case"


@dataclass(frozen=True)
class SafetyCaseOptions:
    """What `hiu safety-case` was asked for. `proof` is what a run of all tests wrote."""

    out: Path
    as_of: date
    proof: Path | None = None
    sign_off: Path | None = None
    service: str = ""


def make_safety_case(options: SafetyCaseOptions, *, say: Say) -> Made:
    """Write the pack."""
    source = Source(
        version=metadata.version("openhiu"), made_for=options.as_of, log=hazards(),
        run=read_run(options.proof) if options.proof else None,
        signed=read_sign_off(options.sign_off) if options.sign_off else None,
        service=options.service,
    )  # fmt: skip
    say("writing the papers of clinical safety")
    given = {"proof.json": options.proof, "sign-off.toml": options.sign_off}
    kept = {name: path.read_bytes() for name, path in given.items() if path}
    return put_down(options.out, folder(source, kept), (source.marking, *_lines(source)))


def folder(source: Source, inputs: dict[str, bytes]) -> Folder:
    """Every paper, the log as data, and a sign-off to fill in."""
    return Folder(
        what=WHAT,
        title="Clinical safety",
        documents=tuple(paper.make(source) for paper in (case_report, hazard_log, plan, handover)),
        told=as_data(source),
        about={"version": source.version, "made_for": source.made_for.isoformat(),
               "signed": source.marking},
        inputs=inputs,
        beside={} if "sign-off.toml" in inputs else {"sign-off.toml": template(source.version)},
        annex=(hazard_log.trace(source),),
        missing=_missing(source),
        warnings=tuple(source.run.unproved(source.log)) if source.run else (),
    )  # fmt: skip


def as_data(source: Source) -> dict[str, Any]:
    """The log and its proof as plain data."""
    return {
        "version": source.version,
        "signed": source.marking,
        "commit": source.run.commit if source.run else None,
        "hazards": [_as_data(source, one) for one in source.log],
    }


def _as_data(source: Source, one: Hazard) -> dict[str, Any]:
    return {
        "id": one.id, "name": one.name, "cause": one.cause, "effect": one.effect,
        "owner": one.owner, "initial": one.initial.rating, "residual": one.residual.rating,
        "deployer": one.deployer,
        "controls": [{"words": control.words, "module": control.module,
                      "tests": list(control.tests), "standing": standing(control, source.run).value}
                     for control in one.controls],
    }  # fmt: skip


def _missing(source: Source) -> tuple[Missing, ...]:
    lacking = []
    if source.run is None or not source.run.of_these:
        lacking.append(Missing(
            "Whether the controls are proved",
            "Run make test in the source and name build/safety-proof.json with --proof",
        ))  # fmt: skip
    if not approved(source.signed, source.version):
        lacking.append(Missing(
            f"A clinical safety officer's approval of version {source.version}",
            "Have sign-off.toml filled in, and name it with --sign-off",
        ))  # fmt: skip
    return tuple(lacking)


def _lines(source: Source) -> tuple[str, ...]:
    controls = sum(len(one.controls) for one in source.log)
    worst = max(one.residual.rating for one in source.log)
    return (f"{len(source.log)} hazards, {controls} controls; the highest rating left is {worst}.",)
