"""Who is acting: a signed-in user under exactly one role in one service."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from openhiu.web.access.models import Membership, Organisation, Role, Service, Team, User


@dataclass(frozen=True)
class Actor:
    """A user acting under one membership. Handed to every query and every action.

    `purpose` is why they look: direct care unless the page or the person said otherwise.
    """

    user: User
    membership: Membership
    purpose: str = "direct_care"

    @property
    def role(self) -> Role:
        """The one role of this session."""
        return Role(self.membership.role)

    @property
    def service(self) -> Service:
        """The service whose rows may be seen."""
        return self.membership.service

    @property
    def service_id(self) -> UUID:
        """Its key."""
        return UUID(str(self.membership.service_id))

    @property
    def organisation(self) -> Organisation:
        """Who employs them."""
        return self.membership.organisation

    @property
    def team(self) -> Team | None:
        """Who covers for them."""
        return self.membership.team

    def is_(self, *roles: object) -> bool:
        """Whether they act as one of these."""
        return self.role in roles
