"""The tables of this room as they grew."""
