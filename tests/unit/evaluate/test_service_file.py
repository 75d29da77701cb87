"""The service file: what it may say, and what is refused with its place."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from openhiu.errors import ConfigurationFault
from openhiu.evaluate.service import Service, read_service

WHOLE = """
cut = 2026-04-01
list_size = 100
volumes = "volumes.csv"
social_flag = "flag.csv"
[service_start]
RXX01 = 2024-04-01
RXX02 = "2024-06-01"
[data_from]
RXX01 = 2021-10-01
"""


def written(folder: Path, text: str, **files: str) -> Path:
    (folder / "service.toml").write_text(text, "utf-8")
    for name, content in files.items():
        (folder / f"{name}.csv").write_text(content, "utf-8")
    return folder / "service.toml"


def test_everything_in_it_is_read(tmp_path: Path) -> None:
    path = written(
        tmp_path, WHOLE,
        volumes="site,month,ed_attendances\nRXX01,2024-01,8000\nRXX01,2024-02-01,7500\n",
        flag="person_id,flag\n999 000 0018,yes\nabc,No\n",
    )  # fmt: skip
    service = read_service(path)
    assert (service.cut, service.list_size) == (date(2026, 4, 1), 100)
    assert service.start_at("RXX01") == date(2024, 4, 1)
    assert service.start_at("RXX02") == date(2024, 6, 1)
    assert service.start_at("RXX03") is None
    assert service.data_from_at("RXX01") == date(2021, 10, 1)
    assert service.volumes == {("RXX01", date(2024, 1, 1)): 8000, ("RXX01", date(2024, 2, 1)): 7500}
    assert service.social_flag == {"9990000018": True, "abc": False}
    assert [(source.file, source.rows) for source in service.sources] == [
        ("service.toml", 1), ("volumes.csv", 2), ("flag.csv", 2)]  # fmt: skip


def test_one_start_holds_for_every_site_and_nothing_needs_to_be_said(tmp_path: Path) -> None:
    assert read_service(written(tmp_path, "service_start = 2024-04-01")).start_at("any") == date(
        2024, 4, 1)  # fmt: skip
    empty = read_service(written(tmp_path, ""))
    assert (empty.start_at("any"), empty.cut, empty.list_size, empty.social_flag) == (
        None, None, 250, None)  # fmt: skip
    assert Service().volumes == {}


@pytest.mark.parametrize(
    ("text", "files", "place", "cause"),
    [
        ("cut =", {}, "service.toml", "not valid TOML"),
        ("cutoff = 2026-04-01", {}, "service.toml", "a key that is not known: cutoff"),
        ("cut = 'soon'", {}, "service.toml", "cut is not a date"),
        ("list_size = 0", {}, "service.toml", "list_size is not a whole number"),
        ("list_size = true", {}, "service.toml", "list_size is not a whole number"),
        ("volumes = 'volumes.csv'", {}, "volumes.csv", "cannot be read"),
        ("volumes = 'volumes.csv'", {"volumes": "site,month\nA,2024-01\n"},
         "volumes.csv, row 1, column ed_attendances", "a column is missing"),
        ("volumes = 'volumes.csv'", {"volumes": "site,month,ed_attendances\nA,2024-01,many\n"},
         "volumes, row 2", "a monthly volume cannot be read"),
        ("volumes = 'volumes.csv'", {"volumes": "site,month,ed_attendances\nA,2024-13,9\n"},
         "volumes, row 2", "a monthly volume cannot be read"),
        ("volumes = 'volumes.csv'", {"volumes": "site,month,ed_attendances\nA,2024-01,nan\n"},
         "volumes, row 2", "a monthly volume cannot be read"),
        ("social_flag = 'flag.csv'", {"flag": "person_id,flag\nsecret,perhaps\n"},
         "social_flag, row 2", "a social flag cannot be read"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_its_place(
    tmp_path: Path, text: str, files: dict[str, str], place: str, cause: str
) -> None:
    with pytest.raises(ConfigurationFault, match=cause) as refused:
        read_service(written(tmp_path, text, **files))
    assert refused.value.place == place
    assert "secret" not in str(refused.value)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationFault, match="there is no such service file"):
        read_service(tmp_path / "service.toml")
