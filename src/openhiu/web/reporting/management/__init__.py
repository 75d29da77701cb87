"""What is run from the command line or by a page."""
