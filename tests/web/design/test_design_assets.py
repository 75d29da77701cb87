"""The style sheet and scripts from elsewhere: which, whole, rewritten, not fetched in vain."""

from __future__ import annotations

import importlib.util
import json
import re
import shutil
import sys
import types
from importlib.metadata import metadata, version
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[3]
VENDOR = ROOT / "src" / "openhiu" / "web" / "design" / "static" / "design" / "vendor"
LOCK = json.loads((ROOT / "frontend" / "package-lock.json").read_text("utf-8"))["packages"]


@pytest.fixture
def hook(monkeypatch: pytest.MonkeyPatch) -> Any:
    """hatch_build.py as a module; hatchling itself is only there while a package is built."""
    interface = types.ModuleType("hatchling.builders.hooks.plugin.interface")
    interface.BuildHookInterface = type("BuildHookInterface", (), {})  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, interface.__name__, interface)
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_style_sheet_and_the_macros_are_a_pair() -> None:
    """The table in the macros' own read-me says which release fits which."""
    text = str(metadata("nhsuk-frontend-jinja").get_payload())
    table = {
        ours: theirs
        for theirs, ours in re.findall(r"\|\s*(\d+\.\d+\.\d+)\s*\|\s*(\d+\.\d+\.\d+)\s*\|", text)
    }
    ours = version("nhsuk-frontend-jinja")
    assert table[ours] == LOCK["node_modules/nhsuk-frontend"]["version"]


def test_every_package_is_fixed_by_its_sha512() -> None:
    assert all(LOCK[name]["integrity"].startswith("sha512-") for name in LOCK if name)


def test_what_lies_here_is_what_the_lock_names(hook: Any) -> None:
    assert hook.up_to_date(ROOT)


def test_no_style_sheet_or_script_names_another_server() -> None:
    for path in [*VENDOR.glob("*.css"), *VENDOR.glob("*.js")]:
        text = path.read_text("utf-8")
        # w3.org names the SVG language; nothing is fetched from it.
        found = set(re.findall(r"https?://([\w.]+)", text)) - {"www.w3.org"}
        assert not found, path.name
        assert "sourceMappingURL" not in text


def test_every_picture_of_the_style_sheet_is_here() -> None:
    css = (VENDOR / "nhsuk-frontend.min.css").read_text("utf-8")
    named = set(re.findall(r"url\(([^)]+)\)", css))
    assert named
    assert all((VENDOR / name).is_file() for name in named)


def test_a_touched_file_is_noticed_and_made_anew(hook: Any, tmp_path: Path) -> None:
    for name in ("frontend", "src/openhiu/web/design/static"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "hatch_build.py", tmp_path)
    assert hook.up_to_date(tmp_path)
    touched = tmp_path / hook.TARGET / "htmx.min.js"
    touched.write_text(touched.read_text("utf-8") + " ", "utf-8")
    assert not hook.up_to_date(tmp_path)


def test_another_version_in_the_lock_asks_for_node(hook: Any, tmp_path: Path) -> None:
    for name in ("frontend", "src/openhiu/web/design/static"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "hatch_build.py", tmp_path)
    builder = hook.AssetsHook()
    builder.root = str(tmp_path)
    assert builder.dependencies() == []
    lock = tmp_path / "frontend" / "package-lock.json"
    lock.write_text(lock.read_text("utf-8").replace("2.0.11", "2.0.12"), "utf-8")
    assert builder.dependencies() == [hook.NODE]


def test_a_style_sheet_that_calls_elsewhere_is_refused(hook: Any) -> None:
    with pytest.raises(ValueError, match="another server"):
        hook.rewritten("a{background:url(https://example.org/x.png)}")
    with pytest.raises(ValueError, match="another server"):
        hook.rewritten("a{background:url(//example.org/x.png)}")
