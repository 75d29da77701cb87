"""Every command shown in the README and the how-to guides is run, in the order it is shown."""

from __future__ import annotations

import csv
import re
import shlex
import shutil
import subprocess
import sys
from glob import glob
from pathlib import Path

import pytest

from docs import generate
from openhiu.tables.handover import ROSTER_COLUMNS

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs" / "how-to").glob("*.md"))]
FENCE = re.compile(r"^```bash(?: exit=(\d+))?\n(.*?)^```", re.MULTILINE | re.DOTALL)
# The pages on Spark start servers; tests/engines/test_cluster.py runs what they show.
ELSEWHERE = {"run-on-spark.md"}

CASELOAD = "person_ref,issuer,person_id\nrobin,nhs,9990000018\n"
TO_FORGET = "issuer,person_id,birth_date\nnhs,9990000018,1961-05-04\n"
CRITERIA = '[[rules]]\nkind = "top"\nn = 100\n'


def shown(page: Path) -> list[tuple[int, str]]:
    """The commands of a page, each with the exit code it promises."""
    found = []
    for code, block in FENCE.findall(page.read_text("utf-8")):
        lines = block.replace("\\\n", " ").strip().splitlines()
        found += [(int(code or 0), line) for line in lines if line and not line.startswith("#")]
    return found


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as the how-to guides expect it: a trust, a store, a caseload and local criteria."""
    here = tmp_path_factory.mktemp("docs")
    (here / "ours.toml").write_text(CRITERIA, "utf-8")
    (here / "caseload.csv").write_text(CASELOAD, "utf-8")
    assert run("hiu synthetic --out trust --people 2000 --sites 2 --dirty", here) == 0
    assert run("hiu extract trust/attendances-*.csv trust/people.csv --store store", here) == 0
    write_roster(here)
    (here / "people-to-forget.csv").write_text(TO_FORGET, "utf-8")
    shutil.copy(ROOT / "docs" / "examples" / "service_facts.json", here)
    return here


def write_roster(here: Path) -> None:
    """Half a year of a service: the first twenty of one list were asked and started."""
    assert (
        run("hiu identify --store store --as-of 2025-10-01 --preset pack-top-50 --out was", here)
        == 0
    )
    with (here / "was" / "list.csv").open(encoding="utf-8", newline="") as file:
        listed = [row for row in csv.DictReader(file) if row["list_id"] != "ALL"][:20]
    rows = [f"{row['list_id']},{row['person_id']},2025-10-01,{row['rank']},2025-10-06,Y,2025-10-09,"
            for row in listed]  # fmt: skip
    (here / "roster.csv").write_text("\n".join([",".join(ROSTER_COLUMNS), *rows]) + "\n", "utf-8")


def run(command: str, folder: Path) -> int:
    words: list[str] = []
    for word in shlex.split(command):
        matches = sorted(glob(word, root_dir=folder)) if "*" in word else []  # noqa: PTH207
        words += matches or [word]
    assert words[0] == "hiu", f"only hiu is shown in a bash block: {command}"
    done = subprocess.run(
        [sys.executable, "-m", "openhiu.cli", *words[1:]],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    print(done.stdout[-2000:], done.stderr[-2000:])  # noqa: T201 - shown when the test fails
    return done.returncode


@pytest.mark.parametrize(
    "page", [p for p in PAGES if p.name not in ELSEWHERE], ids=lambda page: page.name
)
def test_the_commands_of_a_page_do_what_it_says(page: Path, folder: Path, tmp_path: Path) -> None:
    here = tmp_path if page.name == "README.md" else folder
    for code, command in shown(page):
        assert run(command, here) == code, command


def test_the_readme_shows_the_whole_way() -> None:
    verbs = {command.split()[1] for _, command in shown(ROOT / "README.md")}
    assert verbs == {"synthetic", "extract", "identify"}


def test_every_verb_and_option_is_in_the_reference() -> None:
    page = (ROOT / "docs" / "reference" / "command-line.md").read_text("utf-8")
    for name, verb in generate.verbs().items():
        assert f"## hiu {name}\n" in page, name
        for parameter in verb.params:
            for option in parameter.opts:
                if option.startswith("--"):
                    assert f"`{option}" in page, f"hiu {name} {option}"
