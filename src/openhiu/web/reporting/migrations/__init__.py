"""Migrations of this room, written by Django."""
