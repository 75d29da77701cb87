"""Keeping no longer than needed: schedules, whose time has come, and forgetting for good."""
