"""A store and a roster become an evaluation: what changed, and what would have changed anyway."""
