"""The made-up commissioner's case: counted from a made-up store, delivered, set and made."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from openhiu import programme
from openhiu.extract import no_progress
from openhiu.locality import read_locality
from openhiu.web.access.row_security import set_service
from openhiu.web.commissioning import queries
from openhiu.web.commissioning.presenters import still_missing
from openhiu.web.demo import the_case
from openhiu.web.demo.founding import found

AS_OF = date(2026, 11, 1)


def test_the_commissioner_has_her_papers_and_something_left_to_say(
    db: None, tmp_path: Path, monkeypatch: Any
) -> None:
    # The whole demonstration makes all four (tests/system/test_demo_journey.py).
    monkeypatch.setattr(the_case, "_MADE", ("service-specification",))
    trust = programme.make_synthetic(
        tmp_path / "trust", people=600, sites=2, first=date(2024, 10, 1), last=AS_OF, seed=1,
        dirty=False, say=print,
    )  # fmt: skip
    store = tmp_path / "store"
    programme.read_files(trust.files, store, programme.ReadOptions(), on_progress=no_progress)
    (store / "locality.toml").write_bytes(trust.locality.read_bytes())
    actors = found(read_locality(store / "locality.toml"), str(store), date(2024, 11, 1))
    the_case.show(actors, store, AS_OF, tmp_path)
    lena = actors["lena"]
    set_service(lena.service_id)
    assert queries.latest_tiers(lena).received_by == actors["frank"].membership
    area = queries.latest_area(lena)
    assert area.settings["business_case"]["starts"] == "2027-04-01"
    assert area.settings["footprint"]["lsoas"], "she began with the service's own file"
    documents = list(queries.kept_documents(lena))
    assert [one.what for one in documents] == ["service-specification"]
    lacking = {line.words for line in still_missing(documents, area)}
    assert "How a provider is found" in lacking
    assert "Who decides" not in lacking
