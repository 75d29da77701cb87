"""Samples of the area, its tiers and its documents, for the matrix of addresses and roles."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from openhiu.web.access.actor import Actor
from openhiu.web.access.models import Role
from openhiu.web.commissioning.models import Document, Making
from openhiu.web.commissioning.queries import latest_area, latest_tiers
from support.samples import OTHER_SERVICE, Situation, sample
from support.web import make_member
from support.web_commissioning import deliver, make_document, set_area


def commissioner_in(situation: Situation) -> Actor:
    return make_member(situation.service, Role.COMMISSIONER)


def document_in(situation: Situation) -> Document:
    return make_document(commissioner_in(situation))


def area_in(situation: Situation) -> UUID:
    commissioner = commissioner_in(situation)
    return UUID(str((latest_area(commissioner) or set_area(commissioner)).pk))


@sample("commissioning:section", "commissioning:add_row")
def section(situation: Situation) -> dict[str, Any] | None:
    if situation.name == OTHER_SERVICE:
        return None  # every service has the same sections
    area_in(situation)
    return {"key": "places"}


@sample("commissioning:row", "commissioning:remove_row")
def row(situation: Situation) -> dict[str, Any]:
    area_in(situation)
    return {"key": "places", "number": 1}


@sample("commissioning:settings_version")
def settings_version(situation: Situation) -> dict[str, Any]:
    return {"area_id": area_in(situation)}


@sample("commissioning:delivery")
def delivery(situation: Situation) -> dict[str, Any]:
    analyst = make_member(situation.service, Role.ANALYST)
    return {"tiers_id": (latest_tiers(analyst) or deliver(analyst)).pk}


@sample("commissioning:make")
def make(situation: Situation) -> dict[str, Any] | None:
    if situation.name == OTHER_SERVICE:
        return None  # every service has the same kinds
    return {"what": "starter-pack"}


@sample("commissioning:progress")
def progress(situation: Situation) -> dict[str, Any]:
    asked = commissioner_in(situation).membership
    making = Making.objects.create(
        service=situation.service, what="business-case", asked_by=asked, state="failed"
    )
    return {"making_id": making.pk}


@sample("commissioning:document", "commissioning:everything", "commissioning:again",
        "commissioning:set_aside")  # fmt: skip
def document(situation: Situation) -> dict[str, Any]:
    return {"document_id": document_in(situation).pk}


@sample("commissioning:read")
def read(situation: Situation) -> dict[str, Any]:
    return {**document(situation), "name": "business-case.html"}


@sample("commissioning:file")
def file(situation: Situation) -> dict[str, Any]:
    return {**document(situation), "name": "business-case.pdf"}


@sample("commissioning:figure")
def figure(situation: Situation) -> dict[str, Any]:
    return {**document(situation), "name": "figures/leads.svg"}
