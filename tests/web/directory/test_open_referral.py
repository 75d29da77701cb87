"""Open Referral UK: what goes out comes in as the same, and nothing of a foreign file is lost."""

from __future__ import annotations

import json
import tracemalloc
from copy import deepcopy
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from openhiu.web.directory import hours, words
from openhiu.web.directory.models import Listing
from openhiu.web.directory.needs import choices
from openhiu.web.directory.open_referral import judging, tidy
from openhiu.web.directory.open_referral.comparing import merge
from openhiu.web.directory.open_referral.reading import read
from openhiu.web.directory.open_referral.writing import write

# The shape of the example published with the UK profile, with things this room has no column for.
FOREIGN: dict[str, Any] = {
    "id": "ac148810-d857-441c-9679-408f346de14b",
    "name": "Community Counselling",
    "description": "Counselling by trained people.",
    "url": "http://example.com/counselling",
    "email": "email@example.com",
    "status": "active",
    "fees": "Free for under 18s",
    "accreditations": "All accredited",
    "minimum_age": 12,
    "maximum_age": 100,
    "assured_date": "2026-01-05",
    "assurer_email": "assurer@example.com",
    "last_modified": "2026-03-15T10:30:45.123Z",
    "schedules": [
        {"id": "s1", "freq": "WEEKLY", "byday": "TH,FR", "opens_at": "10:00:00",
         "closes_at": "18:00:00", "notes": "Not on public holidays"},
        {"id": "s2", "freq": "MONTHLY", "byday": "2MO", "opens_at": "09:00", "closes_at": "10:00",
         "description": "Second Monday"},
    ],
    "service_areas": [{"id": "a1", "name": "MyCity", "extent": "x", "extent_type": "geojson"}],
    "service_at_locations": [{"id": "l1", "location": {
        "id": "l2", "location_type": "physical", "latitude": 51.9, "longitude": 0.9,
        "addresses": [{"id": "d1", "address_1": "1-30 Main Street", "city": "MyCity",
                       "state_province": "Essex", "postal_code": "ABC 1234", "country": "GB",
                       "address_type": "physical"}],
        "accessibility": [{"id": "x", "description": "Ramp"}],
    }}],
    "organization": {"id": "o1", "name": "Example Org", "description": "Helps",
                     "organization_identifiers": [{"id": "i", "identifier": "1234567"}]},
    "contacts": [{"id": "c1", "title": "Reception",
                  "phones": [{"id": "p1", "number": "01632 960001", "type": "voice"}]}],
    "languages": [{"id": "g1", "name": "Polish"}],
    "attributes": [{"id": "t1", "taxonomy_term": {"id": "t2", "name": "Counselling",
                    "description": "Counselling", "taxonomy": "openeligibility"}}],
    "x_council": {"ward": "North", "score": 0.5},
}  # fmt: skip


def row_of(service: dict[str, Any]) -> Listing:
    """A row as an import makes it, unsaved."""
    changed = tidy.moment(service.get("last_modified")) or datetime(2026, 11, 1, tzinfo=UTC)
    return Listing(foreign=service, changed_at=changed, **read(service))


def test_what_is_understood_becomes_columns() -> None:
    told = read(FOREIGN)
    assert told["name"] == "Community Counselling"
    assert told["organisation"] == "Example Org"
    assert told["phone"] == "01632 960001"  # from the contact: the service itself has none
    assert told["hours"] == {"TH": [["10:00", "18:00"]], "FR": [["10:00", "18:00"]]}
    assert told["hours_words"] == "Not on public holidays\nSecond Monday"
    assert (told["town"], told["postcode"], told["areas"]) == ("MyCity", "ABC 1234", ["MyCity"])
    assert (told["age_from"], told["age_to"]) == (12, 100)
    assert told["cost_words"] == "Free for under 18s"
    assert told["verified_on"] == date(2026, 1, 5)


def test_a_foreign_service_nobody_touched_is_given_back_letter_by_letter() -> None:
    assert write(row_of(deepcopy(FOREIGN))) == FOREIGN


def test_one_correction_changes_one_thing_and_keeps_the_rest() -> None:
    row = row_of(deepcopy(FOREIGN))
    row.phone, row.changed_here = "01632 960099", True
    out = write(row)
    assert read(out)["phone"] == "01632 960099"
    changed = {name for name in FOREIGN if out.get(name) != FOREIGN[name]}
    assert changed == {"last_modified"}  # and a phone of the service's own, before the contact's
    assert [one["number"] for one in out["phones"]] == ["01632 960099"]
    assert out["contacts"] == FOREIGN["contacts"]


def test_a_number_that_is_taken_away_is_gone_from_everywhere() -> None:
    row = row_of(deepcopy(FOREIGN))
    row.phone = ""
    assert read(write(row))["phone"] == ""


