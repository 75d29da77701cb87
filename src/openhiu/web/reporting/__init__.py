"""Reports: what the evaluation says, and the quarterly reports that were made of it."""
