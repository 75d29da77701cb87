"""Scoped reads of casework, one file a topic; the first argument is who asks."""
