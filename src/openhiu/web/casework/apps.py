"""How Django knows this room."""

from __future__ import annotations

from django.apps import AppConfig


class Room(AppConfig):
    """Casework: after consent."""

    name = "openhiu.web.casework"
    label = "casework"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Hang this room's doors into the rooms below, and its lines on the morning page."""
        from openhiu.web.access.alerts import on_every_page
        from openhiu.web.access.audit import also
        from openhiu.web.access.sealed.rotation import FORMER
        from openhiu.web.casework import busy
        from openhiu.web.casework.covering import in_the_audit
        from openhiu.web.casework.doors import hang
        from openhiu.web.casework.home import contribute
        from openhiu.web.casework.presenters import days, home_care, visits
        from openhiu.web.casework.presenters.connections import to_ask
        from openhiu.web.casework.presenters.home import own_sections
        from openhiu.web.casework.presenters.home_cover import cover_sections
        from openhiu.web.casework.queries.connections import how_it_went
        from openhiu.web.casework.queries.visits import as_before
        from openhiu.web.casework.services_sought import name_needs
        from openhiu.web.directory import counts, night
        from openhiu.web.team import diary, outside, overload
        from openhiu.web.team.hours import hours_words

        for name in ("who", "where", "phone"):
            FORMER[f"casework.visit.{name}_sealed"] = as_before(name)
        hang()
        contribute(own_sections)
        contribute(visits.sections)
        contribute(home_care.sections)
        on_every_page(visits.alerts)
        diary.contribute(days.entries)
        overload.contribute(busy.signs)
        contribute(cover_sections)
        also.append(in_the_audit)
        contribute(to_ask)
        name_needs()
        counts.counted_by(how_it_went)
        night.hours_are(hours_words)
        outside.who_answers(night.told)
