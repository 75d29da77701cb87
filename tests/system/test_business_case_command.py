"""`hiu report business-case` as its users run it: what it writes, says and how it ends."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pdfua
import pikepdf
import pytest
from test_words import assert_kind

from conftest import Ran, run_hiu
from openhiu.errors import ExitCode
from openhiu.locality.writing import as_toml
from support import staffing, tiers
from support.business_cases import EVALUATION, SAID

FILES = {"business-case.docx", "business-case.html", "business-case.json", "business-case.pdf",
         "business-case.xlsx", "figures", "inputs", "manifest.json"}  # fmt: skip
STUMBLES = {"UA-14-001"}  # one rule of the checker stumbles over pikepdf 10.17


@dataclass(frozen=True)
class Written:
    """A folder with what goes in, and the case that came out."""

    folder: Path
    ran: Ran

    @property
    def out(self) -> Path:
        return self.folder / "case"

    @property
    def given(self) -> list[object]:
        return ["--tiers", self.folder / "tiers", "--staffing", self.folder / "staffing",
                "--locality", self.folder / "locality.toml"]  # fmt: skip

    @property
    def told(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads((self.out / "business-case.json").read_bytes())
        return found


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Written:
    """Tiers as `hiu report tiers` leaves them: internal ones, and in them those to hand on."""
    here = tmp_path_factory.mktemp("case")
    put(here / "tiers" / "tiers.json", tiers.sample_data(publishable=False))
    put(here / "tiers" / "publishable" / "tiers.json", tiers.sample_data(publishable=True))
    put(here / "staffing" / "staffing.json", staffing.sample_data())
    (here / "locality.toml").write_text(as_toml(SAID), "utf-8")
    made = Written(here, Ran(0, "", ""))
    return Written(here, run_hiu("report", "business-case", *made.given, "--out", made.out))


def put(path: Path, data: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(data), "utf-8")


def test_everything_is_written_and_said(written: Written) -> None:
    assert written.ran.code == ExitCode.DONE, written.ran.err
    assert {path.name for path in written.out.iterdir()} == FILES
    assert "for a cost of £360,000" in written.ran.out.replace("\n", " ")


def test_only_the_publishable_tiers_are_used_and_kept(written: Written) -> None:
    """14 people of the internal tiers are 15 in those that may be handed on."""
    kept = json.loads((written.out / "inputs" / "tiers.json").read_bytes())
    assert kept["publishable"] is True


def test_the_numbers_are_there_as_data(written: Written) -> None:
    told = written.told
    assert told["recommended"] == "buy"
    assert told["scenarios"]["central"]["cost"] == 360_000
    low, middle, high = (told["scenarios"][key]["released"] for key in ("low", "central", "high"))
    assert low < middle < high
    assert 0 <= told["chance"]["pays"] <= 1


def test_the_pdf_is_tagged_and_can_be_read_aloud(written: Written) -> None:
    data = (written.out / "business-case.pdf").read_bytes()
    with pikepdf.open(io.BytesIO(data)) as found:
        assert found.Root.MarkInfo.Marked
        assert str(found.Root.Lang) == "en-GB"
        assert len(found.pages) <= 16
    found = pdfua.validate(str(written.out / "business-case.pdf"))
    ran = [outcome for outcome in found.outcomes if outcome.rule_id not in STUMBLES]
    assert [one.rule_id for one in ran if one.findings or one.skipped_reason] == []


def test_the_word_file_has_real_headings_captions_and_alternative_texts(written: Written) -> None:
    word = docx.Document(str(written.out / "business-case.docx"))
    headings = [one.text for one in word.paragraphs if one.style.name == "Heading 2"]
    assert any(text.startswith("7. Financial case") for text in headings)
    captions = [one.text for one in word.paragraphs if one.style.name == "Caption"]
    assert any(text.startswith("Table 1") for text in captions)
    assert any(text.startswith("Figure 1") for text in captions)
    pictures = word.element.xpath("//wp:docPr")
    assert pictures
    assert all(len(one.get("descr") or "") > 60 for one in pictures)


def test_the_workbook_holds_the_sums(written: Written) -> None:
    book = openpyxl.load_workbook(written.out / "business-case.xlsx")
    assert {"Tiers", "Scenarios", "Scores", "Assumptions", "Released by tier"} <= set(
        book.sheetnames
    )


def test_the_same_case_is_the_same_to_the_byte(written: Written, tmp_path: Path) -> None:
    again = tmp_path / "again"
    assert run_hiu("report", "business-case", *written.given, "--out", again).code == 0
    for path in sorted(written.out.rglob("*")):
        if path.is_file():
            assert (again / path.relative_to(written.out)).read_bytes() == path.read_bytes()


def test_what_is_missing_ends_with_one_and_is_named(written: Written, tmp_path: Path) -> None:
    ran = run_hiu("report", "business-case", "--tiers", written.folder / "tiers", "--staffing",
                  written.folder / "staffing", "--out", tmp_path / "out", "--json")  # fmt: skip
    assert ran.code == ExitCode.NEEDS_A_PERSON
    told = json.loads(ran.out)
    assert "Who is asked to approve" in {one["what"] for one in told["missing"]}


def test_without_staffing_it_is_worked_out_in_the_same_run(
    written: Written, tmp_path: Path
) -> None:
    ran = run_hiu("report", "business-case", "--tiers", written.folder / "tiers", "--locality",
                  written.folder / "locality.toml", "--out", tmp_path / "out")  # fmt: skip
    assert ran.code in (ExitCode.DONE, ExitCode.NEEDS_A_PERSON), ran.err
    kept = json.loads((tmp_path / "out" / "inputs" / "staffing.json").read_bytes())
    assert kept["what"] == "staffing"


def test_with_an_evaluation_its_effect_is_used_and_it_is_kept(
    written: Written, tmp_path: Path
) -> None:
    ran = run_hiu("report", "business-case", *written.given, "--evaluation", EVALUATION, "--out",
                  tmp_path / "out")  # fmt: skip
    assert ran.code == ExitCode.DONE, ran.err
    told = json.loads((tmp_path / "out" / "business-case.json").read_bytes())
    assert told["effect"]["basis"] == "evaluated"
    kept = (tmp_path / "out" / "inputs" / "evaluation.json").read_bytes()
    assert kept == EVALUATION.read_bytes()


@pytest.mark.parametrize(
    ("given", "code", "words"),
    [((), ExitCode.WRONG_USAGE, "either --store or --tiers"),
     (("--store", "s"), ExitCode.WRONG_USAGE, "--as-of"),
     (("--tiers", "nowhere"), ExitCode.INPUT_NOT_USABLE, "no such file"),
     (("--tiers", "t", "--staffing", "s", "--roster", "r"), ExitCode.WRONG_USAGE,
      "do not go together")],
)  # fmt: skip
def test_wrong_usage_is_told_with_its_remedy(
    given: tuple[object, ...], code: int, words: str, tmp_path: Path
) -> None:
    ran = run_hiu("report", "business-case", *given, "--out", tmp_path / "out")
    assert ran.code == code
    assert_kind(ran.err, "the error")
    assert words in ran.err.replace("\n", " ")
    assert not (tmp_path / "out").exists()


def test_a_folder_that_is_something_else_is_left_alone(written: Written, tmp_path: Path) -> None:
    (tmp_path / "diary.txt").write_text("mine", "utf-8")
    ran = run_hiu("report", "business-case", *written.given, "--out", tmp_path)
    assert ran.code == ExitCode.WRONG_USAGE
    assert (tmp_path / "diary.txt").read_text("utf-8") == "mine"
