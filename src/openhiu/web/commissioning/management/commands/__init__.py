"""Commands of this room, run by `manage`."""
