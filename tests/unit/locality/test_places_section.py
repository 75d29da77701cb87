"""[[places]], [tiers], and hospitals with what they have: read strictly, faults naming the key."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from openhiu.errors import ConfigurationFault
from openhiu.locality import Locality, Place, Site, read_locality


def read(tmp_path: Path, text: str) -> Locality:
    (tmp_path / "locality.toml").write_text(text, "utf-8")
    return read_locality(tmp_path / "locality.toml")


def test_a_place_with_all_it_may_say(tmp_path: Path) -> None:
    (tmp_path / "areas.csv").write_text("lsoa\nE01000002\n", "utf-8")
    here = read(
        tmp_path,
        """
        [[places]]
        code = "NORTH"
        name = "North Vale"
        lsoas = ["E01000001"]
        lsoas_file = "areas.csv"
        gp_practices = ["Z99001"]
        sites = ["RA101"]
        population = 230000
        leads = 1.5
        service = "Vale Voluntary Action"
        funded_until = 2027-03-31
        """,
    )
    assert here.places == (
        Place("NORTH", "North Vale", frozenset({"E01000001", "E01000002"}), frozenset({"Z99001"}),
              ("RA101",), 230_000, 1.5, "Vale Voluntary Action", date(2027, 3, 31)),
    )  # fmt: skip


def test_what_is_left_out_is_not_said(tmp_path: Path) -> None:
    here = read(tmp_path, '[[places]]\ncode = "N"\n[[sites]]\ncode = "RA101"')
    assert here.places == (Place("N", "N"),)
    assert (here.places[0].leads, here.places[0].population) == (None, None)
    assert here.sites == (Site("RA101", "RA101"),)
    assert here.sites[0].leads is None
    assert here.tiers.top_from == 20


def test_hospitals_in_a_file_beside(tmp_path: Path) -> None:
    (tmp_path / "sites.csv").write_text(
        "code,name,provider,leads,service,latitude,longitude,place\n"
        "RA102,Infirmary,RA1,0,,53.8,-3.05,SOUTH\nRA103,Other,,,,,,\n",
        "utf-8",
    )
    here = read(
        tmp_path, 'sites_file = "sites.csv"\n[[sites]]\ncode = "RA101"\nleads = 2\nservice = "Yes"'
    )
    assert here.sites == (
        Site("RA101", "RA101", leads=2.0, service="Yes"),
        Site("RA102", "Infirmary", "RA1", 0.0, "", 53.8, -3.05, "SOUTH"),
        Site("RA103", "Other"),
    )


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("[tiers]\ntop_from = 25", "top_from is neither 20 nor 21"),
        ("[tiers]\nbottom = 5", "bottom"),
        ('[[places]]\nname = "North"', "no code"),
        ('[[places]]\ncode = "all"', "no code"),
        ('[[places]]\ncode = "Elsewhere"', "no code"),
        ('[[places]]\ncode = "N"\nward = 1', "ward"),
        ('[[places]]\ncode = "N"\npopulation = 1.5', "population"),
        ('[[places]]\ncode = "N"\nfunded_until = "soon"', "funded_until"),
        ('[[places]]\ncode = "N"\n[[places]]\ncode = "N"', "code names something twice"),
        ('[[places]]\ncode = "N"\nlsoas = ["E1"]\n[[places]]\ncode = "S"\nlsoas = ["E1"]',
         "lsoas names something twice"),
        ('[[sites]]\ncode = "R"\nlatitude = 91', "latitude"),
        ('[[sites]]\ncode = "R"\nleads = "two"', "leads"),
        ('sites_file = "none.csv"', "sites_file cannot be read"),
        ("sites_file = 3", "sites_file is not the name of a file"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_by_its_key(tmp_path: Path, text: str, cause: str) -> None:
    with pytest.raises(ConfigurationFault, match=cause):
        read(tmp_path, text)


@pytest.mark.parametrize(
    ("row", "cause"),
    [("RA101,Again,,", "named twice"), ("RA102,X,many,", "not a number"), (",X,,", "no code")],
)
def test_a_line_of_the_file_that_cannot_be_is_refused(tmp_path: Path, row: str, cause: str) -> None:
    (tmp_path / "sites.csv").write_text(
        f"code,name,leads,place\nRA101,General,1,\n{row}\n", "utf-8"
    )
    with pytest.raises(ConfigurationFault, match=cause):
        read(tmp_path, 'sites_file = "sites.csv"')
