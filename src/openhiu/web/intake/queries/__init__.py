"""Scoped reads of intake, one file a topic; the first argument is who asks."""

from openhiu.web.intake.queries.approaches import calls_due

__all__ = ["calls_due"]
