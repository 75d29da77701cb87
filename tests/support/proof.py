"""Every control of the hazard log needs a passing test: the outcomes of a whole run come in; a file
of them, and a failed run where a control is not proved, go out (build/safety-proof.json).
"""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from openhiu.web.assurance.safety.log import hazards
from openhiu.web.assurance.safety.proof import Run, about_these_files

PROOF = Path("build/safety-proof.json")
# From the best to the worst: a test with parameters is as good as the worst of them.
ORDER = ("skipped", "passed", "failed")
_seen: dict[str, str] = {}
_unproved: list[str] = []


def plain(nodeid: str) -> str:
    """A test's name without its parameters and the group that a process was given."""
    return nodeid.partition("@")[0].partition("[")[0]


def note(seen: dict[str, str], nodeid: str, outcome: str) -> None:
    """Keep the worst that was seen of a test."""
    name = plain(nodeid)
    seen[name] = max(seen.get(name, "skipped"), outcome, key=ORDER.index)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """One phase of one test; setting up and tearing down count when they go wrong."""
    if report.when == "call" or report.outcome != "passed":
        note(_seen, report.nodeid, report.outcome)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """After a whole run: write what was seen of the controls' tests, and fail where one is open."""
    if hasattr(session.config, "workerinput") or not is_whole(session.config):
        return
    log = hazards()
    run = Run(_commit(session.config.rootpath), _seen)
    _unproved.extend(run.unproved(log))
    named = [test for one in log for control in one.controls for test in control.tests]
    kept = {name: said for name, said in sorted(_seen.items()) if _is_named(name, named)}
    file = session.config.rootpath / PROOF
    file.parent.mkdir(exist_ok=True)
    told = {"commit": run.commit, **about_these_files(), "outcomes": kept}
    file.write_text(json.dumps(told, indent=1) + "\n", "utf-8")
    if _unproved and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name each control that is not proved."""
    if _unproved:
        terminalreporter.section("controls of the hazard log that no test proves")
        for line in _unproved:
            terminalreporter.line(line)


def is_whole(config: pytest.Config) -> bool:
    """Whether every test was asked for: a part of them proves nothing about the rest."""
    asked = config.option
    narrowed = asked.keyword or asked.markexpr or asked.collectonly or config.getoption("lf", False)
    return config.args == config.getini("testpaths") and not narrowed


def _is_named(name: str, named: list[str]) -> bool:
    return any(name == one or (one.endswith("*") and name.startswith(one[:-1])) for one in named)


def _commit(root: Path) -> str:
    asked = subprocess.run(
        ["git", "rev-parse", "HEAD"], cwd=root, capture_output=True, text=True, check=False
    )
    return asked.stdout.strip() or "unknown"
