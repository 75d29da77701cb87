"""What was typed, one file a topic."""
