"""The documents of the tiers: what stands on their pages, internal and publishable."""

from __future__ import annotations

import hashlib
import io
import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from click.testing import CliRunner

from openhiu import programme
from openhiu.cli import hiu
from openhiu.errors import WrongUsage
from openhiu.paper import webpage
from openhiu.paper.blocks import Document, Heading, PageBreak, Table, tables_of
from openhiu.report.folder import contents
from openhiu.report.tiers import beside, document, make, read_tiers
from openhiu.report.tiers.wanted import tiers_from
from support.tiers import sample_data, sample_tiers

OUR_WORDS = re.compile(
    r"discharge|frequent flyer|abuser|non-compliant|refused|\bDNA\b|relapse|patient", re.I
)


def words(made: Document) -> str:
    text = re.sub(r"<style.*?</style>|<[^>]+>", " ", webpage.make(made).decode(), flags=re.DOTALL)
    return " ".join(text.split())


def test_table_one_has_the_shape_of_the_national_specification() -> None:
    found = list(tables_of(document.report(sample_tiers(publishable=False)).blocks))
    first = found[0]
    assert first.columns == ("Who came 20 times or more", "Minimum", "Maximum", "Average", "Total",
                             "Total 2024/25")  # fmt: skip
    assert first.rows == (
        ("People", 44, 70, 57.0, 120, 110),
        ("Attendances", 20, 96, 33.0, 3960, 3630),
        ("Emergency admissions", 0, 21, 4.0, 480, 440),
        ("Bed days", 0, 140, 18.0, 2160, 1980),
    )
    assert [table.columns[0] for table in found[:3]] == [
        "Who came 20 times or more", "Who came 11 to 19 times", "Who came 5 to 10 times"
    ]  # fmt: skip


def test_the_internal_version_says_so_on_every_page_and_the_other_does_not() -> None:
    internal = document.report(sample_tiers(publishable=False))
    shown = document.report(sample_tiers())
    assert internal.marking.startswith("INTERNAL")
    assert "INTERNAL" in internal.facts
    assert shown.marking == ""
    assert "INTERNAL" not in words(shown)
    assert "counts of 1 to 7 people are shown as *" in words(shown)


@pytest.mark.parametrize("publishable", [True, False])
def test_no_page_has_a_word_we_do_not_use_or_a_gap(publishable: bool) -> None:
    tiers = sample_tiers(publishable)
    each = document.each_unit(tiers)
    assert each is not None
    for made in (document.report(tiers), each):
        assert not OUR_WORDS.search(words(made))
        assert "None" not in words(made)
        assert "nan" not in words(made).split()


def test_the_answer_stands_in_four_lines() -> None:
    # 3,960 x 280 + 480 x 2,711 = 2,410,080; 5,670 x 280 + 840 x 2,711 = 3,864,840;
    # 19,500 x 280 + 3,300 x 2,711 = 14,406,300.
    first, others, moved, coming = document.short_lines(sample_tiers(publishable=False))
    assert first == (
        "In 2025/26, 120 people came to A&E 20 times or more: 3,960 attendances, 480 emergency "
        "admissions, 2,160 bed days, at a cost of £2,410,000."
    )
    assert others == (
        "420 people came 11 to 19 times (5,670 attendances, £3,865,000). "
        "3,000 people came 5 to 10 times (19,500 attendances, £14,406,000)."
    )
    assert moved == (
        "Of the 110 people of the top tier in the year before, 44 are in it again; "
        "76 are new in it."
    )
    assert coming == (
        "Next year about 122 (102 to 144) people are to be expected there, because people "
        "leave by themselves and others come."
    )


def test_a_folder_holds_both_versions_and_is_the_same_every_time() -> None:
    pair = make.Both(sample_tiers(publishable=False), sample_tiers())
    folder, first = make.files(pair, {"locality.toml": b'name = "Madeup Vale"\n'})
    assert first == make.files(pair, {"locality.toml": b'name = "Madeup Vale"\n'})[1]
    assert {"tiers.pdf", "tiers.docx", "tiers.html", "tiers.xlsx", "tiers.json", "manifest.json",
            "publishable/tiers.pdf", "publishable/tiers.json", "publishable/tiers.xlsx",
            "publishable/manifest.json", "inputs/locality.toml"} <= set(first)  # fmt: skip
    assert json.loads(first["publishable/tiers.json"])["publishable"] is True
    assert json.loads(first["tiers.json"])["publishable"] is False
    told = json.loads(first["publishable/manifest.json"])["sha256"]
    assert told["tiers.pdf"] == hashlib.sha256(first["publishable/tiers.pdf"]).hexdigest()
    assert "everything but publishable/" in folder.stays


def test_a_workbook_has_no_sheet_twice_and_every_unit_in_it() -> None:
    made = contents(make.folder(sample_tiers(), {}))["tiers.xlsx"]
    book = ZipFile(io.BytesIO(made)).read("xl/workbook.xml").decode()
    names = re.findall(r'<sheet name="([^"]+)"', book)
    assert len(names) == len(set(names))
    assert {"Table One", "Came in", "Stayed", "Groups", "Made from"} <= set(names)


def test_a_place_without_a_name_is_asked_for() -> None:
    missing = make.missing_of(replace(sample_tiers(), area="The area"))
    assert [one.what for one in missing] == ["What the area is called"]


