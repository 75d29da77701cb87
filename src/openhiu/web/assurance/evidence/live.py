"""How one service stands today, for its evidence: counts of accounts, agreements and decisions come
out as tables; nobody is named in them.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import Count, Q

from openhiu.paper.blocks import Table
from openhiu.web.access.factors import proves
from openhiu.web.access.models import BreakGlass, Membership, Role
from openhiu.web.assurance.queries.safety import decisions
from openhiu.web.casework.models import SharedWithoutConsent

_ATTESTED: Final = timedelta(days=90)


def tables(service_id: UUID, today: date) -> tuple[Table, ...]:
    """Accounts by role, looks to be reviewed, and officers' decisions."""
    return (_accounts(service_id, today), _reviews(service_id), _decisions(service_id))


def _accounts(service_id: UUID, today: date) -> Table:
    active = Q(ended_at=None, user__is_active=True)
    rows = Membership.objects.filter(service=service_id).values("role").annotate(
        accounts=Count("pk", filter=active),
        proved=Count("pk", filter=active & proves()),
        confirmed=Count("pk", filter=active & Q(attested_at__date__gte=today - _ATTESTED)),
        ended=Count("pk", filter=~active),
    )  # fmt: skip
    told = {row["role"]: row for row in rows}
    found = [(str(role.label), told[role.value]) for role in list(Role) if role.value in told]
    return Table(
        "Accounts",
        ("Role", "In use", "With a second factor", "Confirmed within 90 days", "Ended"),
        tuple((label, row["accounts"], row["proved"], row["confirmed"], row["ended"])
              for label, row in found),
    )  # fmt: skip


def _reviews(service_id: UUID) -> Table:
    kinds: tuple[tuple[str, Any], ...] = (
        ("Openings outside one's own", BreakGlass.objects.filter(service=service_id)),
        ("Sharing to keep somebody safe", SharedWithoutConsent.objects.filter(service=service_id)),
    )
    return Table(
        "Looked at by another person", ("What", "All", "Reviewed", "Waiting"),
        tuple((words, rows.count(), rows.exclude(reviewed_at=None).count(),
               rows.filter(reviewed_at=None).count()) for words, rows in kinds),
    )  # fmt: skip


def _decisions(service_id: UUID) -> Table:
    return Table(
        "Decisions of clinical safety officers", ("Version", "Decision", "Signed", "Look again"),
        tuple((one.openhiu, "approved" if one.accepted else "not approved",
               one.signed_on.isoformat(), one.review_on.isoformat())
              for one in decisions(service_id)[:20]),
    )  # fmt: skip
