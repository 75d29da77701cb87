"""Commands that the clock runs."""
