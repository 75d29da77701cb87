"""The contracts between the rooms hold, and each of them has teeth."""

from __future__ import annotations

import configparser
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LINT = Path(sys.executable).with_name("lint-imports")

# For each contract, a line that breaks it and the module to put it in.
BREAKERS = {
    "flow": ("tables/codes.py", "from openhiu import programme"),
    "verbs": ("identify/why.py", "from openhiu.extract import receive"),
    "synthetic": ("synthetic/layout.py", "from openhiu import engines"),
    "engines": ("identify/why.py", "import duckdb"),
    "thin": ("cli/__init__.py", "from openhiu.identify import why"),
    "errors": ("errors.py", "from openhiu.tables import codes"),
    "rooms": ("web/people/models.py", "from openhiu.web.casework import lifecycle"),
    "consent": ("web/intake/models.py", "from openhiu.web.casework import models"),
    "halves": ("web/people/models.py", "from openhiu.identify import why"),
    "report": ("report/__init__.py", "from openhiu.synthetic import layout"),
    "evidence": ("web/people/models.py", "from openhiu.evaluate import rows"),
    "paper": ("paper/blocks.py", "from openhiu.locality import Locality"),
    "charts": ("programme/__init__.py", "import typst"),
    "letters": ("web/letters/channels.py", "from openhiu.report import facts"),
    "django": ("programme/__init__.py", "import django"),
}


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [LINT, "--no-cache"],
        cwd=folder,
        env={"PYTHONPATH": str(folder / "src"), "PATH": "/usr/bin:/bin", "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


def contracts() -> dict[str, str]:
    parser = configparser.ConfigParser()
    parser.read(ROOT / ".importlinter")
    prefix = "importlinter:contract:"
    return {
        section.removeprefix(prefix): parser[section]["name"]
        for section in parser.sections()
        if section.startswith(prefix)
    }


def test_every_contract_is_kept() -> None:
    done = lint(ROOT)
    assert done.returncode == 0, done.stdout


def test_every_contract_has_a_breaker() -> None:
    assert set(contracts()) == set(BREAKERS)


@pytest.mark.parametrize("contract", BREAKERS)
def test_breaking_a_contract_is_noticed(contract: str, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / ".importlinter", tmp_path)
    module, line = BREAKERS[contract]
    path = tmp_path / "src" / "openhiu" / module
    path.write_text(path.read_text("utf-8") + f"\n\n{line}\n", "utf-8")
    done = lint(tmp_path)
    assert done.returncode == 1, done.stdout
    assert f"{contracts()[contract]} BROKEN" in " ".join(done.stdout.split())
