"""HTTP in, pages out, one file a topic."""
