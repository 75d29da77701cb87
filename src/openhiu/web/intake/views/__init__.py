"""Pages of intake: HTTP in, HTTP out; what is decided is decided in actions and policies."""
