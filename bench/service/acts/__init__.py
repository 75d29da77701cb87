"""What happens in a simulated service, one file a corner of it; each act names who does it."""
