"""Commands of the mdt room."""
