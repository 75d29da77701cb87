"""Words and colours of this room, one file a topic."""
