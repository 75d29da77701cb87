"""The addresses of this room: a client's pages, sharing and safety; two more files add theirs."""

from __future__ import annotations

from django.urls import path

from openhiu.web.casework import urls_alongside as alongside
from openhiu.web.casework import urls_connections as connections
from openhiu.web.casework import urls_telling as telling
from openhiu.web.casework import urls_work as work
from openhiu.web.casework.views import (
    client,
    consent,
    following,
    phases,
    plan,
    safeguarding,
    shared_with_us,
    sharing,
)

app_name = "casework"
_CLIENT = "clients/<uuid:case_id>/"

urlpatterns = [
    path(_CLIENT, client.show_client, name="client"),
    path(f"{_CLIENT}open/", client.open_outside, name="open_outside"),
    path(f"{_CLIENT}seen/", client.show_seen, name="seen"),
    path(f"{_CLIENT}history/", client.show_history, name="history"),
    path(f"{_CLIENT}export/", client.export_client, name="export"),
    path(f"{_CLIENT}move/<slug:to>/", phases.move_case, name="move"),
    path(f"{_CLIENT}rhythm/", phases.change_rhythm, name="rhythm"),
    path(f"{_CLIENT}plan/", plan.show_plan, name="plan"),
    path(f"{_CLIENT}plan/words/", plan.change_words, name="change_words"),
    path(f"{_CLIENT}plan/card/change/", plan.change_card, name="change_card"),
    path(f"{_CLIENT}plan/card/", plan.show_card, name="card"),
    path(f"{_CLIENT}reasons/", plan.note_reasons, name="note_reasons"),
    path("reasons/<uuid:need_id>/", plan.change_reason, name="change_reason"),
    path(f"{_CLIENT}goals/add/", plan.add_goal, name="add_goal"),
    path("goals/<uuid:goal_id>/", plan.change_goal, name="change_goal"),
    path("goals/<uuid:goal_id>/steps/", plan.add_step, name="add_step"),
    path("steps/<uuid:step_id>/", plan.mark_step, name="mark_step"),
    path(f"{_CLIENT}network/add/", plan.add_network_member, name="add_network_member"),
    path("network/<uuid:member_id>/", plan.change_network_member, name="change_network_member"),
    path(f"{_CLIENT}consent/", consent.show_consent, name="consent"),
    path(f"{_CLIENT}consent/take-part/", consent.answer_take_part, name="answer_take_part"),
    path(f"{_CLIENT}consent/story/", consent.answer_story, name="answer_story"),
    path(f"{_CLIENT}consent/share/<uuid:agreement_id>/", consent.answer_share, name="answer_share"),
    path("consent/<uuid:consent_id>/withdraw/", consent.withdraw, name="withdraw"),
    path("consent/reviews/", client.show_reviews, name="reviews"),
    path(f"{_CLIENT}share/<uuid:agreement_id>/", sharing.share, name="share"),
    path("shares/<uuid:share_id>/stop/", sharing.stop_sharing, name="stop_sharing"),
    path("shared/", shared_with_us.list_shared, name="shared_list"),
    path("shared/<uuid:person_id>/", shared_with_us.show_shared, name="shared_page"),
    path("shared/<uuid:person_id>/worry/", shared_with_us.concern_shared, name="shared_concern"),
    path("worried/", safeguarding.worried, name="worried"),
    path(f"{_CLIENT}worried/", safeguarding.worried_about, name="worried_about"),
    path("safety/", safeguarding.list_mine, name="safety_list"),
    path("safety/review/", safeguarding.list_to_review, name="safety_to_review"),
    path("safety/<uuid:record_id>/", safeguarding.show_record, name="safety_record"),
    path("safety/<uuid:record_id>/reasons/", safeguarding.give_reasons, name="safety_reasons"),
    path("safety/<uuid:record_id>/review/", safeguarding.review, name="safety_review"),
    path("worries/<uuid:concern_id>/", safeguarding.show_concern, name="concern"),
    path("safety/follow/<uuid:follow_up_id>/next/", following.add_step, name="follow_step"),
    path("safety/follow/<uuid:follow_up_id>/again/", following.look_again, name="follow_again"),
    path("safety/follow/<uuid:follow_up_id>/close/", following.close, name="follow_close"),
    path("safety/steps/<uuid:step_id>/done/", following.finish_step, name="follow_done"),
    *work.urlpatterns,
    *alongside.urlpatterns,
    *connections.urlpatterns,
    *telling.urlpatterns,
]
