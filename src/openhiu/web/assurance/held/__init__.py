"""Everything that is held about one person, found in every room, in words they can read."""
