"""Which rows are accepted, and what is said of the others."""

from __future__ import annotations

from datetime import date, datetime

import pyarrow as pa

from openhiu.tables.activity import ATTENDANCES
from support.extracting import RECEIVED, check, drawn_batch, mapping


def test_a_row_is_rejected_with_its_first_broken_rule_and_the_header_as_sent() -> None:
    outcome = check("""
        Der_Pseudo_NHS_Number | Site_Code_of_Treatment | Der_EC_Arrival_Date_Time | Der_EC_Departure_Date_Time | Age_At_Arrival
        good                  | RXX01                  | 2026-03-01 10:00         | 2026-03-01 12:00           | 40
        no site               |                        | 2026-03-01 10:00         | 2026-03-01 12:00           | 40
        no arrival            | RXX01                  |                          |                            | 40
        a word                | RXX01                  | yesterday                |                            | 40
        tomorrow              | RXX01                  | 2026-07-01 00:00         |                            | 40
        today                 | RXX01                  | 2026-06-30 23:59         |                            | 40
        left before           | RXX01                  | 2026-03-01 10:00         | 2026-03-01 09:59           | 40
        minus one             | RXX01                  | 2026-03-01 10:00         |                            | -1
        too old               | RXX01                  | 2026-03-01 10:00         |                            | 121
        half                  | RXX01                  | 2026-03-01 10:00         |                            | 40.5
        first that counts     |                        | never                    |                            | 200
    """)  # noqa: E501
    assert outcome.column("person_id") == ["good", "today"]
    empty = "empty, and no row can do without it"
    assert outcome.rules == [
        (3, "Site_Code_of_Treatment", empty),
        (4, "Der_EC_Arrival_Date_Time", empty),
        (5, "Der_EC_Arrival_Date_Time", "not a date and time"),
        (6, "Der_EC_Arrival_Date_Time", "in the future"),
        (8, "Der_EC_Departure_Date_Time", "departure before arrival"),
        (9, "Age_At_Arrival", "outside 0 to 120"),
        (10, "Age_At_Arrival", "outside 0 to 120"),
        (11, "Age_At_Arrival", "not a whole number"),
        (12, "Site_Code_of_Treatment", empty),
    ]
    assert all(reject["remedy"] for reject in outcome.rejects)
    found = outcome.findings
    assert (found.rows, found.accepted, found.rejected) == (11, 2, 9)


def test_a_site_called_as_the_list_across_all_sites_is_rejected() -> None:
    outcome = check("""
        person_id | site_code | arrival_datetime
        a         | ALL       | 2026-03-01 10:00
        b         | all       | 2026-03-01 10:00
        c         | ALL01     | 2026-03-01 10:00
    """)
    rule = "ALL is the name of the list across all sites"
    assert outcome.rules == [(2, "site_code", rule), (3, "site_code", rule)]
    assert {each["remedy"] for each in outcome.rejects} == {"map it to the real site code"}
    assert outcome.column("person_id") == ["c"]
    stays = check("""
        person_id | site_code | admission_datetime
        a         | ALL       | 2026-03-01 10:00
    """)
    assert (stays.findings.dataset, stays.rules) == ("admissions", [])


def test_accepted_rows_have_the_shape_of_the_declared_table() -> None:
    outcome = check("""
        person_id | site_code | arrival_datetime | sex | department_type | age
        a1        | RXX01     | 2026-03-01 10:00 | F   | 1               | 40
    """)
    assert outcome.accepted.schema == pa.schema(
        [pa.field("_row", pa.int64()), *ATTENDANCES.arrow_schema()]
    )
    row = outcome.accepted.to_pylist()[0]
    assert row["_row"] == 2
    assert row["arrival_datetime"] == datetime(2026, 3, 1, 10)
    assert (row["sex"], row["department_type"], row["age"]) == ("2", "01", 40)


def test_what_the_sender_left_out_is_filled_as_declared() -> None:
    row = check("""
        person_id | site_code | arrival_datetime
        a1        | RXX01     | 2026-03-01 10:00
    """).accepted.to_pylist()[0]
    assert row["provider_code"] == "RXX01"  # the site stands for it
    assert row["submitted_at"] == RECEIVED
    assert row["record_action"] == "upsert"


