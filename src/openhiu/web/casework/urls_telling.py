"""Addresses of the story vault and of what leaves for reports; casework/urls.py adds them."""

from __future__ import annotations

from django.urls import path

from openhiu.web.casework.views import counting, handing_out, stories

_CLIENT = "clients/<uuid:case_id>/"
_STORY = "stories/<uuid:story_id>/"

urlpatterns = [
    path("stories/", stories.show_vault, name="vault"),
    path(_STORY, stories.show_story, name="story"),
    path(f"{_STORY}change/", stories.change_story, name="change_story"),
    path(f"{_STORY}their-yes/", stories.approve_story, name="approve_story"),
    path(f"{_STORY}read/", stories.review_story, name="review_story"),
    path(f"{_STORY}take-out/", stories.take_out_story, name="take_out_story"),
    path(f"{_CLIENT}stories/new/", stories.write_story, name="write_story"),
    path(f"{_CLIENT}consent/counting/", counting.object_to_counting, name="object_to_counting"),
    path(f"{_CLIENT}consent/counting/end/", counting.lift_objection, name="lift_objection"),
    path("roster/", handing_out.show_roster, name="roster"),
    path("roster/take/", handing_out.take_roster, name="take_roster"),
    path("facts/", handing_out.show_facts, name="facts"),
    path("facts/take/", handing_out.take_facts, name="take_facts"),
]
