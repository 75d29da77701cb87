"""Commands of the team room, each run as often as one likes."""