def test_a_bad_cell_in_a_lesser_column_is_left_empty_and_counted() -> None:
    outcome = check("""
        person_id | site_code | arrival_datetime | sex | imd_decile | submitted_at
        a1        | RXX01     | 2026-03-01 10:00 | F   | 10         | 2026-03-02
        a2        | RXX01     | 2026-03-01 10:00 | ZZ  | 11         | 2026-03-02
        a3        | RXX01     | 2026-03-01 10:00 |     | high       | 2026-03-02
        a4        | RXX01     | 2026-03-01 10:00 | NULL | NULL      | 2026-03-02
    """)
    assert outcome.column("sex") == ["2", None, None, None]
    assert outcome.column("imd_decile") == [10, None, None, None]
    assert outcome.findings.blanked == {"sex": 1, "imd_decile": 2}
    assert outcome.findings.filled["sex"] == 1


def test_words_that_exports_write_into_empty_cells_are_empty() -> None:
    outcome = check("""
        person_id | site_code | arrival_datetime | gp_practice | departure_datetime
        a1        | RXX01     | 2026-03-01 10:00 | NULL        | NULL
        a2        | NULL      | 2026-03-01 10:00 | A81001      | N/A
    """)
    assert outcome.column("gp_practice") == [None]
    assert outcome.column("departure_datetime") == [None]
    assert [(row, column) for row, column, _ in outcome.rules] == [(3, "site_code")]


def test_numbers_that_came_as_decimals_are_codes_again() -> None:
    outcome = check("""
        person_id | attendance_id    | site_code | arrival_datetime | department_type | sex | arrival_mode
        a1        | 4711.0           | RXX01     | 2026-03-01 10:00 | 1.0             | 2.0 | 1048031000000100.0
    """)  # noqa: E501
    row = outcome.accepted.to_pylist()[0]
    assert (row["attendance_id"], row["department_type"], row["sex"], row["arrival_mode"]) == (
        "4711", "01", "2", "1048031000000100",
    )  # fmt: skip


def test_a_deletion_needs_only_the_record_it_takes_out() -> None:
    outcome = check("""
        attendance_id | provider_code | person_id | site_code | arrival_datetime | record_action
        E1            | RXX           | a1        | RXX01     | 2026-03-01 10:00 | 9
        E2            | RXX           |           |           |                  | 1
                      | RXX           |           |           |                  | 1
        E4            | RXX           | a1        | RXX01     | 2026-03-01 10:00 | 7
    """)
    assert outcome.column("attendance_id") == ["E1", "E2"]
    assert outcome.column("record_action") == ["upsert", "delete"]
    assert outcome.rules == [
        (4, "attendance_id", "a deletion has to name its record"),
        (5, "record_action", "not one of its codes"),
    ]
    assert outcome.findings.deletions == 1


def test_a_totals_row_and_a_footnote_are_rejected_as_what_they_are() -> None:
    outcome = check("""
        person_id | site_code | arrival_datetime | age
        a1        | RXX01     | 2026-03-01 10:00 | 40
        Total     |           |                  | 1
                  |           |                  | 8
        Produced by the information team |  |    |
    """)
    note = "a total or a note, not a record"
    assert outcome.rules == [(3, None, note), (4, None, note), (5, None, note)]


def test_a_row_the_reader_could_not_read_keeps_the_readers_words() -> None:
    given = drawn_batch("""
        person_id | site_code | arrival_datetime
        a1        | RXX01     | 2026-03-01 10:00
                  | RXX01     |
    """)
    said = pa.array([None, "it has 2 cells, the header 3"], pa.string())
    outcome = check(given.set_column(1, "_fault", said))
    assert outcome.rules == [(3, None, "it has 2 cells, the header 3")]


def test_codes_of_hes_in_another_dialect_are_told() -> None:
    outcome = check("""
        person_id | site_code | arrival_datetime | attendance_category | is_unplanned | department_type
        a1        | RXX01     | 2026-03-01 10:00 | 1                   | true         | 01
        a2        | RXX01     | 2026-03-02 10:00 | 2                   | false        | 01
        a3        | RXX01     | 2026-03-03 10:00 | 2                   | no           | 05
    """)  # noqa: E501
    told = " ".join(outcome.findings.warnings)
    assert "2 rows with attendance category 2 are marked as planned" in told
    assert "1 rows are same day emergency care (department type 05)" in told


