"""Commands of this room, for a schedule."""
