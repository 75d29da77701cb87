"""Commands of this room that run by the clock or by hand."""
