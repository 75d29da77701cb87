"""Addresses of this room; people are named by keys that say nothing about them."""

from __future__ import annotations

from django.urls import path

from openhiu.web.people.views import care, finding, joining, person

app_name = "people"
urlpatterns = [
    path("find/", finding.find, name="search"),
    path("add/", person.add, name="add"),
    path("notices/", care.notices, name="notices"),
    path("notices/<uuid:notice_id>/agree/", care.agree_notice, name="agree_notice"),
    path("notices/<uuid:notice_id>/end/", care.end_notice, name="end_notice"),
    path("alike/", joining.possible, name="possible"),
    path("alike/<uuid:kept_id>/<uuid:absorbed_id>/", joining.propose, name="propose_merge"),
    path("alike/<uuid:one_id>/<uuid:other_id>/apart/", joining.apart, name="keep_apart"),
    path("joined/", joining.merges, name="merges"),
    path("joined/<uuid:merge_id>/", joining.merge, name="merge"),
    path("joined/<uuid:merge_id>/decide/", joining.decide, name="decide_merge"),
    path("joined/<uuid:merge_id>/undo/", joining.undo, name="undo_merge"),
    path("<uuid:person_id>/", person.show_person, name="person"),
    path("<uuid:person_id>/change/", person.change, name="change"),
    path("<uuid:person_id>/names/add/", person.add_name, name="add_name"),
    path("<uuid:person_id>/names/<uuid:name_id>/remove/", person.remove_name, name="remove_name"),
    path("<uuid:person_id>/phones/add/", person.add_phone, name="add_phone"),
    path("<uuid:person_id>/phones/<uuid:phone_id>/stop/", person.stop_phone, name="stop_phone"),
    path("<uuid:person_id>/numbers/add/", person.add_number, name="add_number"),
    path("<uuid:person_id>/address/confirm/", person.confirm_address, name="confirm_address"),
    path("<uuid:person_id>/contact-safety/", care.contact_safety, name="contact_safety"),
    path("<uuid:person_id>/notices/propose/", care.propose_notice, name="propose_notice"),
    path("<uuid:person_id>/died/", care.died, name="died"),
    path("<uuid:person_id>/died/error/", care.not_died, name="not_died"),
    path("<uuid:person_id>/restricted/", care.restricted, name="restricted"),
    path("<uuid:person_id>/restricted/lift/", care.not_restricted, name="not_restricted"),
]
