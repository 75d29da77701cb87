"""`hiu report board` as its users run it: what it writes, says and looks like, how it ends."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pdfua
import pikepdf
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright import sync_api
from test_words import assert_kind

from conftest import Hiu, Ran, run_hiu
from openhiu.errors import ExitCode
from openhiu.report.files import BOARD_FILES
from support.board_reports import evaluation, facts
from support.browser import find

AS_OF = "2026-01-01"
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
LOCALITY = """
name = "Larkham"
[[sites]]
code = "RXX01"
name = "Kestrel General"
[money]
lead_cost_a_year = 61000
leads = 2
[logic_model]
aim = "People live better and need A&E less."
[board]
contact = "Service manager, 01632 960000"
risks = [{ risk = "One lead carries everything", mitigation = "Cover agreed", owner = "Manager" }]
"""
STUMBLES = {"UA-14-001"}  # one rule of the checker stumbles over pikepdf 10.17


@dataclass(frozen=True)
class Written:
    """A folder with what goes in, and the report that came out."""

    folder: Path
    ran: Ran

    @property
    def out(self) -> Path:
        return self.folder / "board"

    @property
    def given(self) -> list[object]:
        return ["--evaluation", self.folder / "evaluation", "--facts", self.folder / "facts.json",
                "--locality", self.folder / "locality.toml", "--as-of", AS_OF]  # fmt: skip


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Written:
    here = tmp_path_factory.mktemp("board")
    (here / "evaluation").mkdir()
    (here / "evaluation" / "evaluation.json").write_text(json.dumps(evaluation()), "utf-8")
    (here / "facts.json").write_text(json.dumps(facts()), "utf-8")
    (here / "locality.toml").write_text(LOCALITY, "utf-8")
    made = Written(here, Ran(0, "", ""))
    return Written(here, run_hiu("report", "board", *made.given, "--out", made.out))


def test_everything_is_written_and_said(written: Written) -> None:
    assert written.ran.code == ExitCode.DONE, written.ran.err
    assert {path.name for path in written.out.iterdir()} == set(BOARD_FILES)
    assert "Larkham HIU service: Quarterly board report, October to December 2025" in (
        written.ran.out
    )
    assert "Left out: 1 story is not told" in written.ran.out
    assert f"Written to {written.out}" in written.ran.out


def test_the_place_speaks_in_its_own_words(written: Written) -> None:
    page = (written.out / "board.html").read_text("utf-8")
    for words in ("People live better and need A&amp;E less.", "£122,000 a year",
                  "Service manager, 01632 960000", "One lead carries everything"):  # fmt: skip
        assert words in page


def test_it_can_be_told_to_a_program(written: Written, hiu: Hiu, tmp_path: Path) -> None:
    ran = hiu("report", "board", *written.given, "--out", tmp_path / "out", "--json")
    assert ran.json["exit_code"] == 0
    assert "board.pdf" in ran.json["files"]
    assert ran.json["left_out"][0].startswith("1 story is not told")


def test_made_again_every_byte_is_the_same(written: Written, hiu: Hiu, tmp_path: Path) -> None:
    ran = hiu("report", "board", "--again", written.out, "--out", tmp_path / "again")
    assert ran.code == ExitCode.DONE, ran.out + ran.err
    assert "Every byte is the same" in ran.out
    for path in sorted(written.out.rglob("*")):
        if path.is_file():
            other = tmp_path / "again" / path.relative_to(written.out)
            assert other.read_bytes() == path.read_bytes(), path.name


def test_made_again_a_changed_file_is_named(written: Written, hiu: Hiu, tmp_path: Path) -> None:
    made = hiu("report", "board", *written.given, "--out", tmp_path / "kept")
    assert made.code == ExitCode.DONE
    page = tmp_path / "kept" / "board.html"
    page.write_text(page.read_text("utf-8") + "<p>And 48% fewer.</p>", "utf-8")
    ran = hiu(
        "report", "board", "--again", tmp_path / "kept", "--out", tmp_path / "again", "--json"
    )
    assert ran.code == ExitCode.NEEDS_A_PERSON
    assert (ran.json["same"], ran.json["different"]) == (False, ["board.html"])
    kept = tmp_path / "kept" / "inputs" / "evaluation.json"
    kept.write_text("{}", "utf-8")
    ran = hiu("report", "board", "--again", tmp_path / "kept", "--out", tmp_path / "again")
    assert ran.code == ExitCode.INPUT_NOT_USABLE
    assert "inputs/evaluation.json: is not as it was kept" in ran.err


def test_a_claim_that_does_not_add_up_needs_a_person(
    written: Written, hiu: Hiu, tmp_path: Path
) -> None:
    claim = {"words": "Attendances fell 48%", "before": 1963, "after": 1189, "claimed_percent": 48}
    (tmp_path / "facts.json").write_text(json.dumps(facts(claims=[claim])), "utf-8")
    ran = hiu("report", "board", "--evaluation", written.folder / "evaluation", "--facts",
              tmp_path / "facts.json", "--as-of", AS_OF, "--out", tmp_path / "out")  # fmt: skip
    assert ran.code == ExitCode.NEEDS_A_PERSON
    assert "-39.4% (from 1,963 to 1,189" in ran.out


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["--out", "x"], ExitCode.WRONG_USAGE, "--evaluation and --as-of are needed"),
        (["--evaluation", "{e}", "--as-of", AS_OF], ExitCode.WRONG_USAGE, "Missing option '--out'"),
        (["--evaluation", "{e}", "--as-of", AS_OF, "--again", "x", "--out", "y"],
         ExitCode.WRONG_USAGE, "--again takes everything"),
        (["--evaluation", "{e}", "--as-of", AS_OF, "--out", "{e}"], ExitCode.WRONG_USAGE,
         "--out is one of the folders that are read"),
        (["--evaluation", "{e}", "--facts", "{e}/../facts.json", "--as-of", "2025-12-31",
          "--out", "x"], ExitCode.WRONG_USAGE, "before the end of the period of the facts"),
        (["--evaluation", "{e}", "--as-of", "2025-12-31", "--out", "x"], ExitCode.WRONG_USAGE,
         "before the day of the evaluation (2026-01-01)"),
        (["--evaluation", "nowhere", "--as-of", AS_OF, "--out", "x"], ExitCode.INPUT_NOT_USABLE,
         "there is no such file"),
        (["--evaluation", "{e}", "--facts", "nowhere.json", "--as-of", AS_OF, "--out", "x"],
         ExitCode.INPUT_NOT_USABLE, "nowhere.json: there is no such file"),
        (["--evaluation", "{e}", "--facts", "{e}/evaluation.json", "--as-of", AS_OF, "--out", "x"],
         ExitCode.INPUT_NOT_USABLE, "not a file of service facts"),
        (["--evaluation", "{e}", "--previous", "{e}", "--as-of", AS_OF, "--out", "x"],
         ExitCode.INPUT_NOT_USABLE, "board.json: is missing from the last report"),
        (["--again", "{e}", "--out", "x"], ExitCode.INPUT_NOT_USABLE, "manifest.json"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said_with_its_remedy(
    written: Written, tmp_path: Path, arguments: list[str], code: ExitCode, says: str
) -> None:
    given = [argument.replace("{e}", str(written.folder / "evaluation")) for argument in arguments]
    ran = run_hiu("report", "board", *given, cwd=tmp_path)
    assert ran.code == code, ran.err
    assert says in ran.err
    assert "What to do:" in ran.err
    assert list(tmp_path.iterdir()) == []


def test_a_folder_with_other_things_in_it_is_left_alone(
    written: Written, hiu: Hiu, tmp_path: Path
) -> None:
    (tmp_path / "holiday.jpg").write_bytes(b"x")
    ran = hiu("report", "board", *written.given, "--out", tmp_path)
    assert ran.code == ExitCode.WRONG_USAGE
    assert [path.name for path in tmp_path.iterdir()] == ["holiday.jpg"]


def test_the_pdf_can_be_read_by_everyone(written: Written) -> None:
    data = (written.out / "board.pdf").read_bytes()
    with pikepdf.open(io.BytesIO(data)) as document:
        assert len(document.pages) <= 6
        assert document.Root.MarkInfo.Marked
        assert str(document.Root.Lang) == "en-GB"
    found = pdfua.validate(str(written.out / "board.pdf"))
    ran = [outcome for outcome in found.outcomes if outcome.rule_id not in STUMBLES]
    assert [one.rule_id for one in ran if one.findings or one.skipped_reason] == []


def test_the_word_file_has_headings_tables_and_words_for_its_pictures(written: Written) -> None:
    made = docx.Document(str(written.out / "board.docx"))
    styles = {paragraph.style.name for paragraph in made.paragraphs if paragraph.style}
    assert {"Heading 2", "Heading 3"} <= styles
    assert len(made.tables) >= 5
    pictures = made.element.body.xpath(".//wp:docPr")
    assert pictures
    assert all(picture.get("descr") for picture in pictures)


def test_no_word_hurts_in_any_file(written: Written) -> None:
    page = re.sub(r"<[^>]+>", " ", (written.out / "board.html").read_text("utf-8"))
    assert_kind(re.sub(r"data:image[^\s]+", "", page), "board.html")
    told = json.loads((written.out / "board.json").read_text("utf-8"))
    assert_kind(json.dumps(told["blocks"]), "board.json")
    for sheet in openpyxl.load_workbook(written.out / "board.xlsx"):
        for row in sheet.iter_rows(values_only=True):
            assert_kind(" ".join(str(value) for value in row), sheet.title)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with sync_api.sync_playwright() as playwright:
        with_browser = find().launch(playwright)
        yield with_browser
        with_browser.close()


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_the_page_is_accessible_and_fits(
    written: Written, browser: Any, size: dict[str, int]
) -> None:
    page = browser.new_page(viewport=size)
    trouble: list[str] = []
    page.on("console", lambda said: trouble.append(said.text))
    page.on("request", lambda asked: trouble.append(asked.url)
            if not asked.url.startswith(("file:", "data:")) else None)  # fmt: skip
    page.goto((written.out / "board.html").as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    found = Axe().run(page).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"]) for each in found] == []
    assert trouble == []
    page.close()
