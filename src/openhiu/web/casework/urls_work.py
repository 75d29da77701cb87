"""Addresses of the daily work; casework/urls.py puts them after its own, in the same namespace."""

from __future__ import annotations

from django.urls import path

from openhiu.web.casework.views import (
    active_list,
    caseload,
    contacts,
    covering,
    downtime,
    home,
    outcomes,
    supervision,
    tasks,
)

_CLIENT = "clients/<uuid:case_id>/"
_CONTACT = f"{_CLIENT}contacts/<uuid:contact_id>/"

urlpatterns = [
    path("", home.show_home, name="home"),
    path("told/<uuid:announcement_id>/aside", home.put_word_aside, name="put_aside"),
    path("clients/", active_list.show_active_list, name="active_list"),
    path("clients/views/keep", active_list.keep_list, name="keep_list"),
    path("clients/views/<uuid:view_id>/remove", active_list.forget_list, name="forget_list"),
    path(f"{_CLIENT}contacts/", contacts.show_contacts, name="contacts"),
    path(f"{_CLIENT}contacts/new", contacts.record_contact, name="record_contact"),
    path(f"{_CONTACT}correct", contacts.correct_contact, name="correct_contact"),
    path(f"{_CONTACT}error", contacts.mark_in_error, name="contact_error"),
    path(f"{_CONTACT}history", contacts.show_contact_history, name="contact_history"),
    path(f"{_CONTACT}thank", supervision.thank, name="thank"),
    path(f"{_CONTACT}note", supervision.write_note, name="note_on_contact"),
    path(f"{_CLIENT}tasks/", tasks.client_tasks, name="client_tasks"),
    path(f"{_CLIENT}tasks/new", tasks.add_client_task, name="add_client_task"),
    path("tasks/", tasks.my_tasks, name="my_tasks"),
    path("tasks/<uuid:task_id>/done", tasks.finish_task, name="finish_task"),
    path("tasks/<uuid:task_id>/move", tasks.move_task, name="move_task"),
    path("tasks/<uuid:task_id>/let-go", tasks.let_task_go, name="let_task_go"),
    path("tasks/<uuid:task_id>/hand-on", tasks.hand_task, name="hand_task"),
    path(f"{_CLIENT}outcomes/", outcomes.show_outcomes, name="outcomes"),
    path(f"{_CLIENT}outcomes/new", outcomes.record_outcome, name="record_outcome"),
    path(f"{_CLIENT}well-being/new", outcomes.record_wellbeing, name="record_wellbeing"),
    path(f"{_CLIENT}supervision/", supervision.supervision_notes, name="supervision_notes"),
    path(f"{_CLIENT}supervision/read", supervision.notes_read, name="notes_read"),
    path(f"{_CLIENT}supervision/new", supervision.write_note, name="write_note"),
    path("team/", supervision.show_team, name="team"),
    path("team/silent/", supervision.show_silent, name="silent"),
    path("team/<uuid:membership_id>/", supervision.show_lead, name="lead"),
    path("team/<uuid:membership_id>/hand-over", caseload.hand_over_for, name="hand_over_for"),
    path("team/limits/<uuid:passed_id>/", supervision.answer_limit, name="answer_limit"),
    path("caseload/", caseload.show_caseload, name="caseload"),
    path(f"{_CLIENT}weight", caseload.say_weight, name="weight"),
    path("end-of-day/", caseload.end_of_day, name="end_of_day"),
    path("cover/<uuid:leave_id>/note", covering.cover_note, name="cover_note"),
    path("cover/<uuid:leave_id>/meanwhile", covering.while_away, name="while_away"),
    path("team/without-lead/", covering.without_lead, name="without_lead"),
    path("downtime/", downtime.take_copy, name="downtime"),
    path("handover/", caseload.handover_card, name="handover_card"),
    path("handover/new", caseload.hand_over_own, name="hand_over"),
    path("handover/back", caseload.take_back_all, name="take_back"),
]
