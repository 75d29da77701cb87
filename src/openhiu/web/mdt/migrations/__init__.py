"""Migrations of the mdt room."""
