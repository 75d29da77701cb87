"""Scoped reads of the mdt room; what other rooms may call is named here."""

from openhiu.web.mdt.queries.meetings import meetings_of
from openhiu.web.mdt.queries.plans import agreed_plan

__all__ = ["agreed_plan", "meetings_of"]
