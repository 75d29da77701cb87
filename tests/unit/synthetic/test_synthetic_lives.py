"""What happens to people could have happened: in order, in one place at a time, while alive."""

from __future__ import annotations

import tomllib
from collections import Counter, defaultdict
from datetime import datetime, timedelta
from itertools import pairwise

from openhiu.synthetic import Trust
from openhiu.tables import codes
from unit.synthetic.reading import Table, read_rows

WHO = "NHS NUMBER"
SITE = "ORGANISATION SITE IDENTIFIER (OF TREATMENT)"
STATUS = "EMERGENCY CARE DISCHARGE STATUS (SNOMED CT)"
KIND = "EMERGENCY CARE DEPARTMENT TYPE"
CATEGORY = "EMERGENCY CARE ATTENDANCE CATEGORY"


def when(row: dict[str, str], which: str) -> datetime:
    day, time = row[f"EMERGENCY CARE {which} DATE"], row[f"EMERGENCY CARE {which} TIME"]
    return datetime.fromisoformat(f"{day} {time}")


def test_nobody_attends_calls_or_is_admitted_after_death(table: Table) -> None:
    died = {row["person_id"]: row["death_date"] for row in table("people") if row["death_date"]}
    assert len(died) > 100
    moments = [(row[WHO], when(row, "ARRIVAL").isoformat()) for row in table("attendances")]
    moments += [(row["person_id"], row["admission_datetime"]) for row in table("admissions")]
    moments += [(row["person_id"], row["discharge_datetime"]) for row in table("admissions")]
    for dataset in ("ambulance", "calls_111"):
        moments += [(row["person_id"], row["call_datetime"]) for row in table(dataset)]
    assert not [who for who, moment in moments if who in died and moment[:10] > died[who]]


def test_nobody_leaves_before_they_arrive_or_arrives_before_they_are_born(table: Table) -> None:
    for row in table("attendances"):
        arrived = when(row, "ARRIVAL")
        assert arrived <= when(row, "DEPARTURE")
        assert row["PERSON BIRTH DATE"] <= arrived.date().isoformat()


def test_everyone_arrives_within_the_time_asked_for_in_the_file_of_their_year(made: Trust) -> None:
    names = [path.name for path in made.datasets["attendances"]]
    assert names == ["attendances-2024.csv", "attendances-2025.csv"]
    for path, year in zip(made.datasets["attendances"], (2024, 2025), strict=True):
        arrivals = [when(row, "ARRIVAL") for row in read_rows(path)]
        assert {arrival.year for arrival in arrivals} == {year}
        assert arrivals == sorted(arrivals)


def test_nobody_is_in_two_places_at_once(table: Table) -> None:
    """Stays begin when the attendance ends; two rows in one minute are one visit told twice."""
    stretches: dict[str, set[tuple[datetime, datetime]]] = defaultdict(set)
    for row in table("attendances"):
        if row[WHO]:
            stretches[row[WHO]].add((when(row, "ARRIVAL"), when(row, "DEPARTURE")))
    for row in table("admissions"):
        end = datetime.fromisoformat(row["discharge_datetime"] or "2100-01-01")
        stretches[row["person_id"]].add((datetime.fromisoformat(row["admission_datetime"]), end))
    overlaps = [
        who
        for who, found in stretches.items()
        for before, after in pairwise(sorted(found))
        if after[0] < before[1]
    ]
    assert overlaps == []


def test_everyone_admitted_or_fetched_also_attends(table: Table) -> None:
    attend = {row[WHO] for row in table("attendances")}
    admitted = {row["person_id"] for row in table("admissions")}
    assert len(admitted - attend) <= 0.002 * len(admitted)


