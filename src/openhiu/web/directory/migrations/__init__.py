"""Migrations of the directory room."""
