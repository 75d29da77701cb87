"""What a release is made of: the package comes in; a manifest with the hash of every file,
and a software bill of materials (CycloneDX) of everything it needs, go out.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from importlib import metadata
from pathlib import Path
from typing import Any, Final
from uuid import NAMESPACE_URL, uuid5

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from openhiu.programme.documents import Made
from openhiu.tables.delivery import write_folder
from openhiu.web.assurance.safety import files
from openhiu.web.assurance.safety.log import hazards
from openhiu.web.assurance.safety.proof import read_run
from openhiu.web.assurance.safety.signed import marking, read_sign_off

Say = Callable[[str], None]
MANIFEST: Final = "release.json"
BILL: Final = "bill-of-materials.cdx.json"
_OURS: Final = "openhiu"


@dataclass(frozen=True)
class ReleaseOptions:
    """What `hiu release-manifest` was asked for; the day is that of the release."""

    out: Path
    as_of: date
    proof: Path | None = None
    sign_off: Path | None = None


def make_release_manifest(options: ReleaseOptions, *, say: Say) -> Made:
    """Write the manifest and the bill; somebody has to look where a control is not proved."""
    say("looking at every file and every part")
    told = manifest(options)
    parts = components()
    papers = {
        MANIFEST: (json.dumps(told, indent=1) + "\n").encode(),
        BILL: bill(parts, options.as_of).encode(),
    }

    def fill(folder: Path) -> None:
        for name, content in papers.items():
            (folder / name).write_bytes(content)

    write_folder(options.out, "a release manifest", set(papers), fill)
    lines = (
        f"OpenHIU {told['version']}: {len(told['files'])} files, {len(parts)} parts of others.",
        told["clinical_safety"]["signed"],
    )
    warnings = tuple(told["clinical_safety"]["unproved"])
    written = tuple(options.out.resolve() / name for name in papers)
    return Made("Release manifest", options.out.resolve(), written, lines, warnings=warnings)


def manifest(options: ReleaseOptions) -> dict[str, Any]:
    """The release as plain data: its version, files, hazards, proof and sign-off."""
    version = metadata.version(_OURS)
    run = read_run(options.proof) if options.proof else None
    signed = read_sign_off(options.sign_off) if options.sign_off else None
    unproved = run.unproved(hazards()) if run else ["no run of the tests was supplied"]
    ours = files.hashes()
    return {
        "version": version,
        "released_on": options.as_of.isoformat(),
        "commit": run.commit if run else None,
        "digest": files.digest(ours),
        "files": ours,
        "clinical_safety": {
            "signed": marking(signed, version),
            "hazards": len(hazards()),
            "unproved": unproved,
        },
    }


def components() -> list[metadata.Distribution]:
    """Every installed part that OpenHIU needs, directly or through another, by name."""
    found: dict[str, metadata.Distribution] = {}
    waiting = [_OURS]
    while waiting:
        for name in _needs(waiting.pop()):
            if name not in found:
                try:
                    found[name] = metadata.distribution(name)
                except metadata.PackageNotFoundError:
                    continue  # for another system, or an extra nobody asked for
                waiting.append(name)
    return [found[name] for name in sorted(found) if name != _OURS]


def bill(parts: list[metadata.Distribution], on: date) -> str:
    """The bill of materials as CycloneDX 1.6; the same parts make the same bytes."""
    # Loaded here: nothing else needs it.
    from cyclonedx.model.bom import Bom
    from cyclonedx.model.component import Component, ComponentType
    from cyclonedx.output.json import JsonV1Dot6
    from packageurl import PackageURL

    def component(name: str, version: str, kind: ComponentType) -> Component:
        link = PackageURL("pypi", None, canonicalize_name(name), version)
        return Component(name=name, version=version, type=kind, purl=link, bom_ref=str(link))

    made = Bom(
        components=[component(one.metadata["Name"], one.version, ComponentType.LIBRARY)
                    for one in parts],
        serial_number=uuid5(NAMESPACE_URL, repr([(p.metadata["Name"], p.version) for p in parts])),
    )  # fmt: skip
    ours = component(_OURS, metadata.version(_OURS), ComponentType.APPLICATION)
    made.metadata.component = ours
    made.metadata.timestamp = datetime.combine(on, time(), UTC)
    made.register_dependency(ours, made.components)
    return str(JsonV1Dot6(made).output_as_string(indent=1)) + "\n"


def _needs(name: str) -> Iterator[str]:
    for line in metadata.requires(name) or ():
        wanted = Requirement(line)
        if wanted.marker is None or wanted.marker.evaluate({"extra": ""}):
            yield canonicalize_name(wanted.name)
            for extra in wanted.extras:
                yield from _extra(wanted.name, extra)


def _extra(name: str, extra: str) -> Iterator[str]:
    """What an extra that we ask for brings along."""
    for line in metadata.requires(name) or ():
        wanted = Requirement(line)
        if wanted.marker and wanted.marker.evaluate({"extra": extra}):
            yield canonicalize_name(wanted.name)