def test_attributes_of_other_taxonomies_stay_beside_our_own() -> None:
    row = row_of(deepcopy(FOREIGN))
    row.needs, row.capacity = ["mental_health"], "full"
    out = write(row)
    assert FOREIGN["attributes"][0] in out["attributes"]
    codes = {one["taxonomy_term"].get("code") for one in out["attributes"]}
    assert {"need:mental_health", "capacity"} <= codes
    assert read(out)["needs"] == ["mental_health"]


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "//evil.example"])
def test_a_web_address_that_is_none_is_never_a_link(address: str) -> None:
    assert read({**FOREIGN, "url": address})["web"] == ""


# --- round trip ---

_TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=30)
_LINE = _TEXT.map(lambda text: tidy.line(text, 40))
_CLOCK = st.builds("{:02d}:{:02d}".format, st.integers(0, 23), st.integers(0, 59))
_SPELL = st.builds(hours.tidy, _CLOCK, _CLOCK)
_SPELLS = st.lists(_SPELL, min_size=1, max_size=2).map(sorted)
_WEEK = st.dictionaries(st.sampled_from(list(words.DAYS)), _SPELLS)
_DAY = st.none() | st.dates(date(2000, 1, 1), date(2099, 12, 31))


def _some(table: Any) -> Any:
    return st.sets(st.sampled_from(list(table))).map(lambda s: [key for key in table if key in s])


LISTINGS = st.builds(
    Listing,
    ref=st.uuids().map(str),
    name=_LINE.filter(bool),
    organisation=_LINE,
    description=_TEXT.map(tidy.text),
    needs=_some(dict(choices())),
    eligibility=_TEXT.map(tidy.text),
    age_from=st.none() | st.integers(0, 150),
    age_to=st.none() | st.integers(0, 150),
    routes=_some(words.ROUTES),
    how_to_refer=_TEXT.map(tidy.text),
    cost=st.sampled_from(Listing.Cost.values),
    cost_words=_TEXT.map(tidy.text),
    hours=_WEEK,
    hours_words=_TEXT.map(tidy.text),
    bank_holidays=st.sampled_from(Listing.BankHolidays.values),
    phone=_LINE,
    textphone=_LINE,
    text_number=_LINE,
    email=_LINE,
    web=st.just("") | _LINE.map(lambda text: tidy.line(f"https://{text}", 60)),
    address_1=_LINE,
    address_2=_LINE,
    town=_LINE,
    postcode=st.sampled_from(["", "ZZ1 1AA", "ZZ99 9ZZ"]),
    areas=st.lists(_LINE.filter(bool), unique=True, max_size=4),
    offers=_some(words.OFFERS),
    capacity=st.sampled_from(Listing.Capacity.values),
    waiting_weeks=st.none() | st.integers(0, 150),
    capacity_note=_LINE,
    capacity_on=_DAY,
    capacity_said_by=_LINE,
    verified_on=_DAY,
    status=st.sampled_from(Listing.Status.values),
    ended_on=_DAY,
    ended_why=_LINE,
    changed_at=st.just(datetime(2026, 11, 1, tzinfo=UTC)),
)


def columns(row: Listing) -> dict[str, Any]:
    """What a row says, and nothing of who wrote it when."""
    return {name: getattr(row, name) for name in read({})}


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(LISTINGS)
def test_what_goes_out_comes_in_as_the_same(row: Listing) -> None:
    out = json.loads(json.dumps(write(row)))
    back = row_of(out)
    assert columns(back) == columns(row)
    assert write(back) == out  # and goes out again as it came
    judged = judging.judge(json.dumps([out]).encode())
    assert not [fault for fault in judged.faults if fault.stops]


@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(LISTINGS, LISTINGS)
def test_any_correction_of_a_foreign_service_survives_the_way_out_and_in(
    row: Listing, wanted: Listing
) -> None:
    held = row_of(write(row))
    for name, value in columns(wanted).items():
        if name != "ref":
            setattr(held, name, value)
    assert columns(row_of(write(held))) == columns(held)


# --- three sides ---


def test_what_only_the_file_changed_is_taken_and_what_only_we_changed_is_kept() -> None:
    row = row_of(deepcopy(FOREIGN))
    row.capacity, row.phone = "waiting", "01632 960077"
    merged = merge(row, {**FOREIGN, "description": "Now also by video."})
    assert merged.changed == ("description",)
    assert merged.columns["capacity"] == "waiting"
    assert merged.columns["phone"] == "01632 960077"
    assert merged.both == ()


def test_what_both_changed_is_for_a_person_to_decide() -> None:
    row = row_of(deepcopy(FOREIGN))
    row.email = "ours@example.com"
    new = {**FOREIGN, "email": "theirs@example.com"}
    assert merge(row, new).both == ("email",)
    assert merge(row, new).columns["email"] == "ours@example.com"
    assert merge(row, new, keep_ours=False).columns["email"] == "theirs@example.com"


