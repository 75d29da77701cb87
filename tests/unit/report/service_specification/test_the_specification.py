"""The specification: its numbered parts, Table One, local choices, and what nobody has said."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from openhiu.errors import InputNotUsable
from openhiu.identify.criteria_file import load_preset
from openhiu.locality import Footprint, StaffingSettings
from openhiu.paper.blocks import Fields, Heading, Note, Table
from openhiu.report.folder import contents
from openhiu.report.service_specification.criteria_said import excluded
from openhiu.report.service_specification.make import document, make
from openhiu.report.service_specification.needs import table_one
from openhiu.report.service_specification.scope import caseload
from support.specifications import SERVICE, bare, place, source, words_of
from support.tiers import sample_tiers

BANNED = re.compile(
    r"\bdischarg\w*|\bfrequent (flyer|attender)s?\b|\babuser?s?\b|\bnon-?compliant\b|\brefus\w+"
    r"|\brelaps\w+|\bmisus\w+|\bpatients?\b|\bDNA\b",
    re.IGNORECASE,
)


def test_it_has_the_parts_of_the_national_model_in_their_order() -> None:
    made = document(source(), ())
    found = [(b.level, b.text) for b in made.blocks if isinstance(b, Heading)]
    assert [text for level, text in found if level == 2] == [
        "1 Population needs", "2 Outcomes", "3 Scope", "4 Applicable standards",
        "5 Reporting and review", "6 Workforce", "Annex A Criteria in full",
        "Annex B How the numbers were counted", "Annex C Where facts come from",
    ]  # fmt: skip
    assert [text for _, text in found if text.startswith("3.")] == [
        "3.1 The service", "3.2 Accessibility and threshold", "3.3 Whole-system relationships",
        "3.4 Geographic coverage and boundaries", "3.5 Days and hours of operation",
        "3.6 Referral sources", "3.7 Identifying the cohort", "3.8 Caseload",
        "3.9 Eligibility criteria", "3.10 Exclusion criteria", "3.11 Location",
    ]  # fmt: skip


def test_table_one_is_in_the_shape_of_the_national_model() -> None:
    """The sample area: 120 people came 20 times and over, 3,960 times, 33 on average."""
    table = table_one(source(), sample_tiers().whole, one=True)
    assert table.columns[2:] == ("Minimum", "Maximum", "Average", "Total")
    assert [row[:2] for row in table.rows] == [
        (tier, what)
        for tier in ("20 and over", "11 to 19", "5 to 10")
        for what in ("People", "Attendances", "Emergency admissions", "Bed days")
    ]
    assert table.rows[0][2:] == (44, 70, 57.0, 120)
    assert table.rows[1][2:] == (20, 96, 33.0, 3960)
    assert table.rows[11][5] == 16500


def test_each_hospital_has_its_own_table_in_place_or_where_there_are_many_in_the_annex() -> None:
    few = [block.caption for block in document(source(), ()).blocks if isinstance(block, Table)]
    assert sum("Vale General" in caption for caption in few) == 1
    tiers = sample_tiers()
    sites = [replace(tiers.sites[0], code=f"S{n}", name=f"Hospital {n}") for n in range(5)]
    many = document(replace(source(), tiers=replace(tiers, units=(tiers.whole, *sites))), ())
    order = [getattr(block, "caption", None) or getattr(block, "text", "") for block in many.blocks]
    annex = order.index("Annex B How the numbers were counted")
    places = [n for n, words in enumerate(order) if "Hospital 4" in words]
    assert len(places) == 1
    assert places[0] > annex


def test_what_the_area_has_chosen_stands_in_it() -> None:
    said = words_of(document(source(), ()))
    for key in ("specification_number", "commissioner", "commissioner_lead", "provider", "days",
                "hours", "out_of_hours", "referral", "location", "safeguarding", "complaints",
                "information_sharing"):  # fmt: skip
        assert SERVICE[key] in said
    for words in ("24 months", "1 April 2028", "Vale General", "South Vale Infirmary", "North Vale",
                  "2 small areas (LSOAs) and 1 GP practice,", "3 leads",
                  "Half of the top tier asked"):  # fmt: skip
        assert words in said
    assert "Not decided here" not in said


def test_where_everything_is_said_nothing_is_missing() -> None:
    folder = make(source())
    assert folder.missing == ()
    assert folder.documents[0].document.marking == ""


def test_what_nobody_has_said_stands_at_the_front_and_makes_it_a_draft() -> None:
    folder = make(bare())
    [first, second, form, *_] = folder.documents[0].document.blocks
    assert isinstance(first, Note)
    assert first.title == "Still to be said before this goes out"
    assert len(first.lines) == len(folder.missing) == 14
    assert folder.documents[0].document.marking == "DRAFT"
    assert isinstance(second, Note)
    assert second.lines[0].startswith("The days of operation, the hours of operation and referral")
    assert isinstance(form, Fields)
    assert ("Specification number", "To be agreed") in form.rows
    for one in folder.missing:
        assert one.remedy.endswith(".")


@pytest.mark.parametrize("key", [
    "specification_number", "commissioner_lead", "provider_lead", "review_date", "out_of_hours",
    "location", "safeguarding", "information_sharing", "complaints", "contract_months",
])  # fmt: skip
def test_each_choice_that_is_left_out_is_missed(key: str) -> None:
    service = {name: value for name, value in SERVICE.items() if name != key}
    assert len(make(source(locality=place(service=service))).missing) == 1


def test_caseload_follows_the_settings_that_staffing_is_worked_out_with() -> None:
    said = " ".join(
        caseload(StaffingSettings(new_a_quarter=12, intensive_least=10, never_above=45))
    )
    assert "about 12 new people a quarter" in said
    assert "10 to 15" in said
    assert "never more than 45" in said
    monthly = caseload(StaffingSettings(size_by="a_month", new_a_month=5))
    assert "about 5 new people a month" in monthly[0]


@pytest.mark.parametrize(
    ("footprint", "said"),
    [
        (
            Footprint(frozenset({"E01"}), frozenset({"A81"})),
            "neither live in the commissioned area",
        ),
        (Footprint(frozenset({"E01"}), frozenset({"A81"}), "and"), "do not both live"),
        (Footprint(frozenset({"E01"})), "do not live in the commissioned area, as far"),
        (Footprint(gp_practices=frozenset({"A81"})), "not registered with a GP practice"),
    ],
)
def test_who_lives_outside_is_said_as_it_is_filtered(footprint: Footprint, said: str) -> None:
    [outside] = [line for line in excluded(load_preset(), replace(place(), footprint=footprint))
                 if said in line]  # fmt: skip
    assert outside.endswith("as far as either is known of them.")


def test_ages_outside_the_criteria_are_the_exclusions() -> None:
    young = replace(load_preset(), youngest=12, oldest=17)
    said = excluded(young, place())
    assert said[:3] == (
        "People under 12 years of age on the as-of date.",
        "People over 17 years of age on the as-of date.",
        "People whose age nobody knows.",
    )
    anybody = replace(load_preset(), youngest=0)
    assert not [line for line in excluded(anybody, place()) if "age" in line.split()]


def test_tiers_with_small_numbers_in_them_are_refused() -> None:
    with pytest.raises(InputNotUsable, match="internal"):
        make(replace(source(), tiers=sample_tiers(publishable=False)))


@pytest.mark.parametrize("made", [source, bare])
def test_no_word_is_used_that_the_programme_does_not_say(made: object) -> None:
    found = BANNED.search(words_of(document(made(), ())))  # type: ignore[operator]
    assert found is None, found


def test_the_same_source_makes_the_same_bytes() -> None:
    assert contents(make(source())) == contents(make(source()))


def test_tiers_that_count_others_than_the_list_are_warned_of() -> None:
    criteria = load_preset()
    same = replace(sample_tiers(), criteria=load_preset("tiers").as_dict())
    assert make(replace(source(), tiers=same)).warnings == ()
    other = replace(criteria, youngest=16, department_types=None)
    folder = make(replace(source(other), tiers=same))
    [warning] = folder.warnings
    assert warning.endswith("not the same: the youngest age and the types of department.")
    assert warning in words_of(folder.documents[0].document)
