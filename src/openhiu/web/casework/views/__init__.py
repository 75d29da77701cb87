"""Pages of casework over HTTP only, one file a topic."""
