"""The pages of this room: HTTP only."""
