"""The addresses of this room: lists on their way in, lists to choose from, people being reached."""

from __future__ import annotations

from django.urls import path

from openhiu.web.intake.forms import OUTCOME_FORMS
from openhiu.web.intake.views import (
    adding,
    approaching,
    arriving,
    asking,
    choosing,
    counting,
    hospital,
    outcomes,
    pacing,
    remaking,
)

app_name = "intake"
urlpatterns = [
    path("hospitals/", hospital.hospitals, name="hospitals"),
    path("hospitals/<uuid:hospital_id>/", hospital.hospital_list, name="hospital_list"),
    path("hospitals/all/", hospital.everywhere, name="everywhere"),
    path("vulnerability/", hospital.suggestions, name="suggestions"),
    path("waiting/", hospital.undecided, name="undecided"),
    path("person/<uuid:row_id>/", hospital.listed, name="listed"),
    path("choose/", choosing.choose, name="choose"),
    path("set-aside/", choosing.set_aside, name="set_aside"),
    path("person/<uuid:row_id>/bring-back/", choosing.bring_back, name="bring_back"),
    path("person/<uuid:row_id>/add/", adding.add_suggested, name="add_suggested"),
    path("quarter/", pacing.own_quarter, name="own_quarter"),
    path("quarter/team/", pacing.quarter_plan, name="quarter_plan"),
    path("add/", adding.add_typed, name="add_typed"),
    path("sent/", arriving.received, name="received"),
    path("sent/upload/", arriving.upload, name="upload"),
    path("sent/<uuid:list_id>/", arriving.review, name="review"),
    path("sent/<uuid:list_id>/release/", arriving.release, name="release"),
    path("sent/<uuid:list_id>/send-back/", arriving.send_back, name="send_back"),
    path("sent/<uuid:list_id>/withdraw/", arriving.withdraw, name="withdraw"),
    path("sent/<uuid:list_id>/ask/", asking.people_to_ask, name="people_to_ask"),
    path("sent/ask/<uuid:row_id>/", asking.record_answer, name="record_answer"),
    path("remake/", remaking.remake, name="remake"),
    path("remake/<uuid:rerun_id>/", remaking.progress, name="progress"),
    path("reach/", approaching.approaches, name="approaches"),
    path("reach/ended/", approaching.ended, name="ended"),
    path("reach/<uuid:approach_id>/", approaching.approach, name="approach"),
    path("reach/<uuid:approach_id>/try/", approaching.record_attempt, name="record_attempt"),
    path("reach/<uuid:approach_id>/next/", approaching.next_try, name="next_try"),
    path("reach/<uuid:approach_id>/why/", approaching.change_reason, name="change_reason"),
    path("reach/<uuid:approach_id>/again/", approaching.ask_again, name="ask_again"),
    path("reach/<uuid:approach_id>/counting/", counting.object_to_counting, name="not_counted"),
]
# One address for each way an approach ends: outcome_yes, outcome_not_now and so on.
urlpatterns += [
    path(
        f"reach/<uuid:approach_id>/{outcome.replace('_', '-')}/",
        outcomes.record_outcome,
        {"outcome": outcome},
        name=f"outcome_{outcome}",
    )
    for outcome in OUTCOME_FORMS
]
