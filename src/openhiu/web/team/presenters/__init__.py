"""Words, marks and pictures of this room's pages, one file a topic."""
