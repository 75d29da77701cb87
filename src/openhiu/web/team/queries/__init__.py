"""Scoped reads of the team room, one file a topic; what other rooms ask most is here by name."""

from openhiu.web.team.queries.leave import away, away_now, cover_for, covered_by, covers

__all__ = ["away", "away_now", "cover_for", "covered_by", "covers"]
