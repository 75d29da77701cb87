"""How Django knows this room, and what it hangs up in the rooms below it."""

from __future__ import annotations

from django.apps import AppConfig


class Room(AppConfig):
    """Assurance: registers, readiness, rights, retention, safety, evidence."""

    name = "openhiu.web.assurance"
    label = "assurance"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Each topic hangs up what the rooms below ask of it, and offers its coming dates."""
        from openhiu.web.assurance import reminders
        from openhiu.web.assurance.morning import sections
        from openhiu.web.assurance.queries import safety
        from openhiu.web.assurance.ready import clinical_safety, lines, running
        from openhiu.web.casework.home import contribute

        reminders.offer(safety.due)
        lines.register(clinical_safety.LINE, *running.LINES)
        self._look_at_readiness()
        contribute(sections)
        self._offer_dates()
        self._know_rights()
        self._keep_records()

    def _look_at_readiness(self) -> None:
        """The lines of the starter pack, and the dates of what is lawful and confirmed."""
        from openhiu.web.access import assessed
        from openhiu.web.assurance import reminders
        from openhiu.web.assurance.queries import agreements, ready
        from openhiu.web.assurance.ready import essential, lines

        lines.register(*essential.lines())
        assessed.told_by(agreements.assessed)
        reminders.offer(agreements.due)
        reminders.offer(ready.due)

    def _offer_dates(self) -> None:
        """The dates that each topic tells of before they come."""
        from openhiu.web.assurance import reminders
        from openhiu.web.assurance.queries import registers_due, staff_due

        reminders.offer(registers_due.due)
        reminders.offer(staff_due.due)
        self._watch_disclosures()

    def _watch_disclosures(self) -> None:
        """Reviews that are due, and what was given to others, on the client's own page."""
        from openhiu.web.assurance import reminders
        from openhiu.web.assurance.queries import disclosures, openings
        from openhiu.web.casework import receiving

        reminders.offer(disclosures.due)
        reminders.offer(openings.due)
        receiving.also_tells(disclosures.given_about)

    def _know_rights(self) -> None:
        """Whose record is not used for now, what stands beside it, and when answers are due."""
        from openhiu.web.assurance import reminders
        from openhiu.web.assurance.presenters.beside import also_received, corrections
        from openhiu.web.assurance.queries import rights
        from openhiu.web.people import beside, held

        held.told_by(rights.held_people)
        beside.told_by(corrections)
        beside.also_received(also_received)
        reminders.offer(rights.due)

    def _keep_records(self) -> None:
        """What is held stays in every room; what waits to be appraised."""
        from openhiu.web.assurance.retention.hung_up import hang

        hang()
