"""Every paper of the pack: marked as a draft, filled with facts of the place, without placeholders,
with what nobody has said at its front.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from openhiu.errors import ExitCode, RefusedByPolicy, WrongUsage
from openhiu.locality.writing import as_toml
from openhiu.paper import pdf
from openhiu.paper.blocks import EasyRead, Figure, Heading, Note, Table, tables_of
from openhiu.programme.starter_pack import StarterPackOptions, make_starter_pack
from openhiu.report.folder import Folder, contents
from openhiu.report.starter_pack import consent_form, implementation_plan
from openhiu.report.starter_pack.essentials import ESSENTIALS, GROUPS, Essential
from openhiu.report.starter_pack.make import lines, make
from openhiu.report.starter_pack.risks import HAZARDS
from openhiu.report.starter_pack.sheet import BOX, MARKING, TICKED, Paper
from openhiu.report.starter_pack.source import Source
from openhiu.report.starter_pack.steps import BY_KEY
from openhiu.report.starter_pack.wanted import WANTED
from openhiu.report.tiers import Tiers
from openhiu.tables.holdings import HOLDINGS
from openhiu.tables.leaving import DOORS
from support.starter_pack import AS_OF, PLACE, bare, document, place, source, whole, words
from support.tiers import sample_data, sample_tiers

PLACEHOLDER = re.compile(r"<<|>>|\bXX+\b|\bTB[CDA]\b|lorem|\b[Ii]nsert\b|\bNone\b|\{\w*\}|\bTODO\b")
BANNED = re.compile(
    r"\bdischarg\w*|\bfrequent (flyer|attender)s?\b|\babuser?s?\b|\bnon-?compliant\b|\brefus\w+"
    r"|\brelaps\w+|\bmisus\w+|\bpatients?\b|\bDNA\b",
    re.IGNORECASE,
)
STEMS = [one.stem for one in whole().documents]
# What each paper has to know of this place; all of it is made up and stands nowhere in the code.
LOCAL = {
    "front-sheet": ("Madeup Vale", "Thu 1 Jul 2027"),
    "implementation-plan": ("Sam Okafor", "Dr Priya Nair", "Kit Marsh", "1 July 2027"),
    "readiness-check": ("Vale Together CIC", "The Old Library", "Vale Night Line"),
    "job-description": ("Vale General", "£38,000", "The Old Library", "Dr A. Lee"),
    "advert": ("jobs@vale.example", "1 February 2027", "15 February 2027", "01632 960001"),
    "communications-plan": ("Matron J. Bell", "Prison resettlement", "Vale Night Line"),
    "logic-model": ("Madeup Vale",),
    "information-sharing-agreement": ("Vale Mental Health Trust", "Vale Hospitals NHS Trust",
                                      "South Vale Infirmary", "vale.example/privacy"),
    "privacy-impact-assessment": ("Dr Lin Ash", "Vale Together CIC", "South Vale Infirmary"),
    "equality-impact-assessment": ("2025/26", "South Vale Infirmary"),
    "consent-form": ("Vale Council housing", "01632 960001", "01632 960002", "Vale Night Line"),
    "consent-form-large-print": ("Vale Council housing", "01632 960001", "Vale Night Line"),
    "consent-form-easy-read": ("Vale Council housing", "01632 960001", "Vale Night Line"),
}  # fmt: skip


def test_the_pack_has_every_paper_of_the_programme() -> None:
    assert set(STEMS) == set(LOCAL)


@pytest.mark.parametrize("stem", STEMS)
def test_a_paper_is_a_draft_to_be_edited_and_read(stem: str) -> None:
    [written] = [one for one in whole().documents if one.stem == stem]
    assert written.document.marking == MARKING
    assert set(written.formats) == {"pdf", "docx"}
    first = written.document.blocks[0]
    assert isinstance(first, Note)
    assert first.title == "Draft"


@pytest.mark.parametrize("stem", STEMS)
def test_a_paper_tells_facts_of_its_place(stem: str) -> None:
    told = words(document(whole(), stem))
    assert [fact for fact in LOCAL[stem] if fact not in told] == []


@pytest.mark.parametrize("stem", STEMS)
@pytest.mark.parametrize("pack", [whole, bare], ids=["all said", "nothing said"])
def test_no_paper_holds_a_placeholder_or_a_word_that_hurts(
    stem: str, pack: Callable[[], Folder]
) -> None:
    told = words(document(pack(), stem).blocks)
    assert PLACEHOLDER.findall(told) == []
    assert [found.group() for found in BANNED.finditer(told)] == []


@pytest.mark.parametrize("stem", STEMS)
def test_headings_follow_each_other_and_each_has_something_below_it(stem: str) -> None:
    blocks = document(whole(), stem).blocks
    levels = [block.level for block in blocks if isinstance(block, Heading)]
    assert not levels or levels[0] == 2
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))
    named = [block.text for block in blocks if isinstance(block, Heading)]
    assert len(set(named)) == len(named)
    assert not isinstance(blocks[-1], Heading)
    for here, after in pairwise(blocks):
        if isinstance(here, Heading) and isinstance(after, Heading):
            assert after.level > here.level


def test_a_place_that_said_everything_lacks_nothing() -> None:
    assert [one.what for one in whole().missing] == []
    assert whole().warnings == ()


def test_what_nobody_said_stands_at_the_front_of_each_paper_that_needs_it() -> None:
    plan = document(bare(), "implementation-plan")
    [note] = [b for b in plan.blocks[:2] if isinstance(b, Note) and b.warning]
    assert any("go-live" in line or "goes live" in line for line in note.lines)
    assert any('[go_live] dpo = "…"' in line for line in note.lines)
    assert {one.what for one in bare().missing} <= {one.what for one in WANTED.values()}


def test_every_picture_can_be_heard() -> None:
    for written in whole().documents:
        for block in written.document.blocks:
            if isinstance(block, Figure):
                assert len(block.alt.split()) > 20
            if isinstance(block, EasyRead):
                assert [row.words for row in block.rows if row.picture is None] == []


@pytest.mark.parametrize("stem", STEMS)
def test_a_paper_can_be_printed_by_everyone(stem: str) -> None:
    for pack in (whole(), bare()):
        assert pdf.make(document(pack, stem)).startswith(b"%PDF")


def test_the_same_place_gives_the_same_files() -> None:
    again, before = (
        replace(folder, documents=folder.documents[:2]) for folder in (make(source()), whole())
    )
    assert contents(again) == contents(before)


# The plan


def test_a_date_too_near_is_said_plainly_with_what_cannot_be_done() -> None:
    near = source(place(date="2027-02-01"))
    told = words(implementation_plan.make(near).written.document.blocks)
    assert "Going live on 1 February 2027 is too soon" in told
    assert near.schedule is not None
    assert near.schedule.late
    [table] = [t for t in tables_of(implementation_plan.make(near).written.document.blocks)
               if t.caption.startswith("Steps that end too late")]  # fmt: skip
    assert len(table.rows) == len(near.schedule.late)
    assert "References, enhanced DBS check, notice period" in words(table)
    [warning] = make(near).warnings
    assert "too soon" in warning


def test_a_date_on_which_nobody_works_is_pointed_out() -> None:
    told = words(implementation_plan.make(source(place(date="2027-12-27"))).written.document)
    assert "Mon 27 Dec 2027 is a weekend, a bank holiday or closed here" in told
    assert "Wed 29 Dec 2027" in told  # 25 December is a Saturday: 27 and 28 are bank holidays


@pytest.mark.parametrize("day", ["2027-07-01", "2026-01-05"])
def test_a_place_that_has_done_everything_is_sent_to_the_check(day: str) -> None:
    ready = source(place(date=day, done=list(BY_KEY)))
    told = words(implementation_plan.make(ready).written.document.blocks)
    assert "Every step is done" in told
    assert make(ready).warnings == ()


def test_a_step_that_does_not_exist_is_pointed_out() -> None:
    found = implementation_plan.unknown(source(place(done=["aprove"], takes={"dpia": 3})))
    assert [one.what for one in found] == ["[go_live] names a step that does not exist: aprove"]


def test_the_answer_says_what_begins_first() -> None:
    # What is approved already is not what begins first.
    assert "settle who employs the leads by" in lines(source(), whole())[1]


# Consent


@pytest.mark.parametrize("maker", [consent_form.plain, consent_form.large, consent_form.easy])
def test_no_choice_is_made_beforehand(maker: Callable[[Source], Paper]) -> None:
    told = document(whole(), "consent-form")
    paper = maker(source())
    assert TICKED not in words(told)
    assert words(paper.written.document).count(BOX) >= 10


def test_each_organisation_has_a_choice_of_its_own() -> None:
    tables = list(tables_of(document(whole(), "consent-form").blocks))
    [shared] = [one for one in tables if one.columns[0] == "Who"]
    assert [row[0] for row in shared.rows][:4] == [
        "A&E", "My GP practice", "Vale Mental Health Trust", "Vale Council housing"]  # fmt: skip
    assert all(row[1] == row[2] == BOX for row in shared.rows)
    usual = consent_form.organisations(source(place(partners=[])))
    assert len(usual) == len(consent_form.USUAL) == 10


def test_the_form_names_review_interpreter_representative_and_taking_back() -> None:
    told = words(document(whole(), "consent-form"))
    for wanted in ("within 6 months", "Interpreter", "speaks for me", "What I take back",
                   "best-interests", "Sharing stops that day"):  # fmt: skip
        assert wanted in told


def test_large_print_is_large() -> None:
    assert document(whole(), "consent-form-large-print").points == 18
    assert document(whole(), "consent-form-easy-read").points >= 16


# The assessments


def test_the_privacy_assessment_tells_every_door_every_holding_and_every_hazard() -> None:
    told = words(document(whole(), "privacy-impact-assessment"))
    assert [one.key for one in HOLDINGS if one.words not in told] == []
    assert [one.key for one in HAZARDS if one.words not in told] == []
    assert [c for door in DOORS for c in door.columns if c not in told] == []
    # Risks that weigh most come first.
    [risks] = [t for t in tables_of(document(whole(), "privacy-impact-assessment").blocks)
               if t.sheet == "Risks"]  # fmt: skip
    after = [row[3] for row in risks.rows]
    assert after == sorted(after, key=lambda weight: ["high", "medium", "low"].index(str(weight)))


def test_the_agreement_shows_the_criteria_that_the_list_is_made_by() -> None:
    told = words(document(whole(), "information-sharing-agreement"))
    assert all(line in told for line in source().criteria.sentences()[:3])


def deprivation(tiers: Tiers) -> Table:
    blocks = document(make(source(tiers=tiers)), "equality-impact-assessment").blocks
    return next(t for t in tables_of(blocks) if t.sheet == "By deprivation")


def test_the_equality_assessment_shows_numbers_as_anybody_may_see_them() -> None:
    # 120 people are in the top tier; six of them live in the least deprived fifth.
    shown = {row[0]: row[-1] for row in deprivation(sample_tiers()).rows}
    assert shown["Most deprived fifth"] == 50
    assert shown["Least deprived fifth"] == "*"


def test_numbers_that_were_counted_for_the_inside_are_protected_too() -> None:
    inside = deprivation(sample_tiers(publishable=False))
    cells = [cell for row in inside.rows for cell in row[1:]]
    assert all(cell == "*" or (isinstance(cell, int) and cell % 5 == 0) for cell in cells)
    # One hidden number alone could be worked out from the rest: the least deprived fifth (6) and
    # those whose area is not known both stay hidden.
    assert [row[-1] for row in inside.rows].count("*") >= 2


def test_without_tiers_the_assessment_says_that_there_are_no_numbers() -> None:
    told = words(document(bare(), "equality-impact-assessment"))
    assert "No tiers were given" in told


# Readiness


def test_what_the_settings_answer_is_marked_and_only_what_is_done_is_ticked() -> None:
    rows = [row for t in tables_of(document(whole(), "readiness-check").blocks)
            if t.columns[0] == "Done" for row in t.rows]  # fmt: skip
    assert len(rows) == len(ESSENTIALS)
    assert [row[1] for row in rows if row[0] == TICKED] == [
        "Money is agreed for 18 months or more"]  # fmt: skip
    [officer] = [row for row in rows if str(row[1]).startswith("A data protection officer")]
    assert officer[-1] == "Sam Okafor"


@pytest.mark.parametrize("one", ESSENTIALS, ids=lambda one: one.words)
def test_an_essential_thing_names_group_step_and_setting_there_are(one: Essential) -> None:
    assert one.group in GROUPS
    assert one.step in ("", *BY_KEY)
    assert one.says in ("", *WANTED)
    assert one.evidence


def test_a_pack_of_a_day_is_of_that_day() -> None:
    assert all(one.document.made_for == AS_OF == date(2026, 11, 23) for one in whole().documents)


# On the command line


def asked(tmp_path: Path, **more: Any) -> StarterPackOptions:
    (tmp_path / "locality.toml").write_text(as_toml(PLACE), "utf-8")
    return StarterPackOptions(tmp_path / "pack", AS_OF, locality=tmp_path / "locality.toml", **more)


def kept(tmp_path: Path, *, publishable: bool) -> Path:
    folder = tmp_path / "tiers"
    folder.mkdir()
    (folder / "tiers.json").write_text(json.dumps(sample_data(publishable)), "utf-8")
    return folder


def test_a_pack_is_written_with_what_it_was_made_from(tmp_path: Path) -> None:
    made = make_starter_pack(
        asked(tmp_path, tiers=kept(tmp_path, publishable=True)), say=lambda _: None
    )
    assert made.exit_code == ExitCode.DONE
    names = {path.relative_to(made.out).as_posix() for path in made.written}
    assert {"front-sheet.docx", "consent-form.pdf", "starter-pack.json", "manifest.json",
            "inputs/locality.toml", "inputs/tiers.json"} <= names  # fmt: skip
    told = json.loads((made.out / "starter-pack.json").read_text("utf-8"))
    assert told["goes_live"] == "2027-07-01"
    assert told["in_time"] is True


def test_without_settings_the_pack_asks_for_a_person(tmp_path: Path) -> None:
    made = make_starter_pack(StarterPackOptions(tmp_path / "pack", AS_OF), say=lambda _: None)
    assert made.exit_code == ExitCode.NEEDS_A_PERSON
    assert any("dpo" in remedy for _, remedy in made.missing)


def test_exact_counts_never_go_into_a_pack(tmp_path: Path) -> None:
    with pytest.raises(RefusedByPolicy):
        make_starter_pack(
            asked(tmp_path, tiers=kept(tmp_path, publishable=False)), say=lambda _: None
        )


def test_store_and_tiers_are_not_given_together(tmp_path: Path) -> None:
    with pytest.raises(WrongUsage):
        make_starter_pack(asked(tmp_path, tiers=tmp_path, store=tmp_path), say=lambda _: None)
