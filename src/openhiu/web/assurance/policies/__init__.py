"""What may be done, and the sentence why not, one file a topic."""
