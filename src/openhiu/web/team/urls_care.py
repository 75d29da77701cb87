"""Addresses of looking after people: oneself, the team, one's own pages, the calendar."""

from __future__ import annotations

from django.urls import path

from openhiu.web.team.views import calendar, care, looking_after, own

_OF = "team/<uuid:membership_id>/"

urlpatterns = [
    path("care/", care.show_care, name="care"),
    path("care/talks/new", care.note_talk, name="note_talk"),
    path("care/training/new", care.note_training, name="note_training"),
    path("care/buddy", care.set_buddy, name="set_buddy"),
    path("care/buddy/end", care.end_buddy, name="end_buddy"),
    path("care/<slug:kind>/<uuid:row_id>/back", care.take_back, name="take_back"),
    path("care/talk-please", care.ask_for_talk, name="ask_for_talk"),
    path("care/talked", care.had_talk, name="had_talk"),
    path("care/signs", care.answer_signs, name="answer_signs"),
    path("care/check/", own.check_strain, name="strain"),
    path("care/check/delete", own.delete_strain, name="delete_strain"),
    path("care/notes/", own.write_note, name="notes"),
    path("care/notes/delete", own.delete_note, name="delete_note"),
    path("calendar/", calendar.show_calendar, name="calendar"),
    path("calendar/stop", calendar.stop_calendar, name="stop_calendar"),
    path(
        "calendar/<uuid:membership_id>/<str:secret>/work.ics",
        calendar.calendar_file,
        name="calendar_file",
    ),
    path("team/", looking_after.show_team, name="looking_after"),
    path("team/settings", looking_after.settle, name="care_settings"),
    path("team/wishes/<uuid:wish_id>/met", looking_after.talked, name="talked"),
    path(_OF, looking_after.show_one, name="care_of"),
    path(f"{_OF}talks/new", looking_after.note_talk_of, name="note_talk_of"),
    path(f"{_OF}training/new", looking_after.note_training_of, name="note_training_of"),
    path(f"{_OF}buddy", looking_after.set_buddy_of, name="set_buddy_of"),
    path(f"{_OF}check", looking_after.note_check, name="note_check"),
]
