"""7. The reports a board reads: what was evaluated comes in; PDF, Word and web pages go out."""
