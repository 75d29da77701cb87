"""The library: make a High Intensity Use list from the frames you already have."""