def test_the_boundary_is_in_the_labels() -> None:
    assert [tier.label for tier in tiers_from(20)] == ["5 to 10", "11 to 19", "20 and over"]
    assert [tier.label for tier in tiers_from(21)] == ["5 to 10", "11 to 20", "more than 20"]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    here = tmp_path_factory.mktemp("tiers")
    made = "synthetic --people 3000 --sites 2 --from 2024-01-01 --to 2026-04-01 --out"
    _run(*made.split(), f"{here}/trust")
    files = [*here.glob("trust/attendances-*.csv"), here / "trust" / "admissions.csv",
             here / "trust" / "people.csv"]  # fmt: skip
    _run("extract", *map(str, sorted(files)), "--store", f"{here}/store")
    return here


def _run(*command: str) -> None:
    CliRunner().invoke(hiu, list(command), catch_exceptions=False)


def test_the_command_writes_both_and_others_read_them(store: Path) -> None:
    out = store / "out"
    options: dict[str, Any] = {"store": store / "store", "as_of": date(2026, 4, 1),
                               "locality": store / "trust" / "locality.toml"}  # fmt: skip
    made = programme.make_tiers(programme.TiersOptions(out=out, **options), say=lambda _: None)
    assert made.exit_code == (1 if made.warnings or made.missing else 0)
    read = programme.tiers_of(tiers=out)
    assert read == programme.tiers_of(**options)
    assert programme.tiers_of(tiers=out / "publishable") == programme.tiers_of(
        **options, publishable=True
    )
    assert isinstance(read.whole.people_seen, int)
    assert read.whole.people_seen > 100
    assert read.year_before is not None
    assert (out / "publishable" / "tiers.docx").stat().st_size > 10_000


def test_what_does_not_go_together_is_refused(store: Path) -> None:
    with pytest.raises(WrongUsage, match="either --store or --tiers"):
        programme.tiers_of()
    with pytest.raises(WrongUsage, match="--store needs --as-of"):
        programme.tiers_of(store=store / "store")
    with pytest.raises(WrongUsage, match="is not over"):
        programme.tiers_of(store=store / "store", as_of=date(2026, 3, 31), year="2025/26")
    with pytest.raises(WrongUsage, match="not a financial year"):
        programme.tiers_of(store=store / "store", as_of=date(2026, 4, 1), year="2025/27")


def test_tables_fit_their_columns() -> None:
    for publishable in (True, False):
        for table in document.every_table(sample_tiers(publishable)):
            assert isinstance(table, Table)
            assert table.rows


def test_one_and_nobody_have_sentences_of_their_own() -> None:
    def lines(people: int, attendances: int, stayed: int, new: int) -> list[str]:
        data = sample_data(publishable=False)
        top = data["units"][0]["tiers"]["20+"]
        top["people"]["total"], top["attendances"]["total"] = people, attendances
        top["emergency_admissions"]["total"], top["bed_days"]["total"] = people, people
        top["cost"]["total"] = 2991 * people
        top["before"]["people"], top["moved"]["new"] = 1, new
        top["moved"]["to"]["20+"] = stayed
        top["forecast"]["people"] = dict.fromkeys(("expected", "low", "high"), 1)
        return document.short_lines(read_tiers(data))

    assert lines(1, 20, 0, 1)[0] == (
        "In 2025/26, 1 person came to A&E 20 times or more: 20 attendances, 1 emergency admission, "
        "1 bed day, at a cost of £3,000."
    )
    assert lines(1, 20, 1, 0)[2] == (
        "Of the 1 person of the top tier in the year before, 1 is in it again; none are new in it."
    )
    shown = sample_data()
    shown["units"][0]["tiers"]["20+"]["moved"]["new"] = "*"
    assert document.short_lines(read_tiers(shown))[2].endswith("a number not shown are new in it.")
    assert lines(0, 0, 0, 0)[0] == "In 2025/26, nobody came to A&E 20 times or more."
    assert lines(0, 0, 0, 0)[3] == "Next year about 1 (1 to 1) person is to be expected there."


def test_the_costs_begin_a_page_with_their_heading() -> None:
    blocks = document.report(sample_tiers()).blocks
    breaks = [place for place, block in enumerate(blocks) if isinstance(block, PageBreak)]
    assert [blocks[place + 1] for place in breaks] == [Heading("What it costs")]


def test_a_second_publication_beside_an_earlier_one_is_warned_of(tmp_path: Path) -> None:
    (tmp_path / "tiers.json").write_text(json.dumps(sample_data()), "utf-8")
    now = sample_tiers()
    assert beside.warnings_of(tmp_path, now) == ()
    assert beside.warnings_of(tmp_path / "elsewhere", now) == ()
    above = replace(now, tiers=tiers_from(21))
    assert "its top tier begins at 20, not at 21" in beside.warnings_of(tmp_path, above)[0]
    later = replace(now, year=replace(now.year, to_exclusive=date(2026, 4, 2)))
    assert "its year ends 1 day away" in beside.warnings_of(tmp_path, later)[0]
    fewer = replace(now, units=now.units[:-1])
    assert "it has other hospitals or places" in beside.warnings_of(tmp_path, fewer)[0]
    next_year = replace(now, year=replace(now.year, to_exclusive=date(2027, 4, 1)))
    assert beside.warnings_of(tmp_path, next_year) == ()
