"""The addresses of this room."""

from __future__ import annotations

from django.urls import URLPattern, path

from openhiu.web.letters.views import outbox, reading, setting, starting, writing

app_name = "letters"
urlpatterns: list[URLPattern] = [
    path("", outbox.show_outbox, name="outbox"),
    path("client/<uuid:case_id>/", starting.show_client, name="client"),
    path("client/<uuid:case_id>/new/", starting.choose, name="choose"),
    path("client/<uuid:case_id>/new/<slug:kind>/", starting.start, name="start"),
    path("client/<uuid:case_id>/ask-for-a-practice/", starting.ask_practice, name="ask_practice"),
    path("<uuid:letter_id>/", writing.write, name="write"),
    path("<uuid:letter_id>/translation/", writing.translate, name="translate"),
    path("<uuid:letter_id>/check/", writing.look_over, name="check"),
    path("<uuid:letter_id>/draw-up-again/", writing.draw_up_again, name="draw_up_again"),
    path("<uuid:letter_id>/put-away/", writing.put_away, name="put_away"),
    path("<uuid:letter_id>/address/", writing.confirm_address, name="confirm_address"),
    path("<uuid:letter_id>/pass/<slug:gate>/", writing.pass_gate, name="pass_gate"),
    path("<uuid:letter_id>/send/", writing.send, name="send"),
    path("item/<uuid:item_id>/", outbox.show_item, name="item"),
    path("item/<uuid:item_id>/posted/", outbox.posted, name="posted"),
    path("item/<uuid:item_id>/cancel/", outbox.cancel, name="cancel"),
    path("item/<uuid:item_id>/noted/", outbox.noted, name="noted"),
    path("item/<uuid:item_id>/settle/", outbox.settle, name="settle"),
    path("item/<uuid:item_id>/as/<slug:form>/", outbox.file, name="file"),
    path("received/", reading.received, name="received"),
    path("received/<uuid:item_id>/", reading.read, name="read"),
    path("words/", setting.show_words, name="words"),
    path("words/<slug:kind>/<slug:language>/", setting.change_words, name="change_words"),
    path("letterhead/", setting.letterhead, name="letterhead"),
    path("organisations/", setting.places, name="places"),
    path("organisations/new-practice/", setting.add_practice, name="add_practice"),
    path("organisations/<uuid:organisation_id>/", setting.place, name="place"),
]
