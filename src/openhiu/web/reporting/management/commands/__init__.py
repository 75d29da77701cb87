"""Commands of reporting: delivering an evaluation, and making a report in its own process."""
