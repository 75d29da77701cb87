"""Pages of requests about people's own records."""
