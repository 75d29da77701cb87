"""Commands of the team room."""
