"""Activity becomes the list: criteria, ranking, why, and what changed since last time."""
