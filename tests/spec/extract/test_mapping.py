"""What a trust may write in its own mapping, and what it is told where that will not do."""

from __future__ import annotations

from pathlib import Path

import pytest

from openhiu.errors import ConfigurationFault, ExitCode, InputNotUsable
from openhiu.extract import dialects
from openhiu.extract.layout import fit
from openhiu.extract.mapping import load_mapping
from openhiu.extract.recognise import named
from support.extracting import check, mapping

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "mapping.md"
MINIMAL = 'dataset = "attendances"\n'


@pytest.mark.parametrize(
    ("text", "named_in_cause"),
    [
        ("datset = 'attendances'", "`datset`"),
        ("dataset = 'attendance'", "`dataset`"),
        ("", "`dataset`"),
        (MINIMAL + "[columns]\nperson = 'NHS No'", "`person`"),
        (MINIMAL + "[columns]\nsex = ['Sex', 'Gender']", "`columns.sex`"),
        (MINIMAL + "[columns]\narrival_datetime = ['a', 'b', 'c']", "`columns.arrival_datetime`"),
        (MINIMAL + "[columns]\nsex = 3", "`columns.sex`"),
        (MINIMAL + "[constants]\nsite_code = 7", "`constants.site_code`"),
        (MINIMAL + "[columns]\nsite_code = 'Site'\n[constants]\nsite_code = 'R'", "`site_code`"),
        (MINIMAL + "[codes]\nsex = 'M'", "`codes.sex`"),
        (MINIMAL + "[codes.sex]\nMan = 1", "`codes.sex.Man`"),
        (MINIMAL + "identifier = 'nhs'", "`identifier`"),
        (MINIMAL + "numeric_cells = true", "`numeric_cells`"),
        (MINIMAL + "timezone = 'BST'", "`timezone`"),
        (MINIMAL + "date_format = 'american'", "`date_format`"),
        (MINIMAL + "date_format = '%Q'", "`date_format`"),
        (MINIMAL + "[date_formats]\nage = 'day first'", "`date_formats.age`"),
        (MINIMAL + "[file]\nheader_row = '2'", "`file.header_row`"),
        (MINIMAL + "[file]\nquote = 'x'", "`quote`"),
        (MINIMAL + "[file]\ndecimal = ';'", "`file.decimal`"),
        ("extends = 'sus-udal'\ndataset = 'people'", "`dataset`"),
        ("extends = 'sus'", "no dialect called sus"),
        ("dataset = ", "not TOML"),
    ],
)
def test_a_key_or_value_nobody_knows_is_named(text: str, named_in_cause: str) -> None:
    with pytest.raises(ConfigurationFault) as fault:
        mapping(text)
    assert named_in_cause in fault.value.cause
    assert fault.value.remedy
    assert fault.value.exit_code is ExitCode.CONFIGURATION


def test_a_mapping_extends_a_dialect_and_its_own_columns_win() -> None:
    ours = mapping("""
        extends = "sus-udal"
        [columns]
        person_id = "Our Key"
        [constants]
        site_code = "RXX01"
    """)
    assert ours.dataset == "attendances"
    outcome = check(
        """
        Our Key | Der_Pseudo_NHS_Number | Der_Provider_Site_Code | Der_EC_Arrival_Date_Time
        k1      | p1                    | RYY01                  | 2026-03-01 10:00
        """,
        ours,
    )
    assert outcome.column("person_id") == ["k1"]
    assert outcome.column("site_code") == ["RXX01"]


def test_a_header_that_the_mapping_names_and_the_file_lacks_is_told() -> None:
    ours = mapping(MINIMAL + '[columns]\nperson_id = "NHS No"')
    with pytest.raises(InputNotUsable, match="takes person_id from a column") as told:
        fit(ours, ["NHS Number", "site_code"])
    assert told.value.column == "NHS No"


def test_what_a_mapping_says_of_the_file_goes_to_the_reader() -> None:
    ours = mapping(MINIMAL + '[file]\ndelimiter = ";"\nheader_row = 3\nsheet = "Data"')
    assert (ours.file.delimiter, ours.file.header_row, ours.file.sheet) == (";", 3, "Data")
    assert ours.file.encoding is None


def test_a_decimal_comma_is_read_in_spreadsheet_days() -> None:
    ours = 'extends = "canonical-attendances"\n[file]\ndecimal = ","'
    outcome = check(
        """
        person_id | site_code | arrival_datetime | age
        p1        | RXX01     | 45296,5          | 40,0
        """,
        mapping(ours),
    )
    assert outcome.column("arrival_datetime")[0].isoformat() == "2024-01-05T12:00:00"
    assert outcome.column("age") == [40]


def test_a_mapping_file_is_read_by_its_path_and_a_missing_one_is_told(tmp_path: Path) -> None:
    path = tmp_path / "ours.toml"
    path.write_text("\ufeff" + MINIMAL, encoding="utf-8")
    assert named(str(path)).name == "ours"
    with pytest.raises(ConfigurationFault, match=r"gone\.toml"):
        load_mapping(tmp_path / "gone.toml", dialects.dialect)


def test_every_example_of_the_reference_page_is_a_mapping() -> None:
    examples = PAGE.read_text(encoding="utf-8").split("```toml\n")[1:]
    assert len(examples) >= 2
    for example in examples:
        mapping(example.split("```")[0])
