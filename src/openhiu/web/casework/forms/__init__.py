"""What may be typed in casework, one file a topic."""