def test_bed_days_are_the_midnights_crossed(table: Table) -> None:
    ended = [row for row in table("admissions") if row["discharge_datetime"]]
    for row in ended:
        since = datetime.fromisoformat(row["admission_datetime"]).date()
        until = datetime.fromisoformat(row["discharge_datetime"]).date()
        assert int(row["bed_days"]) == (until - since).days
    assert {"0", "1", "7"} <= {row["bed_days"] for row in ended}
    assert [row for row in table("admissions") if not row["discharge_datetime"]]


def test_an_incident_number_leads_to_the_call_that_brought_the_person(table: Table) -> None:
    calls = {row["call_id"]: row for row in table("ambulance")}
    assert len(calls) == len(table("ambulance"))
    linked = [row for row in table("attendances") if row["AMBULANCE INCIDENT NUMBER"]]
    assert len(linked) > 5_000
    for row in linked:
        call = calls[row["AMBULANCE INCIDENT NUMBER"]]
        assert call["destination_site_code"] == row[SITE] and call["conveyed_to"] == "ED"
        assert row[WHO] in ("", call["person_id"])
        scene = datetime.fromisoformat(call["arrived_on_scene_datetime"])
        assert datetime.fromisoformat(call["call_datetime"]) <= scene <= when(row, "ARRIVAL")


def test_the_hour_that_clocks_skip_is_never_recorded(table: Table) -> None:
    """In 2024 clocks went forward on 31 March, in 2025 on 30 March, from 01:00 to 02:00."""
    skipped = ("2024-03-31 01", "2025-03-30 01")
    moments = [str(when(row, which)) for row in table("attendances")
               for which in ("ARRIVAL", "DEPARTURE")]  # fmt: skip
    assert any(moment.startswith("2024-03-31 02") for moment in moments)
    assert not [moment for moment in moments if moment.startswith(skipped)]


def test_what_counting_rules_must_cope_with_is_there_in_small_shares(table: Table) -> None:
    rows = table("attendances")
    shares = {
        "without a number": sum(not row[WHO] for row in rows),
        "streamed away": sum(row[STATUS] in codes.STREAMED_AWAY for row in rows),
        "left before being seen": sum(row[STATUS] in codes.LEFT_BEFORE_BEING_SEEN for row in rows),
        "dead on arrival": sum(row[STATUS] in codes.DEAD_ON_ARRIVAL for row in rows),
        "category empty": sum(row[CATEGORY] == "" for row in rows),
        "category 2": sum(row[CATEGORY] == "2" for row in rows),
        "category 3": sum(row[CATEGORY] == "3" for row in rows),
        "category 4": sum(row[CATEGORY] == "4" for row in rows),
        "type 03": sum(row[KIND] == "03" for row in rows),
        "type 05": sum(row[KIND] == "05" for row in rows),
        "practice empty": sum(
            not row["GENERAL MEDICAL PRACTICE CODE (PATIENT REGISTRATION)"] for row in rows
        ),
        "homeless": sum(
            row["ACCOMMODATION STATUS (SNOMED CT)"] in codes.NOT_HOUSED_ACCOMMODATION
            for row in rows
        ),
    }
    rare = [what for what, count in shares.items() if not 0.0001 < count / len(rows) < 0.25]
    assert rare == []


def test_every_code_is_one_the_tables_know(table: Table) -> None:
    known = {
        KIND: set(codes.DEPARTMENT_TYPES),
        CATEGORY: {*codes.ATTENDANCE_CATEGORIES, ""},
        STATUS: set(codes.DISCHARGE_STATUSES),
        "EMERGENCY CARE DISCHARGE DESTINATION (SNOMED CT)": {*codes.DISCHARGE_DESTINATIONS, ""},
        "EMERGENCY CARE ARRIVAL MODE (SNOMED CT)": {*codes.ARRIVAL_MODES, ""},
        "PERSON STATED GENDER CODE": set(codes.SEX),
        "ETHNIC CATEGORY": set(codes.ETHNIC_GROUPS),
    }
    for column, allowed in known.items():
        assert {row[column] for row in table("attendances")} <= allowed, column


