"""Addresses: what people ask about their own record."""

from __future__ import annotations

from typing import Any, Final

from django.urls import path

from openhiu.web.assurance.views.rights import asking, deciding, held, tying

_ONE: Final = "rights/<uuid:request_id>/"
_ITEM: Final = f"{_ONE}held/<slug:section>/<uuid:row>/"
_COPY: Final = f"{_ONE}copies/<uuid:pack_id>/"
urlpatterns: Final[list[Any]] = [
    path("rights/", asking.list_rights, name="rights"),
    path("rights/find/", asking.find_person, name="find_for_right"),
    path("rights/untied/", tying.list_untied, name="untied"),
    path("rights/untied/<slug:kind>/<uuid:row_id>/", tying.tie, name="tie_to_record"),
    path("rights/note/", asking.note_nobody, name="note_right_nobody"),
    path("rights/note/<uuid:person_id>/", asking.note_about, name="note_right"),
    path("rights/holds/<uuid:hold_id>/lift/", deciding.lift, name="lift_hold"),
    path("rights/told/<uuid:telling_id>/", deciding.tell, name="tell_recipient"),
    path(_ONE, asking.show_right, name="right"),
    path(f"{_ONE}take/", asking.take_on, name="right_take"),
    path(f"{_ONE}identity/ask/", asking.ask_identity, name="right_ask_identity"),
    path(f"{_ONE}identity/", asking.confirm_identity, name="right_identity"),
    path(f"{_ONE}ask/", asking.ask_back, name="right_ask_back"),
    path(f"{_ONE}answered/", asking.answered, name="right_answered"),
    path(f"{_ONE}acknowledge/", asking.acknowledge, name="right_acknowledge"),
    path(f"{_ONE}extend/", deciding.extend, name="right_extend"),
    path(f"{_ONE}decide/", deciding.decide, name="right_decide"),
    path(f"{_ONE}reply/", deciding.reply, name="right_reply"),
    path(f"{_ONE}close/", deciding.close, name="right_close"),
    path(f"{_ONE}hold/", deciding.hold, name="right_hold"),
    path(f"{_ONE}held/", held.show_held, name="right_held"),
    path(f"{_ONE}held/<slug:section>/", held.show_section, name="right_section"),
    path(_ITEM, held.review, name="right_review"),
    path(f"{_ITEM}right/", held.put_right, name="right_correct"),
    path(f"{_ONE}copies/make/", held.make, name="right_make"),
    path(f"{_COPY}confirm/", held.confirm, name="right_confirm"),
    path(f"{_COPY}back/", held.send_back, name="right_send_back"),
    path(f"{_COPY}take/", held.take, name="right_take_copy"),
    path(f"{_COPY}give/", held.give, name="right_give"),
]
