"""The pages of this room, one file a topic: HTTP only."""
