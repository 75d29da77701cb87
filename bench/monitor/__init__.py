"""How the early-warning rule does on simulated clients: what it finds, how often it errs."""
