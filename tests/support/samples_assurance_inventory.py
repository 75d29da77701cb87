"""Samples of the inventory and the texts made from it, for the matrix of addresses and roles."""

from __future__ import annotations

from typing import Any

from openhiu.web.access.models import Role
from openhiu.web.assurance.actions.inventory import publish
from support.samples import OTHER_SERVICE, Situation, sample
from support.web import make_member


@sample("assurance:holding")
def holding(situation: Situation) -> dict[str, Any] | None:
    return None if situation.name == OTHER_SERVICE else {"holding": "identity"}


@sample("assurance:take_inventory")
def form(situation: Situation) -> dict[str, Any] | None:
    return None if situation.name == OTHER_SERVICE else {"form": "csv"}


@sample("assurance:text", "assurance:publish_text")
def text(situation: Situation) -> dict[str, Any] | None:
    return None if situation.name == OTHER_SERVICE else {"kind": "notice"}


@sample("assurance:text_version")
def version(situation: Situation) -> dict[str, Any] | None:
    if situation.name == OTHER_SERVICE:
        return None  # the same kinds in every service
    made = publish(by=make_member(situation.service, Role.AUDITOR), kind="notice")
    return {"kind": "notice", "version_id": made.pk}


@sample("privacy:notice")
def public_notice(situation: Situation) -> dict[str, Any]:
    return {"service_id": situation.service.pk}


@sample("privacy:earlier")
def public_version(situation: Situation) -> dict[str, Any]:
    made = publish(by=make_member(situation.service, Role.AUDITOR), kind="notice")
    return {"service_id": situation.service.pk, "version_id": made.pk}
