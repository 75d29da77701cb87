"""A GeoJSON file comes in; the outlines in it, by the code of their place, go out."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from openhiu.errors import ConfigurationFault
from openhiu.paper.maps import Polygon

_LARGEST: Final = 60_000_000  # bytes: the super-generalised outlines of England are a tenth of it
_REMEDY: Final = "name a GeoJSON file with a Polygon or MultiPolygon for each place"


def read_boundaries(path: Path, key: str) -> tuple[dict[str, tuple[Polygon, ...]], bytes]:
    """The rings of each outline by the property `key`, and the bytes of the file.

    Raises ConfigurationFault naming the file, never what stands in it.
    """
    data = _bytes(path)
    try:
        raw = json.loads(data)
    except (ValueError, RecursionError):
        raise _wrong(path, "is not JSON that can be read") from None
    found: dict[str, tuple[Polygon, ...]] = {}
    for feature in _features(raw, path):
        code = feature.get("properties", {}).get(key)
        if code is None:
            raise ConfigurationFault(
                f"an outline has no property {key}", file=path.name,
                remedy="name the property that holds the code of the place as [reach] key",
            )  # fmt: skip
        found[str(code)] = (*found.get(str(code), ()), *_rings(feature.get("geometry"), path))
    return found, data


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > _LARGEST:
            raise _wrong(path, "is larger than 60 MB")
        return path.read_bytes()
    except OSError:
        raise _wrong(path, "cannot be read") from None


def _features(raw: Any, path: Path) -> Iterator[Mapping[str, Any]]:
    features = raw.get("features") if isinstance(raw, dict) else None
    if not isinstance(features, list) or not features:
        raise _wrong(path, "has no features")
    for feature in features:
        if not isinstance(feature, dict) or not isinstance(feature.get("properties"), dict):
            raise _wrong(path, "has a feature without properties")
        yield feature


def _rings(geometry: Any, path: Path) -> list[Polygon]:
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind not in ("Polygon", "MultiPolygon"):
        raise _wrong(path, "has a feature that is no polygon")
    parts = [geometry.get("coordinates")] if kind == "Polygon" else geometry.get("coordinates")
    try:
        return [tuple(_corner(corner) for corner in ring) for part in parts for ring in part]
    except (TypeError, ValueError, IndexError, KeyError, OverflowError):
        raise _wrong(path, "has an outline whose corners are not pairs of numbers") from None


def _corner(corner: Any) -> tuple[float, float]:
    x, y = float(corner[0]), float(corner[1])
    if not (math.isfinite(x) and math.isfinite(y)):
        raise ValueError("a corner lies nowhere")
    return x, y


def _wrong(path: Path, what: str) -> ConfigurationFault:
    return ConfigurationFault(f"the file of boundaries {what}", file=path.name, remedy=_REMEDY)
