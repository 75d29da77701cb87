"""How Django knows this room."""

from __future__ import annotations

from django.apps import AppConfig


class Room(AppConfig):
    """Monitoring: activity and early warnings."""

    name = "openhiu.web.monitoring"
    label = "monitoring"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Hang up this room's news and banners; answer signals where contacts are written down."""
        from openhiu.web.access import data_notices
        from openhiu.web.casework.actions.contacts import AFTER_CONTACT
        from openhiu.web.casework.actions.stopping import AFTER_STOP
        from openhiu.web.casework.facts import also_tells
        from openhiu.web.casework.home import contribute
        from openhiu.web.casework.queries.covering import ALSO_HAPPENED, ALSO_NOTED
        from openhiu.web.casework.weights import OPEN_SIGNALS
        from openhiu.web.monitoring import busy
        from openhiu.web.monitoring.actions.signals import after_a_stop, after_contact
        from openhiu.web.monitoring.caseload import brought_by
        from openhiu.web.monitoring.cover import came_meanwhile, to_watch
        from openhiu.web.monitoring.facts import told
        from openhiu.web.monitoring.morning import sections
        from openhiu.web.monitoring.queries.health import notices
        from openhiu.web.people import doors
        from openhiu.web.team import overload

        contribute(sections)
        doors.brings(brought_by)
        also_tells(told)
        overload.contribute(busy.signs)
        if busy.open_about not in OPEN_SIGNALS:
            OPEN_SIGNALS.append(busy.open_about)
        for hung, teller in ((ALSO_NOTED, to_watch), (ALSO_HAPPENED, came_meanwhile)):
            if teller not in hung:
                hung.append(teller)
        data_notices.tells(notices)
        if after_a_stop not in AFTER_STOP:
            AFTER_STOP.append(after_a_stop)
        if after_contact not in AFTER_CONTACT:
            AFTER_CONTACT.append(after_contact)
