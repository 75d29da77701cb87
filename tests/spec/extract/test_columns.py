"""Which file is recognised as what by its header."""

from __future__ import annotations

import pytest

from openhiu.errors import ConfigurationFault, InputNotUsable
from openhiu.extract import dialects
from openhiu.extract.mapping import Mapping
from openhiu.extract.recognise import choose, named, recognise
from openhiu.synthetic import layout as synthetic
from openhiu.tables.activity import TABLES
from openhiu.tables.codes import HES_AE_CATEGORIES
from support.extracting import check

every_dialect = pytest.mark.parametrize(
    "mapping", dialects.known(), ids=lambda each: f"{each.name}-{each.dataset}"
)


def test_every_header_of_the_made_up_trust_is_recognised() -> None:
    found = recognise(synthetic.ATTENDANCE_COLUMNS)
    assert (found.mapping.name, found.unused) == ("cds-6-2-3", ())
    others = {
        "admissions": synthetic.ADMISSION_COLUMNS,
        "ambulance": synthetic.AMBULANCE_COLUMNS,
        "calls_111": synthetic.CALL_111_COLUMNS,
        "people": synthetic.PEOPLE_COLUMNS,
    }
    for dataset, columns in others.items():
        found = recognise(columns)
        assert (found.mapping.name, found.table.name, found.unused) == ("canonical", dataset, ())


@every_dialect
def test_every_dialect_recognises_a_file_with_all_its_first_choices(mapping: Mapping) -> None:
    columns = dict.fromkeys(name for each in mapping.columns.values() for name in each[0])
    found = recognise(list(columns))
    assert (found.mapping.name, found.mapping.dataset) == (mapping.name, mapping.dataset)


@every_dialect
def test_every_dialect_has_a_place_for_what_no_row_can_do_without(mapping: Mapping) -> None:
    assert {*mapping.table.required, "person_id"} <= set(mapping.columns)


def test_case_spaces_and_underscores_do_not_matter() -> None:
    found = recognise(
        ["der_pseudo_nhs_number", "DER PROVIDER SITE CODE", "Der_EC_Arrival_Date_Time",
         "EC_AttendanceCategory", "EC_Department_Type"],
    )  # fmt: skip
    assert found.mapping.name == "sus-udal"
    assert found.source("attendance_category").label == "EC_AttendanceCategory"  # type: ignore[union-attr]
    spaced = recognise(
        ["Der_Pseudo_NHS_Number", "Der_Provider_Site_Code", "Der_EC_Arrival_Date_Time",
         "EC_Attendance_Category", "EC_Department_Type"],
    )  # fmt: skip
    assert spaced.source("attendance_category").label == "EC_Attendance_Category"  # type: ignore[union-attr]


def test_missing_required_columns_are_named() -> None:
    with pytest.raises(InputNotUsable, match=r"attendances \(sus-udal\) without site_code") as told:
        recognise(
            ["Der_Pseudo_NHS_Number", "Der_EC_Arrival_Date_Time", "EC_Department_Type", "EC_Ident"],
            file="may.csv",
        )
    assert "hiu extract --explain may.csv" in told.value.remedy
    with pytest.raises(InputNotUsable, match=r"lacks site_code \(Der_Provider_Site_Code or"):
        choose(["Der_Pseudo_NHS_Number", "Der_EC_Arrival_Date_Time"], dialect="sus-udal")


def test_a_header_nobody_knows_gets_the_way_to_a_mapping() -> None:
    with pytest.raises(InputNotUsable, match="none of the known dialects") as told:
        recognise(["Spalte 1", "Spalte 2"])
    assert "--explain FILE" in told.value.remedy


def test_an_nhs_number_is_the_person_where_there_is_no_other() -> None:
    found = recognise(["nhs_number", "site_code", "arrival_datetime"])
    assert found.source("person_id").label == "nhs_number"  # type: ignore[union-attr]
    outcome = check("""
        nhs_number | site_code | arrival_datetime
        9990000018 | RXX01     | 2026-03-01 10:00
        A12        | RXX01     | 2026-03-01 10:00
        B12        | RXX01     | 2026-03-01 10:00
    """)
    assert outcome.column("person_id") == ["9990000018"]  # never taken for pseudonyms


def test_a_dialect_is_chosen_by_name_and_an_unknown_one_lists_the_known() -> None:
    assert named("canonical", "people").dataset == "people"
    assert named("canonical").dataset == "attendances"
    with pytest.raises(ConfigurationFault, match="no dialect called sus") as told:
        named("sus")
    assert "sus-udal" in told.value.remedy


def test_the_dataset_option_narrows_the_search() -> None:
    shared = ["call_id", "provider_code", "person_id", "call_datetime", "submitted_at"]
    with pytest.raises(InputNotUsable, match=r"ambulance .*calls_111|calls_111 .*ambulance"):
        recognise(shared)
    assert recognise(shared, dataset="calls_111").table.name == "calls_111"


def test_hes_files_are_translated_on_the_way_in() -> None:
    outcome = check("""
        PSEUDO_HESID | AEKEY | PROCODET | ARRIVALDATE | ARRIVALTIME | AEATTENDCAT | ARRIVALAGE | AEDEPTTYPE
        TESTaB       | 1     | RXX-X    | 2008-02-12  | 1016        | 1           | 1.0        | 99
        TESTaC       | 2     | RXX      | 2008-02-12  | 0034        | 2           | 7004.0     | 99
        TESTaD       | 3     | RXX      | 2008-02-12  | 2359        | 3           | 28.0       | 01
        TESTaE       | 4     | RXX      | 2008-02-12  | 0000        | 9           | 28.0       | 01
    """)  # noqa: E501
    assert outcome.findings.dialect == "hes-ae"
    wanted = [HES_AE_CATEGORIES["1"], HES_AE_CATEGORIES["2"], HES_AE_CATEGORIES["3"], None]
    assert outcome.column("attendance_category") == wanted == ["1", "4", "2", None]
    assert outcome.column("age") == [1, 0, 28, 28]  # 7004 is a part of the first year
    assert outcome.column("site_code") == ["RXX"] * 4
    assert [each.strftime("%H%M") for each in outcome.column("arrival_datetime")] == [
        "1016", "0034", "2359", "0000",
    ]  # fmt: skip


def test_the_planned_flag_of_sus_is_turned_round() -> None:
    outcome = check("""
        Der_Pseudo_NHS_Number | Der_Provider_Site_Code | Der_EC_Arrival_Date_Time | Arrival_Planned
        p1                    | RXX01                  | 2026-03-01 10:00         | False
        p2                    | RXX01                  | 2026-03-01 10:00         | True
        p3                    | RXX01                  | 2026-03-01 10:00         |
    """)
    assert outcome.column("is_unplanned") == [True, False, None]


def test_the_practice_of_registration_comes_from_pds_first_then_from_the_sender() -> None:
    outcome = check("""
        Der_Pseudo_NHS_Number | Der_Provider_Site_Code | Der_EC_Arrival_Date_Time | GP_Practice_Code | PDS_General_Practice_Code
        p1                    | RXX01                  | 2026-03-01 10:00         | A81001           | B82002
        p2                    | RXX01                  | 2026-03-01 10:00         | A81001           |
    """)  # noqa: E501
    assert outcome.column("gp_practice") == ["B82002", "A81001"]


def test_the_names_of_every_table_are_their_own_dialect() -> None:
    for table in TABLES.values():
        found = recognise(table.names)
        assert (found.mapping.name, found.table.name, found.unused) == ("canonical", table.name, ())
