"""Programs that belong to this room."""
