"""The addresses of this room: activity and its delivery, early warnings, patterns and gaps."""

from __future__ import annotations

from django.urls import path

from openhiu.web.monitoring.views import client, feed, gaps, measures, patterns, rules, signals

app_name = "monitoring"
urlpatterns = [
    path("client/<uuid:case_id>/", client.activity, name="activity"),
    path("client/<uuid:case_id>/signals/", signals.client_signals, name="client_signals"),
    path("client/<uuid:case_id>/pick-up/", signals.pick_up, name="pick_up"),
    path("client/<uuid:case_id>/pick-up/undo/", signals.not_picked_up, name="not_picked_up"),
    path("client/<uuid:case_id>/what-helped/", signals.show_helped, name="what_helped"),
    path("client/<uuid:case_id>/hard-days/", signals.add_hard_day, name="add_hard_day"),
    path(
        "client/<uuid:case_id>/hard-days/<uuid:day_id>/end/",
        signals.end_hard_day,
        name="end_hard_day",
    ),
    path("signals/", signals.signals, name="signals"),
    path("signals/measures/", measures.measures, name="measures"),
    path("signals/rules/", rules.rules, name="rules"),
    path("signals/<uuid:signal_id>/", signals.signal, name="signal"),
    path("signals/<uuid:signal_id>/answer/", signals.answer, name="answer"),
    path("signals/<uuid:signal_id>/open-again/", signals.open_again, name="open_again"),
    path("patterns/", patterns.patterns, name="patterns"),
    path("gaps/", gaps.gaps, name="gaps"),
    path("gaps/download/", gaps.download, name="gaps_csv"),
    path("feeds/", feed.feeds, name="feeds"),
    path("feeds/caseload/", feed.take_caseload, name="take_caseload"),
    path("feeds/upload/", feed.upload, name="upload"),
    path("feeds/run/", feed.run, name="run"),
]
