"""What must be in place before the service begins, and whether it still is: one line each."""
