"""How Django knows this room."""

from __future__ import annotations

from django.apps import AppConfig


class Room(AppConfig):
    """Exchange: ways out."""

    name = "openhiu.web.exchange"
    label = "exchange"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Offer the letters room every way that is set up here, and nudge members by mail."""
        from django.conf import settings

        from openhiu.web.access.announce import ALSO_REACH
        from openhiu.web.exchange.nudge import nudges
        from openhiu.web.exchange.secure_mail import SecureMail, mail_of
        from openhiu.web.letters.channels import offer

        mail = SecureMail(mail_of(settings))
        offer(mail)
        ALSO_REACH.append(nudges(mail))
