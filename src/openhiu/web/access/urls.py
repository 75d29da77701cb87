"""Addresses of this room; allauth's own names stay as it knows them, and only those we serve."""

from __future__ import annotations

from django.urls import include, path

from openhiu.web.access.sign_in.urls import urlpatterns as sign_in
from openhiu.web.access.views import (
    account,
    checking,
    clock,
    drafts,
    joining,
    people_here,
    roles,
    service,
    setting_up,
)

_room = [
    path("session/", clock.session_state, name="session_state"),
    path("session/stay", clock.stay, name="stay"),
    path("lock/", clock.lock, name="lock"),
    path("sign-out/", clock.sign_out, name="sign_out"),
    path("signed-out/", clock.signed_out, name="signed_out"),
    path("role/", roles.choose_role, name="choose_role"),
    path("set-up/", setting_up.set_up, name="set_up"),
    path("drafts/", drafts.save_draft, name="save_draft"),
    path("drafts/drop", drafts.drop_draft, name="drop_draft"),
    path("account/", account.account, name="account"),
    path("account/recovery-codes/", account.recovery_codes, name="recovery_codes"),
    path("account/sign-out-everywhere", account.sign_out_everywhere, name="sign_out_everywhere"),
    path("account/told/<uuid:announcement_id>", account.put_aside, name="put_aside"),
    path("join/", joining.joining, name="joining"),
    path("join/<str:token>/", joining.join, name="join"),
    path("roles/", people_here.members, name="members"),
    path("roles/invite/", people_here.invite, name="invite"),
    path("roles/<uuid:membership_id>/", people_here.member, name="member"),
    path("roles/<uuid:membership_id>/end", people_here.end_role, name="end_role"),
    path("roles/<uuid:membership_id>/close", people_here.disable, name="disable"),
    path("roles/<uuid:membership_id>/password", people_here.new_password, name="new_password"),
    path("invitations/<uuid:invitation_id>/approve", people_here.approve, name="approve"),
    path("invitations/<uuid:invitation_id>/withdraw", people_here.withdraw, name="withdraw"),
    path("invitations/<uuid:invitation_id>/agree", checking.agree, name="agree"),
    path("access-check/", checking.attestations, name="attestations"),
    path("access-check/<uuid:membership_id>", checking.attest, name="attest"),
    path("openings/", checking.openings, name="openings"),
    path("openings/<uuid:opening_id>/", checking.opening, name="opening"),
    path("audit/", checking.audit, name="audit"),
    path("settings/", service.settings, name="settings"),
    path("agreements/", service.agreements, name="agreements"),
]
urlpatterns = [path("", include((_room, "access"))), *sign_in]