def test_pseudonyms_keep_their_case_and_codes_without_spellings_too() -> None:
    outcome = check("""
        person_id | site_code | arrival_datetime | arrival_mode
        aB1       | rxx01     | 2026-03-01 10:00 | ambulance
        Ab1       | RXX01     | 2026-03-01 10:00 | On a horse
    """)
    assert outcome.column("person_id") == ["aB1", "Ab1"]
    assert outcome.column("site_code") == ["rxx01", "RXX01"]
    assert outcome.column("arrival_mode") == ["1048031000000100", "On a horse"]
    assert any("arrival_mode: 1 of the first 2 codes" in each for each in outcome.findings.warnings)


def test_a_person_without_a_key_is_known_by_the_nhs_number() -> None:
    # 9990000018: 9*10+9*9+9*8+1*2 = 245; 245 mod 11 = 3; 11 - 3 = 8.
    outcome = check("""
        NHS Number   | Forename | Surname  | Date of Birth | Date of Death
        999 000 0018 | Ada      | Invented | 31/12/1950    |
                     | Nobody   | Invented | 31/12/1950    |
        9990000018   | Ada      | Invented | 31/12/1950    | 30/12/1950
    """)
    assert outcome.column("person_id") == ["9990000018"]
    assert outcome.column("name") == ["Ada Invented"]
    assert outcome.column("birth_date") == [date(1950, 12, 31)]
    assert [rule for _, _, rule in outcome.rules] == [
        "nobody is named: neither a key nor an NHS number", "death before birth",
    ]  # fmt: skip


def test_the_same_rows_in_one_batch_or_many_give_the_same() -> None:
    text = """
        NHS NUMBER   | EMERGENCY CARE ATTENDANCE IDENTIFIER | SITE CODE (OF TREATMENT) | EMERGENCY CARE ARRIVAL DATE | EMERGENCY CARE ARRIVAL TIME
        9990000018   | E1 | RXX01 | 2026-03-01 | 10:00:00
        999 000 0018 | E2 | RXX01 | 01/03/2026 | 1005
        9990000019   | E3 | RXX01 | 2026-03-01 | 10:00:00
        9990000018   | E4 | RXX01 | 20260301   | 9:5
        NULL         | E5 | RXX01 | 2026-03-01 | 10:00:00
    """  # noqa: E501
    whole = check(text, "cds-6-2-3")
    given = drawn_batch(text)
    parts = check([given.slice(i, 1) for i in range(given.num_rows)], "cds-6-2-3")
    assert parts.accepted.sort_by("_row").equals(whole.accepted.combine_chunks())
    assert parts.rules == whole.rules
    assert whole.column("attendance_id") == ["E1", "E2", "E4", "E5"]
    assert parts.findings.months == whole.findings.months == {"2026-03": 4}


def test_constants_code_maps_and_endings_of_a_mapping_are_applied() -> None:
    ours = mapping("""
        dataset = "attendances"
        identifier = "pseudonym"
        [columns]
        person_id = "Patient"
        arrival_datetime = ["On", "At"]
        attendance_category = "Kind"
        provider_code = "Trust"
        [constants]
        site_code = "RXX01"
        [codes.attendance_category]
        "1st attendance" = "1"
        "odd" = ""
        [endings]
        provider_code = "-X"
    """)
    outcome = check(
        """
        Patient | On         | At    | Kind           | Trust
        p1      | 01/03/2026 | 09:30 | 1st Attendance | RXX-X
        p2      | 02/03/2026 | 09:30 | Odd            | RYY
        p3      | 13/03/2026 | 09:30 | 4              | RYY
        """,
        ours,
    )
    assert outcome.column("site_code") == ["RXX01"] * 3
    assert outcome.column("attendance_category") == ["1", None, "4"]
    assert outcome.column("provider_code") == ["RXX", "RYY", "RYY"]
    assert outcome.column("arrival_datetime")[0] == datetime(2026, 3, 1, 9, 30)
