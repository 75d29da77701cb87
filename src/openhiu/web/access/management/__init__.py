"""Commands of this room, run by `hiu manage`."""
