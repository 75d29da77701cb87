"""The page of roles is what the table of roles says."""

from __future__ import annotations

from pathlib import Path

from openhiu.web.access.models import Role
from openhiu.web.access.permissions import ROLE_MAY, Permission
from openhiu.web.access.reference import roles_page

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "roles.md"


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text("utf-8") == roles_page(), f"write roles_page() to {PAGE}"


def test_every_permission_is_somebodys() -> None:
    for permission in Permission:
        assert any(permission in held for held in ROLE_MAY.values()), permission


def test_the_limits_that_must_never_move() -> None:
    clients = {Permission.OPEN_CLIENT, Permission.WRITE_CLIENT, Permission.SEARCH}
    for role in (Role.ANALYST, Role.COMMISSIONER, Role.AUDITOR, Role.ADMIN, Role.PARTNER):
        assert not clients & ROLE_MAY[role], f"{role} must not open clients' records"
    everyone = {Permission.USE_ACCOUNT, Permission.TELL_SAFETY}
    assert ROLE_MAY[Role.ADMIN] == everyone | {Permission.MANAGE_USERS, Permission.SEE_RUNNING}
    # What was published, protected numbers of services that could not be found, and the area's
    # protected tiers, from which the case for the service is made.
    assert ROLE_MAY[Role.COMMISSIONER] == everyone | {
        Permission.READ_REPORTS, Permission.SEE_GAPS, Permission.SEE_AREA, Permission.CHANGE_AREA,
        Permission.MAKE_DOCUMENT, Permission.SEE_READINESS,
    }  # fmt: skip
    for role, held in ROLE_MAY.items():
        assert not {Permission.UPLOAD_LIST, Permission.RELEASE_LIST} <= held, "two people"
        assert not {Permission.PROPOSE_MERGE, Permission.APPROVE_MERGE} <= held, role
