"""Samples of the directory's pages, for the matrix."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from openhiu.web.access.models import Role, Service
from openhiu.web.directory.models import Listing, Proposal
from support.samples import Situation, sample
from support.web import make_member


def make_listing(service: Service, **facts: Any) -> Listing:
    """A service of the area, as if somebody had typed it in."""
    return Listing.objects.create(
        service=service,
        **{"ref": str(uuid4()), "name": "Reeds Advice", "organisation": "Reeds", **facts},
    )


ONE = ("service", "change", "room", "verify", "end", "open_again", "history")


@sample(*(f"directory:{name}" for name in ONE))
def listing(situation: Situation) -> dict[str, Any]:
    return {"listing_id": make_listing(situation.service).pk}


@sample("directory:file", "directory:put_away")
def file(situation: Situation) -> dict[str, Any]:
    made = Proposal.objects.create(
        service=situation.service, source="A council", file_name="a.json", sha256="0" * 64,
        size=2, content={"services": [], "held_back": []}, counts={"faults": 0, "held_back": 0},
        made_by=make_member(situation.service, Role.LEAD).membership,
    )  # fmt: skip
    return {"proposal_id": made.pk}
