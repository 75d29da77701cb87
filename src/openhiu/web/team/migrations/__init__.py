"""Migrations of the team room."""
