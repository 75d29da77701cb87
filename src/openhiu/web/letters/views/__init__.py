"""Pages of this room over HTTP only, one file a topic."""
