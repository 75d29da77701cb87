"""The pages of the directory, one file a topic."""
