"""Simulated services with known truth, and how the evaluation does: `make bench-evaluate`."""
