"""Commands of intake: purging, and making a list in a process of its own."""