def test_our_own_file_changes_nothing_here() -> None:
    row = row_of(deepcopy(FOREIGN))
    row.email, row.changed_here = "ours@example.com", True
    assert not merge(row, write(row)).differs
    assert not merge(row, deepcopy(FOREIGN)).differs
    written_here = Listing(ref="r", name="Reeds", changed_at=datetime(2026, 1, 1, tzinfo=UTC))
    assert not merge(written_here, write(written_here)).differs


# --- files that are not as they should be ---


def judged(*services: Any) -> judging.Judged:
    return judging.judge(json.dumps(list(services)).encode())


def test_a_fault_stops_one_service_and_says_where() -> None:
    found = judged(FOREIGN, {"id": "x", "status": "active"}, FOREIGN, 7)
    assert len(found.services) == 1
    stops = [(fault.path, fault.stops) for fault in found.faults if fault.stops]
    assert stops == [("[1].name", True), ("[2].id", True), ("[3]", True)]
    assert found.held_back == ["x", FOREIGN["id"]]
    assert found.stopped == 3


def test_missing_required_fields_are_told_by_path_and_kept() -> None:
    found = judged({"id": "x", "name": "X", "phones": [{"type": "voice"}], "schedules": ["no"]})
    paths = [fault.path for fault in found.faults]
    assert paths == ["[0].organization", "[0].status", "[0].phones[0].id",
                     "[0].phones[0].number", "[0].schedules[0]"]  # fmt: skip
    assert found.services[0]["phones"] == [{"type": "voice"}]


def test_a_fault_never_repeats_what_stood_there() -> None:
    found = judged({**FOREIGN, "assured_date": "my secret", "minimum_age": "Jo Bloggs"})
    assert len(found.faults) == 2
    assert not any("secret" in fault.words or "Bloggs" in fault.words for fault in found.faults)


@pytest.mark.parametrize("data", [
    b"", b"{", b"\xff\xfe", b"[]", b"{}", b"7", b'{"contents": []}',
    b'[{"id": "a", "name": "b", "x": NaN}]', b'[{"id": "a", "name": "b", "x": 1e999}]',
    b"[" * 100_000, b'{"a":' * 5000 + b"1" + b"}" * 5000,
    b'[{"id": "a", "name": "b", "x": ' + b"[" * 60 + b"]" * 60 + b"}]",
])  # fmt: skip
def test_a_file_that_cannot_be_read_is_refused_with_a_sentence(data: bytes) -> None:
    with pytest.raises(judging.Unusable):
        judging.judge(data)


def test_a_file_that_is_too_large_is_not_even_read() -> None:
    with pytest.raises(judging.Unusable, match="larger than 20 MB"):
        judging.judge(b"[" + b" " * judging.LARGEST)


def test_characters_that_no_database_keeps_are_left_out() -> None:
    found = judging.judge(b'[{"id": "a", "name": "A\\u0000B\\ud800C", "k\\u0000": "v"}]')
    assert found.services[0]["name"] == "ABC"
    assert found.services[0]["k"] == "v"


@pytest.mark.parametrize("whole", [
    {"contents": [FOREIGN]}, [FOREIGN], FOREIGN, {"services": [FOREIGN]},
])  # fmt: skip
def test_a_page_a_list_or_one_service_are_understood(whole: Any) -> None:
    assert len(judging.judge(json.dumps(whole).encode()).services) == 1


def test_services_within_organisations_take_their_organisation_along() -> None:
    bare = {name: value for name, value in FOREIGN.items() if name != "organization"}
    whole = {
        "organizations": [{"id": "o", "name": "Reeds", "description": "d", "services": [bare]}]
    }
    found = judging.judge(json.dumps(whole).encode())
    assert read(found.services[0])["organisation"] == "Reeds"


def peak(data: bytes, match: str) -> float:
    """The most memory that refusing a file took, in MB."""
    tracemalloc.start()
    try:
        with pytest.raises(judging.Unusable, match=match):
            judging.judge(data)
        return tracemalloc.get_traced_memory()[1] / 1024**2
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("one", [b"{}", b'"ab"', b"[1]", b"1.5"])
def test_a_file_of_a_million_small_things_is_refused_before_it_is_read(one: bytes) -> None:
    data = b"[" + b",".join([one] * 1_100_000) + b"]"
    assert peak(data, "more single entries") < 20  # read whole it takes 60 and more


def test_services_are_counted_before_anything_is_copied() -> None:
    data = b"[" + b",".join([b"{}"] * 300_000) + b"]"
    assert peak(data, "more than 10,000 services") < 40  # reading alone takes some 22


def test_an_organisation_is_not_multiplied_by_its_services_without_end() -> None:
    services = [{"id": str(n), "name": "S"} for n in range(2_000)]
    large = {"id": "o", "name": "O", "description": "d" * 100_000, "services": services}
    with pytest.raises(judging.Unusable, match="Bring it in parts"):
        judging.judge(json.dumps({"organizations": [large]}).encode())
