"""Migrations of this room, written by Django from the models."""
