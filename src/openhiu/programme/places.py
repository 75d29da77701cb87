"""Which place it is: a file that was named, or the one that lies in the store or among the inputs
of the tiers, comes in; a `Locality`, and where it came from, goes out.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from openhiu.errors import ConfigurationFault
from openhiu.locality import Locality, read_locality

FILE: Final = "locality.toml"
_INPUTS: Final = "inputs"
_PUBLISHABLE: Final = "publishable"
_NAMES_A_FILE: Final = "_file"
_NONE: Final = "No settings were found: name the locality file with --locality."
_OF_TIERS: Final = "The settings are those that the tiers were counted with (inputs/locality.toml)."
_OF_THE_STORE: Final = "The settings are those in the store (locality.toml)."


@dataclass(frozen=True)
class Settings:
    """A place, the file it was read from, and a line that says so where nobody named the file."""

    place: Locality
    path: Path | None = None
    lines: tuple[str, ...] = ()

    @property
    def kept(self) -> dict[str, bytes]:
        """The file for the inputs of a folder."""
        return {FILE: self.path.read_bytes()} if self.path else {}


def settings_of(
    named: Path | None, *, store: Path | None = None, tiers: Path | None = None
) -> Settings:
    """The settings of a report: the file that was named, else the one in the store, else the one
    that the tiers were counted with, which lies in their folder or around the publishable one.
    """
    if named:
        return Settings(read_locality(named), named)
    if store and (path := locality_file(None, store)):
        return Settings(read_locality(path), path, (_OF_THE_STORE,))
    path = next((path for path in _beside(tiers) if path.exists()), None) if tiers else None
    if path is None:
        return Settings(Locality(), lines=(_NONE,))
    try:
        return Settings(read_locality(path), path, (_OF_TIERS,))
    except ConfigurationFault as fault:
        told = f"The settings that the tiers were counted with cannot be read here ({fault}). "
        return Settings(Locality(), lines=(f"{told}Name the locality file with --locality.",))


def locality_file(named: Path | None, store: Path) -> Path | None:
    """The locality file that was named, or the one that lies in the store, or none."""
    beside = store / FILE
    return named or (beside if beside.exists() else None)


def locality_of(named: Path | None, store: Path) -> Locality:
    """What that file says; a place that says nothing where there is none."""
    path = locality_file(named, store)
    return read_locality(path) if path else Locality()


def with_those_it_names(path: Path | None) -> dict[str, bytes]:
    """A locality file and the files beside it that it names, to be kept so that it can be read."""
    if path is None:
        return {}
    names = dict.fromkeys(_named_in(tomllib.loads(path.read_text("utf-8"))))
    beside = {name: path.parent / name for name in names if Path(name).name == name}
    return {
        FILE: path.read_bytes(),
        **{name: file.read_bytes() for name, file in beside.items() if file.is_file()},
    }


def _named_in(raw: Any) -> Iterator[str]:
    for key, value in raw.items() if isinstance(raw, Mapping) else ():
        if isinstance(value, str) and key.endswith(_NAMES_A_FILE):
            yield value
        for one in value if isinstance(value, list) else (value,):
            yield from _named_in(one)


def _beside(tiers: Path) -> tuple[Path, ...]:
    """Where settings lie beside tiers, which are a folder or the file in it."""
    folder = (tiers if tiers.is_dir() else tiers.parent).resolve()
    around = (folder.parent,) if folder.name == _PUBLISHABLE else ()
    return tuple(one / _INPUTS / FILE for one in (folder, *around))
