"""The only writers of this room: people, roles, agreements, settings, and opening a record."""

from openhiu.web.access.actions.agreements import (
    agree_agreement,
    change_draft,
    draft_agreement,
    drop_party,
    end_agreement,
    name_organisation,
    name_party,
    new_version,
    note_signature,
)
from openhiu.web.access.actions.breaking_glass import break_glass, review_opening
from openhiu.web.access.actions.gateways import agree_gateway, draft_gateway, end_gateway
from openhiu.web.access.actions.invitations import (
    Invited,
    accept,
    accept_signed_in,
    approve,
    first_admin_link,
    invite,
    link_for_new_password,
    withdraw_invitation,
)
from openhiu.web.access.actions.memberships import (
    attest,
    disable,
    enable,
    end_membership,
    end_own_sessions,
    grant,
)
from openhiu.web.access.actions.service import change_settings

__all__ = [
    "Invited",
    "accept",
    "accept_signed_in",
    "agree_agreement",
    "agree_gateway",
    "approve",
    "attest",
    "break_glass",
    "change_draft",
    "change_settings",
    "disable",
    "draft_agreement",
    "draft_gateway",
    "drop_party",
    "enable",
    "end_agreement",
    "end_gateway",
    "end_membership",
    "end_own_sessions",
    "first_admin_link",
    "grant",
    "invite",
    "link_for_new_password",
    "name_organisation",
    "name_party",
    "new_version",
    "note_signature",
    "review_opening",
    "withdraw_invitation",
]
