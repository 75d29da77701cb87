"""Scoped reads of this room, one file a topic."""
