"""Addresses: incidents, complaints, compliments, and the register of staff."""

from __future__ import annotations

from typing import Any, Final

from django.urls import path

from openhiu.web.assurance.views import register_numbers, register_work, registers, staff_register

urlpatterns: Final[list[Any]] = [
    path("events/", registers.told, name="told"),
    path("events/note/", registers.note_event, name="note_event"),
    path("events/changes/<uuid:lesson_id>/", registers.end_change, name="end_change"),
    path("registers/", registers.show_registers, name="registers"),
    path("registers/clocks/", register_work.set_clocks, name="register_clocks"),
    path("registers/numbers/", register_numbers.numbers, name="register_numbers"),
    path("registers/numbers.csv", register_numbers.take_numbers, name="take_register_numbers"),
    path("registers/entries.csv", register_numbers.take_entries, name="take_entries"),
    path("registers/summary/", register_numbers.summary, name="register_summary"),
    path("registers/<uuid:entry_id>/", registers.show_entry, name="entry"),
    path("registers/<uuid:entry_id>/judge/", register_work.judge, name="judge_entry"),
    path("registers/<uuid:entry_id>/write/", register_work.write, name="write_entry"),
    path("registers/<uuid:entry_id>/add/", register_work.add_words, name="add_to_entry"),
    path("registers/<uuid:entry_id>/change/", register_work.ask_for_change, name="ask_for_change"),
    path("registers/<uuid:entry_id>/close/", register_work.close, name="close_entry"),
    path("registers/<uuid:entry_id>/reopen/", register_work.reopen, name="reopen_entry"),
    path(
        "registers/<uuid:entry_id>/duties/<uuid:duty_id>/",
        register_work.answer,
        name="answer_duty",
    ),
    path(
        "registers/<uuid:entry_id>/duties/<uuid:duty_id>/day/",
        register_work.agree_day,
        name="agree_day",
    ),
    path("staff/", staff_register.show_staff, name="staff_register"),
    path(
        "staff/<uuid:membership_id>/registration/",
        staff_register.note_registration,
        name="note_registration",
    ),
    path(
        "staff/registrations/<uuid:registration_id>/error/",
        staff_register.take_back,
        name="registration_error",
    ),
]
