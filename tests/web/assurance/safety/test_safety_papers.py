"""The papers of clinical safety claim what was proved and signed, and are the same each time."""

from __future__ import annotations

import json
from datetime import date
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from openhiu.cli import hiu
from openhiu.errors import InputNotUsable
from openhiu.web.assurance.safety.log import hazards
from openhiu.web.assurance.safety.proof import about_these_files
from openhiu.web.assurance.safety.release import bill, components
from openhiu.web.assurance.safety.signed import UNSIGNED

VERSION = metadata.version("openhiu")
SIGNED = f"""
officer = "Dr A. Example"
profession = "doctor"
register = "GMC 0000000"
organisation = "Example Trust"
version = "{VERSION}"
decision = "approved"
on = 2026-11-10
"""


def every_test(said: str) -> dict[str, str]:
    """Outcomes in which every test that a control names came out alike."""
    named = [test for one in hazards() for control in one.controls for test in control.tests]
    return {name.replace("::*", "::test_one"): said for name in named}


def run_of(tmp_path: Path, outcomes: dict[str, str], **other: str) -> Path:
    """What a run writes; `other` is said of the software instead of what is true of it."""
    file = tmp_path / "safety-proof.json"
    told = {"commit": "abc1234", **about_these_files(), **other, "outcomes": outcomes}
    file.write_text(json.dumps(told))
    return file


def asked(command: str, out: Path, *more: str) -> Any:
    words = [command, "--as-of", "2026-11-22", "--out", str(out), *more]
    return CliRunner().invoke(hiu, words, standalone_mode=False)


def told(out: Path) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((out / "safety-case.json").read_text("utf-8"))
    return read


def test_without_a_run_and_a_signature_nothing_is_claimed(tmp_path: Path) -> None:
    out = tmp_path / "case"
    assert asked("safety-case", out).return_value == 1
    said = told(out)
    assert said["signed"] == UNSIGNED
    assert {control["standing"] for one in said["hazards"] for control in one["controls"]} == {
        "no run of the tests was supplied"
    }
    for paper in ("safety-case-report", "hazard-log", "risk-management-plan",
                  "deployment-safety-starter"):  # fmt: skip
        assert UNSIGNED in (out / f"{paper}.html").read_text("utf-8")


def test_proved_and_signed_nothing_is_left_to_say(tmp_path: Path) -> None:
    proof, signed, out = run_of(tmp_path, every_test("passed")), tmp_path / "s.toml", tmp_path / "c"
    signed.write_text(SIGNED)
    made = asked("safety-case", out, "--proof", str(proof), "--sign-off", str(signed))
    assert made.return_value == 0
    assert UNSIGNED not in (out / "safety-case-report.html").read_text("utf-8")
    assert "Approved for version" in (out / "hazard-log.html").read_text("utf-8")


def test_one_failing_test_is_named_with_its_hazard(tmp_path: Path) -> None:
    outcomes = every_test("passed")
    broken = "tests/web/people/test_match.py::test_rule_4_twins_are_two_people"
    proof, out = run_of(tmp_path, {**outcomes, broken: "failed"}), tmp_path / "case"
    made = asked("safety-case", out, "--proof", str(proof))
    assert made.return_value == 1
    assert "H01 Somebody is taken for somebody else" in made.output
    assert "has no passing test" in made.output


@pytest.mark.parametrize("other", [{"digest": "0" * 64}, {"version": "0.0.9"}])
def test_a_run_of_other_files_proves_nothing(tmp_path: Path, other: dict[str, str]) -> None:
    proof, out = run_of(tmp_path, every_test("passed"), **other), tmp_path / "case"
    made = asked("safety-case", out, "--proof", str(proof))
    assert made.return_value == 1
    assert "that run was of another version of the files (commit abc1234)" in made.output
    assert {control["standing"] for one in told(out)["hazards"] for control in one["controls"]} == {
        "NOT proved: that run was of another version of the files"
    }
    page = (out / "safety-case-report.html").read_text("utf-8")
    assert "was of other files: no control is claimed to be proved" in page


def test_a_run_that_does_not_say_of_which_files_proves_nothing(tmp_path: Path) -> None:
    file = tmp_path / "proof.json"
    file.write_text(json.dumps({"commit": "abc1234", "outcomes": every_test("passed")}))
    made = asked("release-manifest", tmp_path / "release", "--proof", str(file))
    assert made.return_value == 1
    assert "that run was of another version of the files" in made.output


def test_a_signature_for_another_version_signs_nothing(tmp_path: Path) -> None:
    signed, out = tmp_path / "s.toml", tmp_path / "case"
    signed.write_text(SIGNED.replace(f'version = "{VERSION}"', 'version = "0.0.9"'))
    asked("safety-case", out, "--sign-off", str(signed))
    assert told(out)["signed"] == UNSIGNED


def test_the_same_again_is_the_same_to_the_byte(tmp_path: Path) -> None:
    for name in ("one", "two"):
        asked("safety-case", tmp_path / name)
    files = {path.name: path.read_bytes() for path in (tmp_path / "one").iterdir()}
    again = {path.name: path.read_bytes() for path in (tmp_path / "two").iterdir()}
    assert files == again


def test_every_hazard_is_handed_to_whoever_deploys_it(tmp_path: Path) -> None:
    asked("safety-case", tmp_path / "case")
    page = (tmp_path / "case" / "deployment-safety-starter.html").read_text("utf-8")
    assert [one.id for one in hazards() if f">{one.id}<" not in page] == []


def test_the_bill_names_every_part_with_its_version(tmp_path: Path) -> None:
    parts = components()
    names = {one.metadata["Name"].lower() for one in parts}
    # Wanted directly, through another, and by an extra that we ask for.
    assert {"django", "asgiref", "psycopg-pool"} <= names
    assert not {"pytest", "pyspark"} & names
    made = json.loads(bill(parts, date(2026, 11, 22)))
    assert (made["bomFormat"], made["specVersion"]) == ("CycloneDX", "1.6")
    assert len(made["components"]) == len(parts)
    assert all(one["purl"].startswith("pkg:pypi/") and one["version"] for one in made["components"])
    assert bill(parts, date(2026, 11, 22)) == bill(parts, date(2026, 11, 22))


def test_a_release_lists_the_hash_of_every_file_and_stays_unsigned(tmp_path: Path) -> None:
    out = tmp_path / "release"
    assert asked("release-manifest", out).return_value == 1
    made = json.loads((out / "release.json").read_text("utf-8"))
    assert made["clinical_safety"]["signed"] == UNSIGNED
    assert len(made["files"]["web/assurance/safety/hazards.toml"]) == 64
    proof = run_of(tmp_path, every_test("passed"))
    assert asked("release-manifest", out, "--proof", str(proof)).return_value == 0
    assert made["digest"] == about_these_files()["digest"]
    proof = run_of(tmp_path, every_test("passed"), digest="0" * 64)
    assert asked("release-manifest", tmp_path / "other", "--proof", str(proof)).return_value == 1
    made = json.loads((tmp_path / "other" / "release.json").read_text("utf-8"))
    [said] = made["clinical_safety"]["unproved"]
    assert said.startswith("NOT proved: that run was of another version of the files")


def test_a_file_that_is_no_proof_is_sent_back(tmp_path: Path) -> None:
    file = tmp_path / "proof.json"
    file.write_text("[]")
    made = asked("safety-case", tmp_path / "case", "--proof", str(file))
    assert isinstance(made.exception, InputNotUsable)
