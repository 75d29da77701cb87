"""What is typed on this room's pages, one file a topic."""
