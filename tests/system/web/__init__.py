"""Journeys in a real browser; a package, so that their server ends with them."""
