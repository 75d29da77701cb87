"""The columns of a caseload that may be left out: read where they are, refused where they err."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from openhiu.errors import InputNotUsable
from openhiu.monitor.caseload import Row, clients, read_caseload

HEADER = "person_ref,issuer,person_id,phase,supported_since,last_contact_on"


def read(folder: Path, *rows: str, header: str = HEADER) -> list[Row]:
    path = folder / "caseload.csv"
    path.write_text("\n".join([header, *rows]) + "\n", "utf-8")
    return read_caseload(path)


def test_what_the_service_says_of_support_is_read(tmp_path: Path) -> None:
    [row] = read(tmp_path, "robin,nhs,9990000018,at_a_distance,2025-01-15,2026-03-01")
    assert row == Row(
        "robin", "nhs", "9990000018", "at_a_distance", date(2025, 1, 15), date(2026, 3, 1)
    )
    [empty] = read(tmp_path, "robin,nhs,9990000018,,,")
    assert empty == Row("robin", "nhs", "9990000018")
    [without] = read(tmp_path, "robin,nhs,9990000018", header="person_ref,issuer,person_id")
    assert without == empty


def test_a_parquet_file_may_hold_dates(tmp_path: Path) -> None:
    table = pa.table(
        {"person_ref": ["robin"], "issuer": ["nhs"], "person_id": ["9990000018"],
         "last_contact_on": [date(2026, 3, 1)]}
    )  # fmt: skip
    pq.write_table(table, tmp_path / "caseload.parquet")
    [row] = read_caseload(tmp_path / "caseload.parquet")
    assert (row.phase, row.last_contact_on) == (None, date(2026, 3, 1))


@pytest.mark.parametrize(
    ("cells", "column"),
    [("identified,,", "phase"), ("discharged,,", "phase"), (",15/01/2025,", "supported_since"),
     (",,2026-02-30", "last_contact_on")],
)  # fmt: skip
def test_a_wrong_cell_is_named_and_never_quoted(tmp_path: Path, cells: str, column: str) -> None:
    with pytest.raises(InputNotUsable) as refused:
        read(tmp_path, f"robin,nhs,9990000018,{cells}")
    assert (refused.value.row, refused.value.column) == (2, column)
    assert "15/01" not in str(refused.value) + refused.value.remedy


def test_two_rows_of_a_client_say_the_same(tmp_path: Path) -> None:
    rows = ["robin,nhs,9990000018,at_a_distance,,", "robin,RXX01,P7,at_a_distance,,"]
    assert list(clients(read(tmp_path, *rows))) == ["robin"]
    with pytest.raises(InputNotUsable) as refused:
        read(tmp_path, rows[0], "robin,RXX01,P7,working_together,,")
    assert (refused.value.row, refused.value.column) == (3, "phase")