def test_two_rows_in_one_minute_are_the_same_visit_with_two_identifiers(table: Table) -> None:
    visits = Counter((row[WHO], row[SITE], when(row, "ARRIVAL")) for row in table("attendances"))
    twice = [key for key, count in visits.items() if count > 1 and key[0]]
    assert 0.0005 < len(twice) / len(visits) < 0.006
    identifiers = [row["EMERGENCY CARE ATTENDANCE IDENTIFIER"] for row in table("attendances")]
    assert len(set(identifiers)) == len(identifiers)


def test_someone_streamed_to_the_urgent_treatment_centre_has_a_second_row_there(
    table: Table,
) -> None:
    """One coming, two rows: the second at the same site, type 03, within minutes."""
    minor = {(row[WHO], row[SITE]): when(row, "ARRIVAL") for row in table("attendances")
             if row[KIND] == "03" and row[WHO]}  # fmt: skip
    to_the_centre = "1077031000000103"
    streamed = [row for row in table("attendances")
                if row[STATUS] == to_the_centre and row[KIND] == "01" and row[WHO]]  # fmt: skip
    found = [row for row in streamed if (row[WHO], row[SITE]) in minor]
    assert len(streamed) > 200
    assert len(found) / len(streamed) > 0.95


def test_a_few_people_spread_their_visits_and_more_of_them_among_those_who_come_often(
    table: Table,
) -> None:
    sites: dict[str, set[str]] = defaultdict(set)
    visits: Counter[str] = Counter()
    for row in table("attendances"):
        if row[WHO] and row[KIND] == "01":
            sites[row[WHO]].add(row[SITE])
            visits[row[WHO]] += 1
    often = [who for who, count in visits.items() if count >= 8]
    spread = [who for who in often if len(sites[who]) == 3]
    assert 0.05 < len(spread) / len(often) < 0.5
    everyone = sum(len(found) == 3 for found in sites.values()) / len(sites)
    assert everyone < 0.01


def test_people_move_and_later_visits_carry_the_later_home(table: Table) -> None:
    homes: dict[str, list[str]] = defaultdict(list)
    for row in table("attendances"):
        if row[WHO]:
            homes[row[WHO]].append(row["LOWER LAYER SUPER OUTPUT AREA (RESIDENCE)"])
    moved = [found for found in homes.values() if len(set(found)) > 1]
    assert moved
    assert all(len([1 for a, b in pairwise(found) if a != b]) == 1 for found in moved)


def test_the_locality_names_the_sites_and_leaves_some_people_outside(
    made: Trust, table: Table
) -> None:
    locality = tomllib.loads(made.locality.read_text(encoding="utf-8"))
    assert [site["code"] for site in locality["sites"]] == ["ZT101", "ZT102", "ZT201"]
    assert {row[SITE] for row in table("attendances")} == {"ZT101", "ZT102", "ZT201"}
    lsoas = set(locality["footprint"]["lsoas"])
    practices = set(locality["footprint"]["gp_practices"])
    lives = [(row["lsoa"] in lsoas, row["gp_practice"] in practices) for row in table("people")]
    shares = {pair: count / len(lives) for pair, count in Counter(lives).items()}
    assert shares[True, True] > 0.85
    assert all(shares[pair] > 0.001 for pair in ((True, False), (False, True), (False, False)))


def test_the_truth_covers_everyone_and_lies_within_the_time(made: Trust, table: Table) -> None:
    truth = read_rows(made.truth)
    steady = [row["person_id"] for row in truth if not row["story"]]
    assert sorted(steady) == sorted(row["person_id"] for row in table("people"))
    spells = [row for row in truth if row["story"]]
    assert all(row["spell_from"] <= row["spell_until"] for row in spells)
    longest = timedelta(days=2 * 366 + 1)  # a spell lasts two years at most, or the whole time
    for row in spells:
        since, until = (datetime.fromisoformat(row[f"spell_{end}"]) for end in ("from", "until"))
        assert until - since <= longest
